"""A set of criteria: a tree with directions, scales, gates and what is known of the weights. Rules A1 to A5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from fansipan.appraisal.criteria.gates import Gate
from fansipan.appraisal.criteria.scale import Scale
from fansipan.appraisal.methods.pairwise import from_order
from fansipan.appraisal.methods.promethee import Preference
from fansipan.appraisal.methods.value import Floats
from fansipan.appraisal.methods.weight_draws import WeightRegion, middle
from fansipan.texts import NO_WORDS, Language, Words, either

Missing = Literal["stop", "worst", "refuse"]


@dataclass(frozen=True)
class Criterion:
    """One row of the criteria.

    `weight`, `low` and `high` are None where nothing was said; `order` is the place in an order of importance (1
    first). `missing` says what missing evidence means: the input is at fault (``stop``), the worst figure (``worst``)
    or a refusal (``refuse``). `rule`, `evidence` and `cure` are words for the sheets: by which article, what proves it,
    what would cure a refusal.
    """

    name: str
    parent: str | None = None
    weight: float | None = None
    low: float | None = None
    high: float | None = None
    order: float | None = None
    maximise: bool = True
    scale: Scale = field(default_factory=Scale)
    gates: tuple[Gate, ...] = ()
    preference: Preference = field(default_factory=Preference)
    veto: float | None = None
    missing: Missing = "stop"
    computed: str = ""
    label_vi: str = ""
    label_en: str = ""
    unit: Words = NO_WORDS
    rule: Words = NO_WORDS
    evidence: Words = NO_WORDS
    cure: Words = NO_WORDS

    @property
    def words(self) -> Words:
        """The criterion's name in both languages, its code where no words were given."""
        return either(self.label_vi or self.label_en or self.name, self.label_en)

    def label(self, lang: Language) -> str:
        """The criterion's name in `lang`."""
        return self.words.in_language(lang)


@dataclass(frozen=True)
class CriteriaTree:
    """Criteria in the order of their file; `judged` holds weights found by comparisons, by parent ("" for the top)."""

    criteria: tuple[Criterion, ...]
    judged: tuple[tuple[str, tuple[float, ...]], ...] = ()

    def children(self, parent: str | None) -> list[Criterion]:
        """The criteria directly under `parent` (None for the top)."""
        return [criterion for criterion in self.criteria if criterion.parent == parent]

    @property
    def leaves(self) -> list[Criterion]:
        """The criteria that are measured: those that are nobody's parent."""
        parents = {criterion.parent for criterion in self.criteria}
        return [criterion for criterion in self.criteria if criterion.name not in parents]

    @property
    def groups(self) -> list[Criterion]:
        """The criteria that only gather others."""
        parents = {criterion.parent for criterion in self.criteria}
        return [criterion for criterion in self.criteria if criterion.name in parents]

    @property
    def maximise(self) -> np.ndarray:
        """For each leaf, whether more is better; scales that give values themselves always are."""
        return np.array([leaf.maximise or leaf.scale.gives_values for leaf in self.leaves], dtype=bool)

    def named(self, name: str) -> Criterion:
        """The criterion `name`. Raises KeyError if there is none."""
        return {criterion.name: criterion for criterion in self.criteria}[name]

    def under(self, name: str) -> list[int]:
        """The positions of the leaves under `name` (or of itself, if it is one)."""
        path = [self._path(leaf) for leaf in self.leaves]
        return [place for place, names in enumerate(path) if name in names]

    def _path(self, leaf: Criterion) -> list[str]:
        parents = {criterion.name: criterion.parent for criterion in self.criteria}
        names: list[str] = []
        at: str | None = leaf.name
        while at is not None and at not in names:
            names.append(at)
            at = parents[at]
        return names

    def sibling_groups(self) -> Iterator[tuple[str | None, list[Criterion]]]:
        """Each parent (None for the top) with its children."""
        for parent in [None, *(group.name for group in self.groups)]:
            yield parent, self.children(parent)

    def local_weights(self) -> dict[str, float]:
        """The weight of each criterion among its siblings; each group sums to one. Rule A4."""
        found: dict[str, float] = {}
        judged = dict(self.judged)
        for parent, children in self.sibling_groups():
            weights = judged.get(parent or "") or local_weights(children)
            found |= {child.name: float(weight) for child, weight in zip(children, weights, strict=True)}
        return found

    def weights(self) -> Floats:
        """The weight of each leaf in the whole: the product of the weights on its path; they sum to one."""
        local = self.local_weights()
        return np.array([np.prod([local[name] for name in self._path(leaf)]) for leaf in self.leaves])

    def draw_weights(self, draws: int, random: np.random.Generator) -> Floats:
        """`draws` sets of leaf weights (draws x leaves) that respect what is known of them. Rule A20."""
        local: dict[str, Floats] = {}
        judged = dict(self.judged)
        for parent, children in self.sibling_groups():
            known = judged.get(parent or "")
            drawn = np.tile(known, (draws, 1)) if known else draw_local(children, draws, random)
            local |= {child.name: drawn[:, place] for place, child in enumerate(children)}
        columns = [np.prod([local[name] for name in self._path(leaf)], axis=0) for leaf in self.leaves]
        return np.ascontiguousarray(np.stack(columns, axis=1))

    @property
    def weights_are_exact(self) -> bool:
        """Whether nothing was left open about any weight."""
        judged = dict(self.judged)
        groups = (children for parent, children in self.sibling_groups() if (parent or "") not in judged)
        return all(region(children)[0].is_exact for children in groups)


