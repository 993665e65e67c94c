"""Ten million returns to sums by product, class, division, section and area, beside the same job written by hand.

    python benchmarks/returns_kernel.py [--establishments 5000] [--repeats 1] [--smoke] [--only fansipan polars pandas]

The job: the latest record of each establishment, product and month; a missing return filled by the same month of last
year moved by its class; quantity times constant price; the sums. 34 products an establishment and 60 months, 3 % of
the returns missing, 2 % corrected later. The tables are made in a process of their own and written to Parquet; every
contender then runs in a fresh process that reads them (not timed), works in memory (timed) and tells its peak memory,
input included. Told are the best seconds by the clock and of the processor, the ratios, and the largest relative
difference from the library's answer. `polars` is the library's algorithm without Narwhals; `pandas` the job as one
would write it, on the columns as they are; `pandas_packed` the library's algorithm, on packed integers, in pandas.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl

from fansipan.periods import Month
from fansipan.statistics.kernel import SUM_LEVELS, collected, output_sums

UNTIL = Month(2024, 12)
MONTHS, OF_ONE, CATALOGUE = 60, 34, 600
KEYS = ["establishment", "product", "t"]


def make(folder: Path, establishments: int, seed: int = 1) -> None:
    """Write returns, establishments and products."""
    random = np.random.default_rng(seed)
    catalogue = min(CATALOGUE, establishments * OF_ONE)
    who = pl.Series([f"E{i:05d}" for i in range(establishments)])
    what = pl.Series([f"P{i:04d}" for i in range(catalogue)])
    of_pair = np.concatenate([random.choice(catalogue, OF_ONE, replace=False) for _ in range(establishments)])
    pairs = len(of_pair)
    pair, t = np.tile(np.arange(pairs), MONTHS), np.repeat(np.arange(MONTHS), pairs)
    there = random.random(len(pair)) >= 0.03
    pair, t = pair[there], t[there]
    again = np.flatnonzero(random.random(len(pair)) < 0.02)
    minutes = t * 44640 + random.integers(0, 14400, len(t))
    later = t[again] * 44640 + 44640 + random.integers(0, 100000, len(again))
    pair, t, minutes = np.append(pair, pair[again]), np.append(t, t[again]), np.append(minutes, later)
    order = np.argsort(minutes, kind="stable")
    pair, t, minutes = pair[order], t[order], minutes[order]
    level = np.exp(random.normal(3, 1, pairs))
    pl.DataFrame(
        {
            "establishment": who[pair // OF_ONE],
            "product": what[of_pair[pair]],
            "month": pl.Series([str(Month.from_ordinal(UNTIL.ordinal - MONTHS + 1 + i)) for i in range(MONTHS)])[t],
            "recorded_at": pl.Series(np.datetime64("2020-02-05T00:00", "us") + minutes.astype("timedelta64[m]")),
            "quantity": level[pair] * (1 + 0.01 * t) * np.exp(random.normal(0, 0.1, len(pair))),
        }
    ).write_parquet(folder / "returns.parquet")
    area = [f"A{i % 25:02d}" for i in range(establishments)]
    never = pl.Series([None] * establishments, dtype=pl.Date)
    tables = {"establishment": who, "area": area, "opened_on": never, "closed_on": never}
    pl.DataFrame(tables).write_parquet(folder / "establishments.parquet")
    of = random.integers(0, 130, catalogue)
    tree = {"class": [f"{1000 + c}" for c in of], "division": [f"{10 + c // 5}" for c in of]}
    tree |= {"section": ["BCDE"[c // 40] for c in of], "price": random.uniform(0.1, 5, catalogue)}
    pl.DataFrame({"product": what, **tree}).write_parquet(folder / "products.parquet")


def fansipan(returns: pl.DataFrame, establishments: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    return collected(output_sums(returns, establishments, products, until=UNTIL))


def duckdb(returns: pl.DataFrame, establishments: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """The library again, on DuckDB."""
    import duckdb

    relations = [duckdb.from_arrow(table.to_arrow()) for table in (returns, establishments, products)]
    return collected(output_sums(*relations, until=UNTIL))


def polars(returns: pl.DataFrame, establishments: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """The library's algorithm, written by hand for Polars alone."""
    c = pl.col
    who = establishments.lazy().with_row_index("e").with_columns(c("e").cast(pl.Int64))
    what = products.lazy().with_row_index("p").with_columns(c("p").cast(pl.Int64))
    t = c("month").str.slice(0, 4).cast(pl.Int64) * 12 + c("month").str.slice(5, 2).cast(pl.Int64) - 1
    latest = (
        returns.lazy()
        .join(who.select("establishment", "e"), on="establishment")
        .join(what.select("product", "p"), on="product")
        .select((c("e") * 2**34 + c("p") * 2**16 + t).alias("key"), "recorded_at", "quantity")
        .group_by("key")
        .agg(c("quantity").sort_by("recorded_at").last())
        .filter(c("quantity").is_not_null())
    )
    year_ago = latest.select(c("key") + 12, c("quantity").alias("base"))
    year_ago = year_ago.filter((c("key") % 2**16) <= UNTIL.ordinal)
    areas = who.select("area").unique().with_row_index("a").with_columns(c("a").cast(pl.Int64))
    cells = (
        latest.join(year_ago, on="key", how="full", coalesce=True)
        .select("quantity", "base", cell=c("key") % 2**34, e=c("key") // 2**34)
        .join(who.join(areas, on="area").select("e", "a"), on="e")
        .select("quantity", "base", cell=c("a") * 2**34 + c("cell"))
        .group_by("cell")
        .agg(
            c("quantity").sum(),
            c("quantity").filter(c("base").is_not_null()).sum().alias("now"),
            c("base").filter(c("quantity").is_not_null()).sum().alias("then"),
            c("base").filter(c("quantity").is_null()).sum().alias("missing"),
        )
        .with_columns(t=c("cell") % 2**16, p=c("cell") % 2**34 // 2**16, a=c("cell") // 2**34)
        .join(areas, on="a")
        .join(what, on="p")
        .with_columns(c("quantity", "now", "then", "missing") * c("price") / 1000)
        .collect(engine="streaming")
    )
    ratios = [c("now").sum().over(level, "t") / c("then").sum().over(level, "t") for level in SUM_LEVELS[1:4]]
    ratios = [pl.when(ratio.is_finite()).then(ratio) for ratio in ratios]
    cells = cells.with_columns((c("missing") * pl.coalesce(ratios)).fill_null(0.0).alias("imputed"))
    sums = [
        cells.group_by(c(level).alias("code"), "t")
        .agg((c("quantity") + c("imputed")).sum().alias("value"), c("imputed").sum())
        .with_columns(level=pl.lit(level))
        for level in SUM_LEVELS
    ]
    month = pl.format("{}-{}", c("t") // 12, (c("t") % 12 + 1).cast(pl.String).str.zfill(2))
    return pl.concat(sums).select("level", "code", month.alias("month"), "value", "imputed")


def pandas(returns, establishments, products):
    """The job as one would write it in pandas."""
    latest = returns.sort_values("recorded_at").drop_duplicates(["establishment", "product", "month"], keep="last")
    latest = latest.dropna(subset="quantity")
    latest["t"] = latest["month"].str[:4].astype(int) * 12 + latest["month"].str[5:].astype(int) - 1
    latest = latest[[*KEYS, "quantity"]]
    year_ago = latest.rename(columns={"quantity": "base"}).assign(t=latest["t"] + 12)
    rows = latest.merge(year_ago[year_ago["t"] <= UNTIL.ordinal], on=KEYS, how="outer")
    rows = rows.merge(products, on="product").merge(establishments[["establishment", "area"]], on="establishment")
    return _pandas_sums(rows)


def pandas_packed(returns, establishments, products):
    """The library's way in pandas: keys packed into one integer, rows reduced to cells before anything else."""
    import pandas as pd

    e = returns["establishment"].map(pd.Series(establishments.index, establishments["establishment"]))
    p = returns["product"].map(pd.Series(products.index, products["product"]))
    ordinals = {str(Month.from_ordinal(i)): i for i in range(UNTIL.ordinal - MONTHS + 1, UNTIL.ordinal + 1)}
    key = (e.to_numpy() << 34) + (p.to_numpy() << 16) + returns["month"].map(ordinals).to_numpy()
    records = pd.DataFrame({"key": key, "recorded_at": returns["recorded_at"], "quantity": returns["quantity"]})
    latest = records.sort_values("recorded_at").drop_duplicates("key", keep="last")[["key", "quantity"]].dropna()
    year_ago = latest.rename(columns={"quantity": "base"}).assign(key=latest["key"] + 12)
    rows = latest.merge(year_ago[(year_ago["key"] & 0xFFFF) <= UNTIL.ordinal], on="key", how="outer")
    areas, packed = establishments["area"].astype("category").cat, rows["key"].to_numpy()
    rows["cell"] = (areas.codes.to_numpy().astype(np.int64)[packed >> 34] << 34) + (packed & (2**34 - 1))
    both = rows["quantity"].notna() & rows["base"].notna()
    rows["now"], rows["then"] = rows["quantity"].where(both), rows["base"].where(both)
    rows["missing"] = rows["base"].where(rows["quantity"].isna())
    cells = rows.groupby("cell")[["quantity", "now", "then", "missing"]].sum().reset_index()
    packed = cells["cell"].to_numpy()
    cells["t"], cells["p"] = packed & 0xFFFF, (packed >> 16) & 0x3FFFF
    cells["area"] = np.asarray(areas.categories)[packed >> 34]
    cells = cells.merge(products, left_on="p", right_index=True)
    amounts = cells[["quantity", "now", "then", "missing"]].mul(cells["price"] / 1000, axis=0)
    return _pandas_moved(cells[["t", *SUM_LEVELS]].join(amounts))


def _pandas_sums(rows):
    rows["quantity"], rows["base"] = rows["quantity"] * rows["price"] / 1000, rows["base"] * rows["price"] / 1000
    both = rows["quantity"].notna() & rows["base"].notna()
    rows["now"], rows["then"] = rows["quantity"].where(both), rows["base"].where(both)
    rows["missing"] = rows["base"].where(rows["quantity"].isna())
    return _pandas_moved(rows)


def _pandas_moved(rows):
    import pandas as pd

    movement = pd.Series(np.nan, rows.index)
    for level in SUM_LEVELS[1:4]:
        if movement.isna().any():
            sums = rows.groupby([level, "t"])[["now", "then"]].transform("sum")
            movement = movement.fillna((sums["now"] / sums["then"]).replace(np.inf, np.nan))
    rows["imputed"] = (rows["missing"] * movement).fillna(0.0)
    rows["value"] = rows["quantity"].fillna(0.0) + rows["imputed"]
    sums = [
        rows.groupby([level, "t"])[["value", "imputed"]].sum().rename_axis(["code", "t"]).reset_index()
        for level in SUM_LEVELS
    ]
    told = pd.concat([part.assign(level=level) for part, level in zip(sums, SUM_LEVELS, strict=True)])
    told["month"] = (told["t"] // 12).astype(str) + "-" + (told["t"] % 12 + 1).astype(str).str.zfill(2)
    return told.drop(columns="t")


JOBS = {job.__name__: job for job in (fansipan, polars, pandas, pandas_packed, duckdb)}


def run(name: str, folder: Path) -> dict[str, float]:
    """One contender: seconds by the clock and of the processor, and the process's peak memory in GB."""
    names = ("returns", "establishments", "products")
    if name.startswith("pandas"):
        import pandas as pd

        tables = [pd.read_parquet(folder / f"{table}.parquet") for table in names]
    else:
        tables = [pl.read_parquet(folder / f"{table}.parquet") for table in names]
    clock, processor = time.perf_counter(), time.process_time()
    sums = JOBS[name](*tables)
    told = {"seconds": time.perf_counter() - clock, "processor": time.process_time() - processor}
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    if not isinstance(sums, pl.DataFrame):
        sums = pl.DataFrame({column: sums[column].to_numpy() for column in sums.columns})
    sums.write_parquet(folder / f"{name}.parquet")
    return told


def difference(folder: Path, name: str) -> float:
    """The largest relative difference of a contender's sums from the library's."""
    keys = ["level", "code", "month"]
    mine, theirs = pl.read_parquet(folder / "fansipan.parquet"), pl.read_parquet(folder / f"{name}.parquet")
    theirs = theirs.with_columns(pl.col(keys).cast(pl.String)).filter(pl.col("value") > 0)
    both = mine.filter(pl.col("value") > 0).join(theirs, on=keys, suffix="_other", validate="1:1")
    assert both.height == theirs.height == mine.filter(pl.col("value") > 0).height, name
    apart = [(both[c] - both[f"{c}_other"]).abs() / both["value"] for c in ("value", "imputed")]
    return max(float(a.max() or 0.0) for a in apart)


def compare(folder: Path, establishments: int, repeats: int, names: list[str]) -> dict[str, dict[str, float]]:
    """The best of several rounds of all contenders, each in a process of its own."""
    fresh = get_context("spawn")
    with fresh.Pool(1, maxtasksperchild=1) as pool:
        pool.apply(make, (folder, establishments))
        rounds = [{name: pool.apply(run, (name, folder)) for name in names} for _ in range(repeats)]
    best = {name: {k: min(r[name][k] for r in rounds) for k in ("seconds", "processor")} for name in names}
    for name in names:
        best[name] |= {"peak": max(r[name]["peak"] for r in rounds), "apart": difference(folder, name)}
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--establishments", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--smoke", action="store_true", help="a small size, to see that it runs")
    parser.add_argument("--only", nargs="+", choices=JOBS, default=list(JOBS), help="the library is always among them")
    asked = parser.parse_args()
    names = ["fansipan", *(name for name in asked.only if name != "fansipan")]
    with tempfile.TemporaryDirectory() as folder:
        found = compare(Path(folder), 40 if asked.smoke else asked.establishments, asked.repeats, names)
        rows = pl.scan_parquet(Path(folder) / "returns.parquet").select(pl.len()).collect().item()
    print(f"{rows:,} returns; ratios are times as long as the library, by the clock and of the processor")
    base = found["fansipan"]
    for name, told in found.items():
        print(
            f"{name:14} {told['seconds']:7.2f} s  {told['processor']:7.2f} s  "
            f"ratio {told['seconds'] / base['seconds']:6.2f}  {told['processor'] / base['processor']:6.2f}  "
            f"peak {told['peak']:5.2f} GB  difference {told['apart']:.1e}",
            flush=True,
        )


if __name__ == "__main__":
    main()
