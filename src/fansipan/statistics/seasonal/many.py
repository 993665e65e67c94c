"""Many series adjusted side by side; one that is refused takes no other down (Rules SA2, SA7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjust import Mode, adjust
from fansipan.statistics.seasonal.adjustment import Adjustment, TetEffect
from fansipan.statistics.seasonal.decompose import Method
from fansipan.statistics.seasonal.model.identify import EVERYTHING, Search
from fansipan.statistics.seasonal.model.settle import Holiday
from fansipan.statistics.seasonal.x13.program import program


@dataclass(frozen=True, eq=False, slots=True)
class MonthlySeries:
    """A monthly series: figures from `start`, NaN where missing."""

    start: Month
    values: NDArray[np.float64]


Outcome = Adjustment | Refused


def adjust_each(
    series: Mapping[str, MonthlySeries],
    *,
    method: Method = "x11",
    holiday: Holiday = "tet",
    mode: Mode | None = None,
    search: Search = EVERYTHING,
    lend_from: str | None = None,
    stability: bool = True,
    workers: int = 2,
    progress: Callable[[str], None] = lambda name: None,
) -> dict[str, Outcome]:
    """Adjust every series as `adjust` does, `workers` programs at a time; a refusal stands in the place of its series.

    `lend_from` names the series whose Tết effect the short ones take. `progress` is called with each name when it is
    done, from the threads that work.

    Raises NotAvailable ``x13.absent``; NotFound ``seasonal.lender-unknown`` and Refused ``seasonal.nothing-to-lend``
    about `lend_from`.
    """
    program()

    def one(name: str, lent: TetEffect | None) -> Outcome:
        given = series[name]
        try:
            return adjust(
                given.values,
                given.start,
                method=method,
                holiday=holiday,
                mode=mode,
                lent=lent,
                search=search,
                stability=stability,
            )
        except Refused as refusal:
            return refusal
        finally:
            progress(name)

    done: dict[str, Outcome] = {}
    lent = None
    if lend_from is not None:
        _check_lender(lend_from, series)
        done[lend_from] = one(lend_from, None)
        lent = _effect(lend_from, done[lend_from])
    rest = [name for name in series if name not in done]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        done |= dict(zip(rest, pool.map(lambda name: one(name, lent), rest), strict=True))
    return {name: done[name] for name in series}


def _check_lender(name: str, series: Mapping[str, MonthlySeries]) -> None:
    if name not in series:
        near = ", ".join(get_close_matches(name, series, n=3, cutoff=0.3) or list(series)[:3])
        raise NotFound("seasonal.lender-unknown", name=name, near=near)


def _effect(name: str, outcome: Outcome) -> TetEffect:
    effect = outcome.effect(name) if isinstance(outcome, Adjustment) else None
    if effect is None:
        raise Refused("seasonal.nothing-to-lend", name=name)
    return effect
