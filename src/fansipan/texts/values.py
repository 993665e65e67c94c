"""Values that speak two languages: words, quantities, and whatever else has `in_language`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from fansipan.notation import LANGUAGES, Language, day, moment, number, percent, significant


class Bilingual(Protocol):
    """What prints itself in the language of its reader; it may be a parameter of a text and a cell of a page."""

    def in_language(self, lang: Language) -> str:
        """The value as `lang` says or writes it."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages: a name, a column's label, a sentence of a page."""

    vi: str
    en: str

    def in_language(self, lang: Language) -> str:
        """The words in `lang`."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure within words: unrounded value, decimals to print, whether a plus is shown, a percent sign.

    With `digits` the figure has so many digits that count, and no zeros behind them, instead of fixed decimals.
    """

    value: float | Decimal | None
    places: int = 1
    sign: bool = False
    percent: bool = False
    digits: int | None = None

    def in_language(self, lang: Language) -> str:
        """The figure as `lang` writes it."""
        if self.digits is not None:
            return significant(self.value, self.digits, lang)
        write = percent if self.percent else number
        return write(self.value, self.places, lang, sign=self.sign)


NO_WORDS = Words("", "")


def same(plain: str) -> Words:
    """A text that is the same in both languages: a name, a code."""
    return Words(plain, plain)


def either(vi: str | None, en: str | None) -> Words:
    """A text as it was given in one or two languages: where one is missing the other stands."""
    return Words(vi or en or "", en or vi or "")


def both(say: Callable[[Language], str]) -> Words:
    """What `say` gives for each language."""
    return Words(*(say(lang) for lang in LANGUAGES))


def joined(values: Iterable[Any], separator: str = ", ") -> Words:
    """Several values one after the other, as each language writes them."""
    listed = list(values)
    return both(lambda lang: separator.join(str(written(value, lang)) for value in listed))


def written(value: Any, lang: Language) -> Any:
    """A parameter or cell as `lang` writes it, where it speaks both, a date among them; anything else as it is."""
    speak = getattr(value, "in_language", None)
    if speak is not None:
        return speak(lang)
    if isinstance(value, datetime):
        return moment(value, lang)
    return day(value, lang) if isinstance(value, date) else value
