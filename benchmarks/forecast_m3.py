"""Forecasts of the M3 competition's monthly series beside what was published of others on the same series.

    python benchmarks/forecast_m3.py [--series N] [--holiday tet|none] [--training] [--smoke]

The series are read from the folder that FANSIPAN_REFERENCE_DATA names (`m3_monthly`), 18 months ahead of each are
compared. Measures are averaged within a series, then over the series. With ``--training`` the 18 months are the last of
the training part (12 where it is short), and the test part is not looked at: choices are made on these.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
from _accuracy import PeakMemory, Values, mase, smape

from fansipan.periods import Month
from fansipan.scenario.forecast.engine import cores, forecast_each
from fansipan.scenario.forecast.history import History
from fansipan.scenario.forecast.outcome import Outcome

AHEAD = 18
LEVELS = (80.0, 95.0)
PUBLISHED = {"Theta, published": (14.41, 0.831), "ForecastPro, published": (14.60, 0.825)}
NO_YEAR = Month(1980, 1)  # for series without a calendar


def read(folder: Path) -> dict[str, tuple[History, Values]]:
    """Each series' training part and the 18 months after it, by name."""
    frame = pl.read_csv(next(folder.glob("m3_monthly/*.csv.gz")), schema_overrides={"value": pl.Float64})
    found = {}
    for (name,), rows in frame.group_by("series", maintain_order=True):
        parts = [rows.filter(pl.col("set") == part).sort("t")["value"] for part in ("train", "test")]
        year, month = rows["start_year"][0], rows["start_month"][0]
        start = Month(year, month) if year and year > 1900 else NO_YEAR
        known, later = (part.to_numpy() for part in parts)
        found[str(name)] = History(str(name), start, known, np.full(AHEAD, np.inf)), later
    return found


def held_out(history: History) -> tuple[History, Values]:
    """The training part alone, its own last months held out."""
    months = AHEAD if len(history) >= 63 else 12
    return history.until(len(history) - months), history.values[-months:]


def seasonal_naive(known: Values) -> Values:
    """The same month of the last year."""
    return np.resize(known[-12:], AHEAD)


def adjusted_naive(known: Values) -> Values:
    """The last figure, seasonally adjusted by classical multiplicative factors, and the season put back."""
    middle = np.convolve(known, [0.5 / 12, *[1 / 12] * 11, 0.5 / 12], "valid")
    ratios = known[6:-6] / middle
    factors = np.array([np.mean(ratios[(np.arange(len(ratios)) + 6) % 12 == place]) for place in range(12)])
    factors /= factors.mean()
    last = len(known) - 1
    return known[-1] / factors[last % 12] * factors[np.arange(last + 1, last + 1 + AHEAD) % 12]


def marked(series: dict[str, tuple[History, Values]], outcomes: list[Outcome]) -> pl.DataFrame:
    """A row a series: measures of ours, of both naive forecasts, and the share of months inside each interval."""
    rows = []
    for (history, later), outcome in zip(series.values(), outcomes, strict=True):
        known, ahead = history.values, len(later)
        naive, adjusted, mean = seasonal_naive(known)[:ahead], adjusted_naive(known)[:ahead], outcome.mean[:ahead]
        low_80, high_80, low_95, high_95 = outcome.bounds[:, :ahead]
        rows.append(
            {
                "series": history.name,
                "months": len(known),
                "smape": smape(later, mean),
                "mase": mase(later, mean, known),
                "naive_smape": smape(later, naive),
                "naive_mase": mase(later, naive, known),
                "adjusted_smape": smape(later, adjusted),
                "inside_80": float(np.mean((low_80 <= later) & (later <= high_80))),
                "inside_95": float(np.mean((low_95 <= later) & (later <= high_95))),
                "model": outcome.model,
            }
        )
    return pl.DataFrame(rows)


def told(marks: pl.DataFrame, *, published: bool) -> str:
    """The table, the coverage and the worst series."""
    means = marks.select(pl.col(pl.Float64).mean()).row(0, named=True)
    table = {
        "Fansipan": (means["smape"], means["mase"]),
        "seasonal naive": (means["naive_smape"], means["naive_mase"]),
        **(PUBLISHED if published else {}),
    }
    lines = [f"{'':24}{'sMAPE':>8}{'MASE':>8}"]
    lines += [f"{name:24}{one:8.2f}{other:8.3f}" for name, (one, other) in table.items()]
    lines.append(f"inside the interval of 80 %: {means['inside_80']:.1%}, of 95 %: {means['inside_95']:.1%}")
    absurd = marks.filter((pl.col("smape") > 150) & (pl.col("adjusted_smape") < 50)).height
    lines.append(f"absurd (sMAPE over 150, seasonally adjusted naive under 50): {absurd}")
    lines.append(f"without forecast: {marks['smape'].is_nan().sum()}")
    lines.append("worst:")
    for row in marks.sort("smape", descending=True).head(8).iter_rows(named=True):
        lines.append(
            f"  {row['series']} sMAPE {row['smape']:.1f} (seasonal naive {row['naive_smape']:.1f}) {row['model']}"
        )
    models = marks["model"].value_counts(sort=True).head(10)
    lines += ["models:", *[f"  {count:5} {model}" for model, count in models.iter_rows()]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, help="so many, drawn at random, instead of all")
    parser.add_argument("--holiday", choices=("tet", "none"), default="none")
    parser.add_argument("--training", action="store_true", help="hold out of the training part")
    parser.add_argument("--smoke", action="store_true", help="two series")
    parser.add_argument("-o", "--output", type=Path, help="also a CSV file, a row a series")
    asked = parser.parse_args()
    place = os.environ.get("FANSIPAN_REFERENCE_DATA")
    if not place:
        sys.exit("skipped: FANSIPAN_REFERENCE_DATA names no folder")
    series = read(Path(place))
    count = 2 if asked.smoke else asked.series or len(series)
    drawn = np.random.default_rng(1).permutation(list(series))[:count]
    series = {name: series[name] for name in series if name in set(drawn)}
    if asked.training:
        series = {name: held_out(history) for name, (history, _) in series.items()}
    begun = time.perf_counter()
    with PeakMemory() as memory:
        outcomes, _ = forecast_each([history for history, _ in series.values()], AHEAD, holiday=asked.holiday)
    seconds = time.perf_counter() - begun
    marks = marked(series, outcomes)
    print(f"{len(series):,} series, {cores()} cores: {seconds:.0f} s, at most {memory.resident / 2**20:.0f} MB")
    print(told(marks, published=not asked.training))
    if asked.output:
        marks.write_csv(asked.output)


if __name__ == "__main__":
    main()
