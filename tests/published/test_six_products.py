"""The six-product example of the *Producer Price Index Manual* (IMF, 2004), chapter 19, tables 19.1-19.5.

Also in B. M. Balk, *Price and Quantity Index Numbers* (2008), chapter 3. The figures are typed in, so that the
tests also run without the folder of reference data.
"""

import numpy as np
import polars as pl
import pytest

from fansipan.statistics.index.bilateral.formulas import FORMULAS
from fansipan.statistics.index.bilateral.series import bilateral_series

PERIODS = ("t1", "t2", "t3", "t4", "t5")
PRICES = (
    (1.0, 1.2, 1.0, 0.8, 1.0),
    (1.0, 3.0, 1.0, 0.5, 1.0),
    (1.0, 1.3, 1.5, 1.6, 1.6),
    (1.0, 0.7, 0.5, 0.3, 0.1),
    (1.0, 1.4, 1.7, 1.9, 2.0),
    (1.0, 0.8, 0.6, 0.4, 0.2),
)
QUANTITIES = (
    (1.0, 0.8, 1.0, 1.2, 0.9),
    (1.0, 0.9, 1.1, 1.2, 1.2),
    (2.0, 1.9, 1.8, 1.9, 2.0),
    (1.0, 1.3, 3.0, 6.0, 12.0),
    (4.5, 4.7, 5.0, 5.6, 6.5),
    (0.5, 0.6, 0.8, 1.3, 2.5),
)
PRICE_INDEXES = {
    "laspeyres": (1.0, 1.4200, 1.3450, 1.3550, 1.4400),
    "paasche": (1.0, 1.3824, 1.2031, 1.0209, 0.7968),
    "fisher": (1.0, 1.4011, 1.2721, 1.1762, 1.0712),
    "tornqvist": (1.0, 1.4052, 1.2890, 1.2268, 1.2477),
}
# Σ p0 qt / Σ p0 q0 and Σ pt qt / Σ pt q0, by hand from the tables above.
VOLUME_INDEXES = {
    "laspeyres": (1.0, 10.2 / 10, 12.7 / 10, 17.2 / 10, 25.1 / 10),
    "paasche": (1.0, 14.1 / 14.2, 15.28 / 13.45, 17.56 / 13.55, 20.0 / 14.4),
}


def table() -> pl.DataFrame:
    rows = [(str(i + 1), period, PRICES[i][t], QUANTITIES[i][t]) for i in range(6) for t, period in enumerate(PERIODS)]
    return pl.DataFrame(rows, schema=["product", "period", "price", "quantity"], orient="row")


@pytest.mark.parametrize("formula", FORMULAS)
def test_fixed_base_price_indexes_to_the_printed_digits(formula):
    found = bilateral_series(table(), formula).index["index"] / 100
    assert found.to_list() == pytest.approx(PRICE_INDEXES[formula], abs=5e-5)


@pytest.mark.parametrize("formula", VOLUME_INDEXES)
def test_volume_indexes_swap_the_roles(formula):
    found = bilateral_series(table(), formula, compared="quantity").index["index"] / 100
    assert found.to_list() == pytest.approx(VOLUME_INDEXES[formula], rel=1e-12)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_printed_figures_as_volume_indexes_of_the_swapped_table(formula):
    swapped = table().rename({"price": "quantity", "quantity": "price"})
    found = bilateral_series(swapped, formula, compared="quantity").index["index"] / 100
    assert found.to_list() == pytest.approx(PRICE_INDEXES[formula], abs=5e-5)


def test_fisher_volume_times_fisher_price_is_the_value_ratio():
    value = (np.array(PRICES) * np.array(QUANTITIES)).sum(axis=0)
    price, volume = (bilateral_series(table(), "fisher", compared=c).index["index"] for c in ("price", "quantity"))
    assert (price * volume / 1e4).to_list() == pytest.approx(value / value[0], rel=1e-12)


def test_a_table_of_reference_data_is_the_one_typed_in(reference_data):
    folder = reference_data / "index_numbers"
    for file, typed in (("price6.csv", PRICES), ("quantity6.csv", QUANTITIES)):
        assert pl.read_csv(folder / file).drop("").rows() == list(typed)
    known = pl.read_csv(folder / "price6_known_price_indexes.csv")
    for formula in FORMULAS:
        found = bilateral_series(table(), formula).index["index"][1:] / 100
        assert found.to_list() == pytest.approx(known[formula].to_list(), abs=5e-5)


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("chained", [False, True])
@pytest.mark.parametrize("compared", ["price", "quantity"])
def test_contributions_add_up_exactly(formula, chained, compared):
    series = bilateral_series(table(), formula, compared=compared, chained=chained)
    total = series.contributions.group_by("period", maintain_order=True).agg(pl.col("contribution").sum())
    assert total["contribution"].to_list() == pytest.approx((series.index["index"] - 100).to_list(), abs=1e-12)
