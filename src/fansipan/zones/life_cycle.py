"""The life of a zone as a state map, by kind of zone: which step may follow which, and by what act (Rule Z16)."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fansipan.errors import Refused
from fansipan.norms.norm import Certainty, cite_article
from fansipan.tables.declarations.places import ZONE_KINDS, ZONE_STATES
from fansipan.texts import Language, Words, joined, same, text

KINDS = tuple(kind for kind, _, _ in ZONE_KINDS)
STATES = tuple(state for state, _, _ in ZONE_STATES)
STATE_WORDS = {state: Words(vi, en) for state, vi, en in ZONE_STATES}
# A zone may enter the register in any state but these: it was there before the register began.
NEVER_FIRST = ("expanded", "withdrawn")
# States in which the zone exists in law.
FORMED = ("established", "construction", "operating", "expanded")


@dataclass(frozen=True, slots=True)
class Transition:
    """An allowed step: from which state to which, by what `act` (a document), under which decree and article."""

    kind: str
    before: str
    after: str
    act: str
    instrument: str
    decree: str
    article: str
    certainty: Certainty

    def in_language(self, lang: Language) -> str:
        """The act and the decree that asks for it."""
        words = [text(f"act.{self.act}", lang), f"{text(f'norm.instrument.{self.instrument}', lang)} {self.decree}"]
        words += [cite_article(self.article, lang)] if self.article else []
        words += [text(f"norm.certainty.{self.certainty}", lang)] if self.certainty != "sure" else []
        return ", ".join(words)


def state_words(states: Sequence[str], separator: str = ", ") -> Words:
    """States one after the other; a dash where there is none."""
    return joined((STATE_WORDS[state] for state in states), separator) if states else same("–")


@cache
def transitions() -> dict[tuple[str, str, str], Transition]:
    """Every allowed step by (kind of zone, from, to), from ``data/life_cycle.csv``."""
    written = (files(__package__) / "data" / "life_cycle.csv").read_text(encoding="utf8")
    return {
        (row["kind"], row["from"], row["to"]): Transition(
            row["kind"],
            row["from"],
            row["to"],
            row["act"],
            row["instrument"],
            row["document"],
            row["article"],
            row["certainty"],  # type: ignore[arg-type]
        )
        for row in csv.DictReader(written.splitlines())
    }


def following(kind: str, state: str) -> tuple[str, ...]:
    """The states that may follow `state` in a zone of `kind`."""
    return tuple(after for zone, before, after in transitions() if (zone, before) == (kind, state))


def path(kind: str, before: str, after: str) -> tuple[str, ...]:
    """The shortest way from one state to another, both ends included; empty if there is none."""
    queue: deque[tuple[str, ...]] = deque([(before,)])
    seen = {before}
    while queue:
        way = queue.popleft()
        for state in following(kind, way[-1]):
            if state == after:
                return (*way, state)
            if state not in seen:
                seen.add(state)
                queue.append((*way, state))
    return ()


def step(kind: str, before: str | None, after: str, document: str | None) -> Transition | None:
    """The transition from `before` (None: the zone's first entry) to `after`, or a refusal with its reason.

    Refused ``zone.first-state`` (a zone cannot enter the register so), ``zone.end`` (nothing follows), ``zone.step``
    (the map forbids it; the message gives the steps between), ``zone.no-document`` (no document given).
    """
    if before is None:
        if after in NEVER_FIRST:
            raise Refused("zone.first-state", state=state_words([after]))
        return None
    found = transitions().get((kind, before, after))
    if found is None:
        raise _forbidden(kind, before, after)
    if not document:
        raise Refused("zone.no-document", before=state_words([before]), after=state_words([after]), step=found)
    return found


def _forbidden(kind: str, before: str, after: str) -> Refused:
    ends = {"before": state_words([before]), "after": state_words([after])}
    if not following(kind, before):
        return Refused("zone.end", **ends)
    way = path(kind, before, after)
    if way:
        return Refused("zone.step", **ends, way=state_words(way, " → "))
    return Refused("zone.no-way", **ends, allowed=state_words(following(kind, before)))
