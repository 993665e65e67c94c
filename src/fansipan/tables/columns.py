"""How a table is declared: a dataframely schema whose columns carry labels, unit, scale and reference.

    @declared("products", vi="Sản phẩm", en="Products")
    class Products(Table):
        '''A row is a product.'''

        product = column.code("Mã sản phẩm", "Product code", key=True)
        unit = column.label("Đơn vị tính", "Unit")

where `column` is this module. From this one declaration come validation, reading and writing in every format,
templates, the data dictionary and the labels on screens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import dataframely as dy
import polars as pl

from fansipan.texts import Language, Words

Kind = Literal["code", "text", "choice", "number", "integer", "month", "period", "day", "moment", "flag"]

MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
PERIOD_PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$"
# Every figure is smaller in size than this, and every day in the years 1 to this one.
LARGEST, LAST_YEAR = 1e28, 9999


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value of a column, with its words."""

    value: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means: its kind, labels, unit, decimals kept (`scale`), allowed values, and what it refers to.

    `reference` is ``"table.column"``. `unit` is plain text, empty where the figure has none. `default` stands where a
    whole number was left out.
    """

    kind: Kind
    vi: str
    en: str
    unit: str = ""
    scale: int | None = None
    choices: tuple[Choice, ...] = ()
    reference: str | None = None
    description: str = ""
    default: int | None = None

    def label(self, lang: Language) -> str:
        """The column's label in `lang`."""
        return self.vi if lang == "vi" else self.en

    @property
    def quoted(self) -> Words:
        """The column's label in quotation marks, for sentences."""
        return Words(f"«{self.vi}»", f"“{self.en}”")

    @property
    def choice_words(self) -> dict[str, Words]:
        """The words of the values that the column may have, by value."""
        return {choice.value: Words(choice.vi, choice.en) for choice in self.choices}


class Table(dy.Schema):
    """The base of every declared table; `name`, `vi` and `en` are set by `declared`."""

    name: ClassVar[str] = ""
    vi: ClassVar[str] = ""
    en: ClassVar[str] = ""

    @classmethod
    def meaning(cls, column: str) -> Meaning:
        """What the column means. Raises KeyError for a column that the table does not have."""
        metadata = cls.columns()[column].metadata
        if metadata is None:
            raise KeyError(column)
        return metadata["meaning"]

    @classmethod
    def meanings(cls) -> dict[str, Meaning]:
        """The meaning of every column, in order of declaration."""
        return {column: cls.meaning(column) for column in cls.column_names()}

    @classmethod
    def nullable(cls, column: str) -> bool:
        """Whether the column may be empty."""
        return cls.columns()[column].nullable

    @classmethod
    def required(cls, column: str) -> bool:
        """Whether an input must fill the column: it may not be empty and has no default."""
        return not cls.nullable(column) and cls.meaning(column).default is None

    @classmethod
    def label(cls, lang: Language) -> str:
        """The table's label in `lang`."""
        return cls.vi if lang == "vi" else cls.en


REGISTRY: dict[str, type[Table]] = {}


def declared(name: str, *, vi: str, en: str, registered: bool = True) -> Callable[[type[Table]], type[Table]]:
    """Name a table and, unless it is only the form of an input file, enter it in the registry of tables."""

    def enter(schema: type[Table]) -> type[Table]:
        schema.name, schema.vi, schema.en = name, vi, en
        if registered:
            if name in REGISTRY:
                raise RuntimeError(f"table {name!r} is declared twice")
            REGISTRY[name] = schema
        return schema

    return enter


def _metadata(meaning: Meaning) -> dict[str, Any]:
    return {"meaning": meaning}


def code(
    vi: str, en: str, *, key: bool = False, nullable: bool = False, reference: str | None = None, description: str = ""
) -> Any:
    """An identifier: text kept as it stands, never read as a number."""
    meaning = Meaning("code", vi, en, reference=reference, description=description)
    return dy.String(primary_key=key, nullable=nullable, min_length=1, metadata=_metadata(meaning))


