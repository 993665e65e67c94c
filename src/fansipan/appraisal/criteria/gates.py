"""Gates: what an application must meet before it is ranked at all. Rule A2."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fansipan.norms.norm import Norm
from fansipan.notation import number
from fansipan.texts import NO_WORDS, Language, Words, mend, text

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


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
            return (_plain(value) in {_plain(word) for word in self.words}) == (self.sign == "in")
        return not isinstance(value, str) and COMPARISONS[self.sign](value, self.figure)

    @property
    def takes_words(self) -> bool:
        """Whether it is held against words, not against figures."""
        return any(isinstance(_plain(word), str) for word in self.words)

    def shown(self, lang: Language) -> str:
        """The condition in words and figures, for example ``≥ 50``."""
        if self.words:
            return text(f"gate.{self.sign.replace(' ', '-')}", lang, words=", ".join(self.words))
        sign = {">=": "≥", "<=": "≤", "!=": "≠"}.get(self.sign, self.sign)
        return f"{sign} {shown(self.figure, lang, 6)}"


@dataclass(frozen=True)
class Refusal:
    """Why an alternative is not ranked: the criterion, what stood there, what was asked, by which rule, what cures it.

    `code` names the words and `params` fill them; `criterion` is a code and `named` its words. `rule` is the figure of
    the law, or the words of the decision's own criteria; `cure` is words of the criteria, empty where the code's own
    advice holds.
    """

    code: str
    criterion: str
    value: float | str | None = None
    gate: Gate | None = None
    rule: Norm | Words | str = ""
    cure: Words = NO_WORDS
    named: Words | None = None
    params: tuple[tuple[str, Any], ...] = ()

    def _words(self, lang: Language) -> dict[str, str]:
        words = {name: shown(value, lang) for name, value in self.params}
        named = self.named.in_language(lang) if self.named else self.criterion
        return {"criterion": named, "value": shown(self.value, lang), "gate": self.condition(lang)} | words

    def condition(self, lang: Language) -> str:
        """What was asked, for example ``≥ 50``; empty where the sentence says it."""
        return self.gate.shown(lang) if self.gate else ""

    def message(self, lang: Language) -> str:
        """The refusal in one sentence."""
        return text(self.code, lang, **self._words(lang))

    def cited(self, lang: Language) -> str:
        """The rule with document and article."""
        if isinstance(self.rule, Norm):
            return self.rule.cite(lang)
        return self.rule.in_language(lang) if isinstance(self.rule, Words) else self.rule

    def advice(self, lang: Language) -> str:
        """What would cure it."""
        return self.cure.in_language(lang) or mend(self.code, lang, **self._words(lang))

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Criterion, value, gate, rule, cure and the sentence as plain data."""
        missing = self.value is None or self.value != self.value
        return {
            "criterion": self.criterion,
            "value": None if missing else self.value,
            "gate": self.condition(lang),
            "rule": self.cited(lang),
            "cure": self.advice(lang),
            "message": self.message(lang),
        }


def shown(value: Any, lang: Language, places: int = 3) -> str:
    """A figure with as many decimals as it needs, at most `places`; words as they are; a dash-like word for none."""
    if value is None or value != value:
        return text("gate.no-figure", lang)
    if not isinstance(value, int | float):
        return str(value)
    return number(value, next((p for p in range(places) if round(value, p) == value), places), lang)


def _plain(value: float | str) -> float | str:
    """A figure as a number, however it is written; words without case or outer blanks."""
    try:
        return float(value)
    except ValueError:
        return str(value).strip().casefold()
