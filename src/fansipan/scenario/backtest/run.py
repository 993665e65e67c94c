"""Rolling origin over a province's own history.

    found = backtest(province, Month(2024, 5), origins=12, horizon=12)
    accuracy(found)                       # by level and months ahead, against seasonal naive

Each origin sees only what had been recorded by its last day; what came is what is known at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from typing import TypeVar

import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.scenario.backtest.hierarchy import hierarchy_of
from fansipan.scenario.backtest.origins import origins_of, say_at
from fansipan.scenario.backtest.scores import scores_of
from fansipan.scenario.baseline.as_of import day_of
from fansipan.scenario.baseline.lines import lines_of
from fansipan.scenario.forecast.engine import cores
from fansipan.scenario.projection import MOST_MONTHS

ORIGINS, HORIZON, STEP, PATHS = 10, 12, 2, 1000
Progress = Callable[[str], None]
T = TypeVar("T")


def backtest(
    province: Province,
    last: Month,
    *,
    known_on: date | None = None,
    origins: int = ORIGINS,
    horizon: int = HORIZON,
    step: int = STEP,
    paths: int = PATHS,
    workers: int | None = None,
    progress: Progress = lambda origin: None,
) -> pl.DataFrame:
    """Forecast again at each of the last `origins` origins, `step` months apart, and compare with what came by `last`.

    What came is taken as known at the end of `known_on` (by default that of `day_of`). Returns a row for each
    origin, node and month that has come: the columns of `forecast_scores` without ``recorded_at`` and ``source``.
    `workers` processes are used, by default one a core. Raises Refused ``backtest.asked``, ``backtest.too-short``.
    """
    for name, value, most in (("--origins", origins, 120), ("--horizon", horizon, MOST_MONTHS), ("--step", step, 12)):
        if not 1 <= value <= most:
            raise Refused("backtest.asked", option=name, value=value, most=most)
    day = known_on or day_of(province, last)
    known = province.known_on(day)
    lines = lines_of(known, last, day)
    chosen = reported_origins(known, origins_of(lines.start, last, origins, step))
    work = partial(say_at, known, paths=paths)
    tasks = [(origin, min(horizon, last.ordinal - origin.ordinal)) for origin in chosen]
    found = {said.origin: said for said in spread(work, tasks, min(workers or cores(), len(tasks)), progress)}
    hierarchy = hierarchy_of(lines)
    return pl.concat([scores_of(found[origin], lines, hierarchy) for origin in chosen])


def reported_origins(known: Province, chosen: Sequence[Month]) -> list[Month]:
    """The origins whose own month has returns; nothing would have been said of a month without any."""
    months = set(known["returns"]["month"])
    found = [origin for origin in chosen if str(origin) in months]
    if not found:
        raise Refused("backtest.too-short", months=0, least=1)
    return found


def spread(
    work: Callable[[Month, int], T], tasks: Sequence[tuple[Month, int]], count: int, progress: Progress
) -> Iterator[T]:
    """What is said at each origin, as it is done: in this process, or spread over `count`."""
    if count < 2:
        for task in tasks:
            yield work(*task)
            progress(str(task[0]))
        return
    context = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        waiting = {pool.submit(work, *task): task for task in tasks}
        for future in as_completed(waiting):
            yield future.result()
            progress(str(waiting[future][0]))
