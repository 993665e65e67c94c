"""Names to codes: by tax code, by the whole name, by the name without its legal form, then near names with a score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from fansipan.tables.reading.parsing import fold

# A name is near from this score (0 to 100) on; so many are offered.
NEAR, OFFERED = 72.0, 5
LEGAL_FORMS = re.compile(
    r"\b(cong ty|cty|ct|co phan|cp|ctcp|trach nhiem huu han|tnhh|mot thanh vien|mtv|1 thanh vien|1tv|hop tac xa|htx"
    r"|doanh nghiep tu nhan|dntn|doanh nghiep|dn|lien doanh|tap doan|xi nghiep|xn)\b"
)


@dataclass(frozen=True, slots=True)
class Known:
    """Something with a code: its names, and a tax code where it has one."""

    code: str
    names: tuple[str, ...]
    tax: str | None = None


def compared(name: str) -> str:
    """A name for comparing: no accents, case or marks."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


def without_form(name: str) -> str:
    """A firm's name for comparing, without the words of its legal form."""
    return " ".join(LEGAL_FORMS.sub(" ", compared(name)).split())


def tax_code(text: str) -> str | None:
    """A tax code as it is kept, ten digits or ten and three; a leading zero that a spreadsheet took is put back."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not digits.isdigit():
        return None
    if len(digits) in (9, 12):
        digits = "0" + digits
    if len(digits) == 10:
        return digits
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 else None


class Register:
    """What is known, to be found by what it is called."""

    def __init__(self, known: Iterable[Known]) -> None:
        """Take everything that has a code."""
        self.known = list(known)
        self._tax = {one.tax: one for one in self.known if one.tax}
        self._codes = {one.code.casefold(): one for one in self.known}
        self._whole = self._index(compared)
        self._plain = self._index(without_form)

    def _index(self, form: object) -> dict[str, Known | None]:
        """By name in a form; None where several have it."""
        found: dict[str, Known | None] = {}
        for one in self.known:
            for name in {form(name) for name in one.names}:  # type: ignore[operator]
                found[name] = None if name in found and found[name] is not one else one
        return found

    def by_tax(self, tax: str | None) -> Known | None:
        """Who has the tax code."""
        return self._tax.get(tax) if tax else None

    def named(self, name: str) -> Known | None:
        """The only one of that name or code, with or without the words of its legal form."""
        whole = compared(name)
        if whole in self._whole:
            return self._whole[whole]
        return self._codes.get(name.casefold()) or self._plain.get(without_form(name))

    def near(self, name: str) -> Iterator[tuple[Known, float]]:
        """The nearest by name, the nearest first, each with its score from 0 to 100."""
        names = {index: without_form(one.names[0]) for index, one in enumerate(self.known)}
        found = process.extract(
            without_form(name), names, scorer=fuzz.token_sort_ratio, limit=OFFERED, score_cutoff=NEAR
        )
        for _, score, index in found:
            yield self.known[index], score
