"""How long the command takes for a thousand monthly series of ten years, calibration included, and with what memory.

    python benchmarks/forecast_speed.py [--series 1000] [--months 120] [--horizon 18] [--workers 2] [--smoke]

The series are simulated: trend, season, a Tết effect in half of them, outliers, some that stop, pause or have gaps. The
command is run as a user runs it; time runs from its start to its end, file in and file out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from _accuracy import PeakMemory, Values

from fansipan.periods import Month
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_regressors

START = Month(2014, 1)
MINUTES, MEMORY = 5.0, 2 * 2**30  # what it may take


def simulated(count: int, months: int) -> pl.DataFrame:
    """`count` series as `series,period,value`."""
    random = np.random.default_rng(5)
    tet = tet_regressors((BEFORE_7, DURING_7), START, months).values
    periods = [str(START + place) for place in range(months)]
    frames = [
        pl.DataFrame({"series": f"s{number:05}", "period": periods, "value": _one(random, number, tet)})
        for number in range(count)
    ]
    return pl.concat(frames).with_columns(pl.col("value").fill_nan(None))


def _one(random: np.random.Generator, number: int, tet: Values) -> Values:
    months = np.arange(len(tet))
    season = random.uniform(0, 0.4) * np.sin(2 * np.pi * (months / 12 + random.random()))
    level = np.cumsum(random.normal(0.002, 0.02, len(months)))
    noise = random.normal(0, random.uniform(0.01, 0.15), len(months))
    holiday = tet @ (random.uniform(0, 0.25, 2) * -(number % 2))
    values = 10 ** random.uniform(-2, 6) * np.exp(level + season + noise + holiday)
    values[random.integers(len(months))] *= random.choice([1, 1, 0.3, 2])
    if number % 10 == 3:
        values[random.random(len(months)) < 0.4] = 0
    if number % 20 == 7:
        values[-random.integers(6, 24) :] = 0
    if number % 10 == 9:
        values[random.integers(1, len(months) - 1, 3)] = np.nan
    return values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--horizon", type=int, default=18)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--smoke", action="store_true", help="four short series")
    asked = parser.parse_args()
    if asked.smoke:
        asked.series, asked.months, asked.horizon = 4, 48, 6
    count = asked.series
    with tempfile.TemporaryDirectory() as folder, PeakMemory() as memory:
        series, forecasts = Path(folder, "series.csv"), Path(folder, "forecasts.csv")
        simulated(count, asked.months).write_csv(series)
        command = [sys.executable, "-m", "fansipan", "scenario", "forecast", series, "-o", forecasts]
        options = ["--horizon", str(asked.horizon), "--workers", str(asked.workers)]
        begun = time.perf_counter()
        subprocess.run([*command, *options], check=True, capture_output=True)
        seconds = time.perf_counter() - begun
        answered = pl.read_csv(forecasts)["series"].n_unique()
    print(f"{answered:,} of {count:,} series of {asked.months} months forecast {asked.horizon} months ahead")
    print(f"{seconds:.0f} s with {asked.workers} processes, {seconds / count * 1000:.0f} ms a series")
    once = memory.proportional / 2**20
    print(f"memory of all processes {memory.resident / 2**20:.0f} MB, shared pages counted once {once:.0f} MB")
    slow, large = seconds > 60 * MINUTES, memory.resident > MEMORY
    print("SLOWER than five minutes" if slow else "within five minutes", "-", "OVER 2 GB" if large else "under 2 GB")


if __name__ == "__main__":
    main()
