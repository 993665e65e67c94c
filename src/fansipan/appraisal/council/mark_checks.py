"""What must be known before marks are compared: who did not mark whom, interests of nobody who marked, late marks.

Rule A9. Nothing is refused here: the council answers for its marks, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches

import polars as pl

from fansipan.appraisal.criteria.criteria import CriteriaTree
from fansipan.appraisal.decision.decision import Heading
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.errors import Fault, Place
from fansipan.notation import day, moment
from fansipan.texts import Words, both


def mark_notes(
    book: MarkBook | None,
    conflicts: pl.DataFrame,
    alternatives: tuple[str, ...],
    tree: CriteriaTree,
    *,
    heading: Heading,
) -> Iterator[Fault]:
    """Warnings: interests of judges who gave no mark (a name misspelt, or one who abstained), uneven marking, and marks
    dated after the day of the decision or before applications were closed.
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
        yield from _untimely(book, tree, heading)


def _untimely(book: MarkBook, tree: CriteriaTree, heading: Heading) -> Iterator[Fault]:
    """One warning a mark that counts and was given after the day of the decision, or before the closing."""
    closes = heading.closes
    for row in book.trail.filter(pl.col("counts") & pl.col("given").is_not_null()).iter_rows(named=True):
        given = row["given"]
        params = {name: row[name] for name in ("judge", "alternative")}
        params |= {"criterion": tree.named(row["criterion"]).words, "given": _when(given)}
        late = heading.on is not None and given.date() > heading.on
        early = closes is not None and (given < closes if isinstance(closes, datetime) else given.date() <= closes)
        for code, edge in [("marks.after-decision", heading.on)] * late + [("marks.before-closing", closes)] * early:
            edged = {"on": _when(edge)} if edge is not None else {}
            yield Fault(code, params | edged, Place("marks.csv"), row["mark"], severity="warning")


def _when(value: date) -> Words:
    return both(lambda lang: moment(value, lang) if isinstance(value, datetime) else day(value, lang))


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
