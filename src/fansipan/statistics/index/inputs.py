"""The files index arithmetic starts from: leaves and tree, prices and quantities, sampled prices, finished series."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.tables import columns as c
from fansipan.tables.columns import Table
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.parsing import parse, without_signs
from fansipan.tables.reading.rows import labels_of, match_headers
from fansipan.tables.reading.sheet import Sheet

ROW = "row"
BROKEN = "broken"


@c.declared("index_values", vi="Chỉ số của các nút lá", en="Index values of the leaves", registered=False)
class IndexValues(Table):
    """A row is the index of a leaf of the weighting tree in a month; no row, or an empty index, is a missing value."""

    code = c.code("Mã", "Code", key=True)
    period = c.month("Kỳ", "Period", key=True)
    index = c.number("Chỉ số", "Index", scale=None, nullable=True, min=0)


@c.declared("index_weights", vi="Cây quyền số", en="Weighting tree", registered=False)
class IndexWeights(Table):
    """A row is a node of the weighting tree; the top has no parent, a node with children may leave weight empty."""

    code = c.code("Mã", "Code", key=True)
    parent = c.code("Mã cấp trên", "Parent", nullable=True, reference="index_weights.code")
    weight = c.number("Quyền số", "Weight", scale=None, nullable=True, min_exclusive=0)


@c.declared("prices_quantities", vi="Giá và lượng", en="Prices and quantities", registered=False)
class PricesQuantities(Table):
    """A row is the price and quantity of a product in a period; periods are in the order of their text."""

    product = c.code("Sản phẩm", "Product", key=True)
    period = c.code("Kỳ", "Period", key=True)
    price = c.number("Giá", "Price", scale=None, min=0)
    quantity = c.number("Lượng", "Quantity", scale=None, min=0)


@c.declared("sampled_prices", vi="Giá mẫu điều tra", en="Sampled prices", registered=False)
class SampledPrices(Table):
    """A row is the price of a sampled product in a period; `code` is the leaf of the tree to which it belongs."""

    product = c.code("Sản phẩm", "Product", key=True)
    code = c.code("Mã nút lá", "Code of the leaf")
    period = c.code("Kỳ", "Period", key=True)
    price = c.number("Giá", "Price", scale=None, nullable=True, min_exclusive=0)


@c.declared("index_series", vi="Chuỗi chỉ số", en="Index series", registered=False)
class IndexSeries(Table):
    """A row is the index of a series in a period."""

    code = c.code("Mã", "Code", key=True)
    period = c.code("Kỳ", "Period", key=True)
    index = c.number("Chỉ số", "Index", scale=None, nullable=True, min=0)


@dataclass(frozen=True, slots=True)
class Rows:
    """A file read cell by cell, before any rule across rows is applied.

    `frame` has the table's columns (null where a cell is empty or could not be read), `row`, the row's number as a
    spreadsheet shows it, and `broken`, whether a cell of the row could not be read; `faults` says what and where.
    `readable` is false where there was no file, no text or not every column: `frame` then says nothing about its rows.
    """

    file: str
    frame: pl.DataFrame
    faults: tuple[Fault, ...]
    readable: bool = True


def read_rows(path: Path | str, table: type[Table]) -> Rows:
    """Read a CSV file as `table`, keeping every row, so that faults of cells and of the whole are told together."""
    path = Path(path)
    sheet, faults = read_delimited(path, labels_of(table))
    if sheet is None:
        return Rows(path.name, _blank(table), faults, readable=False)
    columns, header_faults = match_headers(sheet, table)
    frame = pl.DataFrame({ROW: sheet.rows, BROKEN: pl.repeat(False, len(sheet.rows), dtype=pl.Boolean, eager=True)})
    found = [*faults, *header_faults, *_absent_columns(sheet, table, columns)]
    for name, meaning in table.meanings().items():
        raw = sheet.frame[columns[name]] if name in columns else pl.Series([None] * frame.height, dtype=pl.String)
        raw = without_signs(raw) if meaning.kind == "number" else raw
        parsed = parse(raw, meaning)
        frame = frame.with_columns(
            parsed.values.cast(table.columns()[name].dtype).alias(name), pl.col(BROKEN) | parsed.trouble.is_not_null()
        )
        found += _cell_faults(sheet, name, raw, parsed.trouble)
    return Rows(path.name, frame, tuple(found), readable=len(columns) == len(table.column_names()))


def _blank(table: type[Table]) -> pl.DataFrame:
    types = {name: column.dtype for name, column in table.columns().items()}
    return pl.DataFrame(schema={ROW: pl.Int64(), BROKEN: pl.Boolean(), **types})


def _absent_columns(sheet: Sheet, table: type[Table], columns: dict[str, str]) -> list[Fault]:
    """Columns that may be empty must still stand in the file; those that may not are told by `match_headers`."""
    absent = [n for n in table.column_names() if n not in columns and table.nullable(n)]
    return [Fault("column.missing", {"column": n, "label": table.meaning(n).quoted}, Place(sheet.file)) for n in absent]


def _cell_faults(sheet: Sheet, column: str, raw: pl.Series, trouble: pl.Series) -> list[Fault]:
    at = trouble.is_not_null().arg_true()
    return [Fault(trouble[i], {"column": column}, Place(sheet.file, None, sheet.rows[i], column), raw[i]) for i in at]
