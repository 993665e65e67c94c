"""Scenarios side by side in one model, in which what is decided early is the same in all (method rule E32)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fansipan.errors import Refused
from fansipan.expansion.solve.plan import Plan
from fansipan.linear.keys import Codes, Floats
from fansipan.linear.model import Arrays

DECISIONS = ("units", "stage")


def decisions(plan: Plan, before: int | None = None) -> Codes:
    """The columns of what is decided (lumps, stages of zones), of all years or only of those before `before`."""
    found = [np.empty(0, np.int64)]
    years = np.asarray(plan.network.horizon.years)
    for name in DECISIONS:
        block = plan.model.variables.get(name)
        if block:
            early = years[block.keys.codes[1]] < (years[-1] + 1 if before is None else before)
            found.append(block.first + np.flatnonzero(early))
    return np.concatenate(found)


def same_decisions(plans: Sequence[Plan], before: int | None = None) -> list[Codes]:
    """The columns of the same decisions in each plan. Raises Refused where the plans decide on different things."""
    named = [_names(plan) for plan in plans]
    if any(names != named[0] for names in named):
        raise Refused("plan.uncertainty.apart")
    return [decisions(plan, before) for plan in plans]


def _names(plan: Plan) -> list[tuple[str, str, int, int]]:
    found = []
    for name in DECISIONS:
        block = plan.model.variables.get(name)
        if block:
            labels = plan.model.labels[block.keys.dims[0]]
            found += [(name, labels[item], item, year) for item, year in zip(*block.keys.codes, strict=True)]
    return found


def joined(parts: Sequence[Arrays], weight: Floats, shared: Sequence[Codes]) -> Arrays:
    """Scenarios side by side, each weighted, with rows that make the `shared` columns the same in all."""
    first = np.cumsum([0, *(part.cost.size for part in parts)])
    start: list[np.ndarray] = [np.zeros(1, np.int64)]
    index, value = [], []
    for place, part in zip(first, parts, strict=False):
        start.append(part.start[1:].astype(np.int64) + start[-1][-1])
        index.append(part.index + place)
        value.append(part.value)
    for place, own in zip(first[1:], shared[1:], strict=False):
        start.append(start[-1][-1] + 2 * np.arange(1, len(own) + 1))
        index.append(np.stack([shared[0], own + place], axis=1).ravel())
        value.append(np.tile([1.0, -1.0], len(own)))
    zero = np.zeros(sum(len(own) for own in shared[1:]))
    return Arrays(
        cost=np.concatenate([part.cost * share for part, share in zip(parts, weight, strict=True)]),
        lower=np.concatenate([part.lower for part in parts]),
        upper=np.concatenate([part.upper for part in parts]),
        row_lower=np.concatenate([*(part.row_lower for part in parts), zero]),
        row_upper=np.concatenate([*(part.row_upper for part in parts), zero]),
        start=np.concatenate(start).astype(np.int32),
        index=np.concatenate(index).astype(np.int32),
        value=np.concatenate(value),
        integer=np.concatenate([part.integer for part in parts]),
        offset=float(sum(part.offset * share for part, share in zip(parts, weight, strict=True))),
        maximise=parts[0].maximise,
    )
