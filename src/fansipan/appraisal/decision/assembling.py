"""A decision put together from its checked files: marks, categories, gates, missing evidence. Rules A1 to A3, A9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from fansipan.appraisal.council.common_marks import with_common_marks
from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion
from fansipan.appraisal.criteria.gates import Refusal
from fansipan.appraisal.decision.decision import Decision, Parts, value_function
from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.decision.group_gates import with_group_gates
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.appraisal.finance.plan_tables import COMPUTED_WORD, computed
from fansipan.errors import Fault, Place, refuse
from fansipan.tables.reading.sheet import Sheet
from fansipan.texts import LANGUAGES, text


def assemble(parts: Parts) -> Decision:
    """The decision: marks over typed figures, categories to values, gates, missing evidence filled as the criteria say.

    Raises InvalidInput for marks beyond their scale, unknown categories, and missing evidence not provided for.
    """
    table, sheet, tree = parts.table, parts.sheet, parts.tree
    names = tuple(table["alternative"])
    faults: list[Fault] = []
    refused: list[list[Refusal]] = [list(parts.legal.get(name, ())) for name in names]
    columns, absent = [], []
    worked_out = {name: computed(parts.plans.get(name), parts.fits.get(name)) for name in names}
    for leaf in tree.leaves:
        written = _marked(table, leaf, parts.book, faults)
        if leaf.computed == COMPUTED_WORD:
            written = _groups(written, leaf, names, parts.fits)
        elif leaf.computed:
            written = _computed(written, leaf, names, worked_out)
        figures = _figures(written, leaf, sheet, faults)
        missing = np.isnan(figures)
        _gate(leaf, written, missing, refused)
        columns.append(figures)
        absent.append(missing)
        if leaf.missing == "stop":
            faults += _missing_faults(leaf, missing, refused, sheet)
    refuse(faults)
    figures, gone = np.stack(columns, axis=1), np.stack(absent, axis=1)
    eligible = [at for at, found in enumerate(refused) if not found]
    decision = Decision(
        alternatives=names,
        tree=tree,
        figures=_filled(figures, gone, tree, eligible),
        absent=gone,
        written=table,
        refused=tuple(tuple(found) for found in refused),
        untested=tuple(parts.untested.get(name, ()) for name in names),
        marks=parts.book,
        uncertain=parts.uncertain,
        conflicts=parts.conflicts,
        heading=parts.heading,
        plans=parts.plans,
        spreads=parts.spreads,
        fits=parts.fits,
        consistency=parts.consistency,
        notes=(
            *parts.notes,
            *(note for found in parts.untested.values() for note in found),
            *_beyond_scale(figures[eligible], tree),
            *_no_plan_value(tree, parts.fits),
        ),
        parts=parts,
    )
    return with_common_marks(with_group_gates(decision))


def without_member(decision: Decision, judge: str) -> Decision:
    """The decision made again as if `judge` had given no mark. Raises InvalidInput where evidence is then missing."""
    parts = decision.parts
    if parts is None or parts.book is None:
        return decision
    return assemble(replace(parts, book=parts.book.without(judge)))


def _marked(table: pl.DataFrame, leaf: Criterion, book: MarkBook | None, faults: list[Fault]) -> list[Any]:
    """What stands for each alternative: the mean mark where judges marked, else the figure of the file."""
    written = table[leaf.name].to_list()
    if book is None:
        return written
    own = book.average.filter(pl.col("criterion") == leaf.name)
    means = dict(own.select("alternative", "mark").iter_rows())
    low, high = leaf.scale.ends
    beyond = book.counted.filter(
        (pl.col("criterion") == leaf.name) & ((pl.col("mark") < low) | (pl.col("mark") > high))
    )
    for judge, alternative, _, mark in beyond.iter_rows():
        params = {"judge": judge, "alternative": alternative, "criterion": leaf.words, "low": low, "high": high}
        faults.append(Fault("marks.beyond-scale", params, Place("marks.csv"), mark))
    return [means.get(name, value) for name, value in zip(table["alternative"], written, strict=True)]


def _computed(
    written: list[Any], leaf: Criterion, names: tuple[str, ...], worked_out: dict[str, dict[str, float | None]]
) -> list[Any]:
    """Blanks of a computed criterion filled from the financial assumptions; what was typed stays."""
    found = (worked_out.get(name, {}).get(leaf.computed) for name in names)
    return [figure if value is None else value for value, figure in zip(written, found, strict=True)]


def _groups(written: list[Any], leaf: Criterion, names: tuple[str, ...], fits: dict[str, Fit]) -> list[Any]:
    """Blanks filled with the category that names the alternative's portfolio group, by code or in either language."""
    found = list(written)
    for at, name in enumerate(names):
        group = fits[name].group if name in fits else None
        if found[at] is None and group is not None:
            said = (group, *(text(f"fit.group.{group}", lang) for lang in LANGUAGES))
            found[at] = next((word for word in said if leaf.scale.category(word) is not None), group)
    return found


