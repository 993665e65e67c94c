"""From the text of cells to typed values, whole columns at a time, with what could not be read kept apart.

Reading is generous where the meaning is certain (``49,5``, ``1.234,5``, ``05/2024``, ``20/05/2024``, labels in either
language) and refuses where it is not (``1,234`` may be 1.234 or 1234).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from fansipan.errors import FansipanError
from fansipan.periods import Month, Period, parse_period
from fansipan.tables.columns import LARGEST, LAST_YEAR, Meaning

# What no format carries through unchanged or nobody can see: control characters, zero-width and soft hyphens.
UNSEEN = r"[\p{Cc}\x{200B}\x{2060}\x{FEFF}\x{AD}\x{FFFE}\x{FFFF}&&[^\n\t]]"

# What programs write: read at once, a whole column at a time.
PLAINEST = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"
# A column whose cells repeat at least so often on average is read by its different cells.
SELDOM = 4
PLAIN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
DECIMAL_COMMA = r"^[+-]?(0+,[0-9]+|[0-9]+,([0-9]{1,2}|[0-9]{4,}))$"
VIETNAMESE_GROUPS = r"^[+-]?[0-9]{1,3}((\.[0-9]{3})+,[0-9]+|(\.[0-9]{3}){2,})$"
ENGLISH_GROUPS = r"^[+-]?[0-9]{1,3}((,[0-9]{3})+\.[0-9]+|(,[0-9]{3}){2,})$"
SPACE_GROUPS = r"^[+-]?[0-9]{1,3}([ \x{A0}\x{202F}][0-9]{3})+([.,][0-9]+)?$"
AMBIGUOUS = r"^[+-]?[0-9]{1,3},[0-9]{3}$"

# Forms offer ``code · name`` to choose from; what follows the mark is a remark, not part of the code.
REMARK = " · "
# What a spreadsheet shows in place of a result that it could not compute.
FORMULA_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")

# A year has four digits: of 1/2/24 nobody knows the century.
WHOLE_YEAR = r"(^|[^0-9])[0-9]{4}([^0-9]|$)"
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
MOMENT_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
)
YES = ("true", "1", "1.0", "yes", "y", "x", "co", "dung")
NO = ("false", "0", "0.0", "no", "n", "khong", "sai")


# How other programs write that there is no figure.
NO_FIGURE_SIGNS = ("NA", "N/A", "NaN", "nan", "null", "NULL", ".", "-", "–")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column read: `values` (null where nothing stood or could be read) and the code of what went wrong a cell.

    `trouble` holds fault codes, null where all is well.
    """

    values: pl.Series
    trouble: pl.Series


@lru_cache(maxsize=100_000)
def fold(words: str) -> str:
    """`words` without case, accents, stars and doubled spaces: how headers and labels are compared."""
    plain = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).replace("*", " ").replace("_", " ")
    return " ".join(letters.casefold().split())


def clean_text(raw: pl.Series) -> pl.Series:
    """Text as it is kept: composed letters (NFC), one kind of newline, nothing unseen, no blanks around; else null."""
    kept = (
        pl.col("raw").str.replace_all(r"\r\n?", "\n").str.replace_all(UNSEEN, "").str.normalize("NFC").str.strip_chars()
    )
    return pl.DataFrame({"raw": raw}).select(pl.when(kept != "").then(kept).alias(raw.name))[raw.name]


def without_signs(raw: pl.Series) -> pl.Series:
    """Figures as text, blank where there stands a sign for no figure (`NO_FIGURE_SIGNS`)."""
    blank = raw.str.strip_chars().is_in(NO_FIGURE_SIGNS)
    return (
        pl.DataFrame({"raw": raw, "blank": blank}).select(pl.when(~pl.col("blank")).then("raw"))["raw"].alias(raw.name)
    )


def parse(raw: pl.Series, meaning: Meaning) -> Parsed:
    """Read a column as `meaning` says, of text (empty text is null) or already typed; out of bounds is trouble.

    Bounds: figures below `LARGEST` in size, days of the years 1 to `LAST_YEAR`. Minus zero is zero.
    """
    return _bounded(_parsed(raw, meaning), meaning)


