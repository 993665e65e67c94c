"""What can be wrong with a weighting tree and the values of its leaves, found whole columns at a time (Rule S2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
import polars as pl

from fansipan.errors import Fault, Place
from fansipan.statistics.index.inputs import BROKEN, ROW
from fansipan.statistics.index.trees.layout import to_array
from fansipan.tables.columns import MONTH_PATTERN

Missing = Literal["error", "parent", "both-ways", "carry", "drop"]
OPEN: tuple[Missing, ...] = ("both-ways", "drop")  # what leaves gaps that it cannot fill
Files = tuple[str | None, str | None]

# More missing values than this are told as that many and a count of the rest.
MOST_GAPS = 10_000


def index_faults(
    values: pl.DataFrame,
    weights: pl.DataFrame,
    missing: Missing = "error",
    files: tuple[str | None, str | None] = (None, None),
) -> list[Fault]:
    """Every fault of the two tables, of each alone and of both together; `files` are their names, for the places.

    `values` has ``code``, ``period``, ``index``, and `weights` has ``code``, ``parent``, ``weight``; both may carry
    ``row`` (default: the row's number in the frame) and ``broken`` (a cell that could not be read).
    """
    values, weights = numbered(values), numbered(weights)
    own = [*weight_faults(weights, files[1]), *value_faults(values, files[0])]
    # Against a table without rows every row of the other is at fault: that would hide the one fault there is.
    if values.is_empty() or weights.is_empty():
        return own
    return [*own, *code_faults(values, weights, files[0]), *gap_faults(values, weights, missing, files[0])]


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the columns ``row`` and ``broken``, added where it does not have them."""
    added = {ROW: pl.int_range(1, pl.len() + 1, dtype=pl.Int64), BROKEN: pl.lit(value=False)}
    return frame.with_columns(**{name: column for name, column in added.items() if name not in frame.columns})


def key_faults(rows: pl.DataFrame, key: Sequence[str], file: str | None = None) -> Iterator[Fault]:
    """Faults of what names a row, whatever the table: an empty cell of the key, a key that stands twice."""
    rows = numbered(rows)
    for column in key:
        yield from _rows(rows.filter(pl.col(column).is_null() & ~pl.col(BROKEN)), "cell.empty", column, file)
    yield from _repeated(rows.drop_nulls(list(key)), list(key), file)


def weight_faults(weights: pl.DataFrame, file: str | None = None) -> Iterator[Fault]:
    """Faults of the tree: empty or repeated codes, unknown parents, bad weights, several tops, cycles."""
    weights = numbered(weights)
    code, parent, weight = pl.col("code"), pl.col("parent"), pl.col("weight")
    if weights.is_empty():
        yield Fault("index.no-rows", place=Place(file))
    yield from _rows(weights.filter(code.is_null() & ~pl.col(BROKEN)), "cell.empty", "code", file)
    known = weights.filter(code.is_not_null())
    yield from _repeated(known, ["code"], file)
    unknown = known.filter(parent.is_not_null() & ~parent.is_in(known["code"].implode()))
    yield from _rows(unknown, "index.parent-unknown", "parent", file)
    yield from _rows(known.filter(~((weight > 0) & weight.is_finite())), "cell.not-above", "weight", file, bound=0)
    bare = known.filter(weight.is_null() & ~pl.col(BROKEN) & ~code.is_in(known["parent"].drop_nulls().implode()))
    yield from _rows(bare, "index.leaf-without-weight", "code", file)
    yield from _root_faults(known.filter(parent.is_null() & ~pl.col(BROKEN) & code.is_first_distinct()), file)
    yield from _cycle_faults(known.filter(code.is_first_distinct()), file)


def _root_faults(roots: pl.DataFrame, file: str | None) -> Iterator[Fault]:
    if roots.height > 1:
        yield from _rows(roots[1:2], "index.several-roots", "code", file, roots=", ".join(roots["code"]))


def _cycle_faults(nodes: pl.DataFrame, file: str | None) -> Iterator[Fault]:
    """One fault a cycle, naming its codes in order."""
    codes = nodes["code"].to_list()
    place = {code: i for i, code in enumerate(codes)}
    nowhere = len(codes)
    above = np.array([place.get(parent, nowhere) for parent in nodes["parent"]] + [nowhere])
    # Following the parents 2**k steps at once, whoever has not left the table after all of them goes round for ever.
    far = above
    for _ in range(nowhere.bit_length() + 1):
        far = far[far]
    left = set(far[far != nowhere].tolist())
    while left:
        cycle = [min(left)]
        while (step := int(above[cycle[-1]])) != cycle[0]:
            cycle.append(step)
        left -= set(cycle)
        names = " → ".join(codes[i] for i in [*cycle, cycle[0]])
        yield Fault("index.cycle", {"codes": names}, Place(file, None, nodes[ROW][cycle[0]], "parent"), codes[cycle[0]])


def value_faults(values: pl.DataFrame, file: str | None = None) -> Iterator[Fault]:
    """Faults of the values alone: no rows, empty or repeated keys, values below zero."""
    values = numbered(values)
    code, period, index = pl.col("code"), pl.col("period"), pl.col("index")
    if values.is_empty():
        yield Fault("index.no-rows", place=Place(file))
    for key in ("code", "period"):
        yield from _rows(values.filter(pl.col(key).is_null() & ~pl.col(BROKEN)), "cell.empty", key, file)
    keyed = values.filter(code.is_not_null() & period.is_not_null())
    yield from _rows(keyed.filter(~period.str.contains(MONTH_PATTERN)), "cell.not-month", "period", file)
    yield from _repeated(keyed, ["code", "period"], file)
    yield from _rows(values.filter(index.is_infinite() | (index < 0)), "cell.too-small", "index", file, bound=0)


def code_faults(values: pl.DataFrame, weights: pl.DataFrame, file: str | None = None) -> Iterator[Fault]:
    """Codes of the values that are not in the tree, or are no leaves of it."""
    code = pl.col("code")
    once = values.filter(code.is_not_null() & code.is_first_distinct())
    known, inner = weights["code"].drop_nulls().implode(), weights["parent"].drop_nulls().implode()
    yield from _rows(once.filter(~code.is_in(known)), "index.code-unknown", "code", file)
    yield from _rows(once.filter(code.is_in(known) & code.is_in(inner)), "index.value-of-inner-node", "code", file)


def gap_faults(
    values: pl.DataFrame, weights: pl.DataFrame, missing: Missing, file: str | None = None
) -> Iterator[Fault]:
    """Missing values of leaves that `missing` does not fill: all of them, or those with no earlier value, or none."""
    if missing in OPEN:
        return
    gaps = find_gaps(values, weights, before_the_first=missing != "error")
    rule = "index.value-missing" if missing == "error" else "index.no-earlier-value"
    for gap in gaps.head(MOST_GAPS).iter_rows(named=True):
        yield Fault(rule, {"node": gap["code"], "period": gap["period"]}, Place(file, None, gap[ROW], "index"))
    if gaps.height > MOST_GAPS:
        yield Fault("column.more-faults", {"column": "index", "count": gaps.height - MOST_GAPS}, Place(file))


def find_gaps(values: pl.DataFrame, weights: pl.DataFrame, *, before_the_first: bool = False) -> pl.DataFrame:
    """The leaves and months without a value, ``code``, ``period``, ``row`` (null where the row is absent).

    The months are all those of `values`; `before_the_first` keeps only gaps before a leaf's first value. Leaves with a
    row that could not be read are left out, as what they lack is not known.
    """
    unread = values.filter(BROKEN)["code"].drop_nulls().implode()
    inner = weights["parent"].drop_nulls().implode()
    codes = weights.select(pl.col("code").drop_nulls().unique(maintain_order=True))
    leaves = codes.filter(~pl.col("code").is_in(inner) & ~pl.col("code").is_in(unread))["code"]
    periods = values["period"].drop_nulls().unique().sort()
    gap = np.isnan(to_array(values, leaves, periods))
    if before_the_first:
        gap &= np.logical_and.accumulate(gap, axis=1)
    at, month = np.nonzero(gap)
    gaps = pl.DataFrame([leaves.gather(at), periods.gather(month)])
    if gaps.is_empty():
        return gaps.with_columns(pl.lit(None, dtype=pl.Int64).alias(ROW))
    rows = values.filter(pl.col("index").is_null()).unique(["code", "period"], keep="first")
    return gaps.join(rows.select("code", "period", ROW), on=["code", "period"], how="left", maintain_order="left")


def _repeated(frame: pl.DataFrame, keys: list[str], file: str | None) -> Iterator[Fault]:
    """A fault a row whose `keys` stand on an earlier row already."""
    # Finding the few rows that are not alone is several times faster than asking every row whether it is the first.
    several = frame.filter(frame.select(keys).is_duplicated())
    for row in several.filter(~pl.struct(keys).is_first_distinct()).iter_rows(named=True):
        value = "; ".join(row[key] for key in keys)
        yield Fault("row.duplicate", {"keys": ", ".join(keys)}, Place(file, None, row[ROW]), value)


def _rows(frame: pl.DataFrame, rule: str, column: str, file: str | None, **params: Any) -> Iterator[Fault]:
    """A fault a row of `frame`, placed at `column`, with its node among the parameters."""
    for row in frame.iter_rows(named=True):
        given = {"node": row["code"], "column": column, **params}
        yield Fault(rule, given, Place(file, None, row[ROW], column), row[column])
