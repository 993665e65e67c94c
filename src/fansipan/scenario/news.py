"""What a month's arrival changes in the year's forecast, return by return (Rule P18)."""

from __future__ import annotations

import numpy as np
import polars as pl

from fansipan.errors import Refused
from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.projection import Projection

NAMES = ("establishment", "product", "project")


def news(earlier: Projection, later: Projection) -> pl.DataFrame:
    """The change of expected output from one projection to a later one, by line, billion đồng of 2010.

    Returns establishment, product, project, `revised` (months that were reported in both), `arrived` (months expected
    then and reported now, less what was expected), `outlook` (months still ahead) and `change`, their sum; the largest
    first. The changes add up to the change of the total. Raises Refused ``scenario.news-spans`` where the projections
    do not end in the same month, or `later` is not later.
    """
    if earlier.months != later.months or earlier.known > later.known:
        raise Refused("scenario.news-spans", earlier=earlier.month, later=later.month)
    before, after = _valued(earlier), _valued(later)
    keys = list(dict.fromkeys([*before, *after]))
    nothing = np.zeros(len(later.months))
    change = np.array([after.get(key, nothing) - before.get(key, nothing) for key in keys])
    first, second = earlier.known, later.known
    frame = pl.DataFrame([dict(zip(NAMES, key, strict=True)) for key in keys], schema=dict.fromkeys(NAMES, pl.String))
    return frame.with_columns(
        revised=pl.Series(change[:, :first].sum(axis=1)),
        arrived=pl.Series(change[:, first:second].sum(axis=1)),
        outlook=pl.Series(change[:, second:].sum(axis=1)),
        change=pl.Series(change.sum(axis=1)),
    ).sort(pl.col("change").abs(), descending=True)


def _valued(projection: Projection) -> dict[tuple[str | None, ...], Floats]:
    """Output of each line by month, billion đồng."""
    worth = projection.quantities * projection.lines.price()[:, None]
    return dict(zip(projection.lines.frame.select(NAMES).iter_rows(), worth, strict=True))
