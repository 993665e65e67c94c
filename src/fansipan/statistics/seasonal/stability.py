"""How much an adjustment moves when months are left out or added: sliding spans and revision history (Rule SA9).

Sliding spans: Findley, Monsell, Shulman and Pugh (1990), JASA 85. The same month is adjusted in up to four spans that
overlap; a month is unstable where the estimates differ by more than 3 % (their month-on-month changes likewise).
Revision history: Findley and others (1998), JBES 16.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import Spec

SPANS_FROM = 96  # months: a 3x5 seasonal filter's span of eight years, of which two must overlap
HISTORY_FROM = 84
HISTORY_BEFORE, HISTORY_MONTHS = 60, 60  # months before the first compared; the last months compared, at most


@dataclass(frozen=True, slots=True)
class SlidingSpans:
    """Shares of unstable months, in percent: of the adjusted series (acceptable below 15, bad from 25) and its changes.

    `changes` is of month-on-month changes (acceptable below 35, bad from 40), `yearly_changes` of changes on the same
    month of the previous year.
    """

    spans: int
    months: int
    adjusted: float
    changes: float
    yearly_changes: float

    @property
    def stable(self) -> bool:
        """Whether both shares are acceptable in the words of the source."""
        return self.adjusted < 15 and self.changes < 35


@dataclass(frozen=True, slots=True)
class RevisionHistory:
    """Mean absolute revision from the first to the latest estimate: of the adjusted series and its monthly changes.

    In percent and percentage points where multiplicative, else on the scale of the series. `first` and `last` bound
    the months compared; coefficients are held, so that only new months move the figures.
    """

    first: Month
    last: Month
    adjusted: float
    changes: float


def sliding_spans(spec: Spec) -> SlidingSpans | None:
    """Sliding spans of a `decomposition_spec`; None where the series is too short or the spans cannot be compared."""
    if len(spec.series) < SPANS_FROM:
        return None
    answer = _answer(spec, "slidingspans", {"outlier": "remove"})
    words = answer.diagnostics.get("ssa", "").split() if answer else []
    if answer is None or not words or "s2.a.per" not in answer.diagnostics:
        return None
    return SlidingSpans(
        spans=int(words[0]),
        months=int(answer.number("s2.a.per", 1)),
        adjusted=answer.number("s2.a.per", 2),
        changes=answer.number("s2.d.per", 2),
        yearly_changes=answer.number("s2.e.per", 2),
    )


def revision_history(spec: Spec) -> RevisionHistory | None:
    """Revision history of a `decomposition_spec`; None where the series is too short."""
    if len(spec.series) < HISTORY_FROM:
        return None
    begin = spec.start + max(HISTORY_BEFORE, len(spec.series) - HISTORY_MONTHS)
    settings = {
        "estimates": "(sadj sadjchng)",
        "start": f"{begin.year}.{begin.month}",
        "fixmdl": "yes",
        "save": "(sar chr)",
    }
    answer = _answer(spec, "history", settings)
    table = answer.tables.get("sar") if answer else None
    if answer is None or table is None:
        return None
    return RevisionHistory(
        first=table.start,
        last=table.start + (len(table.values) - 1),
        adjusted=answer.number("r01.lag00.aar.all"),
        changes=answer.number("r02.lag00.aar.all"),
    )


def _answer(spec: Spec, section: str, arguments: dict) -> Output | None:
    try:
        return run(replace(spec, sections={**spec.sections, section: arguments}))
    except Refused:
        return None
