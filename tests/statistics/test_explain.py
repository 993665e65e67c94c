"""From a figure down to returns, edits and imputations, without losing a đồng on the way."""

import json
from datetime import date, datetime

import pytest

from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.statistics.explain import explain
from support.returns import returned

MAY = Month(2024, 5)


@pytest.fixture
def province(small):
    edit = {
        "edit": "1", "establishment": "a", "product": "ore", "month": "2024-05", "field": "quantity", "before": 12000.0,
        "after": 12.0, "rule": "unit", "reason": "đơn vị", "recorded_at": datetime(2024, 5, 25), "source": "reported",
    }  # fmt: skip
    return Province(small([
        returned("a", "ore", "2023-05", 10.0), returned("b", "ore", "2023-05", 5.0), returned("c", "water", "2023-05",
        20.0),
        returned("a", "ore", "2024-05", 11.0, on="2024-05-10", status="estimate"),
        returned("a", "ore", "2024-05", 12000.0, on="2024-05-20", status="estimate"),
        returned("c", "water", "2024-05", 30.0, on="2024-05-20"),
    ], [edit]))  # fmt: skip


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
    assert "đã hiệu chỉnh" in fansipan("explain", folder, lang="vi").stdout
    refused = fansipan("explain", folder, "--scope", "colour")
    assert (refused.returncode, "KIND=CODE" in refused.stderr) == (1, True)
