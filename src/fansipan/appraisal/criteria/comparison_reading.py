"""Weights from the file of pairwise comparisons, and how consistent each judge was. Rules A6 and A7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion
from fansipan.appraisal.methods.pairwise import Judged, combined, weights_from_comparisons
from fansipan.appraisal.methods.value import Floats
from fansipan.errors import Fault, Place, refuse
from fansipan.notation import number
from fansipan.tables.reading.sheet import Sheet
from fansipan.texts import LANGUAGES, Words

FILE = "comparisons.csv"
SAATY_LEAST, SAATY_MOST = 0.11 - 1e-9, 9  # 1/9 written with two decimals is still 1/9
OPPOSED = 4  # twice as important in one judge's eyes and half as important in another's
FIGURE = r"\d+(?:[.,]\d+)?"
RATIO = re.compile(rf"^({FIGURE})(?:\s*[/:]\s*({FIGURE}))?$")


@dataclass(frozen=True)
class Consistency:
    """How consistent the comparisons of one group are: of one `judge`, or None for all of them combined.

    `weights` are by criterion; `ratio` is the consistency ratio, `acceptable` to 0.10; `worst` is the judgement that
    contradicts the others most: a criterion, the other, the value given and the one that the rest implies.
    """

    group: str | None
    judge: str | None
    ratio: float
    acceptable: bool
    worst: tuple[str, str, float, float] | None
    weights: dict[str, float]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        names = ("criterion", "other", "given", "implied")
        worst = dict(zip(names, self.worst, strict=True)) if self.worst else None
        return {
            "group": self.group,
            "judge": self.judge,
            "consistency_ratio": self.ratio,
            "acceptable": self.acceptable,
            "worst": worst,
            "weights": self.weights,
        }


@dataclass(frozen=True)
class Compared:
    """The tree with the weights that comparisons imply, what they are worth, and warnings."""

    tree: CriteriaTree
    consistency: tuple[Consistency, ...]
    notes: tuple[Fault, ...]


def parse_ratio(written: str | float) -> float | None:
    """``3``, ``0.2``, ``0,2``, ``1/5`` or ``1:5`` as a figure above zero; None for anything else."""
    if not isinstance(written, str):
        return float(written) if np.isfinite(written) and written > 0 else None
    found = RATIO.match(written.strip())
    if not found:
        return None
    upper, lower = (float((part or "1").replace(",", ".")) for part in found.groups())
    return upper / lower if upper > 0 and lower > 0 else None


def with_comparisons(tree: CriteriaTree, comparisons: pl.DataFrame, sheet: Sheet | None = None) -> Compared:
    """`tree` with the weights that pairwise `comparisons` imply.

    `comparisons` has judge, criterion, other, ratio; one or more judges for each group compared, combined by the
    geometric mean; `sheet` says in which rows they stood. Raises InvalidInput for ratios that are none, names of
    different groups, and pairs that a judge left out. A warning tells a consistency ratio above 0.10, with the worst
    judgement, and weights that stand beside comparisons and are not used.
    """
    places = [Place(FILE, None, row) for row in sheet.rows] if sheet else [Place(FILE)] * len(comparisons)
    ratios = [parse_ratio(ratio) for ratio in comparisons["ratio"]]
    refuse(_row_faults(tree, comparisons, ratios, places))
    rows = comparisons.with_columns(ratio=pl.Series(ratios, dtype=pl.Float64))
    judged: list[tuple[str, tuple[float, ...]]] = []
    found: list[Consistency] = []
    faults: list[Fault] = []
    for parent, children in tree.sibling_groups():
        names = [child.name for child in children]
        own = rows.filter(pl.col("criterion").is_in(names))
        if own.is_empty():
            continue
        matrices = {
            str(judge): _matrix(names, part, str(judge), faults)
            for (judge,), part in own.group_by("judge", maintain_order=True)
        }
        refuse(faults)
        every = [_consistency(parent, judge, names, weights_from_comparisons(m)) for judge, m in matrices.items()]
        both = weights_from_comparisons(combined(list(matrices.values())))
        every.append(_consistency(parent, None if len(every) > 1 else every[0].judge, names, both))
        found += every[-1:] if len(matrices) == 1 else every
        judged.append((parent or "", tuple(float(weight) for weight in both.weights)))
        faults += [*_unused_weights(children), *_opposed(names, matrices, tree)]
    notes = (
        *faults,
        *_beyond_scale(rows, places, tree),
        *(_inconsistent(one, tree) for one in found if not one.acceptable and one.worst),
    )
    return Compared(replace(tree, judged=tuple(judged)), tuple(found), notes)


def _row_faults(
    tree: CriteriaTree, rows: pl.DataFrame, ratios: list[float | None], places: list[Place]
) -> Iterator[Fault]:
    known = {criterion.name: criterion.parent for criterion in tree.criteria}
    for row, ratio, place in zip(rows.iter_rows(named=True), ratios, places, strict=True):
        one, other = row["criterion"], row["other"]
        if one not in known or other not in known or known[one] != known[other] or one == other:
            yield Fault("comparisons.not-siblings", {"one": one, "other": other}, place)
        if ratio is None:
            yield Fault("comparisons.ratio", {}, replace(place, column="ratio"), row["ratio"])


def _consistency(group: str | None, judge: str | None, names: list[str], found: Judged) -> Consistency:
    worst = found.worst and (names[found.worst[0]], names[found.worst[1]], *found.worst[2:])
    weights = dict(zip(names, map(float, found.weights), strict=True))
    return Consistency(group, judge, found.ratio, found.acceptable, worst, weights)


def _inconsistent(one: Consistency, tree: CriteriaTree) -> Fault:
    """A warning that names the judge and the worst judgement."""

    def shown(figure: float, places: int) -> Words:
        return Words(*(number(figure, places, lang) for lang in LANGUAGES))

    first, second, given, implied = one.worst or ("", "", 0.0, 0.0)
    params = {
        "ratio": shown(one.ratio, 3),
        "given": shown(given, 2),
        "implied": shown(implied, 2),
        "one": tree.named(first).words,
        "other": tree.named(second).words,
    }
    code = "comparisons.inconsistent" if one.judge else "comparisons.inconsistent-together"
    return Fault(code, params | {"judge": one.judge or ""}, Place(FILE), severity="warning")


def _beyond_scale(rows: pl.DataFrame, places: list[Place], tree: CriteriaTree) -> Iterator[Fault]:
    """A warning a judgement beyond Saaty's scale, 1/9 to 9: more often a slip of the pen than a view."""
    for row, place in zip(rows.iter_rows(named=True), places, strict=True):
        if not SAATY_LEAST <= row["ratio"] <= SAATY_MOST + 1e-9:
            params = {"judge": row["judge"], "ratio": _figure(row["ratio"])}
            params |= {"one": tree.named(row["criterion"]).words, "other": tree.named(row["other"]).words}
            yield Fault("comparisons.beyond-scale", params, replace(place, column="ratio"), severity="warning")


