"""Wild models: several regions that trade, several stores, slices of no order, years far apart, defaults of all kinds.

Unlike `osemosys_models` nothing stands for anything: technologies make and take what the draw says, so that
figures meet that no modeller would put beside each other. An importer that always can keeps most of them feasible.
"""

import random
from itertools import product

DEFAULTS = {
    "VariableCost": [0, 0.01],
    "CapitalCost": [0, 20],
    "FixedCost": [0, 0.1],
    "OperationalLife": [1, 3, 25],
    "OperationalLifeStorage": [0, 5],
    "CapacityToActivityUnit": [1, 5],
    "StorageMaxChargeRate": [0, 30],
    "StorageMaxDischargeRate": [0, 30],
    "DepreciationMethod": [1, 2],
    "DiscountRate": [0.05, 0.2],
    "AvailabilityFactor": [1, 0.95],
    "CapacityFactor": [1, 0.8],
    "EmissionsPenalty": [0, 0.5],
    "ReserveMargin": [1, 1.1],
    "TotalAnnualMaxCapacity": [-1, 500],
    "ResidualCapacity": [0, 0.2],
    "AnnualEmissionLimit": [-1, 9999],
    "DiscountRateStorage": [0, 0.05],
    "StorageLevelStart": [0, 0.5],
    "TotalTechnologyAnnualActivityUpperLimit": [-1, 9999],
    "ResidualStorageCapacity": [0, 8],
    "REMinProductionTarget": [0, 0.05],
    "RETagFuel": [0, 1],
    "MinStorageCharge": [0, 0.005],
}
LETTERS = {
    "R": "REGION",
    "r": "_REGION",
    "T": "TECHNOLOGY",
    "F": "FUEL",
    "M": "MODE_OF_OPERATION",
    "Y": "YEAR",
    "L": "TIMESLICE",
    "E": "EMISSION",
    "S": "STORAGE",
}


