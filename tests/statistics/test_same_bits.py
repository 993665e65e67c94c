"""The same returns give the same figures to the last bit, however their rows stand and however often one asks."""

import polars as pl
import pytest

from fansipan.examples.laocai import build
from fansipan.periods import Month
from fansipan.statistics.output_value import compile_output

KEY = ["establishment", "product", "month"]


@pytest.fixture(scope="module")
def with_gaps():
    """The example without a return in four of the last year, so that many are imputed from their class."""
    laocai = build()
    returns = laocai["returns"]
    last_year = pl.col("month") > "2023-05"
    kept = returns.filter(~(last_year & (pl.concat_str(KEY).hash(seed=1) % 4 == 0)))
    return laocai.replace(returns=kept, edits=laocai["edits"].clear())


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_returns_changes_no_bit(with_gaps, seed):
    shuffled = with_gaps.replace(returns=with_gaps["returns"].sample(fraction=1.0, shuffle=True, seed=seed))
    found, kept = (compile_output(one, until=Month(2024, 5)).rows.sort(KEY) for one in (shuffled, with_gaps))
    assert kept["method"].is_not_null().sum() > 50
    assert found.equals(kept)
