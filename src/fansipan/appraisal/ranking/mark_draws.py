"""Draws of uncertain figures and of the judges' marks, turned into values. Rule A21.

A figure in ``uncertain.csv`` is drawn from its distribution. A criterion marked by several judges is drawn by choosing
one of them at random: that judge's marks of all alternatives together, so that a severe judge is severe to everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fansipan.appraisal.criteria.scale import ValueFunction
from fansipan.appraisal.decision.decision import Decision, value_function
from fansipan.appraisal.decision.marks import judge_figures
from fansipan.appraisal.methods.value import Floats
from fansipan.errors import Fault, Refused, refuse


@dataclass(frozen=True)
class Spread:
    """How one figure varies: `distribution` with parameters `a` and `b`, `mode` for a triangular one."""

    distribution: str
    a: float
    b: float
    mode: float

    def draw(self, count: int, random: np.random.Generator) -> Floats:
        """`count` figures."""
        if self.distribution == "uniform":
            return self.a + (self.b - self.a) * random.random(count)
        if self.distribution == "triangular":
            return random.triangular(self.a, self.mode, self.b, count) if self.b > self.a else np.full(count, self.a)
        return (
            random.normal(self.a, self.b, count)
            if self.distribution == "normal"
            else random.beta(self.a, self.b, count)
        )

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and highest figure; two standard deviations each way where there are none."""
        if self.distribution in ("uniform", "triangular"):
            return self.a, self.b
        if self.distribution == "normal":
            return self.a - 2 * self.b, self.a + 2 * self.b
        both = self.a + self.b
        mean, deviation = self.a / both, float(np.sqrt(self.a * self.b / (both**2 * (both + 1))))
        return mean - 2 * deviation, mean + 2 * deviation


@dataclass(frozen=True)
class ValueDraws:
    """Values of every draw on demand, the same each time: `base` alternatives x leaves, and what varies in it.

    `spreads` maps (alternative, leaf) to its spread; `judged` maps a leaf to judges x alternatives figures.
    """

    base: Floats
    functions: tuple[ValueFunction, ...]
    spreads: dict[tuple[int, int], Spread]
    judged: dict[int, Floats]
    seed: int

    def __call__(self, start: int, stop: int) -> Floats:
        """Values for draws `start` to `stop`: draws x alternatives x leaves."""
        count = stop - start
        values = np.tile(self.base, (count, 1, 1))
        for leaf, figures in self.judged.items():
            random = np.random.default_rng([self.seed, 1, leaf, start])
            chosen = random.integers(len(figures), size=count)
            values[:, :, leaf] = self.functions[leaf](figures)[chosen]
        for (alternative, leaf), spread in self.spreads.items():
            random = np.random.default_rng([self.seed, 2, alternative, leaf, start])
            values[:, alternative, leaf] = self.functions[leaf](spread.draw(count, random))
        return values


@dataclass(frozen=True)
class Uncertainty:
    """What varies among some alternatives: `spreads` by (alternative, leaf), `judged` figures by leaf."""

    spreads: dict[tuple[int, int], Spread]
    judged: dict[int, Floats]

    def __bool__(self) -> bool:
        return bool(self.spreads or self.judged)

    def reach(self, leaf: int, figures: Floats) -> Floats:
        """`figures` of a leaf with the ends of everything that varies in it: what a local scale must span."""
        ends = [end for (_, at), spread in self.spreads.items() if at == leaf for end in spread.ends]
        return np.concatenate([figures, ends, self.judged[leaf].ravel() if leaf in self.judged else []])


def uncertainty(decision: Decision, among: list[int]) -> Uncertainty:
    """What varies in the figures of the alternatives `among`. Raises InvalidInput for distributions that are none."""
    names = tuple(decision.alternatives[place] for place in among)
    judged = {}
    for place, leaf in enumerate(decision.leaves):
        if decision.marks is not None:
            own = judge_figures(decision.marks, names, leaf.name, decision.figures[among, place])
            if len(own) > 1 and np.ptp(own, axis=0).max() > 0:
                judged[place] = own
    return Uncertainty(_spreads(decision, names), judged)


def value_draws(decision: Decision, among: list[int], seed: int) -> ValueDraws | None:
    """The uncertain values of the alternatives `among`; None where every figure is certain.

    Local scales span everything that can be drawn.
    """
    varies = uncertainty(decision, among)
    if not varies:
        return None
    figures = decision.figures[among]
    functions = [value_function(leaf, varies.reach(at, figures[:, at])) for at, leaf in enumerate(decision.leaves)]
    base = np.stack([f(figures[:, place]) for place, f in enumerate(functions)], axis=1)
    return ValueDraws(base, tuple(functions), varies.spreads, varies.judged, seed)


def _spreads(decision: Decision, names: tuple[str, ...]) -> dict[tuple[int, int], Spread]:
    found: dict[tuple[int, int], Spread] = {}
    leaves = [leaf.name for leaf in decision.leaves]
    refuse(_wrong_spreads(decision.uncertain))
    for row in decision.uncertain.iter_rows(named=True):
        if row["alternative"] in names:
            at, leaf = names.index(row["alternative"]), leaves.index(row["criterion"])
            figure = float(decision.figures[decision.alternatives.index(row["alternative"]), leaf])
            if row["distribution"] == "triangular" and not row["a"] <= figure <= row["b"]:
                raise Refused("uncertain.mode", alternative=row["alternative"], criterion=row["criterion"])
            found[at, leaf] = Spread(row["distribution"], row["a"], row["b"], figure)
    return found


def _wrong_spreads(rows: pl.DataFrame) -> list[Fault]:
    """Distributions whose parameters are none."""
    wrong = []
    for row in rows.iter_rows(named=True):
        kind, a, b = row["distribution"], row["a"], row["b"]
        bad = a > b if kind in ("uniform", "triangular") else b < 0 if kind == "normal" else a <= 0 or b <= 0
        if bad:
            params = {"alternative": row["alternative"], "criterion": row["criterion"], "distribution": kind}
            wrong.append(Fault("uncertain.parameters", params))
    return wrong
