"""The long form of OSeMOSYS written out equation by equation, slowly and plainly, to hold the engine against.

Nothing of the engine is used but the values read from the folder. The names are those of the published code (GNU
MathProg, Apache-2.0): CAa1 capacity, EBa11 balance, S1 to S15 storage, SC1 to SC6 its limits, RM, RE, E the rest.
"""

from collections import defaultdict
from itertools import product

import highspy
import numpy as np


class LongForm:
    """Columns by name and index, rows as dictionaries of column and coefficient."""

    def __init__(self, folder):
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("mip_rel_gap", 1e-9)
        self.columns = {}
        self.p = {name: folder.dense(name) for name in folder.parameters}
        self.n = {name: range(len(labels)) for name, labels in folder.sets.items()}
        self.years = [int(year) for year in folder.sets["YEAR"]]

    def x(self, *name, low=0.0, whole=False):
        if name not in self.columns:
            self.columns[name] = len(self.columns)
            self.highs.addVar(low, highspy.kHighsInf)
            if whole:
                self.highs.changeColIntegrality(self.columns[name], highspy.HighsVarType.kInteger)
        return self.columns[name]

    def cost(self, column, value):
        self.highs.changeColCost(column, self.highs.getCol(column)[1] + value)

    def row(self, low, terms, high):
        entries = defaultdict(float)
        for column, value in terms:
            entries[column] += value
        entries = {column: value for column, value in entries.items() if value}
        none = highspy.kHighsInf
        self.highs.addRow(
            -none if low is None else float(low),
            none if high is None else float(high),
            len(entries),
            np.array(list(entries), np.int32),
            np.array(list(entries.values()), float),
        )

    def activity(self, r, t, y, weight=1.0):
        return [
            (self.x("A", r, ts, t, m, y), weight * self.p["YearSplit"][ts, y])
            for ts in self.n["TIMESLICE"]
            for m in self.n["MODE_OF_OPERATION"]
        ]

    def flows(self, name, r, f, ts, y, sign):
        ratio = self.p[name]
        return [
            (self.x("A", r, ts, t, m, y), sign * ratio[r, t, f, m, y] * self.p["YearSplit"][ts, y])
            for t in self.n["TECHNOLOGY"]
            for m in self.n["MODE_OF_OPERATION"]
            if ratio[r, t, f, m, y]
        ]

    def solve(self):
        for r, y in product(self.n["REGION"], self.n["YEAR"]):
            for t in self.n["TECHNOLOGY"]:
                self.technology(r, t, y)
            self.balances(r, y)
            self.policies(r, y)
            for s in self.n["STORAGE"]:
                self.store_limits(r, s, y)
        for r, t in product(self.n["REGION"], self.n["TECHNOLOGY"]):
            every = [term for y in self.n["YEAR"] for term in self.activity(r, t, y)]
            most, least = (self.p[f"TotalTechnologyModelPeriodActivity{k}Limit"][r, t] for k in ("Upper", "Lower"))
            self.row(least if least > 0 else None, every, None if most == -1 else most)
        for r, s in product(self.n["REGION"], self.n["STORAGE"]):
            self.store_levels(r, s)
        self.highs.run()
        done = self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return self.highs.getInfo().objective_function_value if done else None

    def technology(self, r, t, y):
        p, last = self.p, self.years[-1]
        rate, life, year = p["DiscountRate"][r], p["OperationalLife"][r, t], self.years[y]
        new, held = self.x("new", r, t, y), self.x("held", r, t, y)
        alive = [v for v in self.n["YEAR"] if 0 <= year - self.years[v] < life]
        residual = p["ResidualCapacity"][r, t, y]
        self.row(residual, [(held, 1), *((self.x("new", r, t, v), -1) for v in alive)], residual)
        factors = p["CapacityFactor"][r, t, :, y] * p["CapacityToActivityUnit"][r, t]
        for ts in self.n["TIMESLICE"]:
            modes = [(self.x("A", r, ts, t, m, y), 1) for m in self.n["MODE_OF_OPERATION"]]
            self.row(None, [*modes, (held, -factors[ts])], 0)
        if p["AvailabilityFactor"][r, t, y] < 1:
            usable = factors @ p["YearSplit"][:, y] * p["AvailabilityFactor"][r, t, y]
            self.row(None, [*self.activity(r, t, y), (held, -usable)], 0)
        if unit := p["CapacityOfOneTechnologyUnit"][r, t, y]:
            self.row(0, [(new, 1), (self.x("units", r, t, y, whole=True), -unit)], 0)
        for column, name in ((held, "TotalAnnual{}Capacity"), (new, "TotalAnnual{}CapacityInvestment")):
            most, least = p[name.format("Max")][r, t, y], p[name.format("Min")][r, t, y]
            self.row(least if least > 0 else None, [(column, 1)], None if most == -1 else most)
        for m in self.idle(r, t, y):
            for ts in self.n["TIMESLICE"]:
                self.row(0, [(self.x("A", r, ts, t, m, y), 1)], 0)
        most, least = (p[f"TotalTechnologyAnnualActivity{k}Limit"][r, t, y] for k in ("Upper", "Lower"))
        self.row(least if least > 0 else None, self.activity(r, t, y), None if most == -1 else most)
        kept = self.worth(rate, life, p["DepreciationMethod"][r], year)
        own = p["DiscountRateIdv"][r, t]
        dearer = 1.0 if own == rate or life <= 0 else annuity(rate, life) / annuity(own, life)
        start, middle = (1 + rate) ** -(year - self.years[0]), (1 + rate) ** -(year - self.years[0] + 0.5)
        end = (1 + rate) ** -(last - self.years[0] + 1)
        self.cost(new, p["CapitalCost"][r, t, y] * dearer * (start - kept * end))
        self.cost(held, p["FixedCost"][r, t, y] * middle)
        penalty = np.einsum("em,e->m", p["EmissionActivityRatio"][r, t, :, :, y], p["EmissionsPenalty"][r, :, y])
        for ts, m in product(self.n["TIMESLICE"], self.n["MODE_OF_OPERATION"]):
            running = p["VariableCost"][r, t, m, y] + penalty[m]
            self.cost(self.x("A", r, ts, t, m, y), running * p["YearSplit"][ts, y] * middle)

    def idle(self, r, t, y):
        """The modes that take, make, store and emit nothing: they do not run, unless all are so and must."""
        p, modes = self.p, self.n["MODE_OF_OPERATION"]
        flows = ("InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio")
        stores = ("TechnologyToStorage", "TechnologyFromStorage")
        idle = [
            m
            for m in modes
            if not any(p[name][r, t, :, m, y].any() for name in flows)
            and not any(p[name][r, t, :, m].any() for name in stores)
        ]
        must = p["TotalTechnologyAnnualActivityLowerLimit"][r, t, y] > 0
        must |= p["TotalTechnologyModelPeriodActivityLowerLimit"][r, t] > 0
        return [] if must and len(idle) == len(modes) else idle

    def worth(self, rate, life, method, year):
        used = self.years[-1] - year + 1
        if year + life - 1 <= self.years[-1]:
            return 0.0
        if method == 1 and rate > 0:
            return 1 - ((1 + rate) ** used - 1) / ((1 + rate) ** life - 1)
        return 1 - used / life

    def balances(self, r, y):
        p = self.p
        for f in self.n["FUEL"]:
            whole = []
            for ts in self.n["TIMESLICE"]:
                terms = self.flows("OutputActivityRatio", r, f, ts, y, 1) + self.flows(
                    "InputActivityRatio", r, f, ts, y, -1
                )
                for other in self.n["REGION"]:
                    if route := p["TradeRoute"][r, other, f, y]:
                        terms.append((self.x("trade", r, other, ts, f, y, low=-highspy.kHighsInf), -route))
                demand = p["SpecifiedAnnualDemand"][r, f, y] * p["SpecifiedDemandProfile"][r, f, ts, y]
                self.row(demand, terms, None)
                whole += terms
            self.row(p["AccumulatedAnnualDemand"][r, f, y], whole, None)
            for ts, other in product(self.n["TIMESLICE"], self.n["REGION"]):
                if p["TradeRoute"][r, other, f, y]:
                    there = self.x("trade", r, other, ts, f, y, low=-highspy.kHighsInf)
                    back = self.x("trade", other, r, ts, f, y, low=-highspy.kHighsInf)
                    self.row(0, [(there, 1), (back, 1)], 0)

    def policies(self, r, y):
        p, techs, modes = self.p, self.n["TECHNOLOGY"], self.n["MODE_OF_OPERATION"]
        made = p["OutputActivityRatio"]
        if margin := p["ReserveMargin"][r, y]:
            counted = p["ReserveMarginTagTechnology"][r, :, y] * p["CapacityToActivityUnit"][r]
            for ts in self.n["TIMESLICE"]:
                tagged = np.einsum("tfm,f->tm", made[r, :, :, :, y], p["ReserveMarginTagFuel"][r, :, y]) * margin
                terms = [(self.x("A", r, ts, t, m, y), tagged[t, m]) for t, m in product(techs, modes)]
                self.row(None, terms + [(self.x("held", r, t, y), -counted[t]) for t in techs], 0)
        wanted = np.einsum("tfm,f->tm", made[r, :, :, :, y], p["RETagFuel"][r, :, y]) * p["REMinProductionTarget"][r, y]
        given = made[r, :, :, :, y].sum(axis=1) * p["RETagTechnology"][r, :, None, y]
        self.row(
            None,
            [
                (self.x("A", r, ts, t, m, y), (wanted - given)[t, m] * p["YearSplit"][ts, y])
                for ts, t, m in product(self.n["TIMESLICE"], techs, modes)
            ],
            0,
        )
        for e in self.n["EMISSION"]:
            if (most := p["AnnualEmissionLimit"][r, e, y]) != -1:
                self.row(None, self.emitted(r, e, y), most - p["AnnualExogenousEmission"][r, e, y])
            most = p["ModelPeriodEmissionLimit"][r, e]
            if y == 0 and most != -1:
                every = [term for year in self.n["YEAR"] for term in self.emitted(r, e, year)]
                self.row(None, every, most - p["ModelPeriodExogenousEmission"][r, e])

    def emitted(self, r, e, y):
        ratio = self.p["EmissionActivityRatio"][r, :, e, :, y]
        return [
            (self.x("A", r, ts, t, m, y), ratio[t, m] * self.p["YearSplit"][ts, y])
            for ts in self.n["TIMESLICE"]
            for (t, m) in zip(*np.nonzero(ratio), strict=True)
        ]

    def charge(self, r, s, piece, y):
        """The net rate of charge in a season, day type and bracket, and its parts. S1, S2."""
        ls, ld, lh = piece
        share = self.p["Conversionls"][:, ls] * self.p["Conversionld"][:, ld] * self.p["Conversionlh"][:, lh]
        return [
            [
                (self.x("A", r, ts, t, m, y), table[r, t, s, m] * share[ts])
                for ts in np.flatnonzero(share)
                for t in self.n["TECHNOLOGY"]
                for m in self.n["MODE_OF_OPERATION"]
                if table[r, t, s, m] > 0
            ]
            for table in (self.p["TechnologyToStorage"], self.p["TechnologyFromStorage"])
        ]

    def net(self, r, s, piece, y, weight):
        into, out = self.charge(r, s, piece, y)
        return [(c, weight * v) for c, v in into] + [(c, -weight * v) for c, v in out]

    def net_year(self, r, s, y, seasons):
        p, terms = self.p, []
        for ls, ld, lh in product(seasons, self.n["DAYTYPE"], self.n["DAILYTIMEBRACKET"]):
            share = p["Conversionls"][:, ls] * p["Conversionld"][:, ld] * p["Conversionlh"][:, lh]
            terms += self.net(r, s, (ls, ld, lh), y, float(share @ p["YearSplit"][:, y]))
        return terms

    def net_day(self, r, s, ls, ld, y, brackets, weight=1.0):
        day = self.p["DaySplit"]
        return [term for lh in brackets for term in self.net(r, s, (ls, ld, lh), y, weight * day[lh, y])]

    def equal(self, level, terms, constant=0.0):
        self.row(constant, [(level, 1), *((c, -v) for c, v in terms)], constant)

    def store_levels(self, r, s):
        """S5 to S15: levels run on; S13 to S15 close each day type from the end."""
        p, seasons, days, brackets = self.p, *(self.n[k] for k in ("SEASON", "DAYTYPE", "DAILYTIMEBRACKET"))
        for y in self.n["YEAR"]:
            opening = self.x("year", r, s, y)
            if y == 0:
                self.equal(opening, [], p["StorageLevelStart"][r, s])
            else:
                self.equal(opening, [(self.x("year", r, s, y - 1), 1), *self.net_year(r, s, y - 1, seasons)])
            close = self.x("close", r, s, y)
            self.equal(
                close,
                [(self.x("year", r, s, y + 1), 1)]
                if y + 1 in self.n["YEAR"]
                else [(opening, 1), *self.net_year(r, s, y, seasons)],
            )
            for ls in seasons:
                first = (
                    [(opening, 1)]
                    if ls == 0
                    else [(self.x("season", r, s, ls - 1, y), 1), *self.net_year(r, s, y, [ls - 1])]
                )
                self.equal(self.x("season", r, s, ls, y), first)
                for ld in days:
                    many = p["DaysInDayType"][ls, :, y]
                    before = (
                        [(self.x("season", r, s, ls, y), 1)]
                        if ld == 0
                        else [
                            (self.x("day", r, s, ls, ld - 1, y), 1),
                            *self.net_day(r, s, ls, ld - 1, y, brackets, many[ld - 1]),
                        ]
                    )
                    self.equal(self.x("day", r, s, ls, ld, y), before)
                    if ld < days[-1]:
                        after = [
                            (self.x("end", r, s, ls, ld + 1, y), 1),
                            *self.net_day(r, s, ls, ld + 1, y, brackets, -many[ld + 1]),
                        ]
                    else:
                        after = [(close if ls == seasons[-1] else self.x("season", r, s, ls + 1, y), 1)]
                    self.equal(self.x("end", r, s, ls, ld, y), after)

    def store_limits(self, r, s, y):
        """SC1 to SC6, SI1 to SI10."""
        p, brackets = self.p, self.n["DAILYTIMEBRACKET"]
        rate, life = p["DiscountRateStorage"][r, s], p["OperationalLifeStorage"][r, s]
        year, new, size = self.years[y], self.x("store", r, s, y), self.x("size", r, s, y)
        alive = [v for v in self.n["YEAR"] if 0 <= year - self.years[v] < life]
        existing = p["ResidualStorageCapacity"][r, s, y]
        self.equal(size, [(self.x("store", r, s, v), 1) for v in alive], existing)
        kept = self.worth(rate, life, p["DepreciationMethod"][r], year)
        start, end = ((1 + rate) ** -(k - self.years[0]) for k in (year, self.years[-1] + 1))
        self.cost(new, p["CapitalCostStorage"][r, s, y] * (start - kept * end))
        for ls, ld, lh in product(self.n["SEASON"], self.n["DAYTYPE"], brackets):
            into, out = self.charge(r, s, (ls, ld, lh), y)
            self.row(None, into, p["StorageMaxChargeRate"][r, s])
            self.row(None, out, p["StorageMaxDischargeRate"][r, s])
            early, late = [h for h in brackets if h < lh], [h for h in brackets if h > lh]
            day, end_of = self.x("day", r, s, ls, ld, y), self.x("end", r, s, ls, ld, y)
            levels = [
                [(day, 1), *self.net_day(r, s, ls, ld, y, early)],
                [(end_of, 1), *self.net_day(r, s, ls, ld, y, late, -1.0)],
            ]
            if ld > 0:
                levels += [
                    [(day, 1), *self.net_day(r, s, ls, ld - 1, y, late, -1.0)],
                    [(self.x("end", r, s, ls, ld - 1, y), 1), *self.net_day(r, s, ls, ld, y, early)],
                ]
            for level in levels:
                self.row(0, [*level, (size, -p["MinStorageCharge"][r, s, y])], None)
                self.row(None, [*level, (size, -1.0)], 0)


def annuity(rate, life):
    """The present value of one unit of money at the start of each year of `life`."""
    return life if rate == 0 else (1 - (1 + rate) ** -life) * (1 + rate) / rate
