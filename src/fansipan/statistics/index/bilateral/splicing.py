"""Joining a series on a new base to the old one over the periods they share, with the overlap judged (Rule S15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from fansipan.errors import FansipanError
from fansipan.notation import number, percent
from fansipan.texts import Language, text

Verdict = Literal["close", "uneven", "single"]

# The ratio of two series that measure one thing should hardly change; half a percent is what rounding to one decimal
# and the revision of a month explain.
TOLERANCE = 0.005


@dataclass(frozen=True, slots=True)
class Splice:
    """A spliced series and what its overlap says.

    `series` is ``period, index, source`` (``old`` or ``new``) at the level of the new series. `overlap` is ``period,
    old, new, ratio`` of the shared periods, `ratio` the mean of new over the mean of old in them, `spread` the largest
    ratio of a period over the smallest, less 1. `verdict`: ``close`` if the spread is within `tolerance`, ``uneven`` if
    not (the two do not measure the same thing), ``single`` if one period is shared and nothing can be judged.
    """

    series: pl.DataFrame
    overlap: pl.DataFrame
    ratio: float
    spread: float
    tolerance: float
    verdict: Verdict

    def describe(self, lang: Language) -> str:
        """The verdict in one sentence."""
        return text(f"index.splice.{self.verdict}", lang, **self._figures(lang))

    def _figures(self, lang: Language) -> dict[str, str]:
        return {
            "ratio": number(self.ratio, 4, lang),
            "spread": percent(100 * self.spread, 2, lang),
            "periods": str(self.overlap.height),
            "tolerance": percent(100 * self.tolerance, 2, lang),
        }


def splice(old: pl.DataFrame, new: pl.DataFrame, *, tolerance: float = TOLERANCE) -> Splice:
    """Carry `new` back with the movements of `old` (both ``period, index``), linked over all periods they share.

    The old series is multiplied by the ratio of the means over the overlap and used for the periods before the new
    one begins; from there on the new one stands as it is. Raises FansipanError ``index.splice-no-overlap`` where no
    period is shared.
    """
    old, new = old.drop_nulls("index").sort("period"), new.drop_nulls("index").sort("period")
    pairs = old.select("period", old="index").join(new.select("period", new="index"), on="period").sort("period")
    overlap = pairs.with_columns((pl.col("new") / pl.col("old")).alias("ratio"))
    if overlap.is_empty():
        raise FansipanError("index.splice-no-overlap")
    ratio = float(overlap["new"].to_numpy().sum() / overlap["old"].to_numpy().sum())
    ratios = overlap["ratio"].to_numpy()
    spread = float(ratios.max() / ratios.min() - 1)
    early = old.filter(pl.col("period") < new["period"].min())
    carried = early.select("period", pl.col("index") * ratio, source=pl.lit("old"))
    series = pl.concat([carried, new.select("period", "index", source=pl.lit("new"))])
    verdict: Verdict = "single" if overlap.height == 1 else "close" if spread <= tolerance else "uneven"
    return Splice(series, overlap, ratio, spread, tolerance, verdict)
