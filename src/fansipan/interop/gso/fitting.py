"""Whether figures can be what their headings say: what cannot is told and left out, never taken for something else."""

from __future__ import annotations

from statistics import median
from typing import Any

from fansipan.errors import Fault, Place
from fansipan.interop.gso.columns import FigureColumn
from fansipan.interop.gso.sheets import Cells, at, number
from fansipan.periods import Month, months_of

# Ratios are printed as 104.75 for a growth of 4.75 %: their middle lies near 100, that of growth near 0.
LEAST_RATIO, MOST_RATIO = 50.0, 200.0
# Of this share of the products the months have to add up, but for what was revised since.
ADD_UP, REVISED = 0.5, 0.1
FEWEST = 5
SAME = 0.005


def sound_columns(
    columns: list[FigureColumn], body: Cells, latest: Month | None, place: Place
) -> tuple[list[FigureColumn], list[Fault]]:
    """The columns that can be read, and a fault for each of the others.

    Left out: a heading that is not understood, or says a level where the table is of indexes; a period after `latest`;
    a ratio that is none.
    """
    sound, faults = [], []
    for column in columns:
        code = _misfit(column, body, latest)
        if code is None:
            sound.append(column)
        else:
            params = {"sheet": place.sheet, "words": column.words or str(column.position + 1)}
            faults.append(Fault(code, params, place, severity="warning"))
    return sound, faults


def _misfit(column: FigureColumn, body: Cells, latest: Month | None) -> str | None:
    heading = column.heading
    of_levels = column.indicator == "national-volume"
    if heading is None or not column.indicator or not (heading.is_growth or of_levels):
        return "gso.heading" if column.words else "gso.no-heading"
    if latest is not None and months_of(heading.period)[-1] > latest:
        return "gso.ahead"
    values = [n for row in body if (n := number(at(row, column.position))) is not None]
    if heading.is_growth and not LEAST_RATIO <= median(values) <= MOST_RATIO:
        return "gso.no-ratio"
    return None


def sums_that_fail(rows: list[dict[str, Any]]) -> int:
    """How many products have a cumulative figure that does not follow from its month's; 0 where most do.

    A month is no more than the sum from January to it, and with the sum to the month before it makes that sum.
    """
    known = {(r["scope"], r["period"], r["measure"]): r["value"] for r in rows if r["indicator"] == "national-volume"}
    judged = [
        _adds_up(known, scope, Month.parse(period), total)
        for (scope, period, measure), total in known.items()
        if measure == "ytd" and (scope, period, "level") in known
    ]
    wrong = judged.count(False)
    return wrong if len(judged) >= FEWEST and wrong > len(judged) * (1 - ADD_UP) else 0


def _adds_up(known: dict[tuple[str, str, str], float], scope: str, month: Month, total: float) -> bool:
    now = known[scope, str(month), "level"]
    before = known.get((scope, str(month - 1), "ytd" if month.month > 2 else "level"))
    room = REVISED * abs(total)
    return now <= total + room and (before is None or abs(before + now - total) <= room)


def without_contradictions(rows: list[dict[str, Any]], file: str) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The rows without figures that stand twice with different values, and a fault for each such column."""
    told: dict[tuple[str, ...], list[float]] = {}
    for row in rows:
        told.setdefault(_key(row), []).append(row["value"])
    apart = {key for key, values in told.items() if max(values) - min(values) > SAME}
    columns = sorted({(indicator, period, measure) for indicator, _, _, period, measure in apart})
    faults = [
        Fault(
            "gso.two-figures",
            {
                "indicator": indicator,
                "period": period,
                "measure": measure,
                "count": sum((key[0], *key[3:]) == (indicator, period, measure) for key in apart),
            },
            Place(file),
            severity="warning",
        )
        for indicator, period, measure in columns
    ]
    return [row for row in rows if _key(row) not in apart], faults


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("indicator", "scope_kind", "scope", "period", "measure"))
