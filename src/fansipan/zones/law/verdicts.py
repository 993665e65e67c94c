"""What a test of the law found: outcome, figures, article, certainty, and the tests it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from fansipan.norms import Certainty, Norm, least_certain
from fansipan.notation import day, number, rounded
from fansipan.texts import Language, text
from fansipan.zones.law.situation import fact_label

Outcome = Literal["met", "not-met", "waived", "undecided"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of the test `rule` on the day `on` (Rule Z6).

    A leaf holds `figure` against `norm` (or against `bound`, where the law names no number); a verdict with `parts`
    joins them: all must be met, or, if `any_of`, one of them; its own `norm`, if any, is the one that all of them rest
    on. ``waived``: the law frees the case from the test.
    ``undecided``: the facts in `missing` are not known. `remarks` are codes of words to be said beside it.
    """

    rule: str
    outcome: Outcome
    on: date
    figure: Fraction | float | bool | None = None
    bound: Fraction | float | None = None
    unit: str = ""
    norm: Norm | None = None
    parts: tuple[Verdict, ...] = ()
    any_of: bool = False
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def leaves(self) -> Iterator[Verdict]:
        """The single tests, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    @property
    def norms(self) -> tuple[Norm, ...]:
        """Every figure of the law that the verdict rests on."""
        own = (self.norm,) if self.norm is not None else ()
        return own + tuple(norm for part in self.parts for norm in part.norms)

    @property
    def certainty(self) -> Certainty:
        """That of the least certain figure of the law under the verdict (Rule Z1)."""
        return least_certain(self.norms)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles it rests on, each once, as ``32/2024/NĐ-CP 8.1.c``."""
        return tuple(dict.fromkeys(f"{norm.decree} {norm.article}".strip() for norm in self.norms))

    def sources(self, lang: Language) -> str:
        """The documents and articles it rests on, each once, as the language cites them."""
        return "; ".join(dict.fromkeys(norm.source(lang) for norm in self.norms))

    def all_missing(self) -> tuple[str, ...]:
        """The facts that would have to be known to decide."""
        found = [name for leaf in self.leaves() for name in leaf.missing]
        return tuple(dict.fromkeys([*self.missing, *found]))

    def label(self, lang: Language) -> str:
        """What was tested, in words."""
        return self.norm.label(lang) if self.norm is not None and not self.parts else text(f"rule.{self.rule}", lang)

    def sentence(self, lang: Language) -> str:
        """The verdict in one sentence: what, outcome, figure against bound, article."""
        words = [f"{self.label(lang)}: {text(f'outcome.{self.outcome}', lang)}"]
        if measured := self.measured(lang):
            words.append(measured)
        if self.missing:
            names = ", ".join(fact_label(name, lang) for name in self.missing)
            words.append(text("verdict.missing", lang, names=names))
        if self.norm is not None:
            words.append(self.norm.cite(lang))
            words += [self.norm.remark(lang)] if self.norm.note else []
        return "; ".join([*words, *(text(code, lang, on=self.on) for code in self.remarks)]) + "."

    def measured(self, lang: Language) -> str:
        """The figure against its bound, in words; empty where nothing was measured."""
        return "" if self.figure is None or isinstance(self.figure, bool) else _measured(self, lang)

    def lines(self, lang: Language, depth: int = 0) -> list[str]:
        """The verdict and the tests under it, a line each, set in by their depth."""
        head = text("verdict.any" if self.any_of else "verdict.all", lang) if self.parts else ""
        own = f"{'  ' * depth}{self.sentence(lang)}{' ' + head if head else ''}"
        return [own, *(line for part in self.parts for line in part.lines(lang, depth + 1))]

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The verdict as plain data, its parts nested."""
        bound = self.bound if self.bound is not None else (self.norm.value if self.norm and not self.parts else None)
        return {
            "rule": self.rule,
            "outcome": self.outcome,
            "on": self.on.isoformat(),
            "figure": float(self.figure) if isinstance(self.figure, Fraction) else self.figure,
            "bound": float(bound) if isinstance(bound, Fraction) else bound,
            "comparison": self.norm.comparison if self.norm else "",
            "articles": list(self.articles),
            "certainty": self.certainty,
            "missing": list(self.all_missing()),
            "sentence": self.sentence(lang),
            "parts": [part.as_dict(lang) for part in self.parts],
        }


def _measured(verdict: Verdict, lang: Language) -> str:
    unit = verdict.norm.unit if verdict.norm is not None and verdict.norm.unit else verdict.unit
    measured = float(verdict.figure or 0)
    held = verdict.bound if verdict.bound is not None else (verdict.norm.value if verdict.norm else None)
    places = _places(measured, float(held)) if isinstance(held, float | Fraction) else 2
    figure = f"{number(measured, places, lang)}{unit if unit == '%' else ' ' + unit}"
    if verdict.bound is not None:
        return text("verdict.over", lang, figure=figure, bound=f"{number(float(verdict.bound), places, lang)} {unit}")
    return text("verdict.figure", lang, figure=figure, bound=verdict.norm.shown(lang) if verdict.norm else "–")


def _places(measured: float, bound: float) -> int:
    """Two decimals, or as many as keep a figure from printing as the bound that it is not."""
    return next((n for n in range(2, 8) if rounded(measured, n) != rounded(bound, n)), 2) if measured != bound else 2


def against(rule: str, on: date, norm: Norm, figure: Fraction | float) -> Verdict:
    """A leaf: a measured figure held against the law's."""
    return Verdict(rule, "met" if norm.allows(figure) else "not-met", on, figure, norm=norm)


def required(rule: str, on: date, norm: Norm, fact: bool | None, name: str) -> Verdict:
    """A leaf: a fact that the law requires; not known, it leaves the test undecided."""
    if fact is None:
        return undecided(rule, on, (name,), norm)
    return Verdict(rule, "met" if fact else "not-met", on, fact, norm=norm)


def undecided(rule: str, on: date, missing: Sequence[str], norm: Norm | None = None) -> Verdict:
    """A leaf that cannot be decided for want of the facts `missing`."""
    return Verdict(rule, "undecided", on, norm=norm, missing=tuple(missing))


def every(rule: str, on: date, parts: Sequence[Verdict]) -> Verdict:
    """All of `parts`: one not met decides; else one undecided leaves it open; else met."""
    outcomes = {part.outcome for part in parts}
    outcome: Outcome = "met"
    if "not-met" in outcomes:
        outcome = "not-met"
    elif "undecided" in outcomes:
        outcome = "undecided"
    elif outcomes == {"waived"}:
        outcome = "waived"
    return Verdict(rule, outcome, on, parts=tuple(parts))


def either(rule: str, on: date, parts: Sequence[Verdict]) -> Verdict:
    """One of `parts` is enough: one met or waived decides; else one undecided leaves it open; else not met."""
    outcomes = {part.outcome for part in parts}
    outcome: Outcome = "not-met"
    if outcomes & {"met", "waived"}:
        outcome = "met"
    elif "undecided" in outcomes:
        outcome = "undecided"
    return Verdict(rule, outcome, on, parts=tuple(parts), any_of=True)


def dated(on: date, lang: Language) -> str:
    """``as of`` the day, in words."""
    return text("verdict.on", lang, on=day(on, lang))
