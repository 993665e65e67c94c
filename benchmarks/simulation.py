"""How fast a year is simulated: 10,000 paths of the worked example, every measure, every plan and target.

    python benchmarks/simulation.py [--paths 10000] [--smoke]

The baseline is forecast once beforehand (with ``--smoke`` by last year's month) and its time told apart.
"""

from __future__ import annotations

import argparse
import time

from fansipan.examples.laocai import build
from fansipan.periods import Month
from fansipan.scenario.forecast.history import History
from fansipan.scenario.forecast.outcome import Outcome
from fansipan.scenario.paths.chances import chances
from fansipan.scenario.paths.figures import MEASURES, Figure, distribution
from fansipan.scenario.paths.simulation import simulate
from fansipan.scenario.projection import engine_forecaster, project

LIMIT = 5.0  # seconds


def last_years_month(histories: list[History], horizon: int, *, progress: object) -> list[Outcome]:
    """Last year's month again, a tenth either way: enough to time what follows."""
    import numpy as np

    found = []
    for history in histories:
        mean = np.resize(np.nan_to_num(history.values[-12:]), horizon)
        found.append(Outcome(history.name, history.next_month, mean, np.stack([0.9 * mean, 1.1 * mean]), "naive"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", type=int, default=10_000)
    parser.add_argument("--smoke", action="store_true", help="few paths and a forecast of no time")
    asked = parser.parse_args()
    province = build()
    begun = time.perf_counter()
    projection = project(province, Month(2024, 5), forecaster=last_years_month if asked.smoke else engine_forecaster)
    forecast = time.perf_counter() - begun
    begun = time.perf_counter()
    simulation = simulate(projection, paths=200 if asked.smoke else asked.paths)
    drawn = time.perf_counter() - begun
    for measure in MEASURES:
        for period in ("month", "quarter", "year"):
            distribution(simulation, Figure(measure, period=period), province)
    promised = chances(simulation, province)
    whole = time.perf_counter() - begun
    print(f"baseline of {len(projection.lines)} lines {forecast:.1f} s")
    told = f"{3 * len(MEASURES)} distributions and {promised.height} chances"
    print(f"{simulation.paths:,} paths {drawn:.2f} s; with {told} {whole:.2f} s")
    print("within five seconds" if whole < LIMIT else "SLOWER than five seconds")


if __name__ == "__main__":
    main()
