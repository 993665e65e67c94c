"""The council: who sits on it, how many must have marked, and what is told where that does not hold. Rule A9b."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction

import polars as pl

from fansipan.appraisal.criteria.criteria import CriteriaTree
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.errors import Fault, Place

SHARE = re.compile(r"^\s*(\d+)\s*(?:/\s*(\d+)|(%))?\s*$")


def quorum_of(written: int | str, seats: int) -> int | None:
    """How many members `written` (5, ``2/3``, ``60%``) is of `seats`, rounded up; None where it is none of these.

    0 where nothing is written. A share of a council whose seats are not known is none.
    """
    found = SHARE.match(str(written)) if written != "" else None
    if written == "":
        return 0
    if not found:
        return None
    number, parts, percent = found.groups()
    if not parts and not percent:
        return int(number)
    below = int(parts) if parts else 100
    share = Fraction(int(number), below) if below else Fraction(2)
    return math.ceil(share * seats) if seats and share <= 1 else None


def strangers(roster: pl.DataFrame, book: MarkBook | None, conflicts: pl.DataFrame) -> Iterator[Fault]:
    """A fault for everybody who marks or declares an interest and does not sit on the council of `roster`."""
    if roster.is_empty():
        return
    seats = roster["judge"].to_list()
    declared = conflicts["judge"].unique(maintain_order=True).to_list() if "judge" in conflicts.columns else []
    for file, names in (("marks.csv", book.judges if book else []), ("conflicts.csv", declared)):
        for name in names:
            if name not in seats:
                near = get_close_matches(name, seats, n=1, cutoff=0.6)
                code = "council.stranger-near" if near else "council.stranger"
                yield Fault(code, {"judge": name, "near": "".join(near)}, Place(file, None, None, "judge"), name)


def council_notes(
    roster: pl.DataFrame, book: MarkBook | None, quorum: int, names: tuple[str, ...], tree: CriteriaTree
) -> Iterator[Fault]:
    """Warnings: members who gave no mark, and applicants whom fewer than `quorum` marked on a criterion."""
    judges = book.judges if book else []
    if silent := [name for name in (roster["judge"] if not roster.is_empty() else ()) if name not in judges]:
        yield Fault("council.silent", {"names": ", ".join(silent)}, Place("members.csv"), severity="warning")
    if book is None or not quorum:
        return
    for leaf in tree.leaves:
        own = book.counted.filter(pl.col("criterion") == leaf.name)
        heard = dict(own.group_by("alternative").len().iter_rows())
        short = [f"{name} ({heard.get(name, 0)})" for name in names if heard.get(name, 0) < quorum]
        if heard and short:
            params = {"criterion": leaf.words, "quorum": quorum, "short": ", ".join(short)}
            yield Fault("council.no-quorum", params, Place("marks.csv"), severity="warning")
