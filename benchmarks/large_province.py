"""How long `check`, the month's page and the revision triangle take, and with what memory, as a province grows.

    python benchmarks/large_province.py [--rows 1500000] [--only check] [--keep FOLDER] [--smoke]

The province is the worked example with every establishment, its returns and its capacities repeated under other codes
until the returns have that many rows; figures of a copy differ by a factor of its own. Illustrative throughout. Each
command is run as a user runs it; time runs from its start to its end, file in and file out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from _accuracy import PeakMemory

from fansipan.examples.laocai import build
from fansipan.province import Province

SECONDS, MEMORY = 60.0, 2 * 2**30  # what each may take
COPIED = ("establishments", "returns", "establishment_returns", "capacities", "edits")
FIGURES = {"returns": ("quantity", "sales", "stock", "value", "expected_next"), "capacities": ("capacity",)}
COMMANDS = {
    "check": ("check", "{province}"),
    "month": ("month", "{province}", "--month", "2024-05", "-o", "{folder}/month.html"),
    "triangle": ("vintages", "triangle", "{province}", "-o", "{folder}/triangle.csv"),
}


def enlarged(province: Province, rows: int) -> Province:
    """The province with copies of its establishments until the returns have at least `rows` rows."""
    copies = -(-rows // province["returns"].height)
    return province.replace(
        **{name: pl.concat([_copy(province[name], name, number) for number in range(copies)]) for name in COPIED}
    )


def _copy(frame: pl.DataFrame, name: str, number: int) -> pl.DataFrame:
    if number == 0:
        return frame
    factor = 0.5 + (number * 37 % 100) / 100
    changed = [pl.col("establishment") + f"~{number}"]
    changed += [(pl.col(column) * factor).round(3) for column in FIGURES.get(name, ())]
    if name == "establishments":
        changed.append(pl.col("name") + f" (bản {number})")
        changed.append(pl.lit(None, pl.String).alias("tax_code"))
    if name == "edits":
        changed.append(pl.col("edit") + f"~{number}")
        changed += [(pl.col(column) * factor).round(3) for column in ("before", "after")]
    return frame.with_columns(changed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_500_000, help="of returns (default 1500000)")
    parser.add_argument("--only", choices=COMMANDS, help="only this command")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the province and what was made of it")
    parser.add_argument("--smoke", action="store_true", help="a small size, to see that it runs")
    options = parser.parse_args()
    rows = 20_000 if options.smoke else options.rows
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        province = folder / f"province-{rows}"
        if not province.exists():
            folder.mkdir(parents=True, exist_ok=True)
            enlarged(build(), rows).write(province)
        missed = [name for name in ([options.only] if options.only else COMMANDS) if not _kept(name, province, folder)]
    if missed:
        sys.exit(f"over {SECONDS:.0f} s or {MEMORY / 2**30:.0f} GB: {', '.join(missed)}")


def _kept(name: str, province: Path, folder: Path) -> bool:
    """Run a command, print its time and memory, and tell whether both are within bounds."""
    words = [word.format(province=province, folder=folder) for word in COMMANDS[name]]
    start = time.perf_counter()
    with PeakMemory() as peak:
        done = subprocess.run(
            [sys.executable, "-m", "fansipan", *words], check=False, capture_output=True, text=True, encoding="utf8"
        )
    seconds = time.perf_counter() - start
    print(f"{name}: {seconds:.1f} s, {peak.proportional / 2**30:.2f} GB, status {done.returncode}", flush=True)
    if done.returncode and name != "check":
        print(done.stderr[-2000:])
        return False
    return seconds <= SECONDS and peak.proportional <= MEMORY


if __name__ == "__main__":
    main()
