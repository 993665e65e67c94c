"""The same figures give the same drawing, whatever the order of rows and of sums."""

import polars as pl
import pytest

from fansipan.report.drawings.charts import to_svg
from fansipan.report.plan.charts import stacked_years
from fansipan.texts import same

ROWS = [(section, year, 100.0 / 3 * (place + 1)) for place, section in enumerate("BCDE") for year in (2024, 2025, 2026)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_order_of_rows_and_last_digits_leave_the_drawing_as_it_is(seed, lang):
    rows = pl.DataFrame(ROWS, schema=["section", "year", "output"], orient="row")
    parts = pl.concat([rows.with_columns(pl.col("output") * share) for share in (0.1, 0.2, 0.7)])
    first = to_svg(stacked_years(parts, same, lang), lang)
    shuffled = parts.sample(fraction=1, shuffle=True, seed=seed).with_columns(pl.col("output") * (1 + 1e-14))
    assert to_svg(stacked_years(shuffled, same, lang), lang) == first
    assert first.count('aria-roledescription="bar"') == len(ROWS)