class Wild:
    """The draw of one model: `files` by name (header and rows) and `config`, the text of its config.yaml."""

    def __init__(self, seed):
        self.d = random.Random(seed)
        d = self.d
        self.stored = d.random() < 0.6
        self.regions = [f"R{k}" for k in range(d.choice([1, 1, 2, 3]))]
        step = 1 if self.stored else d.choice([1, 1, 5])
        self.years = [2020 + step * k for k in range(d.choice([1, 2, 3]))]
        self.techs = [f"t{k}" for k in range(d.randint(3, 6))]
        self.fuels = [f"f{k}" for k in range(d.randint(1, 3))]
        self.emissions = [f"e{k}" for k in range(d.choice([0, 1, 2]))]
        self.stores = [f"s{k}" for k in range(d.choice([1, 2]))] if self.stored else []
        self.modes = [1, 2] if d.random() < 0.7 or self.stored else [1]
        self.files = {}
        for part in (
            self.slices,
            self.flows,
            self.technologies,
            self.demands,
            self.trade,
            self.pollution,
            self.policies,
            self.bounds,
            self.storage,
        ):
            part()
        chosen = {name: d.choice(values) for name, values in DEFAULTS.items() if d.random() < 0.35}
        self.config = "".join(f"{name}: {{type: param, default: {value}}}\n" for name, value in chosen.items())

    def put(self, name, letters, draw, chance=1.0, part=1.0, also=()):
        """A file `name` with a row a combination of `letters`, each with the chance `part`, its value drawn anew."""
        members = {
            "R": self.regions,
            "T": self.techs,
            "F": self.fuels,
            "M": self.modes,
            "Y": self.years,
            "L": self.pieces,
            "E": self.emissions,
            "S": self.stores,
        }
        rows = [[*key, draw()] for key in product(*(members[one] for one in letters)) if self.d.random() < part]
        rows += also
        if rows and self.d.random() < chance:
            self.files[name] = (",".join([*(LETTERS[one] for one in letters), "VALUE"]), rows)

    def one_of(self, *values):
        return lambda: self.d.choice(values)

    def slices(self):
        d = self.d
        counts = [range(1, 1 + d.choice([1, 2, 3])) for _ in range(3)]
        places = list(product(*counts))
        places = d.sample(places, 8) if len(places) > 8 else places
        self.pieces = [f"T{k}" for k in range(len(places))]
        sets = {
            "REGION": self.regions,
            "YEAR": self.years,
            "TIMESLICE": self.pieces,
            "FUEL": self.fuels,
            "TECHNOLOGY": [*self.techs, "imp"],
            "EMISSION": self.emissions,
            "STORAGE": self.stores,
            "MODE_OF_OPERATION": self.modes,
        }
        if self.stored:
            sets |= dict(zip(("SEASON", "DAYTYPE", "DAILYTIMEBRACKET"), counts, strict=True))
        self.files |= {
            name: ("VALUE", [[one] for one in members]) for name, members in sets.items() if members or d.random() < 0.5
        }
        cut = [d.random() + 0.1 for _ in self.pieces]
        self.files["YearSplit"] = (
            "TIMESLICE,YEAR,VALUE",
            [
                [piece, year, share / sum(cut)]
                for piece, share in zip(self.pieces, cut, strict=True)
                for year in self.years
            ],
        )
        if self.stored:
            self.conversions(places, counts)

    def conversions(self, places, counts):
        """Which season, day type and bracket each slice is of; now and then it is shared by two."""
        d, shared = self.d, self.d.random() < 0.3
        for k, dim in enumerate(("SEASON", "DAYTYPE", "DAILYTIMEBRACKET")):
            rows = []
            for piece, place in zip(self.pieces, places, strict=True):
                if shared and len(counts[k]) > 1 and d.random() < 0.4:
                    other, most = d.choice([one for one in counts[k] if one != place[k]]), d.choice([0.5, 0.75])
                    rows += [[piece, place[k], most], [piece, other, 1 - most]]
                else:
                    rows.append([piece, place[k], 1])
            self.files[f"Conversionl{'sdh'[k]}"] = (f"TIMESLICE,{dim},VALUE", rows)
        if d.random() < 0.8:
            self.files["DaySplit"] = (
                "DAILYTIMEBRACKET,YEAR,VALUE",
                [[h, year, d.random() / 200 + 0.0005] for h in counts[2] for year in self.years],
            )
        if d.random() < 0.8:
            self.files["DaysInDayType"] = (
                "SEASON,DAYTYPE,YEAR,VALUE",
                [[a, b, year, d.choice([1, 2, 5, 7])] for a in counts[0] for b in counts[1] for year in self.years],
            )

    def flows(self):
        d, made, used = self.d, [], []
        for region, year in product(self.regions, self.years):
            made += [
                [region, "imp", fuel, self.modes[k % len(self.modes)], year, 1] for k, fuel in enumerate(self.fuels)
            ]
        for region, tech, mode in product(self.regions, self.techs, self.modes):
            gives = d.sample(self.fuels, d.choice([0, 1, 1, min(2, len(self.fuels))]))
            takes = d.sample(self.fuels, d.choice([0, 0, 1]))
            for fuel in gives:
                first = d.choice([1, 0.5, 0.9])
                made += [
                    [region, tech, fuel, mode, year, first * (1 + 0.1 * k * (d.random() < 0.3))]
                    for k, year in enumerate(self.years)
                ]
            for fuel in (one for one in takes if one not in gives):
                amount = d.choice([1.1, 2, 0.3])
                used += [[region, tech, fuel, mode, year, amount] for year in self.years]
        header = "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE"
        self.files["OutputActivityRatio"] = (header, made)
        if used:
            self.files["InputActivityRatio"] = (header, used)

    def technologies(self):
        d = self.d
        imports = [[r, "imp", m, y, d.randint(20, 60)] for r in self.regions for m in self.modes for y in self.years]
        self.put("VariableCost", "RTMY", self.one_of(0, 1, 5, 9), part=0.7, also=imports)
        self.put("CapitalCost", "RTY", lambda: d.randint(1, 200), 0.95)
        self.put("FixedCost", "RTY", self.one_of(0, 2, 0.5), 0.6)
        self.put("CapacityFactor", "RTLY", lambda: round(d.random(), 3), 0.8, 0.5)
        self.put("AvailabilityFactor", "RTY", self.one_of(0.5, 0.9, 1), 0.5)
        self.put("ResidualCapacity", "RTY", lambda: round(5 * d.random(), 2), 0.7, 0.5)
        self.put("OperationalLife", "RT", self.one_of(1, 2, 3, 10, 40), 0.9, 0.8)
        self.put("CapacityToActivityUnit", "RT", self.one_of(1, 8.76, 31.536), 0.6, 0.6)
        self.put("DiscountRate", "R", self.one_of(0, 0.05, 0.1), 0.8)
        self.put("DiscountRateIdv", "RT", self.one_of(0, 0.05, 0.12), 0.4, 0.5)
        self.put("DepreciationMethod", "R", self.one_of(1, 2), 0.7)
        self.put("CapacityOfOneTechnologyUnit", "RTY", self.one_of(0, 1.5, 4), 0.4, 0.3)

    def demands(self):
        d = self.d
        self.put("SpecifiedAnnualDemand", "RFY", lambda: d.randint(1, 30), part=0.8)
        load = {key: d.random() for key in product(self.regions, self.fuels, self.pieces)}
        whole = {(r, f): sum(load[r, f, piece] for piece in self.pieces) for r, f in product(self.regions, self.fuels)}
        self.files["SpecifiedDemandProfile"] = (
            "REGION,FUEL,TIMESLICE,YEAR,VALUE",
            [[r, f, piece, year, share / whole[r, f]] for (r, f, piece), share in load.items() for year in self.years],
        )
        self.put("AccumulatedAnnualDemand", "RFY", lambda: d.randint(0, 9), 0.5)

    def trade(self):
        """Routes both ways, now and then with a loss one way."""
        rows = []
        for a, b in product(self.regions, self.regions):
            if a < b and self.d.random() < 0.7:
                fuel = self.d.choice(self.fuels)
                for year in self.years:
                    rows += [[a, b, fuel, year, 1], [b, a, fuel, year, self.d.choice([1, 0.9])]]
        if rows:
            self.files["TradeRoute"] = ("REGION,_REGION,FUEL,YEAR,VALUE", rows)

    def pollution(self):
        d = self.d
        if not self.emissions:
            return
        self.put(
            "EmissionActivityRatio", "RTEMY", lambda: round(d.random() * (1 if d.random() > 0.05 else -1), 2), part=0.5
        )
        self.put("EmissionsPenalty", "REY", self.one_of(0, 3, 7), 0.5)
        self.put("AnnualEmissionLimit", "REY", self.one_of(-1, 300, 90), 0.5)
        self.put("AnnualExogenousEmission", "REY", lambda: 2, 0.4)
        self.put("ModelPeriodEmissionLimit", "RE", self.one_of(-1, 400), 0.4)
        self.put("ModelPeriodExogenousEmission", "RE", lambda: 3, 0.4)

    def policies(self):
        def importer(value):
            return [[r, "imp", y, value] for r in self.regions for y in self.years]

        self.put("ReserveMargin", "RY", self.one_of(0, 1, 1.2), 0.6)
        self.put("ReserveMarginTagFuel", "RFY", self.one_of(0, 1), 0.5)
        self.put("ReserveMarginTagTechnology", "RTY", self.one_of(1, 0.6), 0.97, 0.8, importer(1))
        self.put("RETagTechnology", "RTY", self.one_of(0, 1), 0.9, also=importer(1))
        self.put("RETagFuel", "RFY", self.one_of(0, 1), 0.6)
        self.put("REMinProductionTarget", "RY", self.one_of(0, 0.2, 0.5), 0.5)

    def bounds(self):
        for name, values, chance in (
            ("TotalAnnualMaxCapacity", (-1, 8, 0), 0.3),
            ("TotalAnnualMinCapacity", (0, 2), 0.3),
            ("TotalAnnualMaxCapacityInvestment", (-1, 3, 0), 0.3),
            ("TotalAnnualMinCapacityInvestment", (0, 1), 0.2),
            ("TotalTechnologyAnnualActivityUpperLimit", (-1, 10, 0), 0.3),
            ("TotalTechnologyAnnualActivityLowerLimit", (0, 1), 0.2),
        ):
            self.put(name, "RTY", self.one_of(*values), chance, 0.4)
        self.put("TotalTechnologyModelPeriodActivityUpperLimit", "RT", self.one_of(-1, 20), 0.3, 0.5)
        self.put("TotalTechnologyModelPeriodActivityLowerLimit", "RT", self.one_of(0, 2), 0.2, 0.5)

    def storage(self):
        d, into, out = self.d, [], []
        for region, store in product(self.regions, self.stores):
            for tech in d.sample(self.techs, 2):
                into.append([region, tech, store, 2, d.choice([1, 0.8])])
                out.append([region, tech, store, 1, d.choice([1, 1.1])])
        if not into:
            return
        for name, rows in (("TechnologyToStorage", into), ("TechnologyFromStorage", out)):
            self.files[name] = ("REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE", rows)
        self.put("StorageLevelStart", "RS", self.one_of(0, 0, 1, 2), 0.5)
        self.put("StorageMaxChargeRate", "RS", self.one_of(0, 50, 99), 0.9, 0.9)
        self.put("StorageMaxDischargeRate", "RS", self.one_of(50, 99), 0.9, 0.9)
        self.put("MinStorageCharge", "RSY", self.one_of(0, 0.01, 0.02), 0.3)
        self.put("OperationalLifeStorage", "RS", self.one_of(0, 1, 2, 20), 0.8)
        self.put("CapitalCostStorage", "RSY", self.one_of(0, 1, 9), 0.8)
        self.put("ResidualStorageCapacity", "RSY", self.one_of(4, 50, 80), 0.7)
        self.put("DiscountRateStorage", "RS", self.one_of(0, 0.08), 0.6)
