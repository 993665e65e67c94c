"""One tree of errors, each with a stable code, parameters, a message and a hint in two languages.

The library raises codes with parameters; `fansipan.texts` holds the words. An input with many faults raises once, with
all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fansipan.texts import Language, mend, text

# Of faults alike so many values are named.
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an input something stands: file, sheet, row (1-based, as a spreadsheet shows it) and column name."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def describe(self, lang: Language) -> str:
        """The place in words, for example ``returns.csv, row 12, column quantity``; empty if nothing is known."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(text("place.sheet", lang, sheet=self.sheet))
        if self.row is not None:
            parts.append(text("place.row", lang, row=self.row))
        if self.column:
            parts.append(text("place.column", lang, column=self.column))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input.

    `code` names the rule and the words (`texts`), `params` fill them, `value` is what stood there, and `severity` is
    ``"error"`` (the input is refused) or ``"warning"`` (told, not refused).
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    value: Any = None
    severity: str = "error"

    def message(self, lang: Language) -> str:
        """What is wrong, in one sentence."""
        return text(self.code, lang, **self.params)

    def mend(self, lang: Language) -> str:
        """What to do about it, in one sentence; empty if the words have no advice."""
        return mend(self.code, lang, **self.params)

    def line(self, lang: Language) -> str:
        """Place, message, offending value and advice on one line."""
        where = self.place.describe(lang)
        value = "" if self.value is None else f" [{self.value!s:.80}]"
        advice = self.mend(lang)
        return f"{where + ': ' if where else ''}{self.message(lang)}{value}{' ' + advice if advice else ''}"

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The fault as plain data: code, severity, file, sheet, row, column, value, message, what to do."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            "value": None if self.value is None else str(self.value),
            "message": self.message(lang),
            "mend": self.mend(lang),
        }


class FansipanError(Exception):
    """The root of the tree; `code` is stable, `params` fill the words.

    Any part of the program that refuses something raises this or a subclass, never a bare ValueError.
    """

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(self.describe("en"))

    def describe(self, lang: Language) -> str:
        """Message and advice in `lang`."""
        advice = mend(self.code, lang, **self.params)
        message = text(self.code, lang, **self.params)
        return f"{message} {advice}" if advice else message

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The error as plain data, for ``--json``."""
        return {"code": self.code, "message": self.describe(lang)}


class Refused(FansipanError):
    """A request that cannot be answered honestly from the data or the rules given."""


class NotFound(FansipanError):
    """A name that is not there; the message gives the nearest names."""


class NotAvailable(FansipanError):
    """A component that this machine lacks (for example the X-13 program on Windows)."""


class InvalidInput(FansipanError):
    """An input with faults, all of them in `faults`, in the order found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("input.invalid", count=len(self.faults))

    def describe(self, lang: Language) -> str:
        """The count and then a line a fault."""
        head = text("input.invalid", lang, count=len(self.faults))
        return "\n".join([head, *(fault.line(lang) for fault in self.faults)])

    def summary(self, lang: Language, most: int = 3) -> str:
        """As `describe`, the faults `folded`."""
        return "\n".join([text("input.invalid", lang, count=len(self.faults)), *folded(self.faults, lang, most)])

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Code, count and the faults as plain data."""
        return {"code": self.code, "count": len(self.faults), "faults": [f.as_dict(lang) for f in self.faults]}

    def to_json(self, lang: Language) -> str:
        """`as_dict` as JSON text with Vietnamese letters kept."""
        return json.dumps(self.as_dict(lang), ensure_ascii=False, indent=2)


def folded(faults: Iterable[Fault], lang: Language, most: int) -> list[str]:
    """A line a fault, but of one kind in one column only the first `most` and then where the others stand.

    A column filled in wrongly from top to bottom is one mistake; a thousand lines of it would hide the others.
    """
    kinds: dict[tuple[str, str | None, str | None, str | None], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.code, fault.place.file, fault.place.sheet, fault.place.column), []).append(fault)
    lines = []
    for alike in kinds.values():
        shown = len(alike) if len(alike) <= most + 1 else most
        lines += [fault.line(lang) for fault in alike[:shown]]
        if rest := alike[shown:]:
            lines.append(_others(rest, lang))
    return lines


def _others(rest: Sequence[Fault], lang: Language) -> str:
    """A line for faults like those told: their rows, or where they have none what stood there."""
    where = replace(rest[0].place, row=None).describe(lang)
    if all(one.place.row is not None for one in rest):
        rows = runs(sorted({one.place.row for one in rest if one.place.row is not None}))
        return text("input.alike", lang, count=len(rest), where=where, rows=rows)
    values = [f"{one.value:.60}" for one in rest if isinstance(one.value, str)]
    named = ", ".join(values[:MOST_NAMED]) + (", …" if len(values) > MOST_NAMED else "")
    return text("input.alike-named", lang, count=len(rest), where=where, values=named or "–")


def runs(numbers: Sequence[int]) -> str:
    """Ascending numbers with those that follow each other drawn together: ``2, 5–91``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    return ", ".join("–".join(map(str, run)) for run in found)


def refuse(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Raise `InvalidInput` if any fault is an error, else return the warnings."""
    found = tuple(faults)
    if any(fault.severity == "error" for fault in found):
        raise InvalidInput(found)
    return found
