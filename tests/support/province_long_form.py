"""A province's plan written out row by row, slowly and plainly, to hold the engine against.

Nothing of the engine is used. It reads rows of the planning tables and follows docs/methods/expansion.md (E4 to E7,
E15, E18 to E25, E39) with amounts by slice where the engine has rates, one variable and one row at a time.
"""

from collections import defaultdict
from itertools import product

import highspy
import numpy as np

PAID = {"buy": -1.0, "dispose": -1.0, "sell": 1.0}
WAY = {"buy": 1.0, "sell": -1.0, "dispose": -1.0}
NEEDS = {"land": "land", "power": "power", "water": "water", "waste_water": "waste_water", "labour": "jobs"}
ELASTIC = 1e-6


def words(cell):
    return [word.strip() for word in (cell or "").split(";") if word.strip()]


def given(row, name, default):
    return default if row.get(name) is None else row[name]


class ProvinceLongForm:
    """Build with rows by table; `solve` gives the best value and the least shortfall by priority."""

    def __init__(self, tables):
        self.t = defaultdict(list, tables)
        settings = {row["setting"]: row["value"] for row in self.t["plan_settings"]}
        self.first, self.last = int(settings.get("first_year", 2024)), int(settings.get("last_year", 2035))
        self.years = range(self.first, self.last + 1)
        self.r = float(settings.get("discount_rate", 0.1))
        self.straight = settings.get("depreciation", "sinking-fund") == "straight-line"
        self.water = settings.get("hydrology", "normal")
        self.slices = sorted(self.t["plan_slices"], key=lambda row: row["order"]) or [
            {"slice": "year", "hours": 8760.0, "months": ";".join(map(str, range(1, 13)))}
        ]
        hours = sum(row["hours"] for row in self.slices)
        self.length = {row["slice"]: row["hours"] / hours for row in self.slices}
        self.order = [row["slice"] for row in self.slices]
        self.processes = {row["process"]: row for row in self.t["processes"]}
        self.goods = {row["commodity"]: row for row in self.t["commodities"]}
        self.flows = defaultdict(list)
        for row in self.t["process_flows"]:
            self.flows[row["process"], row["mode"]].append(row)
        self.candidates = {row["process"]: row for row in self.t["candidates"]}
        self.columns, self.costs, self.whole, self.upper, self.rows = {}, defaultdict(float), set(), {}, []
        self.short = defaultdict(dict)

    # variables, rows
    def x(self, *name, whole=False, most=None):
        if name not in self.columns:
            self.columns[name] = len(self.columns)
            if whole:
                self.whole.add(self.columns[name])
            if most is not None:
                self.upper[self.columns[name]] = most
        return self.columns[name]

    def row(self, low, terms, high):
        entries = defaultdict(float)
        for column, value in terms:
            entries[column] += value
        self.rows.append((low, {c: v for c, v in entries.items() if v}, high))

    # time and money
    def open(self, row, year, first="first_year", last="last_year"):
        return given(row, first, self.first) <= year <= given(row, last, self.last)

    def window(self, row):
        """The years in which a candidate may be decided."""
        return [year for year in self.years if self.open(row, year, "earliest", "latest")]

    def middle(self, year):
        return (1 + self.r) ** -(year - self.first + 0.5)

    def capital(self, year, life, lead, hurdle=None):
        """What one unit of capital paid in `year` costs, less what is left of it a year after the end."""
        used, left = max(self.last - year - lead + 1, 0), 0.0
        if year + lead + life - 1 > self.last:
            fund = not self.straight and self.r > 0
            left = 1 - (((1 + self.r) ** used - 1) / ((1 + self.r) ** life - 1) if fund else used / life)
        dearer = 1.0
        if hurdle is not None and hurdle != self.r:
            dearer = annuity(self.r, life) / annuity(hurdle, life)
        return dearer * ((1 + self.r) ** -(year - self.first) - left * (1 + self.r) ** -(self.last - self.first + 1))

    # parts
    def capacity(self, p, year):
        """Capacity in use: what exists, and lumps after their lead, as far as ramped up, within their life."""
        row, life = self.processes[p], given(self.processes[p], "life", 30)
        there = given(row, "starts", self.first - 1) <= year < given(row, "retires", self.last + 1)
        constant, terms = (row["capacity"] or 0.0) * there, []
        candidate = self.candidates.get(p)
        for decided in self.years if candidate else ():
            age = year - decided - given(candidate, "lead", 0)
            if self.open(candidate, decided, "earliest", "latest") and 0 <= age < life:
                share = given(row, f"ramp_{age + 1}", 1.0) if age < 3 else 1.0
                terms.append((self.x("units", p, decided, whole=True), share * candidate["lump"]))
        return constant, terms

    def runs(self, p, year):
        constant, terms = self.capacity(p, year)
        return constant > 0 or bool(terms)

    def acts(self, p, year, piece=None):
        """Amounts of activity of a process in a year (and slice), by mode."""
        pieces = self.order if piece is None else [piece]
        blocks = {(row["process"], row["block"]): row for row in self.t["deposits"]}
        return [
            (mode, self.x("act", p, mode, year, one))
            for (process, mode) in self.flows
            if process == p
            for one in pieces
            if (p, mode) not in blocks or self.open(blocks[p, mode], year)
        ]

    def process_rows(self):
        ready = {(row["process"], row["slice"]): row["share"] for row in self.t["availability"]}
        for p, row in self.processes.items():
            unit, share = given(row, "activity_per_capacity", 1.0), given(row, "intermediate_share", 1.0)
            for year in self.years:
                constant, terms = self.capacity(p, year)
                for piece in self.order if self.flows_of(p) else ():
                    usable = ready.get((p, piece), 1.0) * unit * self.length[piece]
                    acts = [(column, 1.0) for _, column in self.acts(p, year, piece)]
                    held = [(column, -usable * value) for column, value in terms]
                    self.row(None, acts + held, usable * constant)
                    if least := given(row, "min_load", 0.0):
                        self.row(least * usable * constant, acts + [(c, least * v) for c, v in held], None)
                for _, column in self.acts(p, year):
                    self.costs[column] -= given(row, "variable_cost", 0.0) * share * self.middle(year)
                fixed = given(row, "fixed_cost", 0.0) * share * self.middle(year)
                self.offset -= fixed * constant
                for column, value in terms:
                    self.costs[column] -= fixed * value

    def flows_of(self, p):
        return [mode for (process, mode) in self.flows if process == p]

    def candidate_rows(self):
        projects = defaultdict(list)
        for p, row in self.candidates.items():
            projects[row.get("project") or row["candidate"]].append((p, row))
        for project, places in projects.items():
            most = max(row["max_lumps"] for _, row in places)
            every = [(p, y) for p, row in places for y in self.window(row)]
            self.row(None, [(self.x("units", p, y, whole=True), 1.0) for p, y in every], most)
            for p, y in every:
                row = self.candidates[p]
                worth = self.capital(
                    y, given(self.processes[p], "life", 30), given(row, "lead", 0), row.get("hurdle_rate")
                )
                self.costs[self.x("units", p, y)] -= (row["capital"] or 0.0) * worth
            due = [y for p, row in places if row.get("must") for y in self.window(row)]
            if due:
                self.row(1, [(self.x("units", p, y), 1.0) for p, y in every if y <= max(due)], None)
            for other in {o for _, row in places for o in words(row.get("requires"))}:
                needed = [(p, y) for p, row in projects[other] for y in self.window(row)]
                for year in self.years:
                    own = [(self.x("units", p, y), 1.0) for p, y in every if y <= year]
                    self.row(None, own + [(self.x("units", p, y), -most) for p, y in needed if y <= year], 0)
            for other in {o for _, row in places for o in words(row.get("excludes"))}:
                pair = [self.x("chosen", one, whole=True, most=1.0) for one in (project, other)]
                self.row(None, [(column, 1.0) for column in pair], 1)
                for one, column in zip((project, other), pair, strict=True):
                    own = projects[one]
                    terms = [(self.x("units", p, y, whole=True), 1.0) for p, row in own for y in self.window(row)]
                    self.row(None, [*terms, (column, -max(row["max_lumps"] for _, row in own))], 0)

    def balance_rows(self):
        nodes = {(self.processes[p]["site"], row["commodity"]) for (p, _), rows in self.flows.items() for row in rows}
        nodes |= {(row["site"], row["commodity"]) for row in self.t["markets"]}
        for row in self.t["links"]:
            nodes |= {(row["from_site"], row["commodity"]), (row["to_site"], row["commodity"])}
        for (site, good), year, piece in product(sorted(nodes), self.years, self.order):
            terms = []
            for (p, mode), rows in self.flows.items():
                columns = (
                    [c for m, c in self.acts(p, year, piece) if m == mode] if self.processes[p]["site"] == site else []
                )
                terms += [
                    (c, row["quantity"])
                    for row in rows
                    for c in columns
                    if row["commodity"] == good and self.open(row, year)
                ]
            for k, row in enumerate(self.t["markets"]):
                if (row["site"], row["commodity"]) == (site, good) and self.open(row, year):
                    terms.append((self.x("trade", k, year, piece), WAY[row["direction"]]))
            for k, row in enumerate(self.t["links"]):
                if row["commodity"] == good and site in (row["from_site"], row["to_site"]):
                    column = self.x("carry", k, year, piece)
                    terms.append((column, -1.0 if site == row["from_site"] else 1.0 - given(row, "loss", 0.0)))
            if self.goods[good].get("storable"):
                most = self.goods[good].get("stock_limit")
                terms.append((self.x("stock", site, good, year, piece, most=most), -1.0))
                place = (year - self.first) * len(self.order) + self.order.index(piece) - 1
                if place >= 0:
                    before = self.first + place // len(self.order), self.order[place % len(self.order)]
                    terms.append((self.x("stock", site, good, *before, most=most), 1.0))
            self.row(0, terms, 0 if self.goods[good]["balance"] == "equal" else None)

    def market_rows(self):
        for k, row in enumerate(self.t["markets"]):
            for year in (y for y in self.years if self.open(row, y)):
                grown = (1 + given(row, "growth", 0.0)) ** (year - 2024)
                columns = [self.x("trade", k, year, piece) for piece in self.order]
                low, high = row.get("minimum"), row.get("maximum")
                self.row(
                    None if low is None else low * grown,
                    [(c, 1.0) for c in columns],
                    None if high is None else high * grown,
                )
                for column in columns:
                    self.costs[column] += PAID[row["direction"]] * row["price"] * self.middle(year)
        for k, row in enumerate(self.t["links"]):
            for year, piece in product(self.years, self.order):
                column = self.x("carry", k, year, piece)
                self.costs[column] -= given(row, "cost", 0.0) * self.middle(year)
                if row.get("capacity") is not None:
                    constant, wider = self.room(row.get("link"), year, self.length[piece])
                    self.row(None, [(column, 1.0), *wider], row["capacity"] * self.length[piece] + constant)

    def room(self, code, year, weight=1.0):
        """What works that are in use add to a limit or link: the constant, and terms for the left-hand side."""
        constant, terms = 0.0, []
        for p, row in self.candidates.items():
            if code and code in words(row.get("raises")):
                there, built = self.capacity(p, year)
                share = weight * row["raises_by"] / row["lump"]
                constant += share * there
                terms += [(column, -share * value) for column, value in built]
        return constant, terms

    def resource_rows(self):
        deposits = defaultdict(list)
        for row in self.t["deposits"]:
            deposits[row["deposit"]].append(row)
        for blocks in deposits.values():
            blocks.sort(key=lambda row: row["order"])
            for year in self.years:
                licences = [
                    row["licence_per_year"]
                    for row in blocks
                    if row.get("licence_per_year") is not None and self.open(row, year)
                ]
                every = [term for row in blocks for term in self.taken(row, year)]
                self.row(None, every, max(licences) if licences else None)
            for before, row in zip([None, *blocks], blocks, strict=False):
                self.row(None, [term for year in self.years for term in self.taken(row, year)], row["tonnes"])
                for year in self.years if before else ():
                    ready = self.x("ready", row["deposit"], row["block"], year, whole=True, most=1.0)
                    self.row(None, [*self.taken(row, year), (ready, -row["tonnes"])], 0)
                    gone = [term for past in range(self.first, year + 1) for term in self.taken(before, past)]
                    self.row(0, [*gone, (ready, -before["tonnes"])], None)

    def taken(self, block, year):
        """The ore that a block gives in a year: what its mode gives of the ore."""
        mode = (block["process"], block["block"])
        each = sum(row["quantity"] for row in self.flows[mode] if row["commodity"] == block["commodity"])
        return [(column, each) for m, column in self.acts(block["process"], year) if m == block["block"]]

    def hydro_rows(self):
        months = {row["slice"]: [int(m) for m in words(row.get("months") or row["slice"])] for row in self.slices}
        plants = defaultdict(list)
        for row in self.t["hydro_inflow"]:
            if row["hydrology"] == self.water:
                plants[row["process"]].append(row)
        for (p, rows), year in product(plants.items(), self.years):
            storage, use = rows[-1]["storage"], rows[-1]["m3_per_kwh"]
            for place, piece in enumerate(self.order):
                inflow = sum(
                    row["inflow"] / sum(row["month"] in some for some in months.values())
                    for row in rows
                    if row["month"] in months[piece]
                )
                level = self.x("level", p, year, piece, most=storage)
                last = self.x("level", p, year, self.order[place - 1], most=storage)
                acts = [(column, use) for _, column in self.acts(p, year, piece)]
                self.row(inflow, [(level, 1.0), (last, -1.0), (self.x("spill", p, year, piece), 1.0), *acts], inflow)

    def stage_rows(self):
        zones = defaultdict(list)
        for row in self.t["zone_stages"]:
            zones[row["zone"]].append(row)
        for zone, rows in zones.items():
            rows.sort(key=lambda row: row["stage"])
            for before, row in zip([None, *rows], rows, strict=False):
                own = self.stage(row)
                self.row(None, [(column, 1.0) for _, column in own], 1)
                for year, column in own:
                    self.costs[column] -= row["cost"] * self.capital(year, 50, given(row, "lead", 0))
                for year in self.years if before else ():
                    earlier = [(column, -1.0) for y, column in self.stage(before) if y <= year]
                    self.row(None, [(column, 1.0) for y, column in own if y <= year] + earlier, 0)
            stated = any(
                r["measure"] == "land" and r["scope"] == "site" and r["item"] == zone for r in self.t["limits"]
            )
            for year in () if stated else self.years:
                terms = [
                    t for p, r in self.processes.items() if r["site"] == zone for t in self.need(p, "land", year)[1]
                ]
                constant = sum(self.need(p, "land", year)[0] for p, r in self.processes.items() if r["site"] == zone)
                self.row(None, terms + self.opened_land(zone, year), -constant)

    def stage(self, row):
        return [
            (y, self.x("stage", row["zone"], row["stage"], y, whole=True, most=1.0))
            for y in self.years
            if y >= given(row, "earliest", self.first)
        ]

    def opened_land(self, zone, year):
        return [
            (column, -row["hectares"])
            for row in self.t["zone_stages"]
            if row["zone"] == zone
            for y, column in self.stage(row)
            if y + given(row, "lead", 0) <= year
        ]

    def need(self, p, column, year):
        each = given(self.processes[p], column, 0.0)
        constant, terms = self.capacity(p, year)
        return each * constant, [(c, each * v) for c, v in terms]

    # limits
    def chosen(self, p, limit):
        row, scope = self.processes[p], limit["scope"]
        if scope == "province":
            return True
        if scope == "owner":
            return self.candidates.get(p, {}).get("owner") == limit["item"]
        if scope == "area":
            area = {zone["zone"]: zone.get("area") for zone in self.t["zones"]}
            return area.get(row["site"], row["site"]) == limit["item"]
        return row.get(scope) == limit["item"]

    def limit_rows(self):
        for number, limit in enumerate(self.t["limits"]):
            years = [year for year in self.years if self.open(limit, year)]
            for span in [years] if limit.get("total") and years else [[year] for year in years]:
                constant, terms = 0.0, []
                for year in span:
                    for there, more in self.parts(limit, year):
                        constant, terms = constant + there, terms + more
                self.limit_row((number, span[-1]), limit, constant, terms)

    def limit_row(self, name, limit, constant, terms):
        share = limit["measure"].endswith("_share")
        value = 0.0 if share else limit["value"]
        floor = limit["comparison"] == "at-least"
        if rank := limit.get("priority"):
            short = self.x("short", *name)
            terms = [*terms, (short, 1.0 if floor else -1.0)]
            self.short[rank][short] = 1.0 / (self.share_scale(limit) if share else max(abs(value), 1.0))
        self.row(value - constant if floor else None, terms, None if floor else value - constant)

    def share_scale(self, limit):
        """A share of what now stands at full load: E24."""
        total = 0.0
        for p, row in self.processes.items():
            each = [self.unit_value(p, mode, limit["measure"], None) for mode in self.flows_of(p)]
            total += max([0.0, *each]) * (row["capacity"] or 0.0) * given(row, "activity_per_capacity", 1.0)
        return max(abs(limit["value"]), 0.01) * total if total > 0 else 1.0

    def parts(self, limit, year):
        """What stands on the left of a limit in a year: pairs of a constant and terms."""
        measure, inside = limit["measure"], [p for p in self.processes if self.chosen(p, limit)]
        if limit["comparison"] == "at-most":
            there, terms = self.room(limit["limit"], year)
            yield -there, terms
        if measure in NEEDS:
            for p in inside:
                yield self.need(p, NEEDS[measure], year)
            if measure == "land" and limit["scope"] == "site":
                yield 0.0, self.opened_land(limit["item"], year)
        elif measure == "budget":
            yield (
                0.0,
                [
                    (self.x("units", p, year, whole=True), self.candidates[p]["capital"])
                    for p in inside
                    if p in self.candidates and year in self.window(self.candidates[p])
                ],
            )
            yield (
                0.0,
                [
                    (column, row["cost"])
                    for row in self.t["zone_stages"]
                    for y, column in self.stage(row)
                    if y == year
                    and (
                        limit["scope"] == "province"
                        or (limit["scope"] == "owner" and row.get("owner") == limit["item"])
                    )
                ],
            )
        elif measure in ("clusters", "parks"):
            kinds = {zone["zone"]: zone for zone in self.t["zones"]}
            for row in self.t["zone_stages"]:
                zone = kinds[row["zone"]]
                here = limit["scope"] == "province" or limit["item"] in (row["zone"], zone.get("area"))
                if row["stage"] == 1 and here and zone["kind"] + "s" == measure:
                    yield 0.0, [(c, 1.0) for y, c in self.stage(row) if y + given(row, "lead", 0) <= year]
        else:
            for p in self.processes:
                weight = float(p in inside) - (limit["value"] if measure.endswith("_share") else 0.0)
                yield from self.measured(p, measure, limit.get("commodity"), year, weight)

    def measured(self, p, measure, commodity, year, weight):
        row = self.processes[p]
        share, value = given(row, "intermediate_share", 1.0), measure in ("value_added", "value_share")
        terms = []
        for mode, column in self.acts(p, year):
            each = self.unit_value(p, mode, measure, commodity)
            terms.append((column, weight * each))
        yield 0.0, terms
        if value:
            constant, held = self.capacity(p, year)
            fixed = -weight * given(row, "fixed_cost", 0.0) * share
            yield fixed * constant, [(c, fixed * v) for c, v in held]

    def unit_value(self, p, mode, measure, commodity):
        """What a unit of activity adds to a measure."""
        row, value = self.processes[p], measure in ("value_added", "value_share")
        each = -given(row, "variable_cost", 0.0) * given(row, "intermediate_share", 1.0) if value else 0.0
        for flow in self.flows[p, mode]:
            good, amount = self.goods[flow["commodity"]], flow["quantity"]
            if measure in ("production", "emission"):
                each += max(amount, 0.0) * (flow["commodity"] == commodity)
            elif value:
                each += amount * given(good, "accounting_price", 0.0)
            else:
                each += max(amount, 0.0) * given(good, "price_2010", 0.0)
        return each

    # solving
    def solve(self):
        self.offset = 0.0
        for part in (
            self.candidate_rows,
            self.process_rows,
            self.balance_rows,
            self.market_rows,
            self.resource_rows,
            self.hydro_rows,
            self.stage_rows,
            self.limit_rows,
        ):
            part()
        missed = {}
        for rank in sorted(self.short):
            least = self.optimum(dict(self.short[rank]), False)
            if least is None:
                return None, missed
            missed[rank] = max(least, 0.0)
            self.rows.append((None, dict(self.short[rank]), missed[rank] + ELASTIC * max(1.0, missed[rank])))
        best = self.optimum(self.costs, True)
        return None if best is None else best + self.offset, missed

    def optimum(self, costs, larger):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        for name in (
            "mip_rel_gap",
            "mip_abs_gap",
            "mip_feasibility_tolerance",
            "primal_feasibility_tolerance",
            "dual_feasibility_tolerance",
        ):
            highs.setOptionValue(name, 1e-9)
        none = highspy.kHighsInf
        for column in range(len(self.columns)):
            highs.addVar(0.0, self.upper.get(column, none) if self.upper.get(column) is not None else none)
            highs.changeColCost(column, costs.get(column, 0.0))
            if column in self.whole:
                highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for low, entries, high in self.rows:
            highs.addRow(
                -none if low is None else float(low),
                none if high is None else float(high),
                len(entries),
                np.array(list(entries), np.int32),
                np.array(list(entries.values()), float),
            )
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize if larger else highspy.ObjSense.kMinimize)
        highs.run()
        done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return highs.getInfo().objective_function_value if done else None


def annuity(rate, life):
    """The present value of one unit of money at the start of each year of `life`."""
    return life if rate == 0 else (1 - (1 + rate) ** -life) * (1 + rate) / rate