def local_weights(children: Sequence[Criterion]) -> Floats:
    """One set of weights for siblings: as given; the centroid of an order; else the middle of what is possible.

    A blank weight among given ones takes the middle of its own bounds, or the mean of the given ones without bounds.
    """
    if any(child.order is not None for child in children):
        return from_order([child.order or 0.0 for child in children])
    given = [child.weight for child in children if child.weight is not None]
    if not given:
        known, _ = region(children)
        return middle(known.low, known.high)
    mean = sum(given) / len(given) or 1.0
    raw = np.array([_point(child, mean) for child in children])
    return raw / raw.sum()


def _point(child: Criterion, otherwise: float) -> float:
    if child.weight is not None:
        return child.weight
    return (child.low + child.high) / 2 if child.low is not None and child.high is not None else otherwise


def bounds_unit(children: Sequence[Criterion]) -> float | None:
    """The sum that the bounds of siblings refer to: that of the weights, 1 or 100; None where none makes them possible.

    Bounds that hold the weights they stand beside decide; without weights, the sum must lie between all the lowest
    and all the highest.
    """
    given = sum(child.weight or 0.0 for child in children)
    complete = given > 0 and all(child.weight is not None for child in children)
    for unit in ([given] if complete else []) + [1.0, 100.0]:
        low, high = _raw_bounds(children, unit)
        if low.sum() > unit * (1 + 1e-9) or high.sum() < unit * (1 - 1e-9) or (low > high).any():
            continue
        points = np.array([child.weight or 0.0 for child in children]) * unit / (given or 1.0)
        if not complete or ((low - 1e-9 * unit <= points) & (points <= high + 1e-9 * unit)).all():
            return unit
    return None


def _moves(children: Sequence[Criterion]) -> np.ndarray:
    """Which weights are open: those with bounds and those left blank."""
    return np.array([c.weight is None or c.low is not None or c.high is not None for c in children], dtype=bool)


def _keeps_exact(children: Sequence[Criterion]) -> bool:
    """Whether weights without bounds stay as they are: all weights are given and none, or at least two, may move."""
    return all(child.weight is not None for child in children) and int(_moves(children).sum()) != 1


def _raw_bounds(children: Sequence[Criterion], unit: float) -> tuple[Floats, Floats]:
    total = sum(child.weight or 0.0 for child in children) or 1.0
    exact = np.array([unit * (child.weight or 0.0) / total for child in children])
    free, moves = not _keeps_exact(children), _moves(children)
    low = np.array([child.low or 0.0 for child in children])
    high = np.array([child.high if child.high is not None else unit for child in children])
    return np.where(moves | free, low, exact), np.where(moves | free, high, exact)


def region(children: Sequence[Criterion]) -> tuple[WeightRegion, Floats]:
    """What is known of the siblings' weights, as a region of items and the items' shares for each child. Rule A5.

    Weights without bounds stay exact while the others can make up the rest among themselves; where they cannot (one
    alone is open, or some are blank), the exact ones become a single item that keeps their proportions.
    """
    places = [child.order for child in children]
    eye = np.eye(len(children))
    if any(place is not None for place in places):
        order = np.array([place or 0.0 for place in places])
        return WeightRegion(np.zeros(len(children)), np.ones(len(children)), order), eye
    unit = bounds_unit(children) or 1.0
    low, high = (bound / unit for bound in _raw_bounds(children, unit))
    moves = _moves(children)
    if moves.all() or _keeps_exact(children):
        return WeightRegion(low, np.minimum(high, 1.0), np.zeros(0)), eye
    given = np.where(moves, 0.0, [child.weight or 0.0 for child in children])
    if given.sum() == 0:  # what weighs nothing takes no part
        return WeightRegion(low[moves], np.minimum(high[moves], 1.0), np.zeros(0)), eye[moves]
    spread = np.vstack([eye[moves], given / given.sum()])
    return WeightRegion(np.append(low[moves], 0.0), np.append(high[moves], 1.0), np.zeros(0)), spread


def draw_local(children: Sequence[Criterion], draws: int, random: np.random.Generator) -> Floats:
    """Draws of the siblings' weights, draws x children."""
    known, spread = region(children)
    return np.asarray(known.draw(draws, random) @ spread, dtype=np.float64)
