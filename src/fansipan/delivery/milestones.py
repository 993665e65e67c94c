"""Milestones of projects: every date given stays as a baseline; slippage; forecast of completion (Rules D10 to D12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import polars as pl

from fansipan.statistics.references import constant_prices
from fansipan.tables.declarations.progress import MILESTONES

ORDER = tuple(code for code, _, _ in MILESTONES)
# A history of fewer finished milestones than this says little; then those of similar projects are joined to it.
ENOUGH_HISTORY = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone as seen on a day: first and latest planned day, forecast and actual day, how often it was moved.

    `slip` is days from the first plan to the actual, else the forecast, else the latest planned day (or the day of
    looking, if that has passed and nothing was done).
    """

    project: str
    milestone: str
    first_planned: date | None
    planned: date | None
    forecast: date | None
    actual: date | None
    moves: int
    slip: int | None
    overdue: bool


def valid_rows(milestones: pl.DataFrame) -> pl.DataFrame:
    """The rows that no other makes void; a row that cancels another does nothing else (Rule D19)."""
    key = ["project", "milestone", "kind"]
    void = milestones.filter(pl.col("cancels").is_not_null()).select(*key, recorded_at="cancels")
    return milestones.filter(pl.col("cancels").is_null()).join(
        void, on=[*key, "recorded_at"], how="anti", maintain_order="left"
    )


def baselines(milestones: pl.DataFrame, project: str, milestone: str) -> pl.DataFrame:
    """Every date ever given for a milestone, in the order in which it was recorded: nothing is overwritten."""
    own = milestones.filter((pl.col("project") == project) & (pl.col("milestone") == milestone))
    kept = ["recorded_at", "kind", "day", "recorded_by", "reason", "document", "cancels"]
    return own.select(kept).sort("recorded_at", maintain_order=True)


