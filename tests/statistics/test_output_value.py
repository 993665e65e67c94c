"""Gross output from returns: which record holds, what is expected, how gaps are filled, what it is worth."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.errors import InvalidInput, Refused
from fansipan.periods import Month
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.records import latest
from support.returns import returned

MAY = Month(2024, 5)


def cell(output, establishment, month, column, product="ore"):
    rows = output.rows.filter(
        (output.rows["establishment"] == establishment)
        & (output.rows["month"] == month)
        & (output.rows["product"] == product)
    )
    assert rows.height == 1
    return rows[column][0]


def edit(after, on, month="2024-05", field="quantity"):
    return {
        "edit": f"e-{on}",
        "establishment": "a",
        "product": "ore",
        "month": month,
        "field": field,
        "before": 1.0,
        "after": after,
        "rule": "unit",
        "recorded_at": datetime.fromisoformat(on),
        "source": "reported",
    }


def test_value_is_quantity_times_price_in_billions_of_dong(small):
    output = compile_output(small([returned("a", "ore", "2024-05", 1500.0)]), until=MAY)
    assert cell(output, "a", "2024-05", "constant") == 1500 * 2.0 / 1000
    assert cell(output, "a", "2024-05", "current") == 1500 * 4.0 / 1000, "the month's own price comes before the year's"
    assert cell(output, "a", "2024-05", "class") == "0710"
    assert cell(output, "a", "2024-05", "portfolio") == "maintain"


def test_reported_value_comes_before_quantity_times_current_price(small):
    output = compile_output(small([returned("a", "ore", "2024-05", 1500.0, value=5.5)]), until=MAY)
    assert cell(output, "a", "2024-05", "current") == 5.5


def test_the_record_known_last_holds(small):
    tables = small(
        [
            returned("a", "ore", "2024-05", 1.0, on="2024-05-18", status="estimate"),
            returned("a", "ore", "2024-05", 3.0, on="2024-07-12"),
            returned("a", "ore", "2024-05", 2.0, on="2024-06-12", status="preliminary"),
        ]
    )
    assert cell(compile_output(tables, until=MAY), "a", "2024-05", "quantity") == 3.0
    june = compile_output(tables, until=MAY, known_on=date(2024, 6, 12))
    assert (cell(june, "a", "2024-05", "quantity"), cell(june, "a", "2024-05", "status")) == (2.0, "preliminary")
    assert cell(compile_output(tables, until=MAY, known_on=date(2024, 6, 11)), "a", "2024-05", "quantity") == 1.0


def test_an_edit_holds_until_a_later_return(small):
    first = returned("a", "ore", "2024-05", 1000.0, on="2024-05-18")
    edited = small([first], [edit(1.0, "2024-05-20")])
    output = compile_output(edited, until=MAY)
    assert (cell(output, "a", "2024-05", "quantity"), cell(output, "a", "2024-05", "edited")) == (1.0, True)
    assert cell(compile_output(edited, until=MAY, known_on=date(2024, 5, 19)), "a", "2024-05", "quantity") == 1000.0
    returned_again = small([first, returned("a", "ore", "2024-05", 7.0, on="2024-06-01")], [edit(1.0, "2024-05-20")])
    output = compile_output(returned_again, until=MAY)
    assert (cell(output, "a", "2024-05", "quantity"), cell(output, "a", "2024-05", "edited")) == (7.0, False)


def test_of_two_edits_the_last_holds(small):
    edits = [edit(2.0, "2024-05-21"), edit(1.0, "2024-05-20")]
    output = compile_output(small([returned("a", "ore", "2024-05", 9.0, on="2024-05-18")], edits), until=MAY)
    assert cell(output, "a", "2024-05", "quantity") == 2.0


def test_a_missing_month_is_last_years_moved_by_the_class(small):
    tables = small(
        [
            returned("a", "ore", "2023-05", 10.0),
            returned("a", "ore", "2024-05", 12.0),
            returned("b", "ore", "2023-05", 5.0),
        ]
    )
    output = compile_output(tables, until=MAY)
    assert cell(output, "b", "2024-05", "quantity") == pytest.approx(5 * 12 / 10, rel=1e-15)
    assert cell(output, "b", "2024-05", "method") == "same-month-class"
    assert cell(output, "a", "2024-05", "method") is None


def test_a_blank_quantity_is_missing_and_zero_is_not(small):
    tables = small(
        [
            returned("a", "ore", "2023-05", 10.0),
            returned("a", "ore", "2024-05", 12.0),
            returned("b", "ore", "2023-05", 5.0),
            returned("b", "ore", "2024-05", None),
        ]
    )
    assert cell(compile_output(tables, until=MAY), "b", "2024-05", "quantity") == pytest.approx(6.0)
    tables["returns"] = tables["returns"].with_columns(tables["returns"]["quantity"].fill_null(0.0))
    assert cell(compile_output(tables, until=MAY), "b", "2024-05", "quantity") == 0.0


def test_a_class_where_nobody_answered_moves_with_all(small):
    tables = small(
        [
            returned("a", "ore", "2023-05", 10.0),
            returned("c", "water", "2023-05", 20.0),
            returned("c", "water", "2024-05", 30.0),
        ]
    )
    assert cell(compile_output(tables, until=MAY), "a", "2024-05", "quantity") == pytest.approx(15.0)


def test_without_a_month_last_year_the_last_value_is_carried_for_a_year(small):
    output = compile_output(small([returned("a", "ore", "2023-03", 8.0)]), until=Month(2024, 5))
    assert cell(output, "a", "2023-04", "method") == "carry"
    assert cell(output, "a", "2024-02", "quantity") == 8.0
    assert cell(output, "a", "2024-05", "quantity") is None, "after a year the product is taken as given up"


def test_raw_totals_leave_missing_missing(small):
    tables = small([returned("a", "ore", "2023-05", 10.0)])
    output = compile_output(tables, until=Month(2023, 6), imputed=False)
    assert cell(output, "a", "2023-06", "quantity") is None
    assert cell(output, "a", "2023-06", "method") is None


def test_nothing_is_expected_before_opening_or_after_closing(small):
    tables = small([returned("a", "ore", "2024-01", 10.0), returned("b", "ore", "2024-01", 1.0)])
    closed = tables["establishments"].with_columns(
        tables["establishments"]["closed_on"].scatter(0, date(2024, 2, 10)).alias("closed_on")
    )
    output = compile_output({**tables, "establishments": closed}, until=MAY)
    assert output.rows.filter(output.rows["establishment"] == "a")["month"].to_list() == ["2024-01", "2024-02"]


def test_a_return_after_closing_is_not_lost(small):
    tables = small([returned("a", "ore", "2024-01", 10.0), returned("a", "ore", "2024-04", 3.0)])
    closed = tables["establishments"].with_columns(
        tables["establishments"]["closed_on"].scatter(0, date(2024, 2, 10)).alias("closed_on")
    )
    output = compile_output({**tables, "establishments": closed}, until=MAY)
    assert cell(output, "a", "2024-04", "quantity") == 3.0


def test_no_returns_is_refused(small):
    with pytest.raises(Refused, match="no return up to 2024-05"):
        compile_output(small([]), until=MAY)


def test_every_product_without_a_fixed_price_is_named(small):
    tables = small([returned("a", "ore", "2024-05", 1.0), returned("c", "water", "2024-05", 1.0)], product_prices=[])
    with pytest.raises(InvalidInput) as caught:
        compile_output(tables, until=MAY)
    assert [f.value for f in caught.value.faults] == ["ore", "water"]


@pytest.mark.parametrize(("again", "stands"), [(None, 70.0), (80.0, 80.0)])
def test_an_edit_outlives_a_record_that_leaves_its_figure_blank(small, again, stands):
    """The sales are corrected after the quantity was edited: only a quantity given anew stands against the edit."""
    rows = [
        {**returned("a", "ore", "2024-01", 700.0, on="2024-02-05"), "sales": 9.0},
        {**returned("a", "ore", "2024-01", again, on="2024-02-20"), "sales": 8.0},
    ]
    change = {
        "edit": "HC1",
        "establishment": "a",
        "product": "ore",
        "month": "2024-01",
        "recorded_at": datetime(2024, 2, 10),
        "field": "quantity",
        "before": 700.0,
        "after": 70.0,
        "rule": "decimal",
        "source": "estimated",
    }
    found = compile_output(small(rows, [change]), until=Month(2024, 1)).rows.row(0, named=True)
    assert found["quantity"] == stands


@pytest.mark.parametrize("field", ["quantity", "sales", "stock", "value"])
@pytest.mark.parametrize("months_later", [0, 1, 5])
def test_a_blank_in_a_later_record_keeps_what_was_reported(field, months_later):
    """Whichever figure the correction leaves blank, and however many corrections follow (Rule G1)."""
    full = {"quantity": 10.0, "sales": 9.0, "stock": 3.0, "value": 0.5}
    first = {**returned("a", "ore", "2024-01", None, on="2024-02-05"), **full}
    later = [
        {**returned("a", "ore", "2024-01", None, on=f"2024-0{3 + k}-05"), **full, "sales": 8.0, field: None}
        for k in range(months_later + 1)
    ]
    found = latest(pl.DataFrame([first, *later])).row(0, named=True)
    assert found[field] == full[field]
    assert found["recorded_at"].month == 3 + months_later
    if field != "sales":
        assert found["sales"] == 8.0
