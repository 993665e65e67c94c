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
    history = pl.concat([rows, beside], how="diagonal").group_by(keys).agg(pl.col(column).median().alias("@middle"))
    ratio = (pl.col(column) / pl.col("@middle")).log10().abs()
    middles = rows.join(history, on=keys, how="left", maintain_order="left", validate="m:1")
    far = middles.filter(ratio > pl.lit(FAR[subject.strict]).log10())
    # Only the histories that something is far off are put together: a list a row would take the square of the rows.
    held = pl.concat([rows, beside], how="diagonal").join(far.select(keys).unique(), on=keys, how="semi")
    histories = {key: group[column].to_list() for key, group in held.group_by(keys)}
    for row in far.sort("@row").iter_rows(named=True):
        others = list(histories[tuple(row[key] for key in keys)])
        others.remove(row[column])
        power = misplaced_power(row[column], others, strict=subject.strict)
        if power is not None:
            params = {
                "likely": Quantity(row[column] * 10.0**power, 0 if power > 0 else 3),
                "usual": Quantity(row["@middle"]),
            }
            yield subject.fault("figures.magnitude", name, row["@row"], column, params, severity=subject.doubt)
