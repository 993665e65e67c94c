"""Edits proposed from plain mistakes, and edits accepted: rows added, none changed (Rules ED10 and ED11)."""

from datetime import datetime

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.periods import Month
from fansipan.statistics.editing import compile_calls, propose_edits, record_edits
from fansipan.statistics.output_value import compile_output

MAY, TRUE = Month(2024, 5), 1000.0 * 1.01**16
NOON = datetime(2024, 5, 23, 12)


@pytest.fixture
def wrong_unit(steady):
    """The quantity, sales and stock of mine a in kilograms."""
    return steady({"a": {"quantity": TRUE * 1000, "sales": TRUE * 1000, "stock": 500_000.0}})


def accept(province, proposed, **options):
    return record_edits(
        province["edits"],
        proposed,
        province["returns"],
        **({"office": "Phòng Thống kê", "recorded_at": NOON} | options),
    )


def test_a_wrong_unit_takes_sales_and_stock_with_it(wrong_unit):
    proposed = propose_edits(compile_calls(wrong_unit, MAY), lang="vi")
    assert dict(proposed.select("field", "after").iter_rows()) == pytest.approx(
        {"quantity": TRUE, "sales": TRUE, "stock": 500.0}, rel=1e-6
    )
    assert set(proposed["rule"]) == {"switch"}
    assert set(proposed["reason"]) == {"Đổi đơn vị tính từ tháng 2024-05, gấp 1000 lần"}


def test_accepted_edits_are_rows_with_office_and_moment_and_mend_the_output(wrong_unit, steady):
    edits = accept(wrong_unit, propose_edits(compile_calls(wrong_unit, MAY), lang="en"))
    assert edits["edit"].to_list() == ["HC001", "HC002", "HC003"]
    assert set(edits["office"]) == {"Phòng Thống kê"}
    assert set(edits["recorded_at"]) == {NOON}
    mended = wrong_unit.replace(edits=edits)
    right = compile_output(steady(), until=MAY).rows["constant"].to_list()
    assert compile_output(mended, until=MAY).rows["constant"].to_list() == pytest.approx(right, rel=1e-6)
    assert compile_calls(mended, MAY).rows.is_empty()


def test_edits_are_only_added(wrong_unit):
    proposed = propose_edits(compile_calls(wrong_unit, MAY), lang="vi")
    once = accept(wrong_unit, proposed.filter(pl.col("field") == "quantity"))
    province = wrong_unit.replace(edits=once)
    twice = accept(province, proposed.filter(pl.col("field") != "quantity"), recorded_at=datetime(2024, 5, 24))
    assert twice.head(1).equals(province["edits"])
    assert twice["edit"].to_list() == ["HC001", "HC002", "HC003"]


def test_clean_returns_propose_nothing(steady):
    assert propose_edits(compile_calls(steady(), MAY), lang="vi").is_empty()


def test_exchanged_columns_change_both(steady):
    province = steady({"a": {"quantity": 500.0, "stock": TRUE, "value": TRUE * 0.004}})
    changed = dict(propose_edits(compile_calls(province, MAY), lang="vi").select("field", "after").iter_rows())
    assert changed == pytest.approx({"quantity": TRUE, "stock": 500.0}, rel=1e-6)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"before": 1.0}, "edits.before-differs"),
        ({"establishment": "b", "month": "2025-01"}, "edits.no-return"),
        ({"field": "labour"}, "edits.no-return"),
        ({"after": TRUE * 1000}, "edits.unchanged"),
        ({"reason": ""}, "edits.no-reason"),
        ({"rule": None}, "edits.no-reason"),
    ],
)
def test_what_cannot_be_recorded_is_told(wrong_unit, change, code):
    (row,) = propose_edits(compile_calls(wrong_unit, MAY), lang="vi").filter(pl.col("field") == "quantity").to_dicts()
    if "after" in change:
        change = {"after": row["before"]}
    proposed = pl.DataFrame([row | change])
    with pytest.raises(InvalidInput) as caught:
        accept(wrong_unit, proposed)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_every_fault_is_told_at_once(wrong_unit):
    proposed = propose_edits(compile_calls(wrong_unit, MAY), lang="vi").filter(pl.col("field") == "quantity")
    with pytest.raises(InvalidInput) as caught:
        accept(wrong_unit, pl.concat([proposed, proposed.with_columns(pl.lit(None).cast(pl.String).alias("reason"))]))
    assert [fault.code for fault in caught.value.faults] == ["edits.twice", "edits.no-reason"]


def test_an_edit_cannot_come_before_its_return(wrong_unit):
    with pytest.raises(InvalidInput) as caught:
        accept(wrong_unit, propose_edits(compile_calls(wrong_unit, MAY), lang="vi"), recorded_at=datetime(2024, 5, 19))
    assert {fault.code for fault in caught.value.faults} == {"edits.no-return"}


def test_an_edit_of_an_edited_field_starts_from_what_the_first_made_of_it(wrong_unit):
    proposed = propose_edits(compile_calls(wrong_unit, MAY), lang="vi").filter(pl.col("field") == "quantity")
    once = wrong_unit.replace(edits=accept(wrong_unit, proposed))
    with pytest.raises(InvalidInput, match=r"edits|input"):
        accept(once, proposed, recorded_at=datetime(2024, 5, 25))
    first = once["edits"]["after"][0]
    again = proposed.with_columns(pl.lit(first).alias("before"), pl.lit(1170.0).alias("after"))
    assert accept(once, again, recorded_at=datetime(2024, 5, 25))["edit"].to_list() == ["HC001", "HC002"]
