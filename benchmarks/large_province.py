"""A province with 1.5 million returns: time and peak memory of the check, the month's page and the revision triangle.

    python benchmarks/large_province.py [--rows 1500000] [--smoke]

Each command is run as a user runs it, reading the folder included; memory is the peak of its process. It is run on a
fifth of the rows too: the ratios say how time and memory grow when the data grow fivefold. `one history` is the check
when all rows stand under one establishment and one product. Everything is made up and marked illustrative.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from fansipan.periods import Month, month_range
from fansipan.province import Province

UNTIL = Month(2024, 12)
MONTHS, PRODUCTS = 60, 40
VSIC, SOURCE = "VSIC2018", "illustrative"
TREE = [("C", None, "section"), ("10", "C", "division"), ("108", "10", "group"), ("1080", "108", "class")]


def registers(establishments: int) -> dict[str, pl.DataFrame]:
    """Industries, products, prices and establishments."""
    products = pl.DataFrame({"product": [f"P{p:03}" for p in range(PRODUCTS)]})
    makers = pl.DataFrame({"establishment": [f"E{e:06}" for e in range(establishments)]})
    same = {"version": VSIC, "industry": "1080", "source": SOURCE}
    fixed = {"price_basis": "constant-2010", "period": "2010", "price": 2.0, "source": SOURCE}
    kind = {"ownership": "state", "kind": "industry", "area": "east"}
    industries = [{"version": VSIC, "industry": i, "parent": p, "level": level} for i, p, level in TREE]
    return {
        "industries": pl.DataFrame(industries).with_columns(pl.col("industry").alias("name"), source=pl.lit(SOURCE)),
        "products": products.with_columns(name="product", unit=pl.lit("t"), **literals(same)),
        "product_prices": products.with_columns(**literals(fixed)),
        "establishments": makers.with_columns(name="establishment", **literals(same | kind)),
    }


def literals(values: dict[str, str | float]) -> dict[str, pl.Expr]:
    """Columns of one value each."""
    return {name: pl.lit(value) for name, value in values.items()}


def returns(makers: pl.DataFrame, products: pl.DataFrame, months: list[Month], rows: int) -> pl.DataFrame:
    """A return of every product of every establishment in every month, the first `rows` of them."""
    random = np.random.default_rng(1)
    days = [datetime.combine(month.last_day, datetime.min.time()) for month in months]
    calendar = pl.DataFrame({"month": [str(month) for month in months], "recorded_at": days})
    cells = makers.select("establishment").join(products.select("product"), how="cross").join(calendar, how="cross")
    cells = cells.head(rows)
    quantity = np.round(np.exp(random.normal(3, 0.3, cells.height)), 3)
    return cells.with_columns(quantity=pl.Series(quantity), **literals({"status": "final", "source": SOURCE}))


def make(rows: int, *, one_maker: bool) -> Province:
    """The province, its tables held against their declarations."""
    makers = 1 if one_maker else -(-rows // (PRODUCTS * MONTHS))
    tables = registers(makers)
    months = month_range(UNTIL - (MONTHS - 1), UNTIL)
    if one_maker:
        # One long history: as many months as there are rows, within the years that a month can have.
        products, rows = tables["products"].head(1), min(rows, 12 * UNTIL.year)
        months = month_range(UNTIL - (rows - 1), UNTIL)
    else:
        products = tables["products"]
    return Province({**tables, "returns": returns(tables["establishments"], products, list(months), rows)})


def run(command: list[str]) -> tuple[float, float, int]:
    """Seconds, peak memory in GB and exit code of a command of the program."""
    start = time.perf_counter()
    arguments = [sys.executable, "-m", "fansipan", *command]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, used.ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6), process.returncode


def jobs(folder: Path, rows: int) -> dict[str, tuple[float, float, int]]:
    """The commands on a province of `rows` returns."""
    many, one = str(folder / f"many-{rows}"), str(folder / f"one-{rows}")
    make(rows, one_maker=False).write(many)
    make(rows, one_maker=True).write(one)
    commands = {
        "check": ["check", many],
        "check, one history": ["check", one],
        "month's page": ["month", many, "-o", str(folder / "month.html")],
        "vintages triangle": ["vintages", "triangle", many],
    }
    return {name: run(command) for name, command in commands.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_500_000)
    parser.add_argument("--smoke", action="store_true", help="a small size, to see that it runs")
    options = parser.parse_args()
    rows = 12_000 if options.smoke else options.rows
    with tempfile.TemporaryDirectory() as folder:
        fifth, whole = jobs(Path(folder), rows // 5), jobs(Path(folder), rows)
    print(f"{rows:,} returns; ratios are times as much as for {rows // 5:,}")
    for name, (seconds, peak, code) in whole.items():
        print(
            f"{name:20} {seconds:7.2f} s  ratio {seconds / fifth[name][0]:5.2f}  "
            f"peak {peak:5.2f} GB  ratio {peak / fifth[name][1]:5.2f}  exit {code}",
            flush=True,
        )


if __name__ == "__main__":
    main()
