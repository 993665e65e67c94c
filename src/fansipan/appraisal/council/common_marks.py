"""Marks compared alike: on the members who marked everybody compared, else with each member's level taken out. Rule A9.

A member who may not mark one applicant would otherwise move the others against each other: a severe member's marks
lower the means of all but the one that the member did not mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from fansipan.appraisal.criteria.criteria import Criterion
from fansipan.appraisal.decision.decision import Decision, value_function
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.appraisal.methods.value import Floats
from fansipan.errors import Fault, Place

How = Literal["common", "adjusted", "apart"]


@dataclass(frozen=True)
class CommonMarks:
    """The marks of one criterion that compare `alternatives`, `figures` being members x alternatives.

    `how` is ``common`` (those who marked everybody compared; `aside` are the others, whose marks do not count here),
    ``adjusted`` (nobody marked everybody: what a member did not mark is filled from the member's level and the
    alternative's) or ``apart`` (the members do not overlap, so that nothing links the marks of one with another's).
    """

    alternatives: tuple[str, ...]
    members: tuple[str, ...]
    figures: Floats
    aside: tuple[str, ...]
    how: How

    @property
    def means(self) -> dict[str, float]:
        """The figure of each alternative."""
        return dict(zip(self.alternatives, map(float, self.figures.mean(axis=0)), strict=True))


def common_marks(book: MarkBook, names: tuple[str, ...], leaf: Criterion) -> CommonMarks | None:
    """The marks of `leaf` that compare those of `names` that have any that count; None where none has."""
    own = book.counted.filter((pl.col("criterion") == leaf.name) & pl.col("alternative").is_in(names))
    if own.is_empty():
        return None
    marked = set(own["alternative"])
    compared = tuple(name for name in names if name in marked)
    members = tuple(own["judge"].unique(maintain_order=True))
    given = np.full((len(members), len(compared)), np.nan)
    for judge, alternative, _, mark in own.iter_rows():
        given[members.index(judge), compared.index(alternative)] = mark
    everybody = ~np.isnan(given).any(axis=1)
    if everybody.any():
        kept = tuple(members[at] for at in np.flatnonzero(everybody))
        aside = tuple(members[at] for at in np.flatnonzero(~everybody))
        return CommonMarks(compared, kept, given[everybody], aside, "common")
    if not _linked(~np.isnan(given)):
        return CommonMarks(compared, members, np.where(np.isnan(given), np.nanmean(given, axis=0), given), (), "apart")
    return CommonMarks(compared, members, _levelled(given, leaf.scale.ends), (), "adjusted")


def _linked(given: np.ndarray) -> bool:
    """Whether every alternative is linked to every other by members who marked both."""
    reached = given[0].copy()
    for _ in range(len(given)):
        reached |= given[(given & reached).any(axis=1)].any(axis=0)
    return bool(reached.all())


def _levelled(given: Floats, ends: tuple[float, float]) -> Floats:
    """`given` with its blanks filled by least squares: an alternative's worth plus a member's level, within the scale.

    The means of the filled columns are then the alternatives' worths at the members' mean level.
    """
    at = np.argwhere(~np.isnan(given))
    members, alternatives = given.shape
    design = np.zeros((len(at), members + alternatives))
    design[np.arange(len(at)), at[:, 0]] = 1
    design[np.arange(len(at)), members + at[:, 1]] = 1
    found = np.linalg.lstsq(design, given[tuple(at.T)], rcond=None)[0]
    fitted = np.clip(found[:members, None] + found[None, members:], *ends)
    return np.where(np.isnan(given), fitted, given)


def compared_marks(decision: Decision) -> dict[int, CommonMarks]:
    """By leaf, the marks that compare the alternatives that no gate refuses."""
    if decision.marks is None:
        return {}
    names = tuple(decision.alternatives[place] for place in decision.eligible)
    found = ((at, common_marks(decision.marks, names, leaf)) for at, leaf in enumerate(decision.leaves))
    return {at: marks for at, marks in found if marks is not None}


def uneven_members(decision: Decision) -> list[str]:
    """The members who marked some of those compared on a criterion and not all, in the order of the file."""
    uneven: set[str] = set()
    for marks in compared_marks(decision).values():
        uneven.update(marks.aside if marks.how == "common" else marks.members)
    return [judge for judge in decision.marks.judges if judge in uneven] if decision.marks else []


def with_common_marks(decision: Decision) -> Decision:
    """The decision with the figures of those compared taken from marks that compare alike.

    Gates have been held before, on each applicant's own mean (kept as `own_means` where it differs): whether one passes
    does not depend on who else applies.
    """
    found = compared_marks(decision)
    own = decision.figures if decision.own_means is None else decision.own_means
    figures = own.copy()
    for at, marks in found.items():
        for name, mean in marks.means.items():
            figures[decision.alternatives.index(name), at] = mean
        gone = decision.absent[:, at]
        if gone.any() and decision.leaves[at].scale.kind == "local":
            known = [place for place in decision.eligible if not gone[place]]
            figures[gone, at] = value_function(decision.leaves[at], figures[known, at]).worst
    same = np.allclose(figures, own, rtol=1e-12, atol=1e-12)
    notes = (*decision.notes, *_notes(decision, found))
    return replace(decision, figures=own if same else figures, own_means=None if same else own, notes=notes)


def _notes(decision: Decision, found: dict[int, CommonMarks]) -> Iterator[Fault]:
    """A warning for each criterion that nobody marked for everybody compared, or fewer members than the quorum did."""
    quorum = decision.parts.quorum if decision.parts else 0
    for at, marks in found.items():
        if marks.aside and len(marks.members) < quorum:
            params = {"criterion": decision.leaves[at].words, "count": len(marks.members), "quorum": quorum}
            yield Fault("marks.few-common", params, Place("marks.csv"), severity="warning")
        if marks.how != "common":
            params = {"criterion": decision.leaves[at].words}
            yield Fault(f"marks.{marks.how}", params, Place("marks.csv"), severity="warning")
