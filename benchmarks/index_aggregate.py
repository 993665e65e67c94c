"""An index on a large weighting tree, beside the identical job written by hand in pandas, in one run.

    python benchmarks/index_aggregate.py [--leaves 5000] [--months 240] [--repeats 3] [--smoke]

Both start from the same long tables in memory (values with 5 % missing, a tree of four levels), carry missing values
forward, aggregate every node and month, and compute growth on the same month and contributions, as a long table. Told
are the best of several runs, their ratio, and the largest relative difference of the two answers.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from fansipan.statistics import aggregate_index


def tables(leaves: int, months: int, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Values and weights: `leaves` products in classes, divisions and a total; 5 % of the later values missing."""
    random = np.random.default_rng(seed)
    classes, divisions = max(leaves // 12, 1), max(leaves // 240, 1)
    products = [f"P{i}" for i in range(leaves)]
    nodes = [("T", None, None)]
    nodes += [(f"D{i}", "T", None) for i in range(divisions)]
    nodes += [(f"C{i}", f"D{i % divisions}", None) for i in range(classes)]
    nodes += [(p, f"C{i % classes}", float(random.uniform(1, 9))) for i, p in enumerate(products)]
    weights = pl.DataFrame(nodes, {"code": pl.String, "parent": pl.String, "weight": pl.Float64}, orient="row")
    index = random.uniform(50, 150, leaves * months)
    missing = random.uniform(size=leaves * months) < 0.05
    missing[::months] = False
    periods = [f"{2000 + t // 12}-{t % 12 + 1:02d}" for t in range(months)]
    columns = {"code": np.repeat(products, months), "period": np.tile(periods, leaves), "index": index}
    return pl.DataFrame(columns).with_columns(index=pl.when(pl.Series(~missing)).then("index")), weights


def fansipan(values: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """The job as the library does it, every check of the inputs included."""
    return aggregate_index(values, weights, missing="carry", growth="yoy")


def pandas(values: pl.DataFrame, weights: pl.DataFrame) -> pl.DataFrame:
    """The job as one would write it in pandas: pivot, fill, one group-by a level; nothing is checked."""
    import pandas as pd

    long, tree = _to_pandas(values), _to_pandas(weights).set_index("code")
    wide = long.pivot(index="code", columns="period", values="index").ffill(axis=1)
    parent, weight = tree["parent"].to_dict(), tree["weight"].dropna()
    depth = {}
    for code in tree.index:
        depth[code] = depth.get(parent[code], -1) + 1
    level = pd.Series(depth)
    for k in range(level.max(), 0, -1):
        nodes = level.index[level == k]
        up = tree.loc[nodes, "parent"]
        amount = wide.loc[nodes].mul(weight.loc[nodes], axis=0).groupby(up).sum()
        total = weight.loc[nodes].groupby(up).sum()
        weight = pd.concat([weight, total])
        wide = pd.concat([wide, amount.div(total, axis=0)])
    base = wide.shift(12, axis=1)
    growth = 100 * (wide / base - 1)
    contribution = 100 * (wide - base).mul(weight / weight.loc["T"], axis=0).div(base.loc["T"], axis=1)
    named = {"index": wide, "growth": growth, "contribution": contribution}
    melted = pd.concat({name: frame.stack(future_stack=True) for name, frame in named.items()}, axis=1)
    return pl.DataFrame(
        {
            "code": melted.index.get_level_values(0).to_numpy(),
            "period": melted.index.get_level_values(1).to_numpy(),
            **{name: melted[name].to_numpy() for name in named},
        }
    )


def _to_pandas(frame: pl.DataFrame):
    import pandas as pd

    return pd.DataFrame({name: frame[name].to_list() for name in frame.columns})


def difference(found: pl.DataFrame, other: pl.DataFrame) -> float:
    """The largest relative difference of index, growth and contribution over all nodes and months."""
    both = found.join(other.fill_nan(None), on=["code", "period"], suffix="_other", validate="1:1")
    assert both.height == found.height == other.height
    worst = 0.0
    for name in ("index", "growth", "contribution"):
        mine, theirs = both[name], both[f"{name}_other"]
        assert mine.is_null().equals(theirs.is_null())
        scale = mine.abs().max() or 1.0
        worst = max(worst, float(((mine - theirs).abs() / scale).max() or 0.0))
    return worst


def best_of(repeats: int, job: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def compare(leaves: int, months: int, repeats: int) -> dict[str, float]:
    """Seconds of both, how many times faster the library is, and how far the answers are apart."""
    values, weights = tables(leaves, months)
    apart = difference(fansipan(values, weights), pandas(values, weights))
    seconds = {job.__name__: best_of(repeats, lambda job=job: job(values, weights)) for job in (fansipan, pandas)}
    return {**seconds, "ratio": seconds["pandas"] / seconds["fansipan"], "difference": apart}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leaves", type=int, default=5000)
    parser.add_argument("--months", type=int, default=240)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="a small size, to see that it runs")
    asked = parser.parse_args()
    size = (48, 26, 1) if asked.smoke else (asked.leaves, asked.months, asked.repeats)
    found = compare(*size)
    print(
        f"{size[0]} leaves x {size[1]} months: fansipan {found['fansipan']:.2f} s, pandas {found['pandas']:.2f} s, "
        f"{found['ratio']:.1f} times as fast; largest difference {found['difference']:.1e}"
    )


if __name__ == "__main__":
    main()
