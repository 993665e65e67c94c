"""A figure of the law: value, unit, decree, article, how certain it is, and from when to when it holds."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args

from fansipan.errors import Refused
from fansipan.notation import day, number
from fansipan.texts import Language, catalogue, text

Certainty = Literal["sure", "summary", "memory"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)  # from the most to the least certain
ANNEX = "annex "
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True)
class Norm:
    """One figure of the law in one regime (Rule Z1).

    `value` is a number, a text or a truth value; `comparison` says how a measured figure is held against a number
    (``<=``: at most). `decree` is the number of the document (several are parted by ``"; "``), `article` its article,
    clause and point as ``8.1.c``, or ``annex I``. `certainty`: ``sure`` was read in the official text, ``summary`` only
    in a summary, ``memory`` is to be confirmed. Both ends of the validity are included; `valid_to` None means still
    in force.
    """

    name: str
    value: float | str | bool
    unit: str
    comparison: str
    instrument: str
    decree: str
    article: str
    certainty: Certainty
    valid_from: date
    valid_to: date | None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the figure is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def figure(self) -> float:
        """The value as a number; Refused ``norm.not-a-number`` if it is a text or a truth value."""
        if isinstance(self.value, bool) or not isinstance(self.value, float):
            raise Refused("norm.not-a-number", name=self.name, value=self.value)
        return self.value

    def allows(self, measured: float | Fraction) -> bool:
        """Whether `measured` (in the norm's unit) keeps the norm by its own comparison."""
        figure = self.figure
        return COMPARISONS[self.comparison](measured, figure)

    def source(self, lang: Language) -> str:
        """Document and article, as ``Decree 32/2024/NĐ-CP, Art. 8.2`` or ``khoản 2 Điều 8 Nghị định 32/2024/NĐ-CP``."""
        documents = f"{text(f'norm.instrument.{self.instrument}', lang)} {self.decree}"
        article = cite_article(self.article, lang)
        parts = [article, documents] if lang == "vi" else [documents, article]
        return (" " if lang == "vi" else ", ").join(parts) if self.article else documents

    def cite(self, lang: Language) -> str:
        """Document, article and, unless it was read in the official text, how certain the figure is."""
        cited = self.source(lang)
        return f"{cited} ({text(f'norm.certainty.{self.certainty}', lang)})" if self.certainty != "sure" else cited

    def in_language(self, lang: Language) -> str:
        """The figure within words: as it is cited."""
        return self.cite(lang)

    def label(self, lang: Language) -> str:
        """What the figure is, in words."""
        return text(f"norm.name.{self.name}", lang)

    def shown(self, lang: Language) -> str:
        """Comparison, value and unit as they print, for example ``≤ 75 ha``; words of a list in the language's own."""
        sign = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> "}.get(self.comparison, "")
        if self.unit == "month-day":
            month, of_month = map(int, str(self.value).split("-"))
            before = text("norm.before", lang) if self.comparison == "<" else ""
            named = MONTHS[month - 1] if lang == "en" else month
            return f"{before}{text('norm.day-of-year', lang, day=of_month, month=named)}"
        if self.unit == "date":
            return day(date.fromisoformat(str(self.value)), lang)
        if isinstance(self.value, bool | str):
            return spoken(str(self.value).lower() if isinstance(self.value, bool) else self.value, lang)
        places = 0 if self.value == int(self.value) else len(repr(self.value).partition(".")[2])
        unit = text(f"norm.unit.{self.unit}", lang) if f"norm.unit.{self.unit}" in catalogue() else self.unit
        return f"{sign}{number(self.value, places, lang)}{'' if unit == '%' else ' '}{unit}".strip()

    def remark(self, lang: Language) -> str:
        """What must be said beside the figure: its note, if it has one."""
        return text(f"norm.note.{self.note}", lang) if self.note else ""


def spoken(value: str, lang: Language) -> str:
    """A text value in words: whole, else word by word where every word of it is known, else as it is written."""
    for written in ([value], value.split()):
        codes = [f"norm.value.{word}" for word in written]
        if all(code in catalogue() for code in codes):
            return ", ".join(text(code, lang) for code in codes)
    return value


def cite_article(article: str, lang: Language) -> str:
    """An article as the language cites it: ``8.1.c`` is ``điểm c khoản 1 Điều 8`` or ``Art. 8.1.c``.

    ``annex I`` is ``Phụ lục I`` or ``Annex I``.
    """
    if article.startswith(ANNEX):
        return f"{'Phụ lục' if lang == 'vi' else 'Annex'} {article.removeprefix(ANNEX)}"
    if lang == "en" or not article:
        return f"Art. {article}" if article else ""
    words = ("Điều", "khoản", "điểm")
    return " ".join(reversed([f"{word} {part}" for word, part in zip(words, article.split("."), strict=False)]))


def least_certain(norms: Iterable[Norm]) -> Certainty:
    """The certainty of a conclusion: that of the least certain norm it rests on; ``sure`` if it rests on none."""
    return max((norm.certainty for norm in norms), key=CERTAINTIES.index, default="sure")
