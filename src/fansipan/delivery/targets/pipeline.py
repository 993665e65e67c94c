"""Zones on their way: the earliest day on which one can be formed, by the law's own clocks (Rule D5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.indicators import Evidence
from fansipan.norms import CERTAINTIES, Certainty, next_working_day, term, value
from fansipan.province import Province
from fansipan.tables import names_of
from fansipan.texts import Words, joined, words
from fansipan.zones.events import states_on
from fansipan.zones.life_cycle import FORMED, state_words
from fansipan.zones.procedures import STEPS

# The steps of the procedure that are still to come for a cluster in each state.
TO_COME = {
    "planned": STEPS,
    "listed": STEPS,
    "proposed": ("dossier", "appraisal", "decision"),
    "appraised": ("appraisal", "decision"),
}
IN_PROCEDURE = ("proposed", "appraised")
UNKNOWN: tuple[None, Certainty] = (None, "sure")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A zone that is not yet formed: its state, and the earliest day by the clocks (None: no clock is carried)."""

    zone: str | None
    state: str | None
    earliest: date | None
    name: Words | None = None
    certainty: Certainty = "sure"

    @property
    def evidence(self) -> Evidence:
        """The candidate in words."""
        if self.zone is None:
            return Evidence("zones", "", "pipeline.none", {"earliest": day_words(self.earliest, self.certainty)})
        params = {
            "zone": self.name or Words(self.zone, self.zone),
            "state": state_words([self.state or "planned"]),
            "earliest": day_words(self.earliest, self.certainty),
        }
        return Evidence("zone_events", self.zone, "pipeline.zone", params)


def day_words(day: date | None, certainty: Certainty = "sure") -> Words:
    """A day with how certain it is beside it, or "not known"."""
    if day is None:
        return words("pipeline.not-known")
    return joined(
        [day] if certainty == "sure" else [day, joined(["(", words(f"norm.certainty.{certainty}"), ")"], "")], " "
    )


def earliest(state: str | None, since: date | None, on: date) -> tuple[date | None, Certainty]:
    """The earliest lawful day of establishment of a cluster in `state` since `since`, as seen on `on`, how certain.

    Every step still to come takes its whole term; steps begun are counted from the day the state was entered, but
    never end before `on`. The day is None where no clock is carried for the day the procedure began (Rule Z1).
    """
    under_way = state in IN_PROCEDURE and since is not None
    begun = day = since if under_way and since is not None else on
    certainties: list[Certainty] = ["sure"]
    try:
        for step in TO_COME.get(state or "planned", STEPS):
            norm = value(f"cluster.clock.{step}", begun)
            found = term(norm, day)
            certainties += [norm.certainty, found.certainty]
            day = max(found.due or day, next_working_day(on))
    except Refused:
        return None, "sure"
    return day, max(certainties, key=CERTAINTIES.index)


def candidates(province: Province, zones: list[str], kind: str, on: date) -> list[Candidate]:
    """Of the zones named, those not yet formed nor withdrawn, those furthest on their way first."""
    rank = {"appraised": 0, "proposed": 1, "listed": 2, "planned": 3}
    standing = states_on(province["zone_events"], on).filter(pl.col("zone").is_in(zones))
    names, found = names_of(province["zones"], "zone"), []
    for zone, state, since in standing.select("zone", "state", "since").iter_rows():
        if state in FORMED or state == "withdrawn":
            continue
        day, certainty = earliest(state, since, on) if kind == "cluster" else UNKNOWN
        found.append(Candidate(zone, state, day, names.get(zone), certainty))
    return sorted(found, key=lambda c: (rank.get(c.state or "", 4), c.zone or ""))


def outlook(
    found: list[Candidate], missing: int, due: date | None, kind: str, on: date
) -> tuple[str, tuple[Evidence, ...]]:
    """The verdict on `missing` zones still to be formed by `due`, from the candidates, and its evidence.

    ``on-track`` if enough are in procedure in time; ``at-risk`` if only with those listed or planned, or with one that
    nobody has listed yet but for which the law's clocks still leave time; else ``off-track``.
    """
    in_time = [c for c in found if due is None or c.earliest is None or c.earliest <= due]
    moving = [c for c in in_time if c.state in IN_PROCEDURE]
    told = tuple(c.evidence for c in (found[:missing] if found else []))
    if len(moving) >= missing:
        return "on-track", told
    if len(in_time) >= missing:
        return "at-risk", told
    day, certainty = earliest(None, None, on) if kind == "cluster" else UNKNOWN
    unlisted = Candidate(None, None, day, certainty=certainty)
    told = (*told, unlisted.evidence)
    late = due is not None and (on > due or (unlisted.earliest is not None and unlisted.earliest > due))
    return ("off-track" if late or kind != "cluster" else "at-risk"), told
