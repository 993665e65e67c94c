"""A plan in a province's terms: what is built where and when, what flows, what it gives, which targets are met.

Method rules E17 and E34. Tidy frames, a row a figure; codes of the system's tables; money in billion dong of the
price year.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.network.limits import SHARES, chosen, unit_values
from fansipan.expansion.solve.plan import Plan
from fansipan.expansion.system.definition import System
from fansipan.linear.keys import Floats

TINY = 1e-7
NEEDS = {"jobs": "jobs", "land": "land", "power": "power", "water": "water", "waste_water": "waste_water"}


def answer_frames(system: System, plan: Plan) -> dict[str, pl.DataFrame]:
    """Every table of the answer by name."""
    index = Indexed(system)
    return {
        "builds": builds(index, plan),
        "openings": openings(plan),
        "flows": flows(index, plan),
        "trade": trade(index, plan),
        "utilisation": utilisation(index, plan),
        "by_group": by_group(index, plan),
        "targets": targets(index, plan),
        "elements": elements(index, plan),
    }


def builds(index: Indexed, plan: Plan) -> pl.DataFrame:
    """What is decided, a row a process and year: project, site, lumps, capacity, capital, first year of use."""
    block = plan.model.variables["units"]
    values = np.round(plan.answer.columns[block.span])
    names, years = plan.network.processes.names, plan.network.horizon.years
    rows = []
    for process, year, lumps in zip(*block.keys.codes, values, strict=True):
        if lumps > TINY:
            row = index.system.candidates[names[process]]
            lead = int(plan.network.processes.lead[process])
            rows.append(
                {
                    "project": row["project"],
                    "process": names[process],
                    "site": index.system.processes[names[process]]["site"],
                    "year": years[year],
                    "in_use": years[year] + lead,
                    "lumps": float(lumps),
                    "capacity": float(lumps * row["lump"]),
                    "capital": float(lumps * row["capital"]),
                }
            )
    text, whole = pl.String, pl.Int64
    schema = {"project": text, "process": text, "site": text, "year": whole, "in_use": whole}
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(("lumps", "capacity", "capital"), pl.Float64)).sort("year")


def openings(plan: Plan) -> pl.DataFrame:
    """Stages of zones decided, with the year and the first year of use."""
    block = plan.model.variables.get("stage")
    schema = {"zone": pl.String, "stage": pl.String, "year": pl.Int64, "in_use": pl.Int64}
    if block is None or plan.network.stages is None:
        return pl.DataFrame(schema=schema)
    opened = np.flatnonzero(plan.answer.columns[block.span] > 0.5)
    stage, year = (code[opened] for code in block.keys.codes)
    names = [plan.network.stages.names[s].rsplit("|", 1) for s in stage]
    decided = [plan.network.horizon.years[y] for y in year]
    lead = plan.network.stages.lead[stage]
    return pl.DataFrame(
        {"zone": [n[0] for n in names], "stage": [n[1] for n in names], "year": decided, "in_use": decided + lead}
        if names
        else None,
        schema=schema,
    ).sort("year")


def activity(plan: Plan) -> Floats:
    """Activity of each mode in each year, all slices added up, (A, Y)."""
    block = plan.model.variables["rate"]
    found = np.zeros(plan.network.activities.active.shape)
    mode, year = block.keys.codes
    rate = plan.answer.columns[block.span].reshape(len(mode), block.width)
    found[mode, year] = (rate * plan.network.horizon.length.T[year]).sum(axis=1)
    return found


def capacity(plan: Plan) -> Floats:
    """Capacity of each process in each year, (P, Y)."""
    block = plan.model.variables["capacity"]
    found = np.zeros(plan.network.processes.existing.shape)
    found[block.keys.codes] = plan.answer.columns[block.span]
    return found


def flows(index: Indexed, plan: Plan) -> pl.DataFrame:
    """What each process makes (positive) and takes (negative) of each commodity in each year, at its site."""
    table, done = plan.network.flows, activity(plan)
    amount = table.quantity * done[table.activity, table.year]
    modes, nodes = list(index.modes), list(index.nodes)
    frame = pl.DataFrame(
        {
            "process": [modes[a][0] for a in table.activity],
            "site": [nodes[n][0] for n in table.node],
            "commodity": [nodes[n][1] for n in table.node],
            "year": [plan.network.horizon.years[y] for y in table.year],
            "quantity": amount,
        },
        schema_overrides={"process": pl.String, "site": pl.String, "commodity": pl.String, "year": pl.Int64},
    )
    keys = ["process", "site", "commodity", "year"]
    return frame.group_by(keys).agg(pl.col("quantity").sum()).filter(pl.col("quantity").abs() > TINY).sort(keys)


def trade(index: Indexed, plan: Plan) -> pl.DataFrame:
    """What is bought, sold, disposed of and carried over links in each year: direction, from, to, amount."""
    years, rows = plan.network.horizon.years, []
    markets = list(index.system.rows("markets"))
    links = list(index.system.rows("links"))
    for name, table in (("trade", markets), ("flow", links)):
        block = plan.model.variables.get(name)
        if block is None:
            continue
        amount = plan.answer.columns[block.span].reshape(-1, block.width).sum(axis=1)
        for entry, year, value in zip(*block.keys.codes, amount, strict=True):
            if value > TINY:
                row = table[entry]
                way = row["direction"] if name == "trade" else "link"
                start = row.get("from_site") or (row["site"] if way != "buy" else "")
                end = row.get("to_site") or (row["site"] if way == "buy" else "")
                rows.append((way, row["commodity"], start, end, years[year], float(value), row.get("price")))
    names = {"direction": pl.String, "commodity": pl.String, "from_site": pl.String, "to_site": pl.String}
    schema = names | {"year": pl.Int64, "quantity": pl.Float64, "price": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def utilisation(index: Indexed, plan: Plan) -> pl.DataFrame:
    """The share of each process's capacity that is used in each year in which it has any."""
    done = np.zeros(plan.network.processes.existing.shape)
    np.add.at(done, index.owner, activity(plan))
    room = capacity(plan) * plan.network.processes.unit[:, None]
    process, year = np.nonzero(room > TINY)
    names, years = plan.network.processes.names, plan.network.horizon.years
    return pl.DataFrame(
        {
            "process": [names[p] for p in process],
            "year": [years[y] for y in year],
            "capacity": capacity(plan)[process, year],
            "used": done[process, year] / room[process, year],
        },
        schema={"process": pl.String, "year": pl.Int64, "capacity": pl.Float64, "used": pl.Float64},
    )


