"""A call in words that a clerk understands: who, what was reported, what was expected and why, what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from fansipan.notation import decimals
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Quantity, Words, same, words
from fansipan.report.naming import Names
from fansipan.statistics.editing import CallList
from fansipan.statistics.editing.expectation import SOURCES
from fansipan.texts import both

# Which failing edit decides the question, the most telling first.
ASKED_BY_EDIT = ("missing", "zero", "capacity", "unit-value", "stock")
MOST_SIGNS = 3
MOST_FAR_OFF = 5
DIGITS_THAT_COUNT = 4
# Slips whose detail is how many times too large the figure is.
FACTORS = ("switch", "unit", "decimal")


@dataclass(frozen=True, slots=True)
class Call:
    """One call in words: who and what, the figures, why, which signs, the effect, the question."""

    rank: int
    establishment: Words
    code: str
    product: Words
    reported: Words
    expected: Words
    figures: Words
    why: Words | None
    signs: Words
    effect: Words
    question: Words

    def lines(self) -> list[Words]:
        """The call as lines under its heading."""
        head = words(
            "calls.head", rank=self.rank, establishment=self.establishment, key=self.code, product=self.product
        )
        why = [words("calls.why", sources=self.why)] if self.why else []
        signs = words("calls.signs", signs=self.signs)
        return [head, self.figures, *why, signs, self.effect, words("calls.ask", question=self.question)]


def calls_in_words(calls: CallList, province: Province) -> list[Call]:
    """Every call of the list in words, in its order."""
    names = Names(province)
    return [_call(row, names) for row in calls.rows.iter_rows(named=True)]


def _call(row: Mapping[str, Any], names: Names) -> Call:
    unit = names.unit(row["product"])
    reported, expected = exact(row["reported"]), about(row["expected"])
    return Call(
        rank=row["rank"],
        establishment=names.of("establishment", row["establishment"]),
        code=row["establishment"],
        product=names.of("product", row["product"]),
        reported=reported,
        expected=expected,
        figures=_figures(row, reported, expected, unit),
        why=_why(row),
        signs=_joined([words(f"calls.edit.{edit}") for edit in row["edits"][:MOST_SIGNS]]),
        effect=_effect(row),
        question=_question(row, unit),
    )


def far_off_figures(doubted: pl.DataFrame, names: Names) -> list[Words]:
    """The figures that are far from what is usual, each in words; of many the first few and how many others."""
    shown = [
        words(
            "measure.far-off-figure",
            establishment=names.of("establishment", row["establishment"]),
            product=names.of("product", row["product"]),
            month=Month.parse(row["month"]),
            reported=exact(row["quantity"]),
            usual=about(row["usual"]),
            unit=names.unit(row["product"]),
        )
        for row in doubted.head(MOST_FAR_OFF).iter_rows(named=True)
    ]
    others = doubted.height - MOST_FAR_OFF
    return [*shown, words("measure.far-off-more", count=others)] if others > 0 else shown


def exact(value: float | None) -> Words:
    """A quantity just as it was reported, with as many decimals as it has."""
    if value is None:
        return same("–")
    return _written(Quantity(value, decimals(value)))


def about(value: float | None) -> Words:
    """A quantity that was reckoned: four digits that count, never fewer than its whole part."""
    if value is None:
        return same("–")
    if not value:
        return same("0")
    whole = len(str(int(abs(value))))
    return _written(Quantity(value, max(DIGITS_THAT_COUNT - whole, 0)))


def _written(quantity: Quantity) -> Words:
    return both(quantity.in_language)


def _figures(row: Mapping[str, Any], reported: Words, expected: Words, unit: Words) -> Words:
    if row["reported"] is not None:
        return words("calls.reported", reported=reported, expected=expected, unit=unit)
    if row["expected"] is None:
        return words("calls.absent-unknown")
    return words("calls.absent", expected=expected, unit=unit)


def _why(row: Mapping[str, Any]) -> Words | None:
    said = [words(f"calls.source.{s}", value=about(row[s])) for s in SOURCES if row[s] is not None]
    return _joined(said) if said else None


def _joined(parts: list[Words]) -> Words:
    return Words("; ".join(p.vi for p in parts), "; ".join(p.en for p in parts))


def _effect(row: Mapping[str, Any]) -> Words:
    if row["reported"] is None:
        return words("calls.effect-missing", potential=Quantity(row["potential"], 3))
    if not row["potential"]:
        return words("calls.effect-none")
    way = "over" if row["reported"] > row["expected"] else "under"
    return words(f"calls.effect-{way}", potential=Quantity(row["potential"], 3), effect=Quantity(row["effect"], 3))


def _question(row: Mapping[str, Any], unit: Words) -> Words:
    if row["slip"] is not None:
        factor = exact(float(row["slip_detail"])) if row["slip"] in FACTORS else row["slip_detail"]
        since = Month.parse(row["since"]) if row["since"] else ""
        return words(f"calls.ask.{row['slip']}", meant=exact(row["meant"]), unit=unit, detail=factor, since=since)
    code = next((edit for edit in ASKED_BY_EDIT if edit in row["edits"]), "change")
    return words(f"calls.ask.{code}")