def _opposed(names: list[str], matrices: dict[str, Floats], tree: CriteriaTree) -> Iterator[Fault]:
    """A warning a pair on which two judges hold the opposite: neither their mean nor its consistency shows it."""
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            views = {judge: float(matrix[one, other]) for judge, matrix in matrices.items()}
            up, down = max(views, key=views.__getitem__), min(views, key=views.__getitem__)
            if views[up] > 1 > views[down] and views[up] / views[down] >= OPPOSED:
                together = float(np.exp(np.mean(np.log(list(views.values())))))
                params: dict[str, Any] = {"one": tree.named(names[one]).words, "other": tree.named(names[other]).words}
                params |= {"up": up, "down": down, "high": _figure(views[up]), "low": _figure(1 / views[down])}
                params |= {"together": _figure(together)}
                yield Fault("comparisons.opposed", params, Place(FILE), severity="warning")


def _figure(figure: float) -> Words:
    return Words(
        *(number(figure, 0 if figure >= 1 and abs(figure - round(figure)) < 1e-9 else 2, lang) for lang in LANGUAGES)
    )


def _unused_weights(children: list[Criterion]) -> Iterator[Fault]:
    if any(child.weight is not None or child.low is not None or child.order is not None for child in children):
        names = ", ".join(child.name for child in children)
        yield Fault("comparisons.over-weights", {"names": names}, Place(FILE), severity="warning")


def _matrix(names: list[str], rows: pl.DataFrame, judge: str, faults: list[Fault]) -> Floats:
    matrix = np.eye(len(names))
    for criterion, other, ratio in rows.select("criterion", "other", "ratio").iter_rows():
        one, two = names.index(criterion), names.index(other)
        if matrix[one, two] and not np.isclose(matrix[one, two], ratio, rtol=1e-6):
            params = {"judge": judge, "one": criterion, "other": other}
            faults.append(Fault("comparisons.contradiction", params, Place(FILE)))
        matrix[one, two], matrix[two, one] = ratio, 1 / ratio
    for one, two in np.argwhere(matrix == 0):
        if one < two:
            params = {"judge": judge, "one": names[one], "other": names[two]}
            faults.append(Fault("comparisons.absent", params, Place(FILE)))
    return matrix