def by_group(index: Indexed, plan: Plan) -> pl.DataFrame:
    """Output, value added, jobs, land, power and water of each section and portfolio group in each year."""
    done, held = activity(plan), capacity(plan)
    figures = {}
    for measure in ("output", "value_added"):
        made, fixed = unit_values(index, measure)
        total = fixed[:, None] * held
        np.add.at(total, index.owner, made[:, None] * done)
        figures[measure] = total
    figures |= {name: index.column(column)[:, None] * held for name, column in NEEDS.items()}
    years = len(plan.network.horizon.years)
    frame = pl.DataFrame(
        {
            "section": np.repeat(index.attributes("section").astype(str), years),
            "group": np.repeat(index.attributes("group").astype(str), years),
            "year": np.tile(plan.network.horizon.years, len(held)),
            **{name: total.ravel() for name, total in figures.items()},
        }
    )
    keys = ["section", "group", "year"]
    return frame.group_by(keys).agg(pl.col(list(figures)).sum()).sort(keys)


def targets(index: Indexed, plan: Plan) -> pl.DataFrame:
    """Every limit and target by year: what it asks, what the plan does, by how much it is missed."""
    limits = plan.network.limits
    schema = {
        "limit": pl.String,
        "year": pl.Int64,
        "asked": pl.Float64,
        "done": pl.Float64,
        "missed": pl.Float64,
        "met": pl.Boolean,
    }
    if limits is None:
        return pl.DataFrame(schema=schema)
    rows, shares = [], _shares(index, plan)
    for kind in dict.fromkeys(limits.family):
        block = plan.model.rows[kind]
        for entry, (limit, year) in enumerate(zip(*block.keys.codes, strict=True)):
            number = block.first + entry
            low, high = plan.arrays.row_lower[number], plan.arrays.row_upper[number]
            short = _short(plan, limit, year)
            done = plan.answer.rows[number] - (short if np.isfinite(low) else -short)
            name, when = limits.names[limit], plan.network.horizon.years[year]
            asked = low if np.isfinite(low) else high
            met = short <= TINY * max(abs(asked), 1.0) * 10
            if (name, when) in shares:
                asked, done = shares[name, when]
                short = 0.0 if met else abs(asked - done)
            rows.append((name, when, asked, done, short, met))
    return pl.DataFrame(rows, schema=schema, orient="row")


