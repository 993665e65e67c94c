"""Gates: what an application must meet before it is ranked at all. Rule A2.

The words of the column `gate`: ``>=50``, ``<= 3``, ``>0``, ``=1``, ``!=0``, ``in II|III``, ``not in I``; several are
joined by ``;`` or ``and`` and must all hold.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fansipan.errors import FansipanError
from fansipan.notation import number
from fansipan.texts import Language, text

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "==": "=", "<>": "!="}
FIGURE = re.compile(r"^(>=|<=|!=|>|<|=)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*%?$")
LIST = re.compile(r"^(not in|in)\s+(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Gate:
    """One condition: a `sign` with a `figure`, or ``in`` / ``not in`` with `words`."""

    sign: str
    figure: float = 0.0
    words: tuple[str, ...] = ()

    def allows(self, value: float | str | None) -> bool:
        """Whether `value` passes; a missing value never does."""
        if value is None or value != value:
            return False
        if self.words:
            found = str(value).strip().casefold() in {word.casefold() for word in self.words}
            return found == (self.sign == "in")
        return not isinstance(value, str) and COMPARISONS[self.sign](value, self.figure)

    def shown(self, lang: Language = "en") -> str:
        """The condition in words and figures, for example ``≥ 50``."""
        if self.words:
            return text(f"gate.{self.sign.replace(' ', '-')}", lang, words=", ".join(self.words))
        sign = {">=": "≥", "<=": "≤", "!=": "≠"}.get(self.sign, self.sign)
        places = next((p for p in range(7) if round(self.figure, p) == self.figure), 6)
        return f"{sign} {number(self.figure, places, lang)}"


@dataclass(frozen=True)
class Refusal:
    """Why an alternative is not ranked: the criterion, what stood there, what was asked, by which rule, what cures it.

    `code` names the words; `rule` cites the article (empty where the decision's own criteria set the gate) and `cure`
    says what would lift the refusal, both already in words of either language where the data has them.
    """

    code: str
    criterion: str
    value: float | str | None
    condition: str
    rule: str = ""
    cure: str = ""
    params: tuple[tuple[str, Any], ...] = ()

    def message(self, lang: Language = "en") -> str:
        """The refusal in one sentence."""
        known = {"criterion": self.criterion, "value": _shown(self.value, lang), "condition": self.condition}
        return text(self.code, lang, **(known | dict(self.params)))

    def as_dict(self, lang: Language = "en") -> dict[str, Any]:
        """Criterion, value, condition, rule, cure and the sentence as plain data."""
        return {
            "criterion": self.criterion,
            "value": None if self.value is None or self.value != self.value else self.value,
            "gate": self.condition,
            "rule": self.rule,
            "cure": self.cure,
            "message": self.message(lang),
        }


def _shown(value: float | str | None, lang: Language) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return text("gate.no-figure", lang)
    return number(value, next((p for p in range(4) if round(value, p) == value), 3), lang)


def parse_gate(written: str | None) -> tuple[Gate, ...]:
    """Read the column `gate`; blank is no gate. Raises FansipanError ``gate.unreadable`` for words that are none."""
    words = (written or "").strip()
    if not words:
        return ()
    for sign, plain in SIGNS.items():
        words = words.replace(sign, plain)
    return tuple(_condition(part.strip(), written or "") for part in re.split(r";|&|\band\b|\bvà\b", words) if part.strip())


def _condition(part: str, written: str) -> Gate:
    if found := FIGURE.match(part):
        return Gate(found[1], float(found[2]))
    if found := LIST.match(part):
        return Gate(found[1].lower(), words=tuple(word.strip() for word in found[2].split("|") if word.strip()))
    raise FansipanError("gate.unreadable", gate=written)
