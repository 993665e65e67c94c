"""Weights written as shares of the whole beneath groups that have none of their own. Rule A4."""

from __future__ import annotations

import math
from dataclasses import replace

from fansipan.appraisal.criteria.criteria import CriteriaTree


def gathered(tree: CriteriaTree) -> CriteriaTree | None:
    """The tree with each group weighing what the leaves under it weigh; None where that is not what was meant.

    It is meant where nothing is said of any group's weight, every leaf has one, and they add up to 1 or 100 over the
    whole: 20, 20 and 60 are shares of the whole, in whatever groups they stand.
    """
    weights = [leaf.weight for leaf in tree.leaves if leaf.weight is not None]
    said = any(
        value is not None for group in tree.groups for value in (group.weight, group.low, group.high, group.order)
    )
    if not tree.groups or said or len(weights) < len(tree.leaves):
        return None
    if any(leaf.order is not None for leaf in tree.leaves):
        return None
    if not any(math.isclose(sum(weights), whole, rel_tol=1e-6) for whole in (1.0, 100.0)):
        return None
    sums = {group.name: sum(weights[place] for place in tree.under(group.name)) for group in tree.groups}
    criteria = (replace(one, weight=sums[one.name]) if one.name in sums else one for one in tree.criteria)
    return replace(tree, criteria=tuple(criteria))
