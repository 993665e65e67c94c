"""The files index arithmetic starts from: leaves and tree, prices and quantities, sampled prices, finished series."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from fansipan.errors import FansipanError, Fault, Place
from fansipan.periods import parse_period
from fansipan.tables import columns as c
from fansipan.tables.columns import Table
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.parsing import parse, without_signs
from fansipan.tables.reading.rows import labels_of, match_headers
from fansipan.tables.reading.sheet import Sheet
from fansipan.texts import joined, words

NUMBERED = r"^(?<name>[a-zA-Z]{0,10})(?<number>[0-9]{1,3})$"
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
    """A row is the price and quantity of a product in a month, quarter or year."""

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
    if table.meanings().get("period", c.Meaning("text", "", "")).kind == "code":
        frame, late = _in_order_of_time(frame, sheet)
        found += late
    return Rows(path.name, frame, tuple(found), readable=len(columns) == len(table.column_names()))


def _in_order_of_time(frame: pl.DataFrame, sheet: Sheet) -> tuple[pl.DataFrame, list[Fault]]:
    """The rows with their periods so written that they sort by time, and what is no period.

    Months, quarters and years however written, of one kind; or numbers (1, 2, 3; t1, t2), which have their own order.
    """
    written = frame["period"].drop_nulls().unique().sort()
    numbered = written.str.extract_groups(NUMBERED).struct.unnest()
    if written.is_empty() or (numbered["number"].null_count() == 0 and numbered["name"].n_unique() == 1):
        longest = max((len(text) for text in numbered["number"]), default=0)
        parts = pl.col("period").str.extract_groups(NUMBERED).struct
        return frame.with_columns(period=parts["name"] + parts["number"].str.zfill(longest)), []
    read = {text: _period(text) for text in written}
    rows = frame.with_row_index("@at").filter(pl.col("period").replace_strict(read, default=None).is_null())
    faults = [
        Fault(
            "cell.not-period",
            {"column": "period"},
            Place(sheet.file, None, sheet.rows[row["@at"]], "period"),
            row["period"],
        )
        for row in rows.drop_nulls("period").iter_rows(named=True)
    ]
    forms = {"months": r"-\d\d$", "quarters": "Q", "years": r"^\d{4}$"}
    known = pl.Series(list(filter(None, read.values())), dtype=pl.String)
    kinds = [f"periods.{name}" for name, form in forms.items() if known.str.contains(form).any()]
    if len(kinds) > 1:
        place = Place(sheet.file, None, None, "period")
        faults.append(Fault("periods.mixed", {"kinds": joined([words(code) for code in kinds])}, place))
    return frame.with_columns(pl.col("period").replace_strict(read, default=None, return_dtype=pl.String)), faults


def _period(text: str) -> str | None:
    try:
        return str(parse_period(text))
    except FansipanError:
        return None


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
