"""A target with what it is asked of, as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fansipan.delivery.targets.verdicts import Basis, Part, TargetVerdict, Verdict
from fansipan.indicators import Evidence, Scope, Source, Span

# Which kind of zone an indicator counts.
ZONES = {"clusters-formed": "cluster", "clusters": "cluster", "parks-implemented": "park", "parks": "park"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A target with what it is asked of, as of a day."""

    row: Mapping[str, Any]
    source: Source
    chance: float | None

    @property
    def on(self) -> date:
        """The day of the evaluation."""
        return self.source.on

    @property
    def scope(self) -> Scope:
        """The scope as the target writes it; none means the province."""
        return Scope(self.row["scope_kind"] or "province", self.row["scope"] or "")

    @property
    def span(self) -> Span:
        """From the target's start (else the year's) to the day of looking, but not past the due day."""
        end = self.on if self.row["due"] is None else min(self.on, self.row["due"])
        return Span(self.row["start"] or date(end.year, 1, 1), end)

    def found(
        self,
        verdict: Verdict,
        basis: Basis,
        value: float | None,
        evidence: tuple[Evidence, ...] = (),
        parts: tuple[Part, ...] = (),
    ) -> TargetVerdict:
        """The verdict on this target; of a scope of units, value and needed count units."""
        row, needed = self.row, float(len(parts)) if parts else self.row["value"]
        return TargetVerdict(
            row["target"],
            row["reading"] or "",
            row["indicator"],
            self.on,
            row["due"],
            verdict,
            basis,
            value,
            needed,
            evidence,
            parts,
        )


def satisfied(comparison: str, value: float, needed: float | None) -> bool:
    """Whether a figure meets the target: ``at-least``, ``at-most``, or ``done`` (at least 1)."""
    if comparison == "at-most":
        return value <= (needed if needed is not None else 0.0)
    return value >= (needed if needed is not None else 1.0)
