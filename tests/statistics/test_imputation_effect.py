"""What imputation and sampling weights do to the total, and changes of state (Rules ED13 to ED15)."""

from datetime import date

import polars as pl
import pytest

from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.statistics.imputation.effect import grossing_up, imputation_effect
from fansipan.statistics.imputation.status import changes_of_state
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.production_index import product_volumes
from support.returns import returned

MAY = Month(2024, 5)


@pytest.fixture
def tables(small):
    """Ore of mine b has not come: 5 last year and 7 in April; mine a moved by 1.2 and 1.5."""
    return small(
        [
            returned("a", "ore", "2023-05", 10.0),
            returned("a", "ore", "2024-04", 8.0),
            returned("a", "ore", "2024-05", 12.0),
            returned("b", "ore", "2023-05", 5.0),
            returned("b", "ore", "2024-04", 7.0),
        ]
    )


def test_the_total_without_with_and_by_every_other_method(tables):
    found = imputation_effect(tables, MAY)
    value = dict(found.select("treatment", "value").iter_rows())
    assert value == pytest.approx(
        {
            "reported-only": 0.024,
            "default": 0.036,
            "same-month-class": 0.036,
            "same-month": 0.034,
            "class": 0.045,
            "business": 0.036,
            "carry": 0.038,
            "neighbours": 0.036,
        }
    )
    carried = found.row(by_predicate=pl.col("treatment") == "carry", named=True)
    assert (carried["imputed"], carried["missing"]) == (1, 0)
    assert carried["imputed_value"] == pytest.approx(0.014)
    assert carried["growth"] == pytest.approx((38 / 30 - 1) * 100)
    assert carried["value_difference"] == pytest.approx(0.002)
    assert carried["growth_difference"] == pytest.approx(2 / 30 * 100)
    assert found.filter(pl.col("treatment") == "reported-only")["missing"].item() == 1


def test_only_what_was_known_and_only_known_methods(tables):
    with pytest.raises(NotFound, match="median"):
        imputation_effect(tables, MAY, choices=["median"])
    assert imputation_effect(tables, MAY, known_on=date(2024, 6, 5), choices=[])["treatment"].len() == 2


def test_growth_is_missing_where_there_is_no_last_year(small):
    found = imputation_effect(small([returned("a", "ore", "2024-05", 1.0)]), MAY)
    assert found["growth"].null_count() == found.height


def weighted(tables, weights):
    who = tables["establishments"]
    values = [weights.get(e) for e in who["establishment"]]
    return {**tables, "establishments": who.with_columns(pl.Series("weight", values, dtype=pl.Float64))}


def test_weights_gross_up_values_volumes_and_movements(tables):
    output = compile_output(weighted(tables, {"a": 3.0}), until=MAY)
    may = output.rows.filter(pl.col("month") == "2024-05")
    assert may["quantity"].to_list() == pytest.approx([12.0, 6.0]), "quantities stay what was reported"
    assert may["constant"].to_list() == pytest.approx([3 * 0.024, 0.012])
    assert may["current"].to_list() == pytest.approx([3 * 12 * 4 / 1000, 6 * 4 / 1000])
    volumes = dict(product_volumes(output).select("month", "volume").iter_rows())
    assert volumes["2024-05"] == pytest.approx(42.0)
    told = grossing_up(output, [MAY]).row(0, named=True)
    assert (told["weighted"], told["sampled"]) == (1, pytest.approx(0.036))
    assert told["grossed"] == pytest.approx(0.048)
    assert told["value"] == gross_output(output).filter(pl.col("month") == "2024-05")["value"].item()


def test_a_weight_makes_its_establishment_count_in_the_movement(tables, small):
    more = small(
        [
            *tables["returns"].to_dicts(),
            returned("c", "water", "2023-05", 10.0),
            returned("c", "water", "2024-05", 10.0),
            returned("d", "power", "2023-05", 4.0),
        ]
    )
    power = pl.col("establishment") == "d"
    plain = compile_output(more, until=MAY).rows.filter(power & (pl.col("month") == "2024-05"))
    assert plain["quantity"].item() == pytest.approx(4 * 34 / 30), "ore 24 of 20, water 10 of 10, at constant prices"
    heavy = compile_output(weighted(more, {"c": 5.0}), until=MAY).rows.filter(power & (pl.col("month") == "2024-05"))
    assert heavy["quantity"].item() == pytest.approx(4 * 74 / 70)


def test_without_weights_nothing_is_grossed_up(tables):
    told = grossing_up(compile_output(tables, until=MAY), [MAY]).row(0, named=True)
    assert (told["weighted"], told["grossed"]) == (0, 0.0)


@pytest.fixture
def moving(small):
    """Mine a stops and starts again; mine b closes in March; drinks are born in April; power falls silent."""
    made = {
        ("a", "ore"): {"2024-01": 10.0, "2024-02": 0.0, "2024-03": 0.0, "2024-04": 9.0, "2024-05": 9.0},
        ("b", "ore"): {"2024-01": 5.0, "2024-02": 5.0, "2024-03": 5.0},
        ("c", "water"): {"2024-04": 4.0, "2024-05": 4.0},
        ("d", "power"): {"2023-01": 2.0},
    }
    tables = small([returned(*pair, month, q) for pair, months in made.items() for month, q in months.items()])
    closed = tables["establishments"].with_columns(
        pl.when(pl.col("establishment") == "b")
        .then(pl.lit(date(2024, 3, 20)))
        .otherwise("closed_on")
        .alias("closed_on")
    )
    return compile_output({**tables, "establishments": closed}, until=MAY)


@pytest.mark.parametrize(
    ("month", "wanted"),
    [
        (2, {("a", "ore"): "stopped", ("d", "power"): "given-up"}),
        (3, {}),
        (4, {("a", "ore"): "restarted", ("b", "ore"): "closed", ("c", "water"): "born"}),
        (5, {}),
    ],
)
def test_who_came_went_stopped_and_started_again(moving, month, wanted):
    found = changes_of_state(moving, Month(2024, month))
    assert {row[:2]: row[2] for row in found.select("establishment", "product", "change").iter_rows()} == wanted


def test_what_a_change_adds_to_the_growth(moving):
    found = changes_of_state(moving, Month(2024, 4))
    # March: mine b alone, 5 x 2; April: ore 9 x 2 and water 4
    assert dict(found.select("change", "contribution").iter_rows()) == pytest.approx(
        {"born": 40.0, "closed": -100.0, "restarted": 180.0}
    )
    assert not found["seasonal"].any()


def test_a_change_that_comes_every_year_is_seasonal(small):
    months = [f"{y}-{m:02d}" for y in (2023, 2024) for m in range(1, 6)]
    returns = [returned("a", "ore", m, 0.0 if m.endswith("05") else 3.0) for m in months]
    returns += [returned("b", "ore", m, 3.0) for m in months]
    found = changes_of_state(compile_output(small(returns), until=MAY), MAY)
    assert found.select("establishment", "change", "seasonal").rows() == [("a", "stopped", True)]
