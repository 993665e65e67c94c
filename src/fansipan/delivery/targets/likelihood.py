"""How likely promises with days are kept: zones formed, programmes submitted or done, by delays seen so far (Rule D27).

Each zone in procedure is formed on the earliest day that the law's clocks allow, each programme done on the forecast of
its last step; a delay drawn from those of all milestones reached is laid on that day. One draw a zone or programme, the
same for every target, so that promises that hang on the same thing are kept or broken together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np
import polars as pl

from fansipan.delivery.targets import schedule
from fansipan.delivery.targets.asked import ZONES
from fansipan.delivery.targets.pipeline import IN_PROCEDURE, candidates, earliest
from fansipan.errors import NotFound, Refused
from fansipan.indicators import Figure, Scope, Source, Span, compute
from fansipan.indicators.scopes import own_zones, zones_of
from fansipan.province import Province
from fansipan.scenario.baseline.commissioning import DAYS_A_MONTH, delays_of
from fansipan.scenario.baseline.lines import Floats

PROGRAMMES: Mapping[str, tuple[str, ...] | None] = {
    "programme-submitted": ("submission", "approval"),
    "programme-done": None,
}
DRAWN = (*ZONES, *PROGRAMMES)
TEXTS = ("source", "item", "indicator", "scope_kind", "scope", "period", "comparison")
SCHEMA = dict.fromkeys(TEXTS, pl.String) | dict.fromkeys(("value", "mean", "p10", "p90", "chance"), pl.Float64)


def drawn_parts(
    province: Province,
    on: date,
    name: str,
    scope: Scope,
    start: date,
    ends: Sequence[date],
    *,
    paths: int = 10_000,
    seed: int = 1,
) -> dict[str, Floats]:
    """The indicator `name` at each of `ends` in each path, paths x ends, by unit of the scope (one part of the whole).

    Raises NotFound ``likelihood.not-drawn`` for an indicator that has no days, Refused ``likelihood.no-days`` where a
    zone in procedure or a programme's step has none, and what `compute` raises.
    """
    if name not in DRAWN:
        raise NotFound("likelihood.not-drawn", name=name, known=", ".join(DRAWN))
    source = Source(province, on)
    figure = compute(name, source, scope, Span(start, max(on, start)))
    late = delays_of(source.province["milestones"])
    if name in PROGRAMMES:
        return {scope.code: _programme(source.province, scope.code, name, figure, on, ends, late, paths, seed)}
    parts = figure.parts or {scope.code: figure}
    return {
        unit: _zones(source.province, scope, unit, name, part, on, ends, late, paths, seed)
        for unit, part in parts.items()
    }


def _draw(late: Floats, key: str, paths: int, seed: int) -> Floats:
    """Delays in days of one zone or programme: the same for the same name and seed, whatever else is asked."""
    random = np.random.default_rng([seed, crc32(key.encode())])
    return random.choice(late, paths) * DAYS_A_MONTH


def _by(day: date, late: Floats, ends: Sequence[date]) -> Floats:
    """Whether what is due on `day` plus the delay has come by each of `ends`: paths x ends, 0 or 1."""
    room = np.array([(end - day).days for end in ends], dtype=float)
    return (late[:, None] <= room).astype(float)


def _zones(
    province: Province,
    scope: Scope,
    unit: str,
    name: str,
    now: Figure,
    on: date,
    ends: Sequence[date],
    late: Floats,
    paths: int,
    seed: int,
) -> Floats:
    kind = ZONES[name]
    own = own_zones(province, kind, on) if scope.kind == "province" else zones_of(province, unit, kind, on)
    found = np.full((paths, len(ends)), now.value or 0.0)
    for one in candidates(province, own, kind, on):
        if one.zone is None or one.state not in IN_PROCEDURE:
            continue
        if one.earliest is None:
            raise Refused("likelihood.no-days", item=one.zone)
        found += _by(one.earliest, _draw(late, one.zone, paths, seed), ends)
    return found


def _programme(
    province: Province,
    code: str,
    name: str,
    now: Figure,
    on: date,
    ends: Sequence[date],
    late: Floats,
    paths: int,
    seed: int,
) -> Floats:
    if now.value is None:
        raise Refused("likelihood.no-days", item=code)
    if now.value:
        return np.ones((paths, len(ends)))
    kinds = PROGRAMMES[name]
    steps = [s for s in schedule.standing(province["programme_steps"], code, on) if kinds is None or s.kind in kinds]
    days = [step.forecast for step in steps]
    if not days or any(day is None for day in days):
        raise Refused("likelihood.no-days", item=code)
    # Submitted by the first of such steps, done with the last of all.
    day = (max if kinds is None else min)(day for day in days if day is not None)
    return _by(day, _draw(late, code, paths, seed), ends)


def promise_chances(province: Province, on: date, *, paths: int = 10_000, seed: int = 1) -> pl.DataFrame:
    """The chance of every target on zones and programmes that is not yet due, in the columns of a scenario's chances.

    Every unit of a scope must meet its target; `mean`, `p10` and `p90` are of the count over all units. Targets whose
    zones or steps have no days, and those that a zone not yet begun could still meet, are left out: the register does
    not tell how likely that is.
    """
    known = province.known_on(on)
    rows = []
    for row in known["targets"].iter_rows(named=True):
        if row["indicator"] in DRAWN and row["due"] is not None and row["due"] >= on:
            found = _target(known, on, row, paths, seed)
            if found is not None:
                rows.append(found)
    return pl.DataFrame(rows, schema=SCHEMA)


def _more_may_come(name: str, on: date, due: date) -> bool:
    """Whether a zone that nobody has begun yet could still be formed by `due`: then no chance can be told."""
    if name not in ZONES:
        return False
    first = earliest(None, None, on)[0] if ZONES[name] == "cluster" else None
    return first is None or first <= due


def _target(province: Province, on: date, row: Mapping[str, Any], paths: int, seed: int) -> dict[str, Any] | None:
    scope = Scope(row["scope_kind"] or "province", row["scope"] or "")
    start = row["start"] or date(row["due"].year, 1, 1)
    try:
        parts = drawn_parts(province, on, row["indicator"], scope, start, [row["due"]], paths=paths, seed=seed)
    except Refused:
        return None
    asked = row["value"] if row["value"] is not None else 1.0
    if not parts:
        return None
    values = np.hstack(list(parts.values()))
    if row["comparison"] != "at-most" and (values < asked).any() and _more_may_come(row["indicator"], on, row["due"]):
        return None
    met = (values <= asked if row["comparison"] == "at-most" else values >= asked).all(axis=1)
    whole = values.sum(axis=1)
    low, high = np.quantile(whole, (0.1, 0.9))
    return {
        "source": "target",
        "item": row["target"],
        "indicator": row["indicator"],
        "scope_kind": scope.kind,
        "scope": scope.code,
        "period": str(row["due"].year),
        "comparison": row["comparison"],
        "value": float(asked),
        "mean": float(whole.mean()),
        "p10": float(low),
        "p90": float(high),
        "chance": float(met.mean()),
    }
