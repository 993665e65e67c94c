"""The methods of imputation, one function each (Rules G4, ED12 and ED13).

Each takes the grid of `impute`, with a column `all` that is the same in every row, and gives establishment, product,
`t` and, for the missing quantities that it can fill, `FOUND`: what it says, from which reported quantity of which month
(as an ordinal), and the level whose movement was applied (null where none was). Only reported quantities are a base:
nothing is imputed from an imputed value. Written against Narwhals for any frame, eager or lazy.

Source: United Nations, International Recommendations for the Index of Industrial Production 2010, chapter 4; T. de
Waal, J. Pannekoek and S. Scholtus, Handbook of Statistical Data Editing and Imputation (2011), chapter 7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw

STOPPED = "stopped"
RESTARTED = "restarted"
SAME_MONTH = "same-month-class"
SAME_MONTH_PLAIN = "same-month"
CLASS = "class"
BUSINESS = "business"
CARRY = "carry"
NEIGHBOURS = "neighbours"
# After a year without a return a product is taken as given up, and is imputed no more.
LONGEST_GAP = 12
YEAR = 12
MOVEMENT_LEVELS = ("class", "division", "section", "all")
PAIR = ["establishment", "product"]
ROW = [*PAIR, "t"]
FOUND = ("imputed", "base_quantity", "base_t", "moved_by")


def _reported(frame: Any) -> Any:
    return frame.filter(~nw.col("quantity").is_null())


def _missing(frame: Any) -> Any:
    return frame.filter(nw.col("quantity").is_null()).drop("quantity")


def _as(frame: Any, name: str, months: int = 0) -> Any:
    """The reported quantities as column `name`, seen from `months` later."""
    return _reported(frame).select(*PAIR, (nw.col("t") + months).alias("t"), nw.col("quantity").alias(name))


def _filled(frame: Any, value: Any, base: str, base_t: Any, moved_by: Any = None) -> Any:
    """The rows of `frame` for which there is a `value`, with the evidence for it (`FOUND`)."""
    level = nw.lit(None, dtype=nw.String) if moved_by is None else moved_by
    evidence = (value, nw.col(base).cast(nw.Float64), base_t.cast(nw.Int64), level)
    found = frame.select(*ROW, *(column.alias(name) for name, column in zip(FOUND, evidence, strict=True)))
    return found.filter(~nw.col("imputed").is_null())


def _filled_from_last(frame: Any, value: Any, moved_by: Any = None) -> Any:
    return _filled(frame, value, "last", nw.col("s"), moved_by)


def _filled_from_last_year(frame: Any, value: Any, moved_by: Any = None) -> Any:
    return _filled(frame, value, "base", nw.col("t") - YEAR, moved_by)


def _with_last(frame: Any) -> Any:
    """The missing rows with the month `s` and quantity `last` of their last return, at most `LONGEST_GAP` before."""
    missing = _missing(frame)
    reported = _reported(frame).select(*PAIR, nw.col("t").alias("s"), nw.col("quantity").alias("last"))
    before = missing.select(ROW).join(reported, on=PAIR, how="inner")
    before = before.filter((nw.col("s") < nw.col("t")) & (nw.col("s") >= nw.col("t") - LONGEST_GAP))
    newest = before.group_by(ROW).agg(nw.col("s").max())
    return missing.join(newest.join(before, on=[*ROW, "s"], how="inner"), on=ROW, how="inner")


def _changed(frame: Any) -> Any:
    """`_with_last` with `year_before`: what was reported a year before the last return."""
    year_before = _as(frame, "year_before", YEAR).rename({"t": "s"})
    return _with_last(frame).join(year_before, on=[*PAIR, "s"], how="inner")


def stopped(frame: Any) -> Any:
    """Zero, where the last return was zero and the same month a year before it was not: production has stopped.

    A product that rests every year at this season is no stopped one: its zero stood there a year before too. Rule ED13.
    """
    found = _changed(frame).filter((nw.col("last") == 0) & (nw.col("year_before") > 0))
    return _filled_from_last(found, nw.col("last"))


def restarted(frame: Any) -> Any:
    """The last return moved by the class, where a year before it nothing was made: last year says nothing (ED13)."""
    found = _changed(frame).filter((nw.col("last") > 0) & (nw.col("year_before") == 0))
    return _moved_since_last(frame, found, MOVEMENT_LEVELS)


def same_month_class(frame: Any) -> Any:
    """The same month of last year times the movement of the class since then (else of division, section, all)."""
    base = _as(frame, "base", YEAR)
    matched = _reported(frame).join(base, on=ROW, how="inner")
    found = _missing(frame).join(base, on=ROW, how="inner")
    for level in MOVEMENT_LEVELS:
        sums = _sums(matched, [level, "t"], "quantity", "base", level)
        found = found.join(sums, on=[level, "t"], how="left")
    movement, level = _first_movement(MOVEMENT_LEVELS)
    return _filled_from_last_year(found, nw.col("base") * movement, level)


def same_month(frame: Any) -> Any:
    """The same month of last year as it was."""
    return _filled_from_last_year(_missing(frame).join(_as(frame, "base", YEAR), on=ROW, how="inner"), nw.col("base"))


def moved_by_class(frame: Any) -> Any:
    """The last return times the movement of the class since then (else of division, section, all)."""
    return _moved_since_last(frame, _with_last(frame), MOVEMENT_LEVELS)


def moved_by_business(frame: Any) -> Any:
    """The last return times the movement since then of the establishment's other products reported both times."""
    return _moved_since_last(frame, _with_last(frame), ("establishment",))


