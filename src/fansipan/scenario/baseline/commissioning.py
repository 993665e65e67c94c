"""New capacity from the register: when it starts, how late that may be, how it grows (Rules P7, P8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.classification import lineage
from fansipan.periods import Month
from fansipan.scenario.baseline.lines import ATTRIBUTES, Floats, Lines, unit_prices
from fansipan.statistics.output_value import Tables
from fansipan.statistics.references import groups_on

COMMISSIONING = "commissioning"
DAYS_A_MONTH = 30.4375
SEASON_MONTHS = 12
RAMP = 12  # months to full capacity where a project says nothing
USE = 0.8  # share of design capacity where no existing line tells
# With fewer milestones reached than this, delay is drawn from them and these together (months late, an assumption).
ENOUGH = 5
USUAL_DELAYS = (0.0, 1.0, 2.0, 3.0, 6.0)


@dataclass(frozen=True, slots=True)
class Addition:
    """What a project adds of one product: units a month at full use, the day it is to start, months of ramp-up."""

    project: str
    product: str
    monthly: float
    day: date
    ramp: int


@dataclass(frozen=True, eq=False, slots=True)
class Pipeline:
    """The additions, one a line (in the order of the lines joined), and the delays seen so far, in months."""

    additions: tuple[Addition, ...]
    delays: Floats

    @property
    def delay(self) -> float:
        """The median delay, which the central forecast takes."""
        return float(np.median(self.delays)) if len(self.delays) else 0.0

    def outlook(self, months: tuple[Month, ...], delays: Floats) -> Floats:
        """Output of each addition in each of `months` for `delays` (paths x additions): paths x additions x months.

        Nothing starts before the first of `months`: what is late already is not early.
        """
        ordinals = np.array([month.ordinal for month in months], dtype=float)
        found = np.zeros((len(delays), len(self.additions), len(months)))
        for at, addition in enumerate(self.additions):
            start = Month.of(addition.day).ordinal + (addition.day.day - 1) / 31
            begun = np.maximum(start + delays[:, at], ordinals[0])[:, None]
            age = ordinals[None] - begun + 1
            found[:, at] = addition.monthly * np.clip(age / max(addition.ramp, 1), 0.0, 1.0)
        return found


def delays_of(milestones: pl.DataFrame) -> Floats:
    """How many months late each milestone was reached on its first plan: never less than 0, oldest first (Rule P7).

    Where fewer than five were reached, a usual set of delays is joined to them.
    """
    days = milestones.sort("recorded_at").group_by("project", "milestone", maintain_order=True)
    planned = pl.col("day").filter(pl.col("kind") == "planned").first()
    actual = pl.col("day").filter(pl.col("kind") == "actual").last()
    late = days.agg((actual - planned).dt.total_days().alias("late")).drop_nulls("late")["late"].to_numpy()
    seen = np.maximum(late / DAYS_A_MONTH, 0.0)
    return seen if len(seen) >= ENOUGH else np.concatenate([seen, USUAL_DELAYS])


def starting_days(milestones: pl.DataFrame) -> dict[str, date]:
    """The day each project is to start by its latest forecast, else its latest plan; not those that have started."""
    found = {}
    for (project,), own in milestones.filter(pl.col("milestone") == COMMISSIONING).group_by(["project"]):
        kinds = set(own["kind"])
        if "actual" not in kinds:
            latest = own.filter(pl.col("kind") == ("forecast" if "forecast" in kinds else "planned"))
            found[str(project)] = latest.sort("recorded_at")["day"][-1]
    return found


def pipeline_of(province: Tables, lines: Lines) -> tuple[Lines, Pipeline]:
    """The lines with those that projects add, and the pipeline that says when and how much.

    Only projects with products, a price and a day on which they are to start count; `undated` names the others.
    """
    days = starting_days(province["milestones"])
    prices = unit_prices(province, lines.last)
    added = (
        province["project_products"]
        .filter(pl.col("project").is_in(list(days)))
        .join(prices.drop_nulls("constant"), on="product")
        .sort("project", "product")
    )
    use = _use(lines)
    additions = tuple(
        Addition(
            row["project"],
            row["product"],
            row["capacity"] * use / SEASON_MONTHS,
            days[row["project"]],
            RAMP if row["ramp_up_months"] is None else row["ramp_up_months"],
        )
        for row in added.iter_rows(named=True)
    )
    pipeline = Pipeline(additions, delays_of(province["milestones"]))
    return (lines.joined(_as_lines(province, added, lines.last.last_day)) if additions else lines), pipeline


def undated(province: Tables) -> list[str]:
    """Projects with products that have no day on which they are to start, nor have started: they are not counted."""
    dated = province["milestones"].filter(pl.col("milestone") == COMMISSIONING)["project"]
    return sorted(set(province["project_products"]["project"]) - set(dated))


def _use(lines: Lines) -> float:
    """How much of their design capacity the existing lines used in the last twelve months."""
    capacity = lines.frame["capacity"].fill_null(0.0).to_numpy()
    recent = np.nansum(lines.quantities[:, -SEASON_MONTHS:], axis=1)
    open_: NDArray[np.bool_] = (capacity > 0) & (recent > 0)
    worth = lines.price()
    whole = float((worth * capacity)[open_].sum())
    return min(float((worth * recent)[open_].sum()) / whole, 1.0) if whole else USE


def _as_lines(province: Tables, added: pl.DataFrame, on: date) -> pl.DataFrame:
    """The additions in the columns of lines: where their product and their project belong."""
    kinds = province["products"].join(lineage(province["industries"]), on=["version", "industry"], how="left")
    groups = groups_on(province["portfolio"], on)
    where = province["projects"].select("project", "area", "zone")
    found = (
        added.join(kinds, on="product", how="left", maintain_order="left", suffix="_of_product")
        .join(groups, on="line", how="left", maintain_order="left")
        .join(where, on="project", how="left", maintain_order="left")
    )
    fixed = {"kind": pl.lit("industry"), "weight": pl.lit(1.0), "hydropower": pl.lit(value=False)}
    fixed["closed"] = pl.lit(value=False)
    blank = [a for a in ("establishment", *ATTRIBUTES) if a not in found.columns and a not in fixed]
    return found.with_columns(
        *(pl.lit(None, dtype=pl.String).alias(name) for name in blank),
        *(value.alias(name) for name, value in fixed.items()),
    )
