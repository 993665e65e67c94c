"""What holds of editing and imputation whatever the figures."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.statistics.editing.hidiroglou_berthelot import ratio_effects
from fansipan.statistics.editing.slips import find_slip, neighbours_swapped
from fansipan.statistics.imputation.filling import CHOICES, impute, methods_from

quantities = st.floats(min_value=0.01, max_value=1e6)
pairs = st.lists(st.tuples(quantities, quantities), min_size=3, max_size=25)


@given(pairs, st.integers(-20, 20))
def test_hidiroglou_berthelot_does_not_depend_on_the_unit(rows, power):
    # Powers of four keep every figure exact, square roots included.
    earlier, now = np.array(rows).T
    one, other = ratio_effects(earlier, now), ratio_effects(earlier * 4.0**power, now * 4.0**power)
    np.testing.assert_array_equal(one.outlying, other.outlying)
    np.testing.assert_allclose(other.effects, one.effects * 2.0**power, rtol=1e-12)


@given(pairs)
def test_the_order_of_units_does_not_matter(rows):
    earlier, now = np.array(rows).T
    one, other = ratio_effects(earlier, now), ratio_effects(earlier[::-1], now[::-1])
    np.testing.assert_array_equal(one.outlying, other.outlying[::-1])


@given(st.lists(quantities, min_size=1, max_size=25), st.floats(0.1, 10.0))
def test_units_that_move_alike_are_never_outliers(earlier, ratio):
    found = ratio_effects(np.array(earlier), np.array(earlier) * ratio)
    assert not found.outlying.any()


@given(pairs)
def test_the_middle_half_is_never_outlying(rows):
    earlier, now = np.array(rows).T
    found = ratio_effects(earlier, now)
    low, high = np.quantile(found.effects, (0.25, 0.75))
    inner = (found.effects >= low) & (found.effects <= high)
    assert not found.outlying[inner].any()


@given(st.floats(1.0, 1e6), st.floats(0.92, 1.08), st.sampled_from([1000.0, 1e-3, 10.0, 0.1]))
def test_a_wrong_unit_is_undone_exactly(true, off, factor):
    slip = find_slip(true * factor, true * off)
    assert slip is not None
    assert slip.meant == pytest.approx(true, rel=0.1)


@given(st.floats(0.1, 1e6), st.floats(0.92, 1.08))
def test_a_figure_near_what_was_expected_has_no_slip(expected, off):
    assert find_slip(expected * off, expected, since_january=expected * 5) is None


@given(st.integers(1, 10**8))
def test_swapping_neighbours_twice_leads_back(figure):
    for swapped in neighbours_swapped(float(figure)):
        if len(f"{swapped:.15g}") == len(str(figure)):
            assert float(figure) in neighbours_swapped(swapped)


@st.composite
def grids(draw):
    """Three products of two establishments over sixteen months, some values missing."""
    rows = []
    for establishment, product, industry in (("a", "p", "07"), ("a", "q", "08"), ("b", "p", "07")):
        for t in range(16):
            value = draw(st.one_of(st.none(), st.just(0.0), st.floats(1.0, 1000.0)))
            rows.append((establishment, product, industry, industry, "B", 2.0, t, value))
    names = ["establishment", "product", "class", "division", "section", "price", "t", "quantity"]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None).cast({"quantity": pl.Float64})


@settings(max_examples=12)
@given(grids(), st.sampled_from(CHOICES))
def test_imputation_fills_gaps_only_and_never_below_zero(grid, choice):
    filled = impute(grid, methods_from(choice))
    joined = grid.join(filled, on=["establishment", "product", "t"], suffix="_filled")
    assert joined.height == grid.height
    reported = joined.drop_nulls("quantity")
    assert reported["quantity"].equals(reported["quantity_filled"].rename("quantity"))
    assert reported["method"].null_count() == reported.height
    gaps = joined.filter(pl.col("quantity").is_null())
    assert (gaps["method"].is_null() == gaps["quantity_filled"].is_null()).all()
    assert (gaps["quantity_filled"].drop_nulls() >= 0).all()


@settings(max_examples=8)
@given(grids(), st.sampled_from([0.25, 8.0]))
def test_imputed_quantities_follow_the_unit_of_measure(grid, factor):
    scaled = impute(grid.with_columns(pl.col("quantity") * factor))
    for one, other in zip(
        impute(grid).sort("establishment", "product", "t").iter_rows(named=True),
        scaled.sort("establishment", "product", "t").iter_rows(named=True),
        strict=True,
    ):
        assert one["method"] == other["method"]
        if one["quantity"] is not None:
            assert other["quantity"] == pytest.approx(one["quantity"] * factor, rel=1e-9)
