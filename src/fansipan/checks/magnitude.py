"""Rule C12: a figure a thousand times off its own history was read or typed in another unit ("49,5" for 49,500)."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from fansipan.checks.arithmetic import misplaced_power
from fansipan.checks.subject import Subject, at_most
from fansipan.errors import Fault
from fansipan.texts import Quantity

# The table, whose history a figure is held against, and the columns of figures.
HISTORIES = {
    "returns": (["establishment", "product"], ["quantity", "sales", "stock", "value"]),
    "establishment_returns": (["establishment"], ["labour", "revenue"]),
    "official_figures": (["indicator", "scope_kind", "scope", "measure"], ["value"]),
    "product_prices": (["product", "price_basis"], ["price"]),
}
# A figure nearer to its history's middle than this cannot be a power of ten off it.
FAR = {False: 30.0, True: 4.0}


def misread_thousands(subject: Subject) -> Iterator[Fault]:
    """Figures that are like their own history only when multiplied by a power of ten; lenient by thousands only."""
    for name, (keys, columns) in HISTORIES.items():
        for column in columns:
            yield from at_most(_misread(subject, name, keys, column))


def _misread(subject: Subject, name: str, keys: list[str], column: str) -> Iterator[Fault]:
    rows = subject.latest(name).filter(pl.col(column) > 0)
    if name == "official_figures":
        rows = rows.filter(pl.col("measure").is_in(["level", "ytd"]))
    beside = subject.beside[name].filter(pl.col(column) > 0)
    history = (
        pl.concat([rows, beside], how="diagonal")
        .group_by(keys)
        .agg(pl.col(column).median().alias("@middle"), pl.col(column).alias("@all"))
    )
    ratio = (pl.col(column) / pl.col("@middle")).log10().abs()
    far = rows.join(history, on=keys, maintain_order="left").filter(ratio > pl.lit(FAR[subject.strict]).log10())
    for row in far.sort("@row").iter_rows(named=True):
        others = list(row["@all"])
        others.remove(row[column])
        power = misplaced_power(row[column], others, strict=subject.strict)
        if power is not None:
            params = {
                "likely": Quantity(row[column] * 10.0**power, 0 if power > 0 else 3),
                "usual": Quantity(row["@middle"]),
            }
            yield subject.fault("figures.magnitude", name, row["@row"], column, params, severity=subject.doubt)
