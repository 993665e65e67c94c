"""From a figure down to returns, edits and imputations, without losing a đồng on the way."""

import json
from datetime import date, datetime

import pytest

from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.statistics.explain import explain
from fansipan.statistics.imputation.filling import CHOICES, DEFAULT_METHODS, methods_from
from support.returns import returned

MAY = Month(2024, 5)


@pytest.fixture
def province(small):
    edit = {
        "edit": "1",
        "establishment": "a",
        "product": "ore",
        "month": "2024-05",
        "field": "quantity",
        "before": 12000.0,
        "after": 12.0,
        "rule": "unit",
        "reason": "đơn vị",
        "recorded_at": datetime(2024, 5, 25),
        "source": "reported",
    }
    return Province(
        small(
            [
                returned("a", "ore", "2023-05", 10.0),
                returned("b", "ore", "2023-05", 5.0),
                returned("c", "water", "2023-05", 20.0),
                returned("a", "ore", "2024-05", 11.0, on="2024-05-10", status="estimate"),
                returned("a", "ore", "2024-05", 12000.0, on="2024-05-20", status="estimate"),
                returned("c", "water", "2024-05", 30.0, on="2024-05-20"),
            ],
            [edit],
        )
    )


def test_rows_and_parts_add_up_to_the_figure(province):
    found = explain(province, month=MAY)
    assert found.value == pytest.approx((12 * 2 + 6 * 2 + 30) / 1000, rel=1e-12)
    assert found.rows["constant"].sum() == pytest.approx(found.value, rel=1e-12)
    assert found.parts["level"].sum() == pytest.approx(found.value, rel=1e-12)
    assert found.parts["contribution"].sum() == pytest.approx(found.growth, rel=1e-12)
    assert found.rows["share"].sum() == pytest.approx(100)


def test_the_next_level_down_follows_the_scope(province):
    assert explain(province, month=MAY).parted_by == "section"
    assert explain(province, month=MAY, scope={"section": "B"}).parted_by == "division"
    assert explain(province, month=MAY, scope={"class": "0710"}).parted_by == "product"
    assert explain(province, month=MAY, scope={"product": "ore", "class": "0710"}).parted_by == "establishment"


def test_every_return_is_shown_and_the_one_that_holds_is_marked(province):
    found = explain(province, month=MAY, scope={"establishment": "a"})
    assert found.returns.select("quantity", "holds").rows() == [(11.0, False), (12000.0, True)]
    assert found.edits.select("before", "after", "reason").rows() == [(12000.0, 12.0, "đơn vị")]


def test_an_imputed_value_is_its_base_times_the_movement(province):
    (row,) = explain(province, month=MAY).imputed.iter_rows(named=True)
    assert (row["establishment"], row["base_quantity"]) == ("b", 5.0)
    assert row["movement"] == pytest.approx(12 / 10, rel=1e-12)
    assert row["quantity"] == pytest.approx(row["base_quantity"] * row["movement"], rel=1e-12)


# One establishment of two is silent in May 2024: the mine b, once with a return of April, once without; c makes water.
PEERS = [
    returned("a", "ore", "2023-04", 8.0),
    returned("a", "ore", "2023-05", 10.0),
    returned("a", "ore", "2024-04", 20.0),
    returned("a", "ore", "2024-05", 30.0),
    returned("b", "ore", "2023-05", 5.0),
    returned("b", "ore", "2024-04", 6.0),
]
IMPUTED = [
    # method, further returns, month and quantity it was made from, whose movement, movement
    ("same-month-class", [], "2023-05", 5.0, "class", 3.0),
    ("same-month", [], "2023-05", 5.0, None, 1.0),
    ("class", [], "2024-04", 6.0, "class", 1.5),
    ("carry", [], "2024-04", 6.0, None, 1.0),
    (
        "business",
        [returned("b", "water", "2024-04", 10.0), returned("b", "water", "2024-05", 7.0)],
        "2024-04",
        6.0,
        "establishment",
        0.7,
    ),
    # stopped since April 2024, where a year before 4 were made
    (
        "stopped",
        [returned("b", "ore", "2023-04", 4.0), returned("b", "ore", "2024-04", 0.0, on="2025-06-01")],
        "2024-04",
        0.0,
        None,
        None,
    ),
    # started again in April 2024: the year before nothing was made
    ("restarted", [returned("b", "ore", "2023-04", 0.0)], "2024-04", 6.0, "class", 1.5),
]


@pytest.mark.parametrize(("method", "more", "month", "base", "level", "movement"), IMPUTED)
def test_the_movement_told_is_the_one_that_was_applied(small, method, more, month, base, level, movement):
    methods = methods_from(method) if method in CHOICES else DEFAULT_METHODS
    found = explain(Province(small([*PEERS, *more])), month=MAY, methods=methods).imputed
    (row,) = found.filter(establishment="b", product="ore").iter_rows(named=True)
    assert (row["method"], row["base_month"], row["base_quantity"], row["moved_by"]) == (method, month, base, level)
    assert row["movement"] == (None if movement is None else pytest.approx(movement, rel=1e-12))
    assert row["quantity"] == pytest.approx(base * (movement or 0.0), rel=1e-12)


def test_where_the_class_is_silent_the_level_that_moved_is_named(small):
    returns = [
        returned("b", "ore", "2023-05", 5.0),
        returned("c", "water", "2023-05", 20.0),
        returned("c", "water", "2024-05", 30.0),
    ]
    (row,) = explain(Province(small(returns)), month=MAY).imputed.iter_rows(named=True)
    assert (row["moved_by"], row["movement"]) == ("all", pytest.approx(1.5))


def test_as_known_before_the_edit_the_wrong_return_holds(province):
    found = explain(province, month=MAY, known_on=date(2024, 5, 22), scope={"establishment": "a"})
    assert found.value == pytest.approx(24.0)
    assert found.edits.is_empty()


def test_nothing_in_the_scope_is_refused(province):
    with pytest.raises(NotFound, match="no return in area=north in 2024-05"):
        explain(province, month=MAY, scope={"area": "north"})


def test_from_the_command_line(province, tmp_path, fansipan):
    folder = province.write(tmp_path / "province")
    told = json.loads(fansipan("explain", folder, "--scope", "section=B", "--json").stdout)
    assert told["value"] == pytest.approx(0.036)
    assert told["edits"][0]["reason"] == "đơn vị"
    moved = json.loads(fansipan("explain", folder, "--impute", "same-month", "--json").stdout)["imputed"]
    assert [(row["base_month"], row["movement"], row["moved_by"]) for row in moved] == [("2023-05", 1.0, None)]
    assert "đã hiệu chỉnh" in fansipan("explain", folder, lang="vi").stdout
    refused = fansipan("explain", folder, "--scope", "colour")
    assert (refused.returncode, "KIND=CODE" in refused.stderr) == (1, True)
