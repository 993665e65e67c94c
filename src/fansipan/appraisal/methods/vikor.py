"""VIKOR: a compromise between the group's benefit and the greatest single regret. Rule A12.

Opricovic and Tzeng (2004), Compromise solution by MCDM methods: a comparative analysis of VIKOR and TOPSIS, European
Journal of Operational Research 156, pages 445-455.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.appraisal.methods.value import Flags, Floats, local_values

TIED = 1e-12


@dataclass(frozen=True)
class Vikor:
    """`group` is S, `regret` R and `compromise` Q, one an alternative, lowest best; `solution` holds positions.

    `advantage` and `stable` are the method's two conditions for the first alone to be the solution.
    """

    group: Floats
    regret: Floats
    compromise: Floats
    solution: tuple[int, ...]
    advantage: bool
    stable: bool


def vikor(matrix: Floats, weights: Floats, maximise: Flags, *, v: float = 0.5) -> Vikor:
    """S, R and Q with the weight `v` on the group's benefit; a criterion or measure that is constant adds nothing.

    `matrix` is alternatives x criteria; `weights` sum to one.
    """
    shortfall = weights * (1.0 - local_values(matrix, maximise))
    group, regret = shortfall.sum(axis=1), shortfall.max(axis=1, initial=0.0)
    compromise = v * _from_best(group) + (1 - v) * _from_best(regret)
    return Vikor(group, regret, compromise, *_solution(group, regret, compromise))


def _from_best(measure: Floats) -> Floats:
    span = np.ptp(measure) if len(measure) else 0.0
    return np.asarray((measure - measure.min(initial=np.inf)) / span if span > 0 else np.zeros(len(measure)))


def _solution(group: Floats, regret: Floats, compromise: Floats) -> tuple[tuple[int, ...], bool, bool]:
    """The compromise solution: acceptable advantage (``Q2 - Q1 >= 1/(n-1)``) and stability (best by S or R)."""
    order = np.argsort(compromise, kind="stable")
    if len(order) < 2:
        return tuple(int(i) for i in order), True, True
    step = 1 / (len(order) - 1)
    first = order[0]
    behind = compromise[order] - compromise[first]
    advantage = bool(behind[1] >= step - TIED)
    stable = bool(group[first] <= group.min() + TIED or regret[first] <= regret.min() + TIED)
    if advantage:
        second = order[behind <= behind[1] + TIED]  # with all who share the second place
        return tuple(int(i) for i in (order[:1] if stable else second)), advantage, stable
    return tuple(int(i) for i in order[behind < step - TIED]), advantage, stable
