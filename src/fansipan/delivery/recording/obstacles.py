"""Raising obstacles and recording what is done about them: only ever added to, refused with a reason (Rule D20)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fansipan.delivery.obstacles import LEVELS, valid_events
from fansipan.errors import NotFound, Refused
from fansipan.province import Province
from fansipan.tables.declarations.progress import (
    BLOCKED_KINDS,
    OBSTACLE_KINDS,
    ObstacleBlocks,
    ObstacleEvents,
    Obstacles,
)
from fansipan.tables.registers.appending import Signature, appended
from fansipan.texts import LANGUAGES, Words, text

KINDS = tuple(kind for kind, _, _ in OBSTACLE_KINDS)
# What each kind of thing blocked is called in its own table.
BLOCKED = {kind: (f"{kind}s", kind) for kind, _, _ in BLOCKED_KINDS}
ACT_WORDS = ObstacleEvents.meaning("act").choice_words
ACTS = tuple(act for act in ACT_WORDS if act != "undone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An obstacle as first raised: what it blocks (a kind of thing and its code), its kind, owner and due day.

    `also` are the further things that it blocks, each a kind and a code.
    """

    obstacle: str
    title: str
    kind: str
    blocks_kind: str
    blocks: str
    owner: str
    raised_on: date
    due: date | None = None
    title_en: str | None = None
    proposal: str | None = None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done about an obstacle on a day; which of the other fields it takes depends on the act."""

    obstacle: str
    act: str
    day: date
    office: str | None = None
    due: date | None = None
    price: float | None = None
    price_source: str | None = None
    note: str | None = None


def raise_obstacle(province: Province, new: Raised, signature: Signature) -> Province:
    """The province with one obstacle more.

    Refused ``record.twice`` for a code that is taken, ``obstacle.not-yet`` if raised after it was recorded,
    ``obstacle.due-before`` for a due day before it was raised. Raises NotFound ``delivery.no-such`` for a kind or for a
    thing blocked that the province does not have.
    """
    if new.kind not in KINDS:
        raise NotFound("delivery.no-such", name=new.kind, known=", ".join(KINDS))
    things = list(dict.fromkeys([(new.blocks_kind, new.blocks), *new.also]))
    for kind, code in things:
        _check_blocked(province, kind, code)
    if new.raised_on > signature.at.date():
        raise Refused("obstacle.not-yet", obstacle=new.obstacle, day=new.raised_on, at=signature.at.date())
    if new.due is not None and new.due < new.raised_on:
        raise Refused("obstacle.due-before", obstacle=new.obstacle, due=new.due, raised=new.raised_on)
    row = {**{name: getattr(new, name) for name in new.__slots__ if name != "also"}, **signature.columns()}
    further = province["obstacle_blocks"]
    for kind, code in things[1:]:
        told = {"obstacle": new.obstacle, "blocks_kind": kind, "blocks": code, **signature.columns()}
        further = appended(further, ObstacleBlocks, told)
    return province.replace(obstacles=appended(province["obstacles"], Obstacles, row), obstacle_blocks=further)


def _check_blocked(province: Province, kind: str, code: str) -> None:
    if kind not in BLOCKED:
        raise NotFound("delivery.no-such", name=kind, known=", ".join(BLOCKED))
    table, key = BLOCKED[kind]
    if code not in province[table][key]:
        known = ", ".join(province[table][key].unique(maintain_order=True).head(40))
        raise NotFound("delivery.no-such", name=code, known=known)


def record_act(province: Province, new: Act, signature: Signature) -> Province:
    """The province with one act more in the history of an obstacle.

    Refused with its reason where the act does not fit: ``obstacle.ended`` (all but noting and raising again end with
    the resolution), ``obstacle.not-resolved`` (nothing to raise again), ``obstacle.out-of-order``,
    ``obstacle.not-yet``, ``obstacle.needs`` (a field that the act takes is missing), ``obstacle.level`` (not a desk
    above the last).
    """
    if new.act not in ACTS:
        raise NotFound("delivery.no-such", name=new.act, known=", ".join(ACTS))
    row = obstacle_row(province, new.obstacle)
    past = _past(province, new.obstacle)
    _check_day(new, row, past, signature)
    resolved = _is_resolved(past)
    if resolved and new.act not in ("reopened", "noted"):
        raise Refused("obstacle.ended", obstacle=new.obstacle, act=ACT_WORDS[new.act])
    if new.act == "reopened" and not resolved:
        raise Refused("obstacle.not-resolved", obstacle=new.obstacle)
    CHECKS.get(new.act, _anything)(new, past, signature)
    added = {name: getattr(new, name) for name in ("obstacle", "act", "office", "due", "price", "price_source", "note")}
    events = appended(
        province["obstacle_events"], ObstacleEvents, {**added, "happened_on": new.day, **signature.columns()}
    )
    return province.replace(obstacle_events=events)


def undo_act(province: Province, obstacle: str, reason: str, signature: Signature) -> Province:
    """The province with a row that makes the obstacle's last act void; the act itself stays to be read.

    Refused ``record.nothing-to-undo`` if no act is in force.
    """
    obstacle_row(province, obstacle)
    past = _past(province, obstacle)
    if past.is_empty():
        raise Refused("record.nothing-to-undo", of=obstacle)
    last = past.row(-1, named=True)
    row = {
        "obstacle": obstacle,
        "happened_on": last["happened_on"],
        "act": "undone",
        "note": reason,
        "cancels": f"{last['act']}@{last['happened_on']}#{last['entry']}",
        **signature.columns(),
    }
    return province.replace(obstacle_events=appended(province["obstacle_events"], ObstacleEvents, row))


def obstacle_row(province: Province, obstacle: str) -> dict[str, Any]:
    """The row of `obstacle`; raises NotFound ``delivery.no-such``."""
    found = province["obstacles"].filter(pl.col("obstacle") == obstacle)
    if found.is_empty():
        known = ", ".join(province["obstacles"]["obstacle"]) or "–"
        raise NotFound("delivery.no-such", name=obstacle, known=known)
    return found.row(0, named=True)


def _past(province: Province, obstacle: str) -> pl.DataFrame:
    own = province["obstacle_events"].filter(pl.col("obstacle") == obstacle)
    return valid_events(own).sort("happened_on", maintain_order=True)


def _is_resolved(past: pl.DataFrame) -> bool:
    ends = past.filter(pl.col("act").is_in(["resolved", "reopened"]))
    return ends.height > 0 and ends["act"][-1] == "resolved"


def _check_day(new: Act, row: dict[str, Any], past: pl.DataFrame, signature: Signature) -> None:
    if new.day > signature.at.date():
        raise Refused("obstacle.not-yet", obstacle=new.obstacle, day=new.day, at=signature.at.date())
    last = max([row["raised_on"], *past["happened_on"]])
    if new.day < last:
        raise Refused("obstacle.out-of-order", obstacle=new.obstacle, day=new.day, last=last)


def _anything(new: Act, past: pl.DataFrame, signature: Signature) -> None:
    """No more is asked of an act of this kind."""


def _needs(*names: str) -> Callable[[Act, pl.DataFrame, Signature], None]:
    def check(new: Act, past: pl.DataFrame, signature: Signature) -> None:
        for name in names:
            if getattr(new, name) is None:
                raise Refused("obstacle.needs", obstacle=new.obstacle, act=ACT_WORDS[new.act], field=name)

    return check


def _escalated(new: Act, past: pl.DataFrame, signature: Signature) -> None:
    if new.office not in LEVELS[1:]:
        raise NotFound("delivery.no-such", name=new.office or "–", known=", ".join(LEVELS[1:]))
    told = past.filter(pl.col("act") == "escalated")["office"]
    if len(told) and told[-1] in LEVELS and LEVELS.index(new.office) <= LEVELS.index(told[-1]):
        raise Refused("obstacle.level", obstacle=new.obstacle, asked=_desk(new.office), last=_desk(told[-1]))


def _desk(level: str) -> Words:
    return Words(*(text(f"level.{level}", lang) for lang in LANGUAGES))


def _priced(new: Act, past: pl.DataFrame, signature: Signature) -> None:
    _needs("price", "price_source")(new, past, signature)
    if new.price is not None and new.price < 0:
        raise Refused("obstacle.price", obstacle=new.obstacle, price=new.price)


def _resolved(new: Act, past: pl.DataFrame, signature: Signature) -> None:
    if not (signature.document or new.note):
        raise Refused("obstacle.needs", obstacle=new.obstacle, act=ACT_WORDS[new.act], field="document")


CHECKS: dict[str, Callable[[Act, pl.DataFrame, Signature], None]] = {
    "escalated": _escalated,
    "owner-changed": _needs("office"),
    "due-moved": _needs("due", "note"),
    "priced": _priced,
    "noted": _needs("note"),
    "resolved": _resolved,
    "reopened": _needs("note"),
}
