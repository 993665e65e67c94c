"""Random small models that use every part of the long form, as files of an otoole folder."""

import random

NON_ZERO = {
    "VariableCost": [0, 1e-5, 0.5],
    "CapitalCost": [0, 50.0],
    "FixedCost": [0, 0.1],
    "OperationalLife": [1, 2, 30],
    "OperationalLifeStorage": [0, 2, 30],
    "CapacityToActivityUnit": [1, 31.536],
    "StorageLevelStart": [0, 2],
    "ResidualStorageCapacity": [0, 5, 999],
    "StorageMaxChargeRate": [0, 99],
    "StorageMaxDischargeRate": [0, 99],
    "DepreciationMethod": [1, 2],
    "DiscountRate": [0, 0.05, 0.1],
    "DiscountRateStorage": [0, 0.05],
    "CapitalCostStorage": [0, 3],
    "ReserveMargin": [0, 1, 1.1],
    "AvailabilityFactor": [1, 0.95],
}


def config(seed):
    """A config.yaml whose defaults are drawn at random, many of them not zero."""
    draw = random.Random(seed)
    return "".join(f"{name}: {{type: param, default: {draw.choice(values)}}}\n" for name, values in NON_ZERO.items())


def model(seed):
    """Power plants, an importer that always can, a pumped store, heat beside; one region or two."""
    draw = random.Random(seed)
    regions = ["A", "B"] if draw.random() < 0.4 else ["A"]
    years = range(2020, 2020 + draw.choice([1, 2, 3]))
    seasons, days, brackets = (range(1, 1 + draw.choice(n)) for n in ((1, 2), (1, 2), (1, 2, 3)))
    pieces = {f"T{a}{b}{c}": (a, b, c) for a in seasons for b in days for c in brackets}
    cut, load = ({ts: draw.random() + 0.1 for ts in pieces} for _ in range(2))
    files = {
        "REGION": ("VALUE", [[r] for r in regions]),
        "YEAR": ("VALUE", [[y] for y in years]),
        "TECHNOLOGY": ("VALUE", [[t] for t in ("gas", "coal", "wind", "pump", "well", "import", "idle")]),
        "FUEL": ("VALUE", [["ELC"], ["GAS"], ["HEAT"]]),
        "EMISSION": ("VALUE", [["CO2"]]),
        "STORAGE": ("VALUE", [["dam"]]),
        "MODE_OF_OPERATION": ("VALUE", [[1], [2]]),
        "TIMESLICE": ("VALUE", [[ts] for ts in pieces]),
        "SEASON": ("VALUE", [[k] for k in seasons]),
        "DAYTYPE": ("VALUE", [[k] for k in days]),
        "DAILYTIMEBRACKET": ("VALUE", [[k] for k in brackets]),
        "YearSplit": ("TIMESLICE,YEAR,VALUE", [[ts, y, cut[ts] / sum(cut.values())] for ts in pieces for y in years]),
        "DaySplit": ("DAILYTIMEBRACKET,YEAR,VALUE", [[h, y, 1 / 365 / len(brackets)] for h in brackets for y in years]),
        "DaysInDayType": (
            "SEASON,DAYTYPE,YEAR,VALUE",
            [[a, b, y, draw.choice([2, 5, 7])] for a in seasons for b in days for y in years],
        ),
    }
    for place, name in enumerate(("SEASON", "DAYTYPE", "DAILYTIMEBRACKET")):
        files[f"Conversionl{'sdh'[place]}"] = (
            f"TIMESLICE,{name},VALUE",
            [[ts, k[place], 1] for ts, k in pieces.items()],
        )
    return files | _figures(draw, regions, years, pieces, load)


