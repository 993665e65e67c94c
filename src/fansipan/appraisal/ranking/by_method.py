"""What turns the first of a method that has no closed form: the method itself is asked again. Rules A17 and A18.

A weight, or a figure, is moved in steps until the lead is gone, and the place is then found by halving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.methods.value import Floats
from fansipan.appraisal.ranking.ranking import Method, scored

STEPS = 100  # steps of a weight from where it is to all or nothing
DOUBLINGS = 17  # steps of a figure on a local scale, each twice as far beyond: from 1/64 to 1,024 spans
HALVINGS = 60
COARSE, FEW = 20, 12  # steps and halvings where every step is a thousand draws: to 1/80,000 of the way
DRAWS = 1_000  # draws of smaa in a search
LEVEL = 1e-9


def scores(decision: Decision, method: Method, weights: Floats | None = None) -> Floats:
    """The scores of those ranked, more being better, by `method` under `weights` (those in force without)."""
    found = scored(decision, method, draws=DRAWS, seed=1, weights=weights).scores
    return -found if method == "vikor" else found


def lead(all_scores: Floats, first: int) -> tuple[float, int]:
    """By how much the alternative at `first` leads, and the position of the nearest other."""
    others = np.where(np.arange(len(all_scores)) == first, -np.inf, all_scores)
    nearest = int(others.argmax())
    return float(all_scores[first] - others[nearest]), nearest


def moved(weights: Floats, under: list[int], share: float) -> Floats:
    """`weights` with those `under` a criterion at `share` of the whole and the others in proportion."""
    own = float(weights[under].sum())
    inside = np.zeros(len(weights), dtype=bool)
    inside[under] = True
    part = weights / own if own > 0 else np.full(len(weights), 1 / len(under))
    rest = weights / (1 - own) if own < 1 else np.zeros(len(weights))
    return np.where(inside, share * part, (1 - share) * rest)


def turning_weight(decision: Decision, method: Method, under: list[int], end: float) -> tuple[float, int] | None:
    """The nearest weight towards `end` (0 or 1) at which another draws level with the first, and who; None if none."""
    weights = decision.tree.weights()
    own = float(weights[under].sum())
    first = int(scores(decision, method).argmax())

    def at(share: float) -> tuple[float, int]:
        return lead(scores(decision, method, moved(weights, under, share)), first)

    return _crossing(at, np.linspace(own, end, STEPS + 1))


def _crossing(
    at: Callable[[float], tuple[float, int]], path: Floats, halvings: int = HALVINGS
) -> tuple[float, int] | None:
    """Where along `path` the lead that `at` gives is first gone, and who then stands level."""
    before = float(path[0])
    for point in map(float, path[1:]):
        gap, rival = at(point)
        if gap <= LEVEL:
            low, high = before, point
            for _ in range(halvings):
                middle = (low + high) / 2
                gap, who = at(middle)
                low, high, rival = (middle, high, rival) if gap > LEVEL else (low, middle, who)
            return high, rival
        before = point
    return None


def needed_figure(decision: Decision, method: Method, first: int, second: int, leaf: int) -> float | None:
    """The figure of `second` on `leaf` with which it draws level with `first` by `method`; None where none does.

    `first` and `second` are positions in the decision.
    """
    ranked = decision.eligible
    one, other = ranked.index(first), ranked.index(second)

    def at(figure: float) -> tuple[float, int]:
        figures = decision.figures.copy()
        figures[second, leaf] = figure
        found = scores(replace(decision, figures=figures, own_means=None), method)
        return float(found[one] - found[other]), other

    words = decision.leaves[leaf].scale.words
    if words:
        better = sorted(value for _, value in words if value > decision.figures[second, leaf])
        return next((value for value in better if at(value)[0] <= LEVEL), None)
    drawn = method == "smaa"
    path = np.array(list(_path(decision, second, leaf, COARSE if drawn else STEPS)))
    found = _crossing(at, path, FEW if drawn else HALVINGS) if len(path) > 1 else None
    return found[0] if found else None


def _path(decision: Decision, second: int, leaf: int, steps: int) -> Iterator[float]:
    """Figures from the one in force to the best of a stated scale, or ever further beyond on a local one."""
    start, criterion = float(decision.figures[second, leaf]), decision.leaves[leaf]
    yield start
    if criterion.scale.kind == "local":
        span = float(np.ptp(decision.figures[decision.eligible, leaf]))
        step = span if criterion.maximise else -span
        yield from (start + step * 2.0**power / 64 for power in range(DOUBLINGS) if span > 0)
        return
    low, high = criterion.scale.ends
    if criterion.scale.kind == "piecewise":
        best = max(criterion.scale.points, key=lambda point: point[1])[0]
    else:
        best = high if criterion.maximise else low
    yield from (start + (best - start) * step / steps for step in range(1, steps + 1) if best != start)


def is_drawn(decision: Decision, second: int, leaf: int) -> bool:
    """Whether the figure of `second` on `leaf` is drawn by smaa, from a distribution or from judges' marks."""
    name, criterion = decision.alternatives[second], decision.leaves[leaf].name
    rows = decision.uncertain
    drawn = not rows.is_empty() and (name, criterion) in zip(rows["alternative"], rows["criterion"], strict=True)
    return drawn or (decision.marks is not None and criterion in set(decision.marks.counted["criterion"]))
