"""What was found of a target: verdict, figure, evidence, by unit of its scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from fansipan.indicators import Evidence
from fansipan.texts import Language, text

Verdict = Literal["met", "on-track", "at-risk", "off-track", "missed", "not-started", "no-evidence"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# From best to worst where several parts are taken together; what has not begun or is not known weighs like a risk.
ORDER: tuple[Verdict, ...] = ("met", "not-started", "on-track", "at-risk", "no-evidence", "off-track", "missed")
Basis = Literal["figures", "pipeline", "schedule", "pace", "forecast", "direction"]


@dataclass(frozen=True, slots=True)
class Part:
    """The verdict on one unit of a target's scope: its figure and why."""

    unit: str
    verdict: Verdict
    value: float | None
    reasons: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """The verdict on a target in one reading, as of `on` (Rule D3).

    `basis` says what it rests on: the figures themselves, what is under way (`pipeline`), a programme's steps or a
    project's milestones (`schedule`), the pace so far, a forecast, or the direction of change. `parts` are the units of
    the scope; `open_units` those where the target is not met.
    """

    target: str
    reading: str
    indicator: str
    on: date
    due: date | None
    verdict: Verdict
    basis: Basis
    value: float | None
    needed: float | None
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def open_units(self) -> tuple[str, ...]:
        """The units of the scope that have not met the target."""
        return tuple(part.unit for part in self.parts if part.verdict != "met")

    def sentence(self, lang: Language) -> str:
        """The verdict, and what it rests on, in words."""
        told = "; ".join(e.sentence(lang) for e in self.evidence)
        head = f"{text(f'target.{self.verdict}', lang)} ({text(f'basis.{self.basis}', lang)})"
        return f"{head}: {told}" if told else head

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The verdict as plain data."""
        return {
            "target": self.target,
            "reading": self.reading,
            "indicator": self.indicator,
            "on": self.on.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "verdict": self.verdict,
            "basis": self.basis,
            "value": self.value,
            "needed": self.needed,
            "evidence": [{"table": e.table, "key": e.key, "sentence": e.sentence(lang)} for e in self.evidence],
            "parts": [
                {
                    "unit": p.unit,
                    "verdict": p.verdict,
                    "value": p.value,
                    "reasons": [reason.sentence(lang) for reason in p.reasons],
                }
                for p in self.parts
            ],
        }


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several; ``no-evidence`` for none."""
    return max(verdicts, key=ORDER.index, default="no-evidence")
