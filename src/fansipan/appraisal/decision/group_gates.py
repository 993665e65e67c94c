"""Gates on groups of criteria: a least total, held against the group's weighted value. Rule A2."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fansipan.appraisal.criteria.criteria import Criterion
from fansipan.appraisal.criteria.gates import Gate, Refusal
from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.methods.value import Floats


def group_totals(decision: Decision, values: Floats, weights: Floats) -> dict[str, Floats]:
    """For each group of criteria the weighted value of its leaves, on the group's own scale (0 to 1 without one)."""
    found = {}
    for group in decision.tree.groups:
        under = decision.tree.under(group.name)
        share = weights[under]
        total = values[:, under] @ (share / share.sum() if share.sum() > 0 else np.full(len(under), 1 / len(under)))
        low, high = group.scale.ends if group.scale.kind == "linear" else (0.0, 1.0)
        found[group.name] = low + total * (high - low)
    return found


def with_group_gates(decision: Decision) -> Decision:
    """The decision with the refusals of gates on groups, for alternatives that nothing refused before.

    They are held once, with everybody in who passed the other gates; whoever falls takes no part in any scale after.
    """
    if not any(group.gates for group in decision.tree.groups):
        return decision
    totals = group_totals(decision, decision.values(), decision.tree.weights())
    refused = []
    for place, before in enumerate(decision.refused):
        more = [
            _refusal(group, gate, float(totals[group.name][place]))
            for group in decision.tree.groups
            for gate in group.gates
            if not before and not gate.allows(round(float(totals[group.name][place]), 9))
        ]
        refused.append((*before, *more))
    return replace(decision, refused=tuple(refused))


def _refusal(group: Criterion, gate: Gate, total: float) -> Refusal:
    return Refusal("gate.not-met", group.name, total, gate, group.rule, group.cure, group.words)
