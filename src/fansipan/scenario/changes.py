"""Scenarios: named, frozen lists of changes over a baseline, and what they do to quantities (Rules P10, P11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.scenario.baseline.lines import Floats, Lines
from fansipan.statistics.output_value import Tables

BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the lines it selects, what it does to them, in which months, why, and of which scenario it is."""

    scenario: str
    select: str
    item: str | None
    act: str
    value: float
    first: Month | None
    last: Month | None
    reason: str
    reason_en: str
    source: str

    def within(self, months: Sequence[Month]) -> NDArray[np.bool_]:
        """Which of `months` the change is of."""
        return np.array(
            [(self.first is None or m >= self.first) and (self.last is None or m <= self.last) for m in months], bool
        )


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with its changes in order, those of its ancestors first. `baseline` has none and always exists."""

    code: str
    name: str
    name_en: str
    parent: str | None = None
    changes: tuple[Change, ...] = ()


def scenario_of(province: Tables, code: str = BASELINE) -> Scenario:
    """The scenario `code` of a province. Raises NotFound ``scenario.unknown``, Refused ``scenario.circle``."""
    rows = {row["scenario"]: row for row in province["scenarios"].iter_rows(named=True)}
    if code == BASELINE and code not in rows:
        return Scenario(BASELINE, "Đường cơ sở", "Baseline")
    if code not in rows:
        near = get_close_matches(code, rows, 3) or list(rows)
        raise NotFound("scenario.unknown", name=code, near=", ".join(near) or BASELINE)
    trail = list(_ancestors(rows, code))
    changes = [change for one in reversed(trail) for change in _changes(province, one)]
    row = rows[code]
    return Scenario(code, row["name"], row["name_en"] or row["name"], row["parent"], tuple(changes))


def scenario_known(province: Province, code: str, day: date) -> Scenario:
    """The scenario `code` as recorded by the end of `day`: what was changed in it later does not count.

    Raises NotFound ``scenario.unknown``, Refused ``scenario.not-yet`` for one that was recorded later.
    """
    known = province.known_on(day)
    if code != BASELINE and code not in set(known["scenarios"]["scenario"]):
        later = province["scenarios"].filter(pl.col("scenario") == code)
        if later.height:
            recorded = later["recorded_at"].drop_nulls()
            when = str(recorded[0].date()) if len(recorded) else "–"
            raise Refused("scenario.not-yet", name=code, day=str(day), recorded=when)
    return scenario_of(known, code)


def _ancestors(rows: dict[str, dict[str, str | None]], code: str) -> Iterator[str]:
    """The scenario and those it derives from, nearest first."""
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at in rows:
        if at in seen:
            raise Refused("scenario.circle", name=code)
        seen.add(at)
        yield at
        at = rows[at]["parent"]


def _changes(province: Tables, code: str) -> Iterator[Change]:
    own = province["scenario_changes"].filter(pl.col("scenario") == code).sort("order")
    for row in own.iter_rows(named=True):
        first, last = (Month.parse(row[m]) if row[m] else None for m in ("first_month", "last_month"))
        reason = row["reason"], row["reason_en"] or row["reason"]
        yield Change(code, row["select"], row["item"], row["act"], row["value"], first, last, *reason, row["source"])


def selected(change: Change, lines: Lines) -> NDArray[np.bool_]:
    """The lines that a change selects. Raises NotFound ``scenario.selects-nothing``."""
    if change.select == "all":
        found = np.ones(len(lines), bool)
    elif change.select == "hydropower":
        found = lines.frame["hydropower"].to_numpy()
    else:
        found = lines.places(change.select, change.item or "")
    if not found.any():
        raise NotFound("scenario.selects-nothing", scenario=change.scenario, select=change.select, item=change.item)
    return found


def applied(changes: Sequence[Change], lines: Lines, months: Sequence[Month], quantities: Floats) -> Floats:
    """`quantities` (… x lines x months ahead) after all `changes`, in order; the argument is left as it is.

    `multiply` by the value; `add` the value to the lines together each month, by their size; `set` the lines together
    to it, by their size (evenly where all stand still); `cap` them together; `shift` them later by whole months (before
    that the first month's quantity). Quantities never fall below zero. Units are those of the product.
    """
    found = quantities.copy()
    for change in changes:
        rows, when = np.flatnonzero(selected(change, lines)), np.flatnonzero(change.within(months))
        if len(when):
            part = found[..., rows[:, None], when]
            found[..., rows[:, None], when] = np.maximum(_ACTS[change.act](part, change.value), 0.0)
    return found


def _multiply(part: Floats, value: float) -> Floats:
    return part * value


def _shares(part: Floats) -> Floats:
    """Each line's share of the selected lines together; equal where all are zero."""
    whole = part.sum(axis=-2, keepdims=True)
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0 / part.shape[-2])


def _add(part: Floats, value: float) -> Floats:
    return part + value * _shares(part)


def _set(part: Floats, value: float) -> Floats:
    return value * _shares(part)


def _cap(part: Floats, value: float) -> Floats:
    whole = part.sum(axis=-2, keepdims=True)
    return part * np.minimum(1.0, value / np.where(whole > 0, whole, np.inf)) if value > 0 else part * 0.0


def _shift(part: Floats, value: float) -> Floats:
    by = min(max(round(value), 0), part.shape[-1])
    if not by:
        return part
    held = np.repeat(part[..., :1], by, axis=-1)
    return np.concatenate([held, part[..., : part.shape[-1] - by]], axis=-1)


_ACTS = {"multiply": _multiply, "add": _add, "set": _set, "cap": _cap, "shift": _shift}


def delays_asked(changes: Sequence[Change], projects: Sequence[str]) -> Floats:
    """Months by which changes of the kind `shift` put off the start of each of `projects`."""
    found = np.zeros(len(projects))
    for change in changes:
        if _moves_a_start(change):
            found += change.value * np.array([project == change.item for project in projects])
    return found


def _moves_a_start(change: Change) -> bool:
    return change.act == "shift" and change.select == "project"


def of_quantities(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that act on quantities: all but those that move a project's start."""
    return tuple(change for change in changes if not _moves_a_start(change))