def _figures(written: list[Any], leaf: Criterion, sheet: Sheet, faults: list[Fault]) -> np.ndarray:
    """Figures of one criterion as numbers, nan where missing; a category as its value."""
    found = np.full(len(written), np.nan)
    for at, value in enumerate(written):
        if value is None:
            continue
        figure = leaf.scale.category(value) if isinstance(value, str) and leaf.scale.kind == "categories" else value
        if isinstance(figure, str):
            figure = 0.0 if leaf.weight == 0 else None  # words behind a gate alone
        if figure is None:
            faults.append(_no_value(leaf, Place(sheet.file, None, sheet.rows[at], leaf.name), value))
        found[at] = figure or 0.0
    return found


def _no_value(leaf: Criterion, place: Place, word: str) -> Fault:
    """A word that has no value: not one of the scale's categories, or the scale has none."""
    if not leaf.scale.words:
        return Fault("scale.no-categories", {"criterion": leaf.words}, place, word)
    known = ", ".join(word for word, _ in leaf.scale.words)
    return Fault("scale.category-unknown", {"known": known}, place, word)


def _gate(leaf: Criterion, written: list[Any], missing: np.ndarray, refused: list[list[Refusal]]) -> None:
    """Add the refusals of the criterion's gates, and of missing evidence where that is one."""
    for at, value in enumerate(written):
        for gate in leaf.gates:
            # A threshold on a category is held against the category's value.
            valued = leaf.scale.category(value) if isinstance(value, str) and not gate.words else value
            if not gate.allows(valued):
                refused[at].append(Refusal("gate.not-met", leaf.name, value, gate, leaf.rule, leaf.cure, leaf.words))
        if missing[at] and leaf.missing == "refuse" and not leaf.gates:
            refused[at].append(Refusal("gate.no-evidence", leaf.name, None, None, leaf.rule, leaf.cure, leaf.words))


def _missing_faults(
    leaf: Criterion, missing: np.ndarray, refused: list[list[Refusal]], sheet: Sheet
) -> Iterator[Fault]:
    """Missing evidence that the criteria do not provide for; an alternative already refused needs none."""
    if missing.all():
        yield Fault("appraisal.no-figures", {"criterion": leaf.words}, Place(sheet.file, None, None, leaf.name))
        return
    for at in np.flatnonzero(missing):
        if not refused[at]:
            place = Place(sheet.file, None, sheet.rows[int(at)], leaf.name)
            yield Fault("appraisal.missing", {"criterion": leaf.words}, place)


def _filled(figures: np.ndarray, gone: np.ndarray, tree: CriteriaTree, eligible: list[int]) -> np.ndarray:
    """Missing figures at the worst end: of a stated scale, else of the eligible alternatives that have one."""
    filled = figures.copy()
    for place, leaf in enumerate(tree.leaves):
        known = figures[eligible, place]
        known = known[~np.isnan(known)]
        function = value_function(leaf, known)
        worst = function.worst
        if leaf.scale.kind == "piecewise":
            worst = min(leaf.scale.points, key=lambda point: point[1])[0]
        elif leaf.scale.kind == "categories":
            worst = min(value for _, value in leaf.scale.words)
        filled[gone[:, place], place] = worst
    return filled


def _beyond_scale(figures: np.ndarray, tree: CriteriaTree) -> Iterator[Fault]:
    """A warning for each criterion with figures beyond its stated scale: they count as its ends."""
    for place, leaf in enumerate(tree.leaves):
        low, high = leaf.scale.ends
        if leaf.scale.kind == "linear" and ((figures[:, place] < low) | (figures[:, place] > high)).any():
            yield Fault("scale.beyond", {"criterion": leaf.words, "low": low, "high": high}, severity="warning")


def _no_plan_value(tree: CriteriaTree, fits: dict[str, Fit]) -> Iterator[Fault]:
    """A warning where a criterion asks for a value in the plan, and only the answer of one solved before was given."""
    asked = any(leaf.computed == "plan_value" for leaf in tree.leaves)
    if asked and fits and all(fit.plan_value is None for fit in fits.values()):
        yield Fault("fit.no-plan-value", severity="warning")
