"""Verdicts on targets that are not met and not yet due, and on directions (Rules D5 to D9)."""

from __future__ import annotations

from math import inf
from typing import cast

from fansipan.delivery.milestones import progress
from fansipan.delivery.targets import schedule
from fansipan.delivery.targets.asked import ZONES, Asked
from fansipan.delivery.targets.pipeline import candidates, outlook
from fansipan.delivery.targets.verdicts import TargetVerdict, Verdict
from fansipan.indicators import INDICATORS, Evidence, Figure, Span, compute
from fansipan.indicators.scopes import own_zones, zones_of
from fansipan.texts import Quantity

# On track at least this far ahead of the pace needed, at risk at least the second, else off track.
PACE = (1.0, 0.95)
# On track with at least this chance by a forecast, at risk with at least the second, else off track.
CHANCE = (0.8, 0.5)
# A project that slips by more days than this is off track.
SLIP = 90


def ahead(asked: Asked, figure: Figure) -> TargetVerdict:
    """The verdict before the due day while not met: from what is under way, the steps, or the pace."""
    row = asked.row
    if row["indicator"] in ZONES:
        kind = ZONES[row["indicator"]]
        province, scope = asked.source.province, asked.scope
        everywhere = scope.kind == "province"
        own = own_zones(province, kind, asked.on) if everywhere else zones_of(province, scope.code, kind, asked.on)
        missing = int((row["value"] or 1) - (figure.value or 0))
        found = candidates(asked.source.province, own, kind, asked.on)
        verdict, told = outlook(found, missing, row["due"], kind, asked.on)
        return asked.found(cast(Verdict, verdict), "pipeline", figure.value, (*figure.evidence, *told))
    if INDICATORS[row["indicator"]].done:
        return programme(asked, figure)
    return pace(asked, figure)


def programme(asked: Asked, figure: Figure) -> TargetVerdict:
    """Off track if the last step is forecast past the due day, at risk if any step is late, else on track (Rule D6)."""
    steps = schedule.standing(asked.source.province["programme_steps"], asked.scope.code, asked.on)
    late = [s for s in steps if s.state == "late"]
    ends = [s.forecast for s in steps if s.forecast is not None]
    due = asked.row["due"]
    told = tuple(
        Evidence("programme_steps", f"{s.programme}:{s.step}", "evidence.step-late", {"name": s.name, "days": s.late})
        for s in late
    )
    verdict: Verdict = "at-risk" if late else "on-track"
    if due is not None and ends and max(ends) > due:
        verdict = "off-track"
    return asked.found(verdict, "schedule", figure.value, (*figure.evidence, *told))


def pace(asked: Asked, figure: Figure) -> TargetVerdict:
    """The figure so far moved to the whole span by last year's course (Rule D7).

    Where last year is not known: by time if the figure grows within its span, else as it is, since a rate or a share
    does not grow with the days.
    """
    row, needed = asked.row, asked.row["value"]
    if not needed or row["due"] is None or figure.value is None:
        return asked.found("no-evidence", "pace", figure.value, figure.evidence)
    whole = Span(asked.span.start, row["due"])
    so_far = _until_returns(asked)
    before, all_before = (
        compute(row["indicator"], asked.source, asked.scope, span.last_year()).value for span in (so_far, whole)
    )
    by_time = _elapsed(so_far, whole) if INDICATORS[row["indicator"]].cumulative else 1.0
    expected = figure.value / (before / all_before if before and all_before else by_time)
    most = needed / expected if expected > 0 else inf
    share = expected / needed if row["comparison"] == "at-least" else most
    told = Evidence(
        "returns", "", "evidence.pace", {"expected": Quantity(expected, 1), "share": Quantity(100 * share, 1)}
    )
    return asked.found(graded(share, PACE), "pace", figure.value, (*figure.evidence, told))


def _until_returns(asked: Asked) -> Span:
    last = asked.source.last_month
    if last is None or not INDICATORS[asked.row["indicator"]].from_returns:
        return asked.span
    return Span(asked.span.start, min(asked.span.end, last.last_day))


def _elapsed(part: Span, whole: Span) -> float:
    return max((part.end - part.start).days + 1, 1) / max((whole.end - whole.start).days + 1, 1)


def graded(share: float, bounds: tuple[float, float]) -> Verdict:
    """On track from the first bound on, at risk from the second, else off track."""
    return "on-track" if share >= bounds[0] else "at-risk" if share >= bounds[1] else "off-track"


def by_chance(asked: Asked) -> Evidence:
    """The chance given by a forecast, as evidence."""
    return Evidence(
        "forecast", asked.row["target"], "evidence.chance", {"chance": Quantity(100 * (asked.chance or 0.0), 0)}
    )


def direction(asked: Asked) -> TargetVerdict:
    """The verdict on "goes up" or "goes down": the figure against that of the same span a year before (Rule D8).

    Before the due day the chance of a forecast goes before, where one is given (Rule D3).
    """
    span = _until_returns(asked)
    now, before = (compute(asked.row["indicator"], asked.source, asked.scope, s) for s in (span, span.last_year()))
    if now.value is None or before.value is None:
        return asked.found("no-evidence", "direction", now.value, now.evidence)
    change = (now.value - before.value) * (1 if asked.row["comparison"] == "up" else -1)
    told = Evidence(
        "returns", "", "evidence.direction", {"now": Quantity(now.value, 2), "before": Quantity(before.value, 2)}
    )
    verdict: Verdict = "on-track" if change > 0 else "at-risk" if change == 0 else "off-track"
    if asked.row["due"] is not None and asked.on > asked.row["due"]:
        verdict = "met" if change > 0 else "missed"
    elif asked.chance is not None:
        evidence = (*now.evidence, told, by_chance(asked))
        return asked.found(graded(asked.chance, CHANCE), "forecast", now.value, evidence)
    return asked.found(verdict, "direction", now.value, (*now.evidence, told))


def project(asked: Asked) -> TargetVerdict:
    """A project to be speeded up, by the slip of its last milestone; none recorded is no evidence (Rule D9)."""
    found = progress(asked.source.province["milestones"], asked.row["scope"], asked.on)
    if found is None:
        return asked.found("no-evidence", "schedule", None)
    params = {"milestone": found.name, "days": found.slip, "day": found.day}
    told = Evidence("milestones", asked.row["scope"], "evidence.milestone", params)
    due = asked.row["due"]
    if found.done:
        verdict: Verdict = "met"
    elif found.slip <= 0:
        verdict = "on-track"
    else:
        verdict = "at-risk" if found.slip <= SLIP else "off-track"
    if not found.done and due is not None and asked.on > due:
        verdict = "missed"
    return asked.found(verdict, "schedule", float(found.slip), (told,))
