"""The figures of a target in words: each with its unit, counts without decimals, what is done or not said so."""

from __future__ import annotations

from fansipan.delivery.targets.verdicts import TargetVerdict
from fansipan.indicators import INDICATORS
from fansipan.notation import number
from fansipan.report.content import Words, known_words, same, words
from fansipan.texts import Language


def measured(value: float | None, found: TargetVerdict) -> Words | None:
    """A figure of the verdict (what is reached, or what is needed) with its unit; None where there is none."""
    if value is None:
        return None
    if found.parts:
        return words("targets.unit.units", count=round(value))
    if found.indicator not in INDICATORS:
        return words("targets.unit.days", count=round(value))
    indicator = INDICATORS[found.indicator]
    if indicator.done:
        return words("targets.unit.done" if value >= 1 else "targets.unit.not-done")
    unit = known_words(f"targets.unit.{indicator.unit}", same(indicator.unit))
    return Words(*(_with_unit(value, unit, lang) for lang in ("vi", "en")))


def _with_unit(value: float, unit: Words, lang: Language) -> str:
    shown = number(value, 0 if value == int(value) else 2, lang)
    said = unit.in_language(lang)
    return f"{shown}%" if said == "%" else f"{shown} {said}"
