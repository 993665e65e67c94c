"""What an obstacle of the register costs a month, from the relief of the limit that names it (method rule E37)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from fansipan.expansion.answers.bottlenecks import Bottleneck
from fansipan.expansion.system.accounting import discount_factor
from fansipan.expansion.system.definition import System

SOURCE = "E37"
SCHEMA = {"obstacle": pl.String, "price": pl.Float64, "price_source": pl.String, "limit": pl.String}


def obstacle_prices(system: System, found: Iterable[Bottleneck]) -> pl.DataFrame:
    """A row an obstacle: what it costs a month (billion dong, money of the years concerned), and which limit says so.

    The gain of the stated relief, in present value, is spread evenly over the months of the limit's years:
    ``gain / (12 sum_y d_y)`` with ``d_y`` the mid-year factor. Where several limits name an obstacle, the dearest.
    """
    named = {row["limit"]: row["obstacle"] for row in system.rows("limits") if row["obstacle"]}
    settings = system.settings
    factor = dict(zip(settings.years, discount_factor(settings.discount_rate, settings.years, 0.5), strict=True))
    rows: dict[str, dict[str, object]] = {}
    for one in sorted(found, key=lambda one: one.gain or 0.0):
        if one.name in named and one.gain:
            months = 12 * float(np.sum([factor[year] for year in range(one.first_year, one.last_year + 1)]))
            rows[named[one.name]] = {
                "obstacle": named[one.name],
                "price": one.gain / months,
                "price_source": SOURCE,
                "limit": one.name,
            }
    return pl.DataFrame(list(rows.values()), schema=SCHEMA).sort("price", descending=True)