def _figures(draw, regions, years, pieces, load):
    files = {}

    def table(name, header, rows, chance=1.0, yearly=True):
        every = [
            [r, *row[:-1], *([y] if yearly else []), row[-1]() if callable(row[-1]) else row[-1]]
            for r in regions
            for row in rows
            for y in (years if yearly else [0])
        ]
        if draw.random() < chance:
            files[name] = (f"REGION,{header},{'YEAR,' if yearly else ''}VALUE".replace(",,", ","), every)

    tech, flow, mode = "TECHNOLOGY", "TECHNOLOGY,FUEL,MODE_OF_OPERATION", "TECHNOLOGY,MODE_OF_OPERATION"
    table("SpecifiedAnnualDemand", "FUEL", [["ELC", lambda: draw.randint(5, 30)]])
    table("SpecifiedDemandProfile", "FUEL,TIMESLICE", [["ELC", ts, load[ts] / sum(load.values())] for ts in pieces])
    table("AccumulatedAnnualDemand", "FUEL", [["HEAT", lambda: draw.randint(0, 8)]])
    table(
        "OutputActivityRatio",
        flow,
        [
            ["gas", "ELC", 1, 1],
            ["gas", "HEAT", 1, 0.3],
            ["coal", "ELC", 1, 1],
            ["coal", "HEAT", 2, 0.9],
            ["wind", "ELC", 1, 1],
            ["pump", "ELC", 1, 1],
            ["well", "GAS", 1, 1],
            ["import", "ELC", 1, 1],
        ],
    )
    table("InputActivityRatio", flow, [["gas", "GAS", 1, 2], ["coal", "GAS", 2, 0.1], ["pump", "ELC", 2, 1.3]])
    table("VariableCost", mode, [[t, 1, lambda: draw.randint(1, 20)] for t in ("gas", "coal", "well", "import")])
    table("CapitalCost", tech, [[t, lambda: draw.randint(10, 300)] for t in ("gas", "coal", "wind", "pump")], 0.8)
    table("CapacityFactor", "TECHNOLOGY,TIMESLICE", [["wind", ts, draw.random] for ts in pieces])
    table("ResidualCapacity", tech, [[t, lambda: 5 * draw.random()] for t in ("gas", "pump")], 0.7)
    table(
        "EmissionActivityRatio",
        "TECHNOLOGY,EMISSION,MODE_OF_OPERATION",
        [[t, "CO2", m, draw.random] for t in ("gas", "coal") for m in (1, 2)],
    )
    table("EmissionsPenalty", "EMISSION", [["CO2", lambda: draw.choice([0, 3])]])
    table("AnnualEmissionLimit", "EMISSION", [["CO2", lambda: draw.choice([-1, 20, 40])]], 0.5)
    table("AnnualExogenousEmission", "EMISSION", [["CO2", 2]], 0.5)
    table("ReserveMarginTagTechnology", tech, [[t, lambda: draw.choice([1, 0.5])] for t in ("gas", "coal")], 0.5)
    table("ReserveMarginTagFuel", "FUEL", [["ELC", 1]], 0.5 if "ReserveMarginTagTechnology" in files else 0.0)
    table("RETagTechnology", tech, [["wind", 1]])
    table("RETagFuel", "FUEL", [["ELC", 1]])
    table("CapacityOfOneTechnologyUnit", tech, [["coal", lambda: draw.choice([2, 0.7])]], 0.5)
    table("TotalAnnualMaxCapacity", tech, [["coal", lambda: draw.choice([-1, 10, 0])]], 0.5)
    table("TotalAnnualMinCapacity", tech, [["wind", 2]], 0.4)
    table("TotalAnnualMinCapacityInvestment", tech, [[t, lambda: draw.choice([0, 1])] for t in ("coal", "idle")], 0.3)
    table("TotalTechnologyAnnualActivityUpperLimit", tech, [["coal", lambda: draw.choice([-1, 5, 0])]], 0.5)
    table(
        "TotalTechnologyAnnualActivityLowerLimit",
        tech,
        [[t, lambda: draw.choice([0, 1])] for t in ("idle", "gas")],
        0.4,
    )
    table("MinStorageCharge", "STORAGE", [["dam", 0.2]], 0.3)
    for name, header, rows, chance in (
        ("TechnologyToStorage", "TECHNOLOGY,STORAGE,MODE_OF_OPERATION", [["pump", "dam", 2, 1]], 1.0),
        ("TechnologyFromStorage", "TECHNOLOGY,STORAGE,MODE_OF_OPERATION", [["pump", "dam", 1, 1]], 1.0),
        ("OperationalLife", tech, [[t, lambda: draw.randint(1, 30)] for t in ("gas", "coal", "wind")], 0.7),
        ("DiscountRateIdv", tech, [[t, lambda: draw.choice([0, 0.05, 0.12])] for t in ("gas", "wind")], 0.4),
        ("TotalTechnologyModelPeriodActivityUpperLimit", tech, [["coal", 20]], 0.4),
        ("TotalTechnologyModelPeriodActivityLowerLimit", tech, [["wind", 3]], 0.4),
        ("ModelPeriodEmissionLimit", "EMISSION", [["CO2", lambda: draw.choice([-1, 60])]], 0.5),
        ("ModelPeriodExogenousEmission", "EMISSION", [["CO2", 1]], 0.5),
    ):
        table(name, header, rows, chance, yearly=False)
    files["REMinProductionTarget"] = (
        "REGION,YEAR,VALUE",
        [[r, y, draw.choice([0, 0.3])] for r in regions for y in years],
    )
    if len(regions) == 2:
        both = [["A", "B", "ELC", y, 1] for y in years] + [["B", "A", "ELC", y, 0.9] for y in years]
        files["TradeRoute"] = ("REGION,_REGION,FUEL,YEAR,VALUE", both)
    return files
