"""Steps of programmes in their order: what may start, what is late, when the last can be done (Rule D6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

import polars as pl

from fansipan.delivery.due_days import DueDays, due_histories
from fansipan.errors import Refused
from fansipan.indicators.promise_figures import latest_steps

StepState = Literal["done", "done-late", "late", "ready", "waiting"]


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step as seen on a day: its state, days late (0 if not), the steps it waits for, its forecast day.

    `moved` is the history of its due day (Rule D31).
    """

    programme: str
    step: str
    name: str
    kind: str
    office: str | None
    due: date | None
    done_on: date | None
    state: StepState
    late: int
    waits_for: tuple[str, ...]
    forecast: date | None
    moved: DueDays


def standing(steps: pl.DataFrame, programme: str, on: date) -> list[StepStanding]:
    """The steps of `programme` in an order that respects what each comes after, as seen on `on`.

    The forecast moves a step that is late to `on` at the earliest, and every step after it by as much as the step it
    waits for slips past its own due day. Raises Refused ``programme.cycle`` where steps wait for one another, and
    ``programme.step-unknown`` where one waits for a step that does not exist.
    """
    own = steps.filter(pl.col("programme") == programme)
    rows = {row["step"]: row for row in latest_steps(own).iter_rows(named=True)}
    moved = due_histories(own, "step")
    after = {step: tuple((row["after"] or "").split()) for step, row in rows.items()}
    slip: dict[str, timedelta] = {}
    return [_step(rows[step], after[step], rows, slip, on, moved=moved[step,]) for step in ordered(after, programme)]


def ordered(after: Mapping[str, tuple[str, ...]], programme: str) -> list[str]:
    """The steps so that each stands behind those it comes after; refusals as in `standing`."""
    for step, earlier in after.items():
        unknown = [name for name in earlier if name not in after]
        if unknown:
            raise Refused("programme.step-unknown", programme=programme, step=step, unknown=", ".join(unknown))
    try:
        return list(TopologicalSorter(after).static_order())
    except CycleError as error:
        raise Refused("programme.cycle", programme=programme, steps=" → ".join(error.args[1])) from None


def _step(
    row: dict[str, Any],
    after: tuple[str, ...],
    rows: Mapping[str, Any],
    slip: dict[str, timedelta],
    on: date,
    *,
    moved: DueDays,
) -> StepStanding:
    done = row["done_on"] if row["done_on"] is not None and row["done_on"] <= on else None
    waits = tuple(name for name in after if rows[name]["done_on"] is None or rows[name]["done_on"] > on)
    due, none = row["due"], timedelta(0)
    pushed = max((slip[name] for name in after), default=none)
    forecast = done if done is not None else None if due is None else max(due + pushed, on if due < on else due)
    slip[row["step"]] = max(forecast - due, none) if forecast is not None and due is not None else pushed
    state: StepState
    if done is not None:
        state = "done-late" if due is not None and done > due else "done"
    elif due is not None and due < on:
        state = "late"
    else:
        state = "waiting" if waits else "ready"
    end = done if done is not None else on
    late = max((end - due).days, 0) if due is not None else 0
    return StepStanding(
        programme=row["programme"],
        step=row["step"],
        name=row["name"],
        kind=row["kind"],
        office=row["office"],
        due=due,
        done_on=done,
        state=state,
        late=late,
        waits_for=waits,
        forecast=forecast,
        moved=moved,
    )
