"""What the forecasting benchmarks share: measures of accuracy, the memory of a tree of processes."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def smape(actual: Values, forecast: Values) -> float:
    """Mean of 200 |y - f| / (|y| + |f|), a month where both are zero counted as hit. Source: Makridakis and Hibon
    (2000), The M3-Competition, International Journal of Forecasting 16.
    """
    size = np.abs(actual) + np.abs(forecast)
    return float(np.mean(200 * np.abs(actual - forecast) / np.where(size > 0, size, 1)))


def mase(actual: Values, forecast: Values, known: Values) -> float:
    """Mean absolute error over the mean absolute change on the same month of the year before in `known`; NaN where
    that never changed. Source: Hyndman and Koehler (2006), International Journal of Forecasting 22.
    """
    scale = np.nanmean(np.abs(known[12:] - known[:-12]))
    return float(np.mean(np.abs(actual - forecast)) / scale) if scale > 0 else float("nan")


class PeakMemory:
    """Within ``with``: the greatest memory of this process and all that it started, together, in bytes.

    `resident` adds up what each holds, pages they share counted as often as they are shared; `proportional` counts
    these once. Read from /proc every fifth of a second; zero where there is none (not Linux).
    """

    def __init__(self) -> None:
        self.resident = 0
        self.proportional = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            told = [_memory(process) for process in _descendants(os.getpid())]
            self.resident = max(self.resident, sum(one for one, _ in told))
            self.proportional = max(self.proportional, sum(one for _, one in told))


def _descendants(root: int) -> list[int]:
    """`root` and every process below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile
            continue
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def _memory(process: int) -> tuple[int, int]:
    """Resident and proportional bytes of a process; zeros where it ended or may not be read."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {words[0]: int(words[1]) * 1024 for words in map(str.split, lines[1:]) if len(words) > 1}
    return sizes.get("Rss:", 0), sizes.get("Pss:", 0)
