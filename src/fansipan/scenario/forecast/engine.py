"""Many series at once: the work spread over processes, the calibration pooled, one table out (Rules F15, F16)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from fansipan.errors import Refused
from fansipan.scenario.forecast.calibration import Calibration, calibrate
from fansipan.scenario.forecast.history import History
from fansipan.scenario.forecast.outcome import Outcome, Outlook, outcome_of
from fansipan.scenario.forecast.outlook import last_year, look_ahead

FEW = 4  # series that are not worth starting processes for
HEAVY = "fansipan.scenario.forecast.heavy"
Progress = Callable[[str], None]


def forecast_each(
    histories: Sequence[History],
    horizon: int,
    *,
    holiday: str = "tet",
    levels: Sequence[float] = (80, 95),
    workers: int | None = None,
    progress: Progress = lambda name: None,
) -> tuple[list[Outcome], Calibration]:
    """Forecast every history `horizon` months ahead with intervals of `levels` percent; answers in the order given.

    `holiday` is ``tet`` (taken in where AICc selects it) or ``none``; `workers` processes are used, by default one a
    core. The intervals are calibrated on all the series together. `progress` is called with each name when it is done.
    Raises Refused ``forecast.horizon``, ``forecast.levels`` and ``forecast.holiday`` about the arguments.
    """
    _check(horizon, holiday, levels)
    work = partial(look_ahead, horizon=horizon, tet=holiday == "tet", pooled=len(histories))
    count = min(workers or cores(), len(histories))
    if count < 2 or len(histories) < FEW:
        outlooks = []
        for history in histories:
            outlooks.append(work(history))
            progress(history.name)
    else:
        outlooks = list(_in_processes(work, histories, horizon, count, progress))
    calibration = calibrate([error for one in outlooks for error in one.errors], levels)
    normal = calibrate([], levels)
    return [outcome_of(one, calibration, normal) for one in outlooks], calibration


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(horizon: int, holiday: str, levels: Sequence[float]) -> None:
    if not 1 <= horizon <= 120:
        raise Refused("forecast.horizon", horizon=horizon)
    if holiday not in ("tet", "none"):
        raise Refused("forecast.holiday", holiday=holiday)
    if not levels or not all(1 <= level < 100 for level in levels):
        raise Refused("forecast.levels", levels=", ".join(f"{level:g}" for level in levels))


def _in_processes(
    work: Callable[[History], Outlook], histories: Sequence[History], horizon: int, count: int, progress: Progress
) -> Iterator[Outlook]:
    """The outlooks in order; one that takes its process down is tried alone, then forecast by last year."""
    done: dict[int, Outlook] = {}
    context = _context()
    if not _starts(context):
        for history in histories:
            progress(history.name)
            yield work(history)
        return
    try:
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            _collect({pool.submit(work, one): place for place, one in enumerate(histories)}, done, histories, progress)
    except BrokenProcessPool:
        left = [place for place in range(len(histories)) if place not in done]
        with ThreadPoolExecutor(count) as threads:
            tried = threads.map(lambda place: _alone(work, histories[place], horizon, context), left)
            for place, outlook in zip(left, tried, strict=True):
                done[place] = outlook
                progress(histories[place].name)
    yield from (done[place] for place in range(len(histories)))


def _starts(context: BaseContext) -> bool:
    """Whether a process can be started at all: not where a script lacks its ``if __name__ == "__main__"``."""
    try:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(cores).result() > 0
    except BrokenProcessPool:
        return False


def _collect(
    waiting: dict[Future[Outlook], int], done: dict[int, Outlook], histories: Sequence[History], progress: Progress
) -> None:
    for future in as_completed(waiting):
        place = waiting[future]
        done[place] = future.result()
        progress(histories[place].name)


def _alone(work: Callable[[History], Outlook], history: History, horizon: int, context: BaseContext) -> Outlook:
    try:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(work, history).result()
    except BrokenProcessPool:
        return last_year(history, horizon, "left out all(crashed)")


def _context() -> BaseContext:
    """Processes forked from a server that has the slow packages in memory; fresh ones where there is no such thing."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([HEAVY])
    return context
