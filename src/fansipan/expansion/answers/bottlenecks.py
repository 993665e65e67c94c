"""What stands in the way and what it is worth to remove it (method rule E29).

A dual alone misleads at a degenerate vertex: for max x + y, x + y <= 10, x <= 5, y <= 5 it may price x <= 5 at 1,
though more of it gains nothing. So prices are found by solving again, a little more and a little less apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from fansipan.expansion.answers.groups import RELIEVABLE, Group, amounts, groups_of
from fansipan.expansion.solve.plan import Plan
from fansipan.expansion.system.accounting import discount_factor
from fansipan.linear.resolve import Again
from fansipan.linear.solver import Options, fix_integers
from fansipan.linear.time_budget import SharedTime

STEP = 1e-4  # a little more or less, as a share of the limit
HALVINGS = 12


@dataclass(frozen=True)
class Bottleneck:
    """One limit: what a little more gains and a little less costs, how far that holds, what its relief gains.

    Prices are present value for one unit in every year of the limit; `more_that_year` is `more` in the money of the
    limit's year (its mean year where it has several). `holds_from` and `holds_to` are changes of the limit. `relief` is
    the realistic change stated, `gain` what it adds with all choices free, None where none is stated; `tied` where
    the gain is below the gap of the solve.
    """

    kind: str
    name: str
    first_year: int
    last_year: int
    limit: float
    more: float
    less: float
    more_that_year: float
    holds_from: float
    holds_to: float
    relief: float | None
    gain: float | None
    tied: bool


def bottlenecks(
    plan: Plan,
    reliefs: dict[str, float] | None = None,
    *,
    rate: float = 0.0,
    options: Options | None = None,
    most: int | None = None,
    progress: Callable[[object], None] | None = None,
) -> list[Bottleneck]:
    """Every limit with a price or a relief that gains, those with the largest gain first.

    `reliefs` gives the realistic relief of a limit by name, in its own unit; `rate` the discount rate for that year's
    money. With `most`, only so many limits are looked at: those with a relief that gains most while whole decisions
    are let go, which takes no search. The time limit of `options` is one for all reliefs together; each search begins
    at the plan, so a relief that is cut short gains no less than nothing. `progress` is called after each limit.
    """
    fixed = Again(fix_integers(plan.arrays, plan.answer.columns))
    free = Again(plan.arrays, options)
    base = fixed.value(np.empty(0, np.int64), np.empty(0), np.empty(0))
    assert base is not None
    found = []
    groups, given = groups_of(plan.model, RELIEVABLE), reliefs or {}
    chosen = groups if most is None else _promising(plan, groups, given, most)
    from_here = replace(options or Options(), start=plan.answer.columns)
    time = SharedTime(from_here, sum(bool(given.get(group.name)) for group in chosen))
    for group in chosen:
        one = _one(plan, group, fixed, free, base, given.get(group.name), rate, time)
        if progress:
            progress(group.name)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: (-(one.gain or 0.0), -one.more))


def _promising(plan: Plan, groups: list[Group], reliefs: dict[str, float], most: int) -> list[Group]:
    """The `most` groups whose relief gains most in the model without whole decisions."""
    arrays, sign = plan.arrays, -1.0 if not plan.arrays.maximise else 1.0
    loose = Again(replace(arrays, integer=np.zeros_like(arrays.integer)))
    base = loose.value(np.empty(0, np.int64), np.empty(0), np.empty(0)) or 0.0
    gains: list[tuple[float, Group]] = []
    for group in (group for group in groups if reliefs.get(group.name)):
        amount = reliefs[group.name] * amounts(plan.network, plan.model, group, arrays.row_lower, arrays.row_upper)
        value = loose.value(group.rows, *group.relaxed(arrays.row_lower, arrays.row_upper, amount))
        gains.append((0.0 if value is None else sign * (value - base), group))
    return [group for _, group in sorted(gains, key=lambda gain: -gain[0])[:most]]


def _one(
    plan: Plan,
    group: Group,
    fixed: Again,
    free: Again,
    base: float,
    relief: float | None,
    rate: float,
    time: SharedTime,
) -> Bottleneck | None:
    arrays, sign = plan.arrays, -1.0 if not plan.arrays.maximise else 1.0
    high = arrays.row_upper[group.rows]
    bound = np.where(np.isfinite(high), high, arrays.row_lower[group.rows])
    share = amounts(plan.network, plan.model, group, arrays.row_lower, arrays.row_upper)
    limit = float(np.abs(bound).max(initial=0.0))
    step = max(limit, 1.0) * STEP
    if _slack(plan, group, step) and not relief:
        return None

    def gain(amount: float, again: Again, best: float, options: Options | None = None) -> float | None:
        value = again.value(group.rows, *group.relaxed(arrays.row_lower, arrays.row_upper, amount * share), options)
        return None if value is None else sign * (value - best)

    more = (gain(step, fixed, base) or 0.0) / step
    lost = gain(-step, fixed, base)
    less = np.inf if lost is None else -lost / step
    gained = gain(relief, free, plan.answer.objective or 0.0, time.next()) if relief else None
    tiny = 1e-7 * max(abs(base), 1.0) / step
    if abs(more) < tiny and abs(less) < tiny and not (gained or 0.0) > tiny * step:
        return None
    years = plan.network.horizon.years
    span = sorted({years[code] for code in group.years if code >= 0}) or [years[0], years[-1]]
    money = float(np.mean(discount_factor(rate, years, 0.5)[[years.index(year) for year in span]]))
    tied = gained is not None and gained <= (plan.answer.gap or 0.0) * abs(plan.answer.objective or 0.0)
    reach = [
        _holds(lambda amount: gain(amount, fixed, base), price, way, max(limit, relief or 1.0, 1.0))
        for price, way in ((more, 1.0), (less, -1.0))
    ]
    return Bottleneck(
        group.kind,
        group.name,
        span[0],
        span[-1],
        limit,
        max(more, 0.0),
        less,
        max(more, 0.0) / money,
        -reach[1],
        reach[0],
        relief,
        None if gained is None else max(gained, 0.0),
        tied,
    )


def _slack(plan: Plan, group: Group, step: float) -> bool:
    """Whether no row of the group is within `step` of its bound, so that neither more nor less matters."""
    value = plan.answer.rows[group.rows]
    room = np.minimum(plan.arrays.row_upper[group.rows] - value, value - plan.arrays.row_lower[group.rows])
    return bool((room > step).all())


def _holds(gain: Callable[[float], float | None], price: float, way: float, most: float) -> float:
    """How far a price holds in the direction `way`, by bisection up to `most`; 0 where it does not at all."""
    if not np.isfinite(price):
        return 0.0

    def straight(amount: float) -> bool:
        found = gain(way * amount)
        return found is not None and abs(found - way * price * amount) <= 1e-6 * max(abs(price * amount), 1e-6)

    if straight(most):
        return most
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if straight(middle) else (low, middle)
    return low


def bottleneck_frame(found: list[Bottleneck]) -> pl.DataFrame:
    """The bottlenecks as a table, a row a limit, in order."""
    schema: dict[str, type[pl.DataType]] = dict.fromkeys(Bottleneck.__dataclass_fields__, pl.Float64)
    schema |= {"kind": pl.String, "name": pl.String, "tied": pl.Boolean}
    schema |= {"first_year": pl.Int64, "last_year": pl.Int64}
    return pl.DataFrame([vars(one) for one in found], schema=schema)
