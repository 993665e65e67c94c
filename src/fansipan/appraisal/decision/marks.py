"""The marks of a council: what counts, its mean and spread, and the trail of who gave what, when and why. Rule A9."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fansipan.appraisal.methods.value import Floats

KEY = ["judge", "alternative", "criterion"]


@dataclass(frozen=True)
class MarkBook:
    """`trail` has every mark ever given with `counts` and `why_not` (``replaced``, ``conflict``); `average` has
    alternative, criterion, mark, judges, lowest, highest and spread (standard deviation, null for one judge).
    """

    trail: pl.DataFrame
    average: pl.DataFrame

    @property
    def counted(self) -> pl.DataFrame:
        """The marks that count: judge, alternative, criterion, mark."""
        return self.trail.filter("counts").select(*KEY, "mark")

    @property
    def judges(self) -> list[str]:
        """Everybody who marked, in the order of the file."""
        return self.trail["judge"].unique(maintain_order=True).to_list()


def mark_book(marks: pl.DataFrame, conflicts: pl.DataFrame) -> MarkBook:
    """Sort out the marks: the latest of each judge counts, and none of a judge with a declared interest.

    `marks` has judge, alternative, criterion, mark, reason, given; `conflicts` judge and alternative.
    """
    numbered = marks.with_row_index("row")
    latest = numbered.sort("given", "row", nulls_last=False).group_by(KEY, maintain_order=True).last()["row"]
    declared = conflicts.select("judge", "alternative").with_columns(conflicted=pl.lit(value=True))
    trail = (
        numbered.join(declared, on=["judge", "alternative"], how="left", maintain_order="left")
        .with_columns(
            conflicted=pl.col("conflicted").fill_null(value=False), replaced=~pl.col("row").is_in(latest.implode())
        )
        .with_columns(
            counts=~pl.col("conflicted") & ~pl.col("replaced"),
            why_not=pl.when("conflicted").then(pl.lit("conflict")).when("replaced").then(pl.lit("replaced")),
        )
        .drop("row", "conflicted", "replaced")
    )
    average = (
        trail.filter("counts")
        .group_by("alternative", "criterion", maintain_order=True)
        .agg(
            mark=pl.col("mark").mean(),
            judges=pl.len(),
            lowest=pl.col("mark").min(),
            highest=pl.col("mark").max(),
            spread=pl.col("mark").std(),
        )
    )
    return MarkBook(trail, average)


def judge_figures(book: MarkBook, alternatives: tuple[str, ...], criterion: str, figures: Floats) -> Floats:
    """What each judge would make of `criterion`: judges x alternatives, the common `figures` where a judge gave none.

    Only judges with at least one mark of the criterion; empty (0 x alternatives) if there are none.
    """
    own = book.counted.filter(pl.col("criterion") == criterion)
    judges = own["judge"].unique(maintain_order=True).to_list()
    found = np.tile(figures, (len(judges), 1))
    place = {name: at for at, name in enumerate(alternatives)}
    for judge, alternative, _, mark in own.iter_rows():
        if alternative in place:
            found[judges.index(judge), place[alternative]] = mark
    return found
