"""The plan that is farthest from those known, by the capital-weighted difference of builds (method rule E31)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fansipan.expansion.solve.plan import with_rows
from fansipan.linear.keys import Codes, Floats
from fansipan.linear.model import Arrays

Line = tuple[Codes, Floats, float, float]


def distant(arrays: Arrays, first: int, owner: Codes, capital: Floats, most: Floats, known: list[Floats]) -> Arrays:
    """Maximise the least distance ``t`` from the `known` builds (lumps by process).

    ``t <= sum_p capital[p] d[k,p]`` for each known plan k, with ``d = |built - known|``. Where nothing was built, or
    all that may be, the difference is linear; else a whole variable z says on which side the new plan is:
    ``d <= built - known + 2 known z`` and ``d <= known - built + 2 (most - known) (1 - z)``. The columns ``units``
    start at `first` and belong to the processes `owner`; `most` is the most lumps of a process.
    """
    used = np.flatnonzero(np.bincount(owner, minlength=len(capital)) * (capital > 0))
    units = {int(process): first + np.flatnonzero(owner == process) for process in used}
    target = len(arrays.cost)
    between = [(k, p) for k, builds in enumerate(known) for p in units if 0 < builds[p] < most[p] < np.inf]
    lines: list[Line] = []
    for k, builds in enumerate(known):
        inside = [place for place, (plan, _) in enumerate(between) if plan == k]
        lines.append(_least(target, builds, capital, units, {between[place][1]: place for place in inside}))
    for place, (k, process) in enumerate(between):
        lines += _sides(target + 1 + 2 * place, units[process], float(known[k][process]), float(most[process]))
    return with_rows(_wider(arrays, len(between)), lines)


def _wider(arrays: Arrays, between: int) -> Arrays:
    """The arrays with ``t`` to be maximised and a pair (difference, side) for each of `between`."""
    pair = np.tile([np.inf, 1.0], between)
    return replace(
        arrays,
        cost=np.concatenate([np.zeros(len(arrays.cost)), [1.0], np.zeros(2 * between)]),
        lower=np.concatenate([arrays.lower, [-np.inf], np.zeros(2 * between)]),
        upper=np.concatenate([arrays.upper, [np.inf], pair]),
        integer=np.concatenate([arrays.integer, [0], np.tile([0, 1], between)]).astype(np.int32),
        offset=0.0,
        maximise=True,
    )


def _least(target: int, builds: Floats, capital: Floats, units: dict[int, Codes], inside: dict[int, int]) -> Line:
    """``t - sum capital d <= 0``, with what is linear in the builds written out."""
    columns, values, most = [np.array([target])], [np.ones(1)], 0.0
    for process, own in units.items():
        if process in inside:
            columns.append(np.array([target + 1 + 2 * inside[process]]))
            values.append(np.array([-capital[process]]))
            continue
        side = -1.0 if builds[process] > 0 else 1.0
        columns.append(own)
        values.append(np.full(len(own), -capital[process] * side))
        most -= capital[process] * side * builds[process]
    return np.concatenate(columns), np.concatenate(values), -np.inf, most


def _sides(column: int, own: Codes, known: float, most: float) -> list[Line]:
    """The two rows that hold a difference (at `column`) to the distance on the side that the next column says."""
    index = np.concatenate([[column, column + 1], own])
    ones = np.ones(len(own))
    return [
        (index, np.concatenate([[1.0, -2.0 * known], -ones]), -np.inf, -known),
        (index, np.concatenate([[1.0, 2.0 * (most - known)], ones]), -np.inf, known + 2.0 * (most - known)),
    ]
