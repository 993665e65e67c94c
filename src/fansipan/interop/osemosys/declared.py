"""The sets and parameters of OSeMOSYS: indices and the value of an absent row where no config.yaml says otherwise."""

from __future__ import annotations

SETS = (
    "REGION",
    "TECHNOLOGY",
    "FUEL",
    "EMISSION",
    "STORAGE",
    "MODE_OF_OPERATION",
    "TIMESLICE",
    "SEASON",
    "DAYTYPE",
    "DAILYTIMEBRACKET",
    "YEAR",
)

# Parameter: indices, default. R region, T technology, F fuel, E emission, S storage, M mode, L slice, Y year,
# s season, d day type, h bracket of the day, r the other region of a trade.
_LETTERS = {
    "R": "REGION",
    "T": "TECHNOLOGY",
    "F": "FUEL",
    "E": "EMISSION",
    "S": "STORAGE",
    "M": "MODE_OF_OPERATION",
    "L": "TIMESLICE",
    "Y": "YEAR",
    "s": "SEASON",
    "d": "DAYTYPE",
    "h": "DAILYTIMEBRACKET",
    "r": "REGION",
}

_DECLARED: dict[str, tuple[str, float]] = {
    "YearSplit": ("LY", 0.0),
    "DiscountRate": ("R", 0.05),
    "DiscountRateIdv": ("RT", float("nan")),
    "DiscountRateStorage": ("RS", 0.05),
    "DaySplit": ("hY", 0.00137),
    "Conversionls": ("Ls", 0.0),
    "Conversionld": ("Ld", 0.0),
    "Conversionlh": ("Lh", 0.0),
    "DaysInDayType": ("sdY", 7.0),
    "TradeRoute": ("RrFY", 0.0),
    "DepreciationMethod": ("R", 1.0),
    "SpecifiedAnnualDemand": ("RFY", 0.0),
    "SpecifiedDemandProfile": ("RFLY", 0.0),
    "AccumulatedAnnualDemand": ("RFY", 0.0),
    "CapacityToActivityUnit": ("RT", 1.0),
    "CapacityFactor": ("RTLY", 1.0),
    "AvailabilityFactor": ("RTY", 1.0),
    "OperationalLife": ("RT", 1.0),
    "ResidualCapacity": ("RTY", 0.0),
    "InputActivityRatio": ("RTFMY", 0.0),
    "OutputActivityRatio": ("RTFMY", 0.0),
    "CapitalCost": ("RTY", 0.0),
    "VariableCost": ("RTMY", 0.0),
    "FixedCost": ("RTY", 0.0),
    "TechnologyToStorage": ("RTSM", 0.0),
    "TechnologyFromStorage": ("RTSM", 0.0),
    "StorageLevelStart": ("RS", 0.0),
    "StorageMaxChargeRate": ("RS", 0.0),
    "StorageMaxDischargeRate": ("RS", 0.0),
    "MinStorageCharge": ("RSY", 0.0),
    "OperationalLifeStorage": ("RS", 0.0),
    "CapitalCostStorage": ("RSY", 0.0),
    "ResidualStorageCapacity": ("RSY", 0.0),
    "CapacityOfOneTechnologyUnit": ("RTY", 0.0),
    "TotalAnnualMaxCapacity": ("RTY", -1.0),
    "TotalAnnualMinCapacity": ("RTY", 0.0),
    "TotalAnnualMaxCapacityInvestment": ("RTY", -1.0),
    "TotalAnnualMinCapacityInvestment": ("RTY", 0.0),
    "TotalTechnologyAnnualActivityUpperLimit": ("RTY", -1.0),
    "TotalTechnologyAnnualActivityLowerLimit": ("RTY", 0.0),
    "TotalTechnologyModelPeriodActivityUpperLimit": ("RT", -1.0),
    "TotalTechnologyModelPeriodActivityLowerLimit": ("RT", 0.0),
    "ReserveMarginTagTechnology": ("RTY", 0.0),
    "ReserveMarginTagFuel": ("RFY", 0.0),
    "ReserveMargin": ("RY", 1.0),
    "RETagTechnology": ("RTY", 0.0),
    "RETagFuel": ("RFY", 0.0),
    "REMinProductionTarget": ("RY", 0.0),
    "EmissionActivityRatio": ("RTEMY", 0.0),
    "EmissionsPenalty": ("REY", 0.0),
    "AnnualExogenousEmission": ("REY", 0.0),
    "AnnualEmissionLimit": ("REY", -1.0),
    "ModelPeriodExogenousEmission": ("RE", 0.0),
    "ModelPeriodEmissionLimit": ("RE", -1.0),
}

PARAMETERS: dict[str, tuple[tuple[str, ...], float]] = {
    name: (tuple(_LETTERS[letter] for letter in letters), default) for name, (letters, default) in _DECLARED.items()
}

# Shorter names that otoole and solvers with a limit of 31 letters use for the same thing.
SHORT_NAMES = {
    "TotalAnnualMaxCapacityInvestmen": "TotalAnnualMaxCapacityInvestment",
    "TotalAnnualMinCapacityInvestmen": "TotalAnnualMinCapacityInvestment",
    "TotalTechnologyAnnualActivityLo": "TotalTechnologyAnnualActivityLowerLimit",
    "TotalTechnologyAnnualActivityUp": "TotalTechnologyAnnualActivityUpperLimit",
    "TotalTechnologyModelPeriodActLo": "TotalTechnologyModelPeriodActivityLowerLimit",
    "TotalTechnologyModelPeriodActUp": "TotalTechnologyModelPeriodActivityUpperLimit",
    "ModelPeriodExogenousEmissio": "ModelPeriodExogenousEmission",
}

# Sets that stand for REGION where a parameter has a second region.
SECOND_REGION = {"_REGION", "REGION2", "REGION_", "REGION_2", "_REGION2", "REGION.1", "REGION_1", "RR", "REGIONTO"}