def _shares(index: Indexed, plan: Plan) -> dict[tuple[str, int], tuple[float, float]]:
    """The share asked for and reached of every limit on a share, by limit and year; 0 where nothing is made."""
    done, held = activity(plan), capacity(plan)
    found = {}
    for row in index.system.rows("limits"):
        if row["measure"] in SHARES:
            made, fixed = unit_values(index, row["measure"])
            amount = fixed[:, None] * held
            np.add.at(amount, index.owner, made[:, None] * done)
            inside, whole = amount[chosen(index, row)].sum(axis=0), amount.sum(axis=0)
            window = np.flatnonzero(index.system.window(row))
            for span in [window] if row["total"] and len(window) else [[place] for place in window]:
                part, all_of = float(inside[span].sum()), float(whole[span].sum())
                year = plan.network.horizon.years[int(span[-1])]
                found[row["limit"], year] = (row["value"], part / all_of if abs(all_of) > TINY else 0.0)
    return found


def _short(plan: Plan, limit: int, year: int) -> float:
    block = plan.model.variables["short"]
    column = int(block.keys.find(np.asarray(limit), np.asarray(year)))
    return 0.0 if column < 0 else float(plan.answer.columns[block.first + column])


def elements(index: Indexed, plan: Plan) -> pl.DataFrame:
    """Each tracked element over the plan: mined and bought, sold and disposed of, lost on the way, left over, in stock.

    ``closes`` is what comes in less all that goes out, zero but for rounding: mass is neither made nor lost.
    """
    content: dict[str, dict[str, float]] = {}
    for row in index.system.rows("commodity_elements"):
        content.setdefault(row["element"], {})[row["commodity"]] = row["content"]
    rows = []
    for element, shares in content.items():
        node = np.array([shares.get(commodity, 0.0) for _, commodity in index.nodes])
        made = _made(plan, node)
        moved = _moved(plan, node)
        left = _left(plan, node)
        stock = _stock(plan, node)
        total = made["from_nature"] + moved["bought"]
        gone = moved["sold"] + moved["lost"] + made["not_recovered"] + left + stock
        rows.append({"element": element, **made, **moved, "left_over": left, "stock": stock, "closes": total - gone})
    schema = {"element": pl.String} | dict.fromkeys(
        ("from_nature", "not_recovered", "bought", "sold", "lost", "left_over", "stock", "closes"), pl.Float64
    )
    return pl.DataFrame(rows, schema=schema)


def _made(plan: Plan, node: Floats) -> dict[str, float]:
    """What modes bring in from nature (more out than in) and what they do not give out again (tailings, fumes)."""
    table, done = plan.network.flows, activity(plan)
    net = np.zeros(done.shape)
    np.add.at(net, (table.activity, table.year), table.quantity * node[table.node])
    gain = net * done
    return {"from_nature": float(gain[gain > 0].sum()), "not_recovered": float(-gain[gain < 0].sum())}


def _moved(plan: Plan, node: Floats) -> dict[str, float]:
    found = {"bought": 0.0, "sold": 0.0, "lost": 0.0}
    block, markets = plan.model.variables.get("trade"), plan.network.markets
    if block is not None and markets is not None:
        amount = plan.answer.columns[block.span].reshape(-1, block.width).sum(axis=1) * node[markets.node]
        found["bought"] = float(amount[markets.sign > 0].sum())
        found["sold"] = float(amount[markets.sign < 0].sum())
    block, links = plan.model.variables.get("flow"), plan.network.links
    if block is not None:
        amount = plan.answer.columns[block.span].reshape(-1, block.width).sum(axis=1)
        found["lost"] = float((amount * (links.take * node[links.source] - links.give * node[links.target])).sum())
    return found


def _left(plan: Plan, node: Floats) -> float:
    """What balances that may have a rest leave over."""
    block = plan.model.rows["commodity_balance"]
    rest = (plan.answer.rows - np.where(np.isfinite(plan.arrays.row_lower), plan.arrays.row_lower, 0.0))[block.span]
    return float((rest.reshape(-1, block.width).sum(axis=1) * node[block.keys.codes[0]]).sum())


def _stock(plan: Plan, node: Floats) -> float:
    """What is in stock at the end of the last year."""
    block = plan.model.variables.get("stock")
    if block is None:
        return 0.0
    level = plan.answer.columns[block.span].reshape(-1, block.width)[:, -1]
    last = block.keys.codes[1] == len(plan.network.horizon.years) - 1
    return float((level * node[block.keys.codes[0]])[last].sum())
