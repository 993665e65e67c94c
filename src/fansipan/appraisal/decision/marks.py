"""The marks of a council: what counts, its mean and spread, and the trail of who gave what, when and why. Rule A9."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

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

    def without(self, judge: str) -> MarkBook:
        """The same book as if `judge` had given no mark."""
        trail = self.trail.filter(pl.col("judge") != judge)
        return MarkBook(trail, _average(trail))


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
    return MarkBook(trail, _average(trail))


def _average(trail: pl.DataFrame) -> pl.DataFrame:
    """Mean and spread of the marks that count, by alternative and criterion."""
    return (
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
