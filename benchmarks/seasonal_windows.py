"""What a call of X-13 costs by kind, and how often AICc finds a Tết effect that is not there or misses one that is.

    python benchmarks/seasonal_windows.py [--series 60] [--smoke]

Series are simulated from an airline model (146 months, innovations of 3 %). Times are medians in this run, beside the
start of the program alone.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from contextlib import suppress
from statistics import median

import numpy as np

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.model.choice import choose_windows
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_regressors
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Spec, regarima

START, MONTHS, WARM = Month(2013, 1), 146, 200
EFFECTS = np.array([-0.05, -0.12])


def simulated(random: np.random.Generator) -> np.ndarray:
    """Logarithm of a series without Tết: (0 1 1)(0 1 1) with 0.5 and 0.6, and a fixed season."""
    noise = random.normal(0, 0.03, MONTHS + WARM)
    level = np.zeros(MONTHS + WARM)
    for t in range(13, MONTHS + WARM):
        shock = noise[t] - 0.5 * noise[t - 1] - 0.6 * noise[t - 12] + 0.3 * noise[t - 13]
        level[t] = level[t - 1] + level[t - 12] - level[t - 13] + shock
    kept = level[-MONTHS:] - level[-MONTHS:].mean()
    return 4 + kept * min(1, 0.3 / kept.std()) + 0.1 * np.sin(np.arange(MONTHS) * np.pi / 6)


def choices(count: int, effect: np.ndarray | float) -> Counter:
    """How often each set of windows is chosen."""
    random = np.random.default_rng(3)
    chosen: Counter = Counter()
    for _ in range(count):
        best = choose_windows(np.exp(simulated(random) + effect), START).best.windows
        chosen["+".join(window.name for window in best) or "none"] += 1
    return chosen


def times(repeat: int) -> dict[str, float]:
    """Median seconds of a call by kind."""
    series = np.exp(simulated(np.random.default_rng(1)))
    fixed = regarima(series, START)
    kinds = {
        "start alone (a spec that fails)": Spec(series, START, {"nothing": {}}),
        "airline model and forecast": fixed,
        "airline model and X-11": Spec(series, START, {**fixed.sections, "x11": {}}),
        f"{AIRLINE} or automatic, outliers, trading days": Spec(
            series,
            START,
            {"regression": {"aictest": "(td)"}, "automdl": {"acceptdefault": "yes"}, "outlier": {}, "estimate": {}},
        ),
    }
    return {kind: median(_seconds(spec) for _ in range(repeat)) for kind, spec in kinds.items()}


def _seconds(spec: Spec) -> float:
    begin = time.perf_counter()
    with suppress(Refused):
        run(spec)
    return time.perf_counter() - begin


def main() -> None:
    """Print the times and the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=60)
    parser.add_argument("--smoke", action="store_true")
    given = parser.parse_args()
    count = 3 if given.smoke else given.series
    for kind, seconds in times(3 if given.smoke else 20).items():
        print(f"{seconds * 1000:7.1f} ms  {kind}")
    effect = tet_regressors((BEFORE_7, DURING_7), START, MONTHS).values @ EFFECTS
    print(f"without Tết, {count} series:", dict(choices(count, 0.0)))
    print(f"with Tết, {count} series:", dict(choices(count, effect)))


if __name__ == "__main__":
    main()
