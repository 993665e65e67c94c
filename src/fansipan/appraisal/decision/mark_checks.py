"""What must be known before marks are compared: who did not mark whom, and interests declared by nobody who marked.

Rule A9. Nothing is refused here: the council answers for its marks, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from fansipan.appraisal.criteria.criteria import CriteriaTree
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.errors import Fault, Place


def mark_notes(
    book: MarkBook | None, conflicts: pl.DataFrame, alternatives: tuple[str, ...], tree: CriteriaTree
) -> Iterator[Fault]:
    """Warnings: interests of judges who gave no mark (a name misspelt, or one who abstained), and uneven marking."""
    judges = book.judges if book else []
    for name in dict.fromkeys(conflicts["judge"]) if "judge" in conflicts.columns else ():
        if name not in judges:
            near = get_close_matches(name, judges, n=1, cutoff=0.6)
            code = "conflicts.judge-near" if near else "conflicts.judge-unknown"
            place = Place("conflicts.csv", None, None, "judge")
            yield Fault(code, {"judge": name, "near": "".join(near)}, place, severity="warning")
    if book is not None:
        yield from _uneven(book, alternatives, tree)


def _uneven(book: MarkBook, alternatives: tuple[str, ...], tree: CriteriaTree) -> Iterator[Fault]:
    """One warning a criterion that some judges marked for some alternatives only: a severe judge is felt unevenly."""
    for leaf in tree.leaves:
        given = book.trail.filter(pl.col("criterion") == leaf.name)
        judges = given["judge"].unique(maintain_order=True).to_list()
        lacking = []
        for name in alternatives:
            own = set(given.filter(pl.col("alternative") == name)["judge"])
            if absent := [judge for judge in judges if judge not in own]:
                lacking.append(f"{name} ({', '.join(absent)})")
        if lacking:
            params = {"criterion": leaf.words, "lacking": "; ".join(lacking)}
            yield Fault("marks.uneven", params, Place("marks.csv"), severity="warning")
