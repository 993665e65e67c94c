"""What Tết adds to the forecasts of January to March: the statistics office's 24 products, rolling origin.

    python benchmarks/forecast_tet.py [--products N] [--every 1] [--first 60] [--members] [--smoke]

The revised figures are read from the folder that FANSIPAN_REFERENCE_DATA names (`gso_monthly`); an implied month
that is not above zero is missing. At each origin the history known then is forecast a year ahead by X-13 with
`--holiday tet` (where AICc selects it at that origin) and with `--holiday none`, the order chosen anew in both;
January, February and March are compared. ``--members`` does the same with the median of all members.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from _accuracy import Values

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.forecast.engine import cores
from fansipan.scenario.forecast.history import History
from fansipan.scenario.forecast.models.holiday import tet_is_selected, tet_windows
from fansipan.scenario.forecast.models.members import forecast_members
from fansipan.scenario.forecast.models.regarima import best_order, choose_transform

AHEAD, NEAR = 12, 3
ELECTRICITY, CEMENT = "Điện sản xuất", "Xi măng"
WANTED = {ELECTRICITY: 25, CEMENT: 12}  # percent lower, h <= 12


def read(folder: Path) -> list[History]:
    """The products; a month that is not above zero is missing."""
    frame = pl.read_csv(next(folder.glob("gso_monthly/*revised*.csv")), infer_schema_length=None)
    start = Month.parse(frame["Month"][0])
    found = []
    for name in frame.columns[1:]:
        values = frame[name].cast(pl.Float64).to_numpy().copy()
        values[values <= 0] = np.nan
        found.append(History(name, start, values, np.full(AHEAD, np.inf)))
    return found


def rolled(history: History, *, first: int, every: int, members: bool) -> pl.DataFrame:
    """A row an origin and month ahead, January to March only: sMAPE with Tết and without, whether it is selected."""
    rows = []
    for origin in range(first, len(history), every):
        known = history.until(origin)
        late = origin - len(known)
        try:
            selected, tet, none = forecasts(known, AHEAD + late, members=members)
        except Refused as refusal:
            print(f"{history.name} {known.next_month}: {refusal}", file=sys.stderr)
            continue
        for ahead, actual in enumerate(history.values[origin : origin + AHEAD]):
            if (history.start + origin + ahead).month <= 3 and not np.isnan(actual):
                errors = (_apart(actual, one[ahead + late]) for one in (tet, none))
                rows.append((history.name, origin, ahead + 1, selected, *errors))
    return pl.DataFrame(rows, schema=["product", "origin", "ahead", "selected", "tet", "none"], orient="row")


def forecasts(known: History, horizon: int, *, members: bool) -> tuple[bool, Values, Values]:
    """Whether AICc selects Tết with what is known, and the forecasts with it allowed and without."""
    if members:
        allowed, plain = (forecast_members(known, horizon, tet=tet) for tet in (True, False))
        return allowed.forms.tet, allowed.mean, plain.mean
    values, start = known.values, known.start
    transform = choose_transform(values, start)
    windows = tet_windows(start, len(values) + horizon)
    none = best_order(values, start, horizon, transform)[0].mean
    if windows is None or not tet_is_selected(values, start, transform, windows):
        return False, none, none
    return True, best_order(values, start, horizon, transform, windows)[0].mean, none


def _apart(actual: float, forecast: float) -> float:
    return 200 * abs(actual - forecast) / (abs(actual) + abs(forecast))


def told(errors: pl.DataFrame) -> str:
    """The table: what is compared, how many months, sMAPE with and without, how much lower, what was wanted."""
    near = errors.filter(pl.col("ahead") <= NEAR)
    parts = {
        f"h <= {NEAR}, where selected": (near.filter("selected"), 10),
        f"h <= {NEAR}, all": (near, 0),
        f"h <= {AHEAD}, where selected": (errors.filter("selected"), None),
        f"h <= {AHEAD}, all": (errors, 0),
        **{name: (errors.filter(pl.col("product") == name), wanted) for name, wanted in WANTED.items()},
    }
    lines = [f"{'':28}{'months':>8}{'Tết':>8}{'none':>8}{'lower %':>9}{'wanted':>8}"]
    for name, (part, wanted) in parts.items():
        if part.is_empty():
            continue
        tet, none = part["tet"].mean(), part["none"].mean()
        asked = "" if wanted is None else f">= {wanted}"
        lines.append(f"{name:28}{part.height:8}{tet:8.2f}{none:8.2f}{100 * (1 - tet / none):9.1f}{asked:>8}")
    return "\n".join(lines)


def by_product(errors: pl.DataFrame) -> str:
    """A line a product: how often selected, and sMAPE with and without, h <= 12."""
    means = errors.group_by("product", maintain_order=True).agg(pl.col("selected", "tet", "none").mean())
    lines = [f"{name:44}{share:6.0%}{tet:8.2f}{none:8.2f}" for name, share, tet, none in means.iter_rows()]
    return "\n".join([f"{'':44}{'chosen':>6}{'Tết':>8}{'none':>8}", *lines])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, help="only the last N of the file")
    parser.add_argument("--every", type=int, default=1, help="months between origins")
    parser.add_argument("--first", type=int, default=60, help="months before the first origin")
    parser.add_argument("--members", action="store_true", help="the median of all members in place of X-13 alone")
    parser.add_argument("--smoke", action="store_true", help="two products and two origins")
    asked = parser.parse_args()
    place = os.environ.get("FANSIPAN_REFERENCE_DATA")
    if not place:
        sys.exit("skipped: FANSIPAN_REFERENCE_DATA names no folder")
    histories = read(Path(place))[-2 if asked.smoke else -(asked.products or 0) :]
    first, every = (120, 12) if asked.smoke else (asked.first, asked.every)
    begun = time.perf_counter()
    with ProcessPoolExecutor(cores()) as pool:
        work = partial(rolled, first=first, every=every, members=asked.members)
        errors = pl.concat(pool.map(work, histories))
    print(f"{len(histories)} products, {errors['origin'].n_unique()} origins, {time.perf_counter() - begun:.0f} s")
    print(told(errors))
    print(by_product(errors))


if __name__ == "__main__":
    main()