def carried(frame: Any) -> Any:
    """The last return as it was."""
    return _filled_from_last(_with_last(frame), nw.col("last"))


def between_neighbours(frame: Any) -> Any:
    """On the straight line from the last return before the gap to the first after it: for gaps in the past.

    For a gap of one month that is the mean of its neighbours; both lie at most `LONGEST_GAP` months away.
    """
    before = _with_last(frame)
    reported = _reported(frame).select(*PAIR, nw.col("t").alias("u"), nw.col("quantity").alias("next"))
    after = before.select(ROW).join(reported, on=PAIR, how="inner")
    after = after.filter((nw.col("u") > nw.col("t")) & (nw.col("u") <= nw.col("t") + LONGEST_GAP))
    nearest = after.group_by(ROW).agg(nw.col("u").min()).join(after, on=[*ROW, "u"], how="inner")
    found = before.join(nearest, on=ROW, how="inner")
    share = (nw.col("t") - nw.col("s")).cast(nw.Float64) / (nw.col("u") - nw.col("s")).cast(nw.Float64)
    return _filled_from_last(found, nw.col("last") + (nw.col("next") - nw.col("last")) * share)


def _moved_since_last(frame: Any, found: Any, levels: Sequence[str]) -> Any:
    """`last` of the rows found, times the movement from `s` to `t` of those of the level who reported both."""
    reported = _reported(frame)
    for level in levels:
        spans = found.select(level, "s", "t").unique(subset=[level, "s", "t"])
        then = reported.select(
            *dict.fromkeys([level, *PAIR, "price"]), nw.col("t").alias("s"), nw.col("quantity").alias("then")
        )
        matched = spans.join(then, on=[level, "s"], how="inner")
        matched = matched.join(_as(frame, "now"), on=ROW, how="inner")
        sums = _sums(matched, [level, "s", "t"], "now", "then", level)
        found = found.join(sums, on=[level, "s", "t"], how="left")
    movement, level = _first_movement(levels)
    return _filled_from_last(found, nw.col("last") * movement, level)


def _sums(matched: Any, by: list[str], now: str, then: str, level: str) -> Any:
    """The ratio of the values at constant prices of those matched, by group.

    Joins leave rows in any order and a sum depends on it in its last digit: ordered, equal returns give equal bits.
    """
    sums = (
        matched.sort(list(dict.fromkeys([*by, *PAIR])))
        .group_by(by)
        .agg(
            (nw.col(now) * nw.col("price")).sum().alias("value_now"),
            (nw.col(then) * nw.col("price")).sum().alias("value_then"),
        )
    )
    ratio = (nw.col("value_now") / nw.col("value_then")).alias(f"movement_{level}")
    return sums.filter(nw.col("value_then") > 0).select(*by, ratio)


def _first_movement(levels: Sequence[str]) -> tuple[Any, Any]:
    """The movement of the first of `levels` that has one, and that level's name."""
    movement: Any = nw.lit(None, dtype=nw.Float64)
    named: Any = nw.lit(None, dtype=nw.String)
    for level in reversed(levels):
        own = nw.col(f"movement_{level}")
        movement = nw.when(~own.is_null()).then(own).otherwise(movement)
        named = nw.when(~own.is_null()).then(nw.lit(level)).otherwise(named)
    return movement, named


Method = Callable[[Any], Any]
METHODS: dict[str, Method] = {
    STOPPED: stopped,
    RESTARTED: restarted,
    SAME_MONTH: same_month_class,
    SAME_MONTH_PLAIN: same_month,
    CLASS: moved_by_class,
    BUSINESS: moved_by_business,
    CARRY: carried,
    NEIGHBOURS: between_neighbours,
}