def _bounded(read: Parsed, meaning: Meaning) -> Parsed:
    """The column without figures and days that no format can keep and no reader means."""
    if meaning.kind == "number":
        outside, code, kept = (
            _VALUE.abs() >= LARGEST,
            "cell.number-too-large",
            pl.when(_VALUE != 0).then(_VALUE).otherwise(0.0),
        )
    elif meaning.kind in ("day", "moment"):
        outside, code, kept = ~_VALUE.dt.year().is_between(1, LAST_YEAR), f"cell.not-{_NAMES[meaning.kind]}", _VALUE
    else:
        return read
    frame = pl.DataFrame({"value": read.values, "trouble": read.trouble}).select(
        pl.when(~outside & _VALUE.is_not_null()).then(kept).alias("value"),
        pl.when(outside).then(pl.lit(code)).otherwise("trouble").alias("trouble"),
    )
    return Parsed(frame["value"].rename(read.values.name), frame["trouble"])


_NAMES = {"day": "date", "moment": "moment"}


def _parsed(raw: pl.Series, meaning: Meaning) -> Parsed:
    nothing = pl.Series(raw.name, [None] * len(raw), dtype=pl.String)
    if raw.null_count() == len(raw):
        return Parsed(nothing.cast({**_TYPED, **_NUMERIC}.get(meaning.kind, pl.String())), nothing)
    if raw.dtype.is_numeric() and meaning.kind in ("number", "integer"):
        return _typed_number(raw, meaning)
    if raw.dtype == _TYPED.get(meaning.kind):
        return Parsed(raw, nothing)
    if raw.dtype == pl.String:
        if meaning.kind == "number" and raw.str.contains(PLAINEST).all():
            return Parsed(raw.cast(pl.Float64), nothing)
        different = raw.unique()
        if len(different) * SELDOM < len(raw):
            return _spread(raw, different, _parse_cells(different, meaning))
    return _parse_cells(raw, meaning)


def _spread(raw: pl.Series, different: pl.Series, read: Parsed) -> Parsed:
    """What was read of every different cell, at each place where it stands."""
    known = pl.DataFrame({"raw": different, "value": read.values, "trouble": read.trouble})
    cells = pl.DataFrame({"raw": raw}).join(known, on="raw", how="left", nulls_equal=True, maintain_order="left")
    return Parsed(cells["value"].rename(raw.name), cells["trouble"])


def _parse_cells(raw: pl.Series, meaning: Meaning) -> Parsed:
    nothing = pl.Series(raw.name, [None] * len(raw), dtype=pl.String)
    try:
        text = raw.cast(pl.String)
    except pl.exceptions.PolarsError:
        told = pl.DataFrame({"raw": raw.is_not_null()}).select(pl.when("raw").then(pl.lit("cell.not-text")))
        return Parsed(nothing, told.to_series())
    values, trouble = _READERS[meaning.kind](meaning)
    broken = _RAW.is_in(FORMULA_ERRORS)
    frame = pl.DataFrame({"raw": clean_text(text)})
    read = frame.with_columns(pl.when(~broken).then(values).alias("value")).select(
        "value",
        pl.when(broken).then(pl.lit("cell.formula-error")).when(_RAW.is_not_null()).then(trouble).alias("trouble"),
    )
    return Parsed(read["value"].rename(raw.name), read["trouble"])


_TYPED: dict[str, pl.DataType] = {"day": pl.Date(), "moment": pl.Datetime("ms"), "flag": pl.Boolean()}
_NUMERIC: dict[str, pl.DataType] = {"number": pl.Float64(), "integer": pl.Int64()}


def _typed_number(raw: pl.Series, meaning: Meaning) -> Parsed:
    """A column of numbers: whole ones up to 15 digits, others finite."""
    figures = raw.cast(pl.Float64)
    frame = pl.DataFrame({"raw": figures}).with_columns(pl.when(_RAW.is_finite()).then(_RAW).alias("value"))
    told = _unread("cell.not-number")
    if meaning.kind == "integer":
        frame = frame.with_columns(_whole(_VALUE).alias("value"))
        told = _unread("cell.not-integer")
    read = frame.with_columns(pl.when(_RAW.is_not_null()).then(told).otherwise(None).alias("trouble"))
    return Parsed(read["value"].rename(raw.name), read["trouble"])


_RAW = pl.col("raw")
_VALUE = pl.col("value")


def _unread(code: str) -> pl.Expr:
    return pl.when(_VALUE.is_null()).then(pl.lit(code)).otherwise(None)


