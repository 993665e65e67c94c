"""The model run on a year that is over, with what stood then: does it give what was recorded? (method rule E42)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fansipan.expansion.answers.comparison import nothing_new
from fansipan.expansion.answers.outcome import activity, by_group, capacity, flows, trade
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import Plan, solve_network
from fansipan.expansion.system.definition import System
from fansipan.linear.solver import Options
from fansipan.periods import Month
from fansipan.statistics.output_value import compile_output

FULL = 0.999  # of a capacity, market or licence: as good as all of it
SECTIONS = {"section": pl.String, "recorded": pl.Float64, "model": pl.Float64, "difference": pl.Float64}


@dataclass(frozen=True)
class Baseline:
    """The model's year beside the recorded one, money at 2010 prices in billion dong.

    `sections`: section, recorded, model, difference in percent. `products`: product, unit, the same of volumes, the
    `effect` of the difference on output, and the `reason` why the model makes no more: ``capacity``, ``water``,
    ``limit``, ``licence``, ``market``, ``use`` (what is made of it needs no more) or ``absent`` (nothing makes it);
    `by` is the limit or deposit.
    """

    year: int
    plan: Plan
    sections: pl.DataFrame
    products: pl.DataFrame


def in_year(system: System, year: int) -> System:
    """The system for `year` alone."""
    return replace(system, settings=replace(system.settings, first_year=year, last_year=year))


def recorded(tables: Mapping[str, pl.DataFrame], year: int) -> pl.DataFrame:
    """What was recorded of a year, missing returns imputed: section, product, quantity, output at 2010 prices.

    Raises what `compile_output` raises.
    """
    rows = compile_output(tables, until=Month(year, 12)).rows.filter(pl.col("month").str.starts_with(str(year)))
    found = rows.group_by("section", "product").agg(pl.col("quantity").sum(), output=pl.col("constant").sum())
    return found.sort("section", "product")


def baseline(system: System, known: pl.DataFrame, year: int, options: Options | None = None) -> Baseline:
    """Run `system` on `year` with nothing new and hold it against `known`, a frame as `recorded` gives.

    The plan of the result may be without a solution; the frames are empty then.
    """
    system = in_year(system, year)
    plan = solve_network(nothing_new(network_of(system)), options, prices=False)
    index = Indexed(system)
    if not plan.solved:
        return Baseline(year, plan, pl.DataFrame(schema=SECTIONS), pl.DataFrame())
    return Baseline(year, plan, _sections(index, plan, known), _products(index, plan, known))


def _percent(model: str, known: str) -> pl.Expr:
    ratio = 100.0 * (pl.col(model) / pl.col(known) - 1.0)
    return pl.when(pl.col(known) > 0).then(ratio).alias("difference")


def _sections(index: Indexed, plan: Plan, known: pl.DataFrame) -> pl.DataFrame:
    model = by_group(index, plan).group_by("section").agg(model=pl.col("output").sum())
    both = known.group_by("section").agg(recorded=pl.col("output").sum()).join(model, on="section", how="left")
    both = both.with_columns(pl.col("model").fill_null(0.0)).sort("section")
    whole = both.select(pl.lit("").alias("section"), pl.col("recorded").sum(), pl.col("model").sum())
    return pl.concat([both, whole]).with_columns(_percent("model", "recorded")).select(*SECTIONS)


def _products(index: Indexed, plan: Plan, known: pl.DataFrame) -> pl.DataFrame:
    made = flows(index, plan).filter(pl.col("quantity") > 0).group_by("commodity").agg(model=pl.col("quantity").sum())
    goods = (
        index.system.frames["commodities"].drop_nulls("product").select("commodity", "product", "unit", "price_2010")
    )
    rows = known.group_by("product").agg(recorded=pl.col("quantity").sum()).join(goods, on="product", how="left")
    rows = rows.join(made, on="commodity", how="left").with_columns(pl.col("model").fill_null(0.0))
    rows = rows.with_columns(
        _percent("model", "recorded"), effect=(pl.col("model") - pl.col("recorded")) * pl.col("price_2010").fill_null(0)
    )
    why = [_reason(index, plan, code) for code in rows["commodity"]]
    return rows.with_columns(
        reason=pl.Series([w[0] for w in why], dtype=pl.String), by=pl.Series([w[1] for w in why], dtype=pl.String)
    ).sort(pl.col("effect").abs(), descending=True)


def _reason(index: Indexed, plan: Plan, commodity: str | None) -> tuple[str, str | None]:
    """Why the model makes no more of a commodity, and by what limit or deposit."""
    makers = list(
        dict.fromkeys(
            process
            for process, mode in index.modes
            if capacity(plan)[index.processes[process]].sum() > 0
            and any(f["commodity"] == commodity and f["quantity"] > 0 for f in index.flows((process, mode)))
        )
    )
    if not makers:
        return "absent", None
    if all(_full(index, plan, p) for p in makers):
        return "capacity", None
    if plan.network.hydro and set(makers) <= set(plan.network.hydro.names):
        return "water", None
    for row in index.system.rows("limits"):
        own = row["measure"] == "production" and row["commodity"] == commodity and row["comparison"] == "at-most"
        if own and _made(index, plan, str(commodity)) >= FULL * row["value"]:
            return "limit", row["limit"]
    mined = _licensed(index, plan, makers)
    if mined:
        return "licence", mined
    return ("market" if _sold_out(index, plan, str(commodity)) else "use"), None


def _full(index: Indexed, plan: Plan, process: str) -> bool:
    """Whether a process runs as much as it can in the year."""
    place = index.processes[process]
    table = plan.network.processes
    share = float((table.available[place, :, 0] * plan.network.horizon.length[:, 0]).sum())
    room = capacity(plan)[place, 0] * table.unit[place] * share
    return bool(activity(plan)[index.owner == place, 0].sum() >= FULL * room)


def _made(index: Indexed, plan: Plan, commodity: str) -> float:
    made = flows(index, plan).filter((pl.col("commodity") == commodity) & (pl.col("quantity") > 0))
    return float(made["quantity"].sum())


def _licensed(index: Indexed, plan: Plan, makers: list[str]) -> str | None:
    """A deposit whose licence is used up by what feeds one of `makers`, directly or over one commodity."""
    feeds = {
        f["commodity"] for (p, _), rows in index.system.modes.items() if p in makers for f in rows if f["quantity"] < 0
    }
    for row in index.system.rows("deposits"):
        licence = row["licence_per_year"]
        own = row["process"] in makers or row["commodity"] in feeds
        if own and licence is not None and _taken(index, plan, row["deposit"]) >= FULL * licence:
            return str(row["deposit"])
    return None


def _taken(index: Indexed, plan: Plan, deposit: str) -> float:
    table = plan.network.deposits
    if table is None:
        return 0.0
    block, mode, factor = table.take
    mine = np.asarray(table.deposits)[table.deposit[block]] == deposit
    return float((activity(plan)[mode[mine], 0] * factor[mine]).sum())


def _sold_out(index: Indexed, plan: Plan, commodity: str) -> bool:
    """Whether every market of a commodity takes all it can."""
    sold = trade(index, plan).filter((pl.col("direction") == "sell") & (pl.col("commodity") == commodity))
    grown = plan.network.markets
    rows = [
        k
        for k, row in enumerate(index.system.rows("markets"))
        if row["direction"] == "sell" and row["commodity"] == commodity
    ]
    if not rows or grown is None:
        return False
    room = float(grown.most[np.isin(grown.market, rows)].sum())
    return bool(sold["quantity"].sum() >= FULL * room)