def slipped(kept: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """The baselines of a milestone with the days from each planned or forecast one to the day now expected: `slip`.

    An actual day, and a row made void or that makes one void, has none.
    """
    if standing.first_planned is None or standing.slip is None:
        end = None
    else:
        end = standing.first_planned + timedelta(days=standing.slip)
    void = kept["cancels"].drop_nulls()
    compared = (pl.col("kind") != "actual") & pl.col("cancels").is_null() & ~pl.col("recorded_at").is_in(void.implode())
    slip = pl.when(compared).then((pl.lit(end, pl.Date) - pl.col("day")).dt.total_days())
    shown = ["recorded_at", "kind", "day", "slip", "reason", *(["cancels"] if len(void) else [])]
    return kept.with_columns(slip=slip).select(shown)


def standings(milestones: pl.DataFrame, on: date, project: str | None = None) -> list[Standing]:
    """Every milestone of every project (or of one) as seen on `on`, in the order of the project's life (Rule D10)."""
    recorded = milestones.filter(pl.col("recorded_at").dt.date() <= on)
    known = valid_rows(recorded).sort("recorded_at", maintain_order=True)
    if project is not None:
        known = known.filter(pl.col("project") == project)
    pairs = known.select("project", "milestone").unique(maintain_order=True).iter_rows()
    found = [_standing(known, owner, milestone, on) for owner, milestone in pairs]
    return sorted(found, key=lambda s: (s.project, ORDER.index(s.milestone)))


def _standing(known: pl.DataFrame, project: str, milestone: str, on: date) -> Standing:
    own = known.filter((pl.col("project") == project) & (pl.col("milestone") == milestone))
    days = {kind: own.filter(pl.col("kind") == kind)["day"].to_list() for kind in ("planned", "forecast", "actual")}
    planned, forecast = days["planned"], days["forecast"][-1] if days["forecast"] else None
    actual = next((day for day in reversed(days["actual"]) if day <= on), None)
    expected = actual or forecast or (planned[-1] if planned else None)
    overdue = actual is None and expected is not None and expected < on
    end = on if overdue else expected
    slip = (end - planned[0]).days if planned and end is not None else None
    moves = sum(a != b for a, b in pairwise(planned))
    return Standing(
        project,
        milestone,
        planned[0] if planned else None,
        planned[-1] if planned else None,
        forecast,
        actual,
        moves,
        slip,
        overdue,
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a project is: its last milestone with a plan, days slipped, the day now expected, whether it is done.

    `moves` is how often the planned day was moved.
    """

    name: str
    slip: int
    moves: int
    day: date
    done: bool


def progress(milestones: pl.DataFrame, project: str, on: date) -> Progress | None:
    """The progress of `project` by its last planned milestone; None where no milestone was recorded."""
    known = [s for s in standings(milestones, on, project) if s.first_planned is not None and s.slip is not None]
    if not known:
        return None
    last = known[-1]
    assert last.first_planned is not None
    assert last.slip is not None
    day = last.first_planned + timedelta(days=last.slip)
    return Progress(last.milestone, last.slip, last.moves, day, last.actual is not None)


@dataclass(frozen=True, slots=True)
class Completion:
    """The forecast of a project's last milestone: day and range, how many ratios it rests on, and of which projects."""

    project: str
    milestone: str
    planned: date
    expected: date
    early: date
    late: date
    history: int
    similar: tuple[str, ...]


def forecast_completion(
    milestones: pl.DataFrame, project: str, on: date, similar: tuple[str, ...] = ()
) -> Completion | None:
    """When the last planned milestone will be reached, from own and similar projects' history (Rule D11).

    The ratio of actual to planned duration between milestones done one after the other, of the project itself and,
    where those are fewer than three, of `similar` projects; the median ratio (quartiles for the range) is laid on the
    planned time from the last milestone done, and from each open one that is overdue or forecast, to the last planned:
    the latest day counts. `expected` and `late` take nothing ahead to go faster than planned, and come no earlier than
    the forecast recorded for the milestone; `early` may. Never before `on`. None where nothing is planned ahead; the
    plan, moved by what is late already, where there is no history at all.
    """
    own = [s for s in standings(milestones, on, project) if s.planned is not None]
    ahead = [s for s in own if s.actual is None]
    if not ahead:
        return None
    ratios: list[float] = list(_ratios(own))
    used: tuple[str, ...] = ()
    if len(ratios) < ENOUGH_HISTORY:
        used = similar
        for other in similar:
            ratios += _ratios([s for s in standings(milestones, on, other) if s.planned is not None])
    last = ahead[-1]
    assert last.planned is not None
    legs = [(start, max((last.planned - base).days, 0)) for start, base in _anchors(own, on)]
    low, mid, high = _quartiles(sorted(ratios) or [1.0])
    early, expected, late = (
        max(max(start + timedelta(days=round(length * ratio)) for start, length in legs), on)
        for ratio in (low, max(mid, 1.0), max(high, 1.0))
    )
    admitted = last.forecast or on
    expected, late = max(expected, admitted), max(late, admitted)
    return Completion(project, last.milestone, last.planned, expected, early, late, len(ratios), used)


def _anchors(own: list[Standing], on: date) -> Iterator[tuple[date, date]]:
    """The days, with their planned ones, from which the rest is counted.

    That of the last milestone done (`on` where none is), and that of each open one before the last that is known to
    be late: overdue (it cannot be reached before `on`) or with a forecast.
    """
    done = [s for s in own if s.actual is not None]
    start, base = (done[-1].actual, done[-1].planned) if done else (on, on)
    assert start is not None
    assert base is not None
    yield start, base
    for open_ in (s for s in own if s.actual is None):
        if open_ is not own[-1] and open_.planned is not None and (open_.overdue or open_.forecast is not None):
            yield max(open_.forecast or on, on), open_.planned


def _ratios(known: list[Standing]) -> Iterator[float]:
    """Actual over planned time from one milestone done to the next done, where the plan gave it any time."""
    done = [s for s in known if s.actual is not None and s.first_planned is not None]
    for before, after in pairwise(done):
        planned = (after.first_planned - before.first_planned).days  # type: ignore[operator]
        if planned > 0:
            yield max((after.actual - before.actual).days, 0) / planned  # type: ignore[operator]


def _quartiles(ratios: list[float]) -> tuple[float, float, float]:
    half = len(ratios) // 2
    lower, upper = ratios[: half + len(ratios) % 2], ratios[half:]
    return median(lower), median(ratios), median(upper)


def output_lost(project_products: pl.DataFrame, product_prices: pl.DataFrame, project: str) -> float | None:
    """Output lost by a month's delay of `project`, billion đồng at constant 2010 prices (Rule D12).

    A twelfth of the yearly capacity of each product times its 2010 price; None where the project's products are not
    known or one has no 2010 price, or where a published capacity would be valued at a made-up price.
    """
    fixed = product_prices.filter(pl.col("price_basis") == "constant-2010")
    sources = fixed.select("product", "price", price_source="source")
    prices = constant_prices(product_prices).join(sources, on=["product", "price"], how="left", maintain_order="left")
    prices = prices.unique("product", keep="first", maintain_order=True)
    own = project_products.filter(pl.col("project") == project).join(prices, on="product", how="left")
    made_up = (pl.col("source") == "published") & (pl.col("price_source") == "illustrative")
    if own.is_empty() or own["price"].null_count() or own.filter(made_up).height:
        return None
    return float((own["capacity"] * own["price"]).sum() / 12 / 1000)