def _as_text(meaning: Meaning) -> tuple[pl.Expr, pl.Expr]:
    value = _RAW.str.replace(f"(?s){REMARK}.*$", "").str.strip_chars() if meaning.reference else _RAW
    return value, pl.lit(None, dtype=pl.String)


def _as_choice(meaning: Meaning) -> tuple[pl.Expr, pl.Expr]:
    known = {fold(words): c.value for c in meaning.choices for words in (c.value, c.vi, c.en)}
    folded = _RAW.map_elements(lambda words: known.get(fold(words)), return_dtype=pl.String)
    return folded, _unread("cell.not-choice")


def _figures() -> pl.Expr:
    """The text as digits with a decimal point, null where it is no number or may be two."""
    # A minus sign as typeset counts as one.
    raw = _RAW.str.replace("−", "-", literal=True)
    dots_away = raw.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return (
        pl.when(raw.str.contains(PLAIN))
        .then(raw)
        .when(raw.str.contains(DECIMAL_COMMA))
        .then(raw.str.replace(",", ".", literal=True))
        .when(raw.str.contains(VIETNAMESE_GROUPS))
        .then(dots_away)
        .when(raw.str.contains(ENGLISH_GROUPS))
        .then(raw.str.replace_all(",", "", literal=True))
        .when(raw.str.contains(SPACE_GROUPS))
        .then(raw.str.replace_all(r"[ \x{A0}\x{202F}]", "").str.replace(",", ".", literal=True))
        .otherwise(None)
    )


def _number_trouble() -> pl.Expr:
    return (
        pl.when(_VALUE.is_not_null())
        .then(None)
        .when(_RAW.str.contains(AMBIGUOUS))
        .then(pl.lit("cell.ambiguous-number"))
        .when(_RAW.str.contains(PLAIN))
        .then(pl.lit("cell.number-too-large"))
        .otherwise(pl.lit("cell.not-number"))
    )


def _as_number(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    value = _figures().cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value).otherwise(None), _number_trouble()


def _as_integer(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    return _whole(_figures().cast(pl.Float64, strict=False)), _unread("cell.not-integer")


def _whole(value: pl.Expr) -> pl.Expr:
    return pl.when((value == value.round()) & (value.abs() < 1e15)).then(value).otherwise(None).cast(pl.Int64)


def _as_month(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    return _RAW.map_batches(_each(Month.parse), pl.String, is_elementwise=True), _unread("cell.not-month")


def _as_period(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    return _RAW.map_batches(_each(parse_period), pl.String, is_elementwise=True), _unread("cell.not-period")


def _each(read: Callable[[str], Period]) -> Callable[[pl.Series], pl.Series]:
    """Read every different text of a column once; null where it cannot be read."""

    def canonical(text: str) -> str | None:
        try:
            return str(read(text))
        except FansipanError:
            return None

    def column(raw: pl.Series) -> pl.Series:
        known = {text: canonical(text) for text in raw.drop_nulls().unique()}
        return raw.replace_strict(known, default=None, return_dtype=pl.String)

    return column


def _as_day(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    bare = _RAW.str.replace(r"[ T]00:00:00(\.0+)?$", "")
    tries = [bare.str.to_date(form, strict=False) for form in DAY_FORMATS]
    return pl.when(bare.str.contains(WHOLE_YEAR)).then(pl.coalesce(tries)), _unread("cell.not-date")


def _as_moment(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    bare = _RAW.str.replace(r"Z$", "")
    tries = [bare.str.to_datetime(form, strict=False, time_unit="ms") for form in MOMENT_FORMATS]
    days = [bare.str.to_date(form, strict=False).cast(pl.Datetime("ms")) for form in DAY_FORMATS]
    return pl.when(bare.str.contains(WHOLE_YEAR)).then(pl.coalesce(*tries, *days)), _unread("cell.not-moment")


def _as_flag(_: Meaning) -> tuple[pl.Expr, pl.Expr]:
    known = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
    value = _RAW.map_elements(lambda words: known.get(fold(words)), return_dtype=pl.Boolean)
    return value, _unread("cell.not-flag")


_READERS = {
    "code": _as_text,
    "text": _as_text,
    "choice": _as_choice,
    "number": _as_number,
    "integer": _as_integer,
    "month": _as_month,
    "period": _as_period,
    "day": _as_day,
    "moment": _as_moment,
    "flag": _as_flag,
}
