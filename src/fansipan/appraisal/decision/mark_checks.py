"""What must be known before marks are compared: who did not mark whom, interests of nobody who marked, late marks.

Rule A9. Nothing is refused here: the council answers for its marks, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

import polars as pl

from fansipan.appraisal.criteria.criteria import CriteriaTree
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.errors import Fault, Place
from fansipan.notation import day, moment
from fansipan.texts import LANGUAGES, Words


def mark_notes(
    book: MarkBook | None,
    conflicts: pl.DataFrame,
    alternatives: tuple[str, ...],
    tree: CriteriaTree,
    *,
    on: date | None = None,
) -> Iterator[Fault]:
    """Warnings: interests of judges who gave no mark (a name misspelt, or one who abstained), uneven marking, and marks
    dated after the day of the decision `on`.
    """
    judges = book.judges if book else []
    for name in dict.fromkeys(conflicts["judge"]) if "judge" in conflicts.columns else ():
        if name not in judges:
            near = get_close_matches(name, judges, n=1, cutoff=0.6)
            code = "conflicts.judge-near" if near else "conflicts.judge-unknown"
            place = Place("conflicts.csv", None, None, "judge")
            yield Fault(code, {"judge": name, "near": "".join(near)}, place, severity="warning")
    if book is not None:
        yield from _uneven(book, alternatives, tree)
        yield from _after(book, tree, on)


def _after(book: MarkBook, tree: CriteriaTree, on: date | None) -> Iterator[Fault]:
    """One warning a mark that counts and was given after the day `on`."""
    counted = book.trail.filter(pl.col("counts") & (pl.col("given").dt.date() > on)) if on else pl.DataFrame()
    for row in counted.iter_rows(named=True):
        given = Words(*(moment(row["given"], lang) for lang in LANGUAGES))
        decided = Words(*(day(on, lang) for lang in LANGUAGES)) if on else ""
        params = {name: row[name] for name in ("judge", "alternative")} | {"given": given, "on": decided}
        params |= {"criterion": tree.named(row["criterion"]).words}
        yield Fault("marks.after-decision", params, Place("marks.csv"), row["mark"], severity="warning")


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
