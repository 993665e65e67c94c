"""How firmly the first stands: dominance, reversal, the weight that turns it, what the second lacks. Rules A15-A18.

Triantaphyllou and Sánchez (1997), A sensitivity analysis approach for some deterministic multi-criteria decision-making
methods, Decision Sciences 28 (the critical weight); Belton and Gear (1983), On a short-coming of Saaty's method of
analytic hierarchies, Omega 11 (rank reversal).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fansipan.appraisal.council.common_marks import with_common_marks
from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.methods.value import Floats, oriented
from fansipan.appraisal.ranking import by_method
from fansipan.appraisal.ranking.ranking import Method, rank, scored, turned

EDGE = 1e-9  # level only at no weight or at all of it is not being overtaken
STEPS = 80  # halvings of a search: beyond the last bit of a figure
FAR = 1e3  # how many spans beyond the best a local scale is searched


@dataclass(frozen=True)
class WeightMove:
    """How far a weight (`weight`, in the whole) may move, the others in proportion, before the first changes.

    A group's weight moves with the proportions within it kept.

    `lower` and `upper` are the weights at which `lower_first` or `upper_first` draws level; None where none does.
    """

    criterion: str
    weight: float
    lower: float | None
    lower_first: str | None
    upper: float | None
    upper_first: str | None


@dataclass(frozen=True)
class Needed:
    """The figure on one criterion, all else as it is, with which `alternative` draws level; None where none does."""

    alternative: str
    criterion: str
    figure: float
    needed: float | None


@dataclass(frozen=True)
class Reversal:
    """Without `left_out`, `now_before` stands before `now_behind`, which was ranked before it."""

    left_out: str
    now_before: str
    now_behind: str


def dominance(decision: Decision) -> list[tuple[str, str]]:
    """Pairs (better, worse) of ranked alternatives: at least as good on every criterion that weighs, better on one."""
    weighs = decision.tree.weights() > 0
    direct = np.array([leaf.scale.gives_values for leaf in decision.leaves])
    figures = np.where(direct, decision.values(), decision.figures)[:, weighs]
    better = oriented(figures, decision.tree.maximise[weighs])
    return [
        (decision.alternatives[one], decision.alternatives[other])
        for one in decision.eligible
        for other in decision.eligible
        if (better[one] >= better[other]).all() and (better[one] > better[other]).any()
    ]


def without(decision: Decision, alternative: str) -> Decision:
    """The same decision with one alternative taken away; a member who could not mark it alone counts for the others."""
    kept = [place for place, name in enumerate(decision.alternatives) if name != alternative]
    rest = replace(
        decision,
        alternatives=tuple(decision.alternatives[place] for place in kept),
        figures=decision.figures[kept],
        absent=decision.absent[kept],
        written=decision.written[kept],
        refused=tuple(decision.refused[place] for place in kept),
        untested=tuple(decision.untested_of(place) for place in kept),
        own_means=None if decision.own_means is None else decision.own_means[kept],
        parts=None,
    )
    return with_common_marks(rest)


def rank_reversals(decision: Decision, method: Method = "value") -> list[Reversal]:
    """Every pair whose order turns when one other alternative is left out. Rule A16."""
    before = rank(decision, method).places
    found = []
    for left_out in before:
        after = rank(without(decision, left_out), method).places
        found += [Reversal(left_out, now_before, now_behind) for now_before, now_behind in turned(before, after)]
    return found


def _order(decision: Decision, method: Method) -> list[int]:
    """Positions of those ranked by `method` in order; empty where fewer than two are, or the first is shared."""
    places = scored(decision, method).places if decision.eligible else np.empty(0)
    order = [decision.eligible[at] for at in np.argsort(places, kind="stable")]
    return order if len(order) > 1 and np.sum(places == places.min()) == 1 else []


def weight_moves(decision: Decision, method: Method = "value") -> list[WeightMove]:
    """For each criterion and group the nearest weights, below and above, at which another draws level. Rule A17.

    In the order of the tree; groups that are the whole, or weigh nothing, cannot move and are left out. Empty where
    fewer than two alternatives are ranked, where the first is shared, and for ``smaa``, which draws the weights.
    """
    order, weights = _order(decision, method), decision.tree.weights()
    if not order or method == "smaa":
        return []
    parts = _parts(decision, method)
    if parts is not None and (np.abs((parts[order[0]] - parts[order[1:]]) @ weights) < 1e-9).any():
        return []
    groups = {group.name for group in decision.tree.groups}
    rivals = [decision.alternatives[place] for place in order[1:]]
    found = []
    for criterion in decision.tree.criteria:
        under = decision.tree.under(criterion.name)
        if criterion.name in groups and not 0 < weights[under].sum() < 1 - 1e-12:
            continue
        if parts is not None:
            ahead = parts[order[0]] - parts[order[1:]]
            found.append(_weight_move(criterion.name, under, ahead, weights, rivals))
        else:
            found.append(_searched_move(decision, method, criterion.name, under))
    return found


def _parts(decision: Decision, method: Method) -> Floats | None:
    """What each leaf adds to the score per unit of weight; None where the score is no sum over leaves."""
    if method == "value":
        return decision.values()
    if method != "promethee2":
        return None
    parts = np.zeros_like(decision.figures)
    for leaf, alone in enumerate(np.eye(decision.figures.shape[1])):
        parts[decision.eligible, leaf] = scored(decision, method, weights=alone).scores
    return parts


def _searched_move(decision: Decision, method: Method, criterion: str, under: list[int]) -> WeightMove:
    """The same found by asking the method: to the end of a weight by hundredths of the way, then by halving."""
    own = float(decision.tree.weights()[under].sum())
    ends: list[tuple[float | None, str | None]] = []
    for end in (0.0, 1.0):
        found = by_method.turning_weight(decision, method, under, end) if abs(end - own) > 1e-12 < 1 - own else None
        kept = found is not None and EDGE < found[0] < 1 - EDGE
        ends.append((found[0], decision.alternatives[decision.eligible[found[1]]]) if found and kept else (None, None))
    return WeightMove(criterion, own, *ends[0], *ends[1])


def _weight_move(criterion: str, under: list[int], ahead: Floats, weights: Floats, rivals: list[str]) -> WeightMove:
    """Lead over each rival is ``t a + (1 - t) b`` with a the lead on the criteria `under` it and b on the others."""
    own = float(weights[under].sum())
    if own >= 1 - 1e-12:
        return WeightMove(criterion, own, None, None, None, None)
    here = ahead[:, under] @ (weights[under] / own if own > 0 else np.ones(1))
    rest = (ahead @ weights - own * here) / (1 - own)
    tilt = here - rest
    level = np.divide(-rest, tilt, out=np.full(len(rest), np.nan), where=np.abs(tilt) > 1e-12)
    below = [(float(t), name) for t, name in zip(level, rivals, strict=True) if EDGE < t < own - EDGE]
    above = [(float(t), name) for t, name in zip(level, rivals, strict=True) if own + EDGE < t < 1 - EDGE]
    low, high = max(below, default=(None, None)), min(above, default=(None, None))
    return WeightMove(criterion, own, low[0], low[1], high[0], high[1])


def needed_by_second(decision: Decision, method: Method = "value") -> list[Needed]:
    """For each leaf that weighs, the figure with which the second would draw level with the first. Rule A18.

    Empty where fewer than two alternatives are ranked, or where the first is shared. Figures that ``smaa`` draws are
    left out: no one figure stands there.
    """
    order, weights = _order(decision, method), decision.tree.weights()
    if not order:
        return []
    first, second = order[:2]
    name, found = decision.alternatives[second], []
    for at, leaf in enumerate(decision.leaves):
        if weights[at] > 0 and not (method == "smaa" and by_method.is_drawn(decision, second, at)):
            figure = float(decision.figures[second, at])
            found.append(Needed(name, leaf.name, figure, _needed(decision, method, first, second, at)))
    return found


def _needed(decision: Decision, method: Method, first: int, second: int, at: int) -> float | None:
    if method != "value":
        return by_method.needed_figure(decision, method, first, second, at)
    if decision.leaves[at].scale.kind == "local":
        return _search(decision, first, second, at)
    values, weights = decision.values(), decision.tree.weights()
    gap = float((values[first] - values[second]) @ weights)
    return decision.value_functions()[at].figure_for(float(values[second, at]) + gap / float(weights[at]))


def _search(decision: Decision, first: int, second: int, at: int) -> float | None:
    """The figure of `second` on a local scale that draws level, the scale moving with it, found by halving."""
    weights, eligible = decision.tree.weights(), decision.eligible
    column = decision.figures[eligible, at]
    span = float(np.ptp(column))
    if span == 0:
        return None
    start = float(decision.figures[second, at])
    best = float(column.max() if decision.leaves[at].maximise else column.min())
    far = best + (span if decision.leaves[at].maximise else -span) * FAR

    def behind(figure: float) -> float:
        figures = decision.figures.copy()
        figures[second, at] = figure
        values = replace(decision, figures=figures).values()
        return float((values[first] - values[second]) @ weights)

    if behind(far) > 0:
        return None
    low, high = start, far
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if behind(middle) > 0 else (low, middle)
    return high
