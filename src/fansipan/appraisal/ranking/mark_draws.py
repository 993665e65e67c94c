"""Draws of uncertain figures and of the judges' marks, turned into values. Rule A21.

A figure in ``uncertain.csv`` is drawn from its distribution. Judges are drawn whole: each draw puts them in a random
order, and every criterion takes the marks of the first in it who marked that criterion, for all alternatives together.
So a severe judge is severe to everybody and on everything, and judges who mark different criteria are all heard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fansipan.appraisal.council.common_marks import compared_marks
from fansipan.appraisal.criteria.scale import ValueFunction
from fansipan.appraisal.decision.decision import Decision, value_function
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

    `spreads` maps (alternative, leaf) to its spread; `judged` maps a leaf to judges x alternatives figures, rows of nan
    being those of judges who did not mark it.
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
        if self.judged:
            judges = len(next(iter(self.judged.values())))
            turn = np.random.default_rng([self.seed, 1, start]).random((count, judges))
            for leaf, figures in self.judged.items():
                chosen = np.where(np.isnan(figures).any(axis=1), np.inf, turn).argmin(axis=1)
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
        return np.concatenate(
            [figures, ends, self.judged[leaf][~np.isnan(self.judged[leaf])] if leaf in self.judged else []]
        )


def uncertainty(decision: Decision, among: list[int]) -> Uncertainty:
    """What varies in the figures of the alternatives `among`. Raises InvalidInput for distributions that are none."""
    names = tuple(decision.alternatives[place] for place in among)
    return Uncertainty(_spreads(decision, names), _judged(decision, names, decision.figures[among]))


def _judged(decision: Decision, names: tuple[str, ...], figures: Floats) -> dict[int, Floats]:
    """By leaf on which judges differ, what each makes of `names`: a row each judge, nan where one did not mark it.

    An alternative with no mark keeps its figure.
    """
    compared = compared_marks(decision)
    judges = list(dict.fromkeys(member for marks in compared.values() for member in marks.members))
    found = {}
    for leaf, marks in compared.items():
        if len(marks.members) > 1 and np.ptp(marks.figures, axis=0).max() > 0:
            own = np.full((len(judges), len(names)), np.nan)
            rows = [judges.index(member) for member in marks.members]
            own[rows] = figures[:, leaf]
            own[np.ix_(rows, [names.index(name) for name in marks.alternatives])] = marks.figures
            found[leaf] = own
    return found


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