def label(vi: str, en: str, *, nullable: bool = False, key: bool = False, description: str = "") -> Any:
    """Free text; empty text is null."""
    meaning = Meaning("text", vi, en, description=description)
    return dy.String(primary_key=key, nullable=nullable, min_length=1, metadata=_metadata(meaning))


def choice(
    vi: str,
    en: str,
    choices: Sequence[tuple[str, str, str]],
    *,
    key: bool = False,
    nullable: bool = False,
    description: str = "",
) -> Any:
    """One of a few values, each given as (value, Vietnamese words, English words)."""
    allowed = tuple(Choice(*c) for c in choices)
    values = [c.value for c in allowed]
    meaning = Meaning("choice", vi, en, choices=allowed, description=description)

    def is_allowed(value: pl.Expr) -> pl.Expr:
        return value.is_in(values)

    return dy.String(primary_key=key, nullable=nullable, check={"choice": is_allowed}, metadata=_metadata(meaning))


def number(
    vi: str,
    en: str,
    *,
    scale: int | None = 6,
    unit: str = "",
    key: bool = False,
    nullable: bool = False,
    min: float | None = None,
    min_exclusive: float | None = None,
    max: float | None = None,
    description: str = "",
) -> Any:
    """A figure with `scale` decimals kept, 15 significant digits at most, so that every format returns it exactly.

    A `scale` of None keeps the figure as it stands: for the input files of commands, never for a province's tables.
    """
    meaning = Meaning("number", vi, en, unit=unit, scale=scale, description=description)
    return dy.Float64(
        primary_key=key, nullable=nullable, min=min, min_exclusive=min_exclusive, max=max, metadata=_metadata(meaning)
    )


def integer(
    vi: str,
    en: str,
    *,
    unit: str = "",
    key: bool = False,
    nullable: bool = False,
    min: int | None = None,
    max: int | None = None,
    default: int | None = None,
    description: str = "",
) -> Any:
    """A whole number; `default` stands where an input leaves it out."""
    meaning = Meaning("integer", vi, en, unit=unit, scale=0, description=description, default=default)
    return dy.Int64(primary_key=key, nullable=nullable, min=min, max=max, metadata=_metadata(meaning))


def month(vi: str, en: str, *, key: bool = False, nullable: bool = False, description: str = "") -> Any:
    """A month as the text ``2024-05``."""
    meaning = Meaning("month", vi, en, description=description)
    return dy.String(primary_key=key, nullable=nullable, regex=MONTH_PATTERN, metadata=_metadata(meaning))


def period(vi: str, en: str, *, key: bool = False, nullable: bool = False, description: str = "") -> Any:
    """A month, quarter or year as the text ``2024-05``, ``2024-Q2`` or ``2024``."""
    meaning = Meaning("period", vi, en, description=description)
    return dy.String(primary_key=key, nullable=nullable, regex=PERIOD_PATTERN, metadata=_metadata(meaning))


def day(vi: str, en: str, *, key: bool = False, nullable: bool = False, description: str = "") -> Any:
    """A date."""
    meaning = Meaning("day", vi, en, description=description)
    return dy.Date(primary_key=key, nullable=nullable, metadata=_metadata(meaning))


def moment(vi: str, en: str, *, key: bool = False, nullable: bool = False, description: str = "") -> Any:
    """A date and time of day, to the second, in the province's own time."""
    meaning = Meaning("moment", vi, en, description=description)
    return dy.Datetime(primary_key=key, nullable=nullable, time_unit="ms", metadata=_metadata(meaning))


def flag(vi: str, en: str, *, nullable: bool = False, description: str = "") -> Any:
    """Yes or no."""
    meaning = Meaning("flag", vi, en, description=description)
    return dy.Bool(nullable=nullable, metadata=_metadata(meaning))
