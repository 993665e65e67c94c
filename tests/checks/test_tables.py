"""References, trees, dates and likeness across tables."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.checks import CHECKS, Subject, check, check_province
from fansipan.checks.likeness import mixed_price_bases, mixed_units, same_name, unpriced_products
from fansipan.checks.references import dangling_references, dangling_scopes
from fansipan.checks.subject import at_most
from fansipan.checks.trees import cycles_of, parent_cycles, weight_trees
from fansipan.checks.validity import (
    areas_not_in_force,
    overlapping_periods,
    recorded_too_soon,
    returns_outside_life,
    reversed_dates,
)
from fansipan.errors import Fault
from fansipan.province import Province, survey


def short(found):
    return [(code, row, column) for code, _, row, column, _ in found]


def test_references_that_lead_nowhere_are_told_with_the_nearest(codes):
    tables = {"establishments": [{}], "returns": [{"establishment": "e11"}, {"establishment": "zz"}, {}]}
    assert short(codes(dangling_references, tables)) == [
        ("reference.near", 1, "establishment"),
        ("reference.dangling", 2, "establishment"),
    ]


def test_a_class_is_looked_up_with_its_version(codes):
    tables = {"industries": [{"industry": "B"}], "establishments": [{}, {"establishment": "e2", "version": "VSIC2025"}]}
    assert short(codes(dangling_references, tables)) == [("reference.other-key", 2, "industry")]


def test_a_table_that_is_not_there_is_missed_only_when_strict(codes):
    assert codes(dangling_references, {"returns": [{}]}) == []
    assert len(codes(dangling_references, {"returns": [{}]}, strict=True)) == 2


def test_a_reference_to_a_row_with_a_fault_of_its_own_is_no_fault(tmp_path):
    (tmp_path / "areas.csv").write_text("area,name,level,valid_from,source\na,A,?,2020-01-01,published\n")
    (tmp_path / "zones.csv").write_text("zone,name,kind,area,source\nz,Z,park,a,published\ny,Y,park,b,published\n")
    found = [(f.code, f.place.file, f.place.row) for f in check(survey(tmp_path))]
    assert found == [("cell.not-choice", "areas.csv", 2), ("reference.dangling", "zones.csv", 3)]


def test_a_form_is_checked_against_a_province(tmp_path):
    areas = pl.DataFrame(
        [{"area": "a", "name": "A", "level": "city", "valid_from": date(2020, 1, 1), "source": "published"}]
    )
    (tmp_path / "zones.csv").write_text("zone,name,kind,area,source\nz,Z,park,a,published\ny,Y,park,b,published\n")
    assert check(survey(tmp_path / "zones.csv")) == ()
    found = check(survey(tmp_path / "zones.csv"), beside=Province({"areas": areas}))
    assert [(f.code, f.place.row) for f in found] == [("reference.dangling", 3)]


def test_scopes_are_looked_up_by_their_kind(codes):
    plans = [{"value": 1.0}, {"scope_kind": "industry", "scope": "Z", "value": 1.0}]
    assert short(codes(dangling_scopes, {"plans": plans, "industries": [{"industry": "B"}]})) == [
        ("reference.dangling", 2, "scope")
    ]


def test_circles_of_parents_are_told_once_with_their_way(codes):
    areas = [{"area": a, "parent": p} for a, p in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", None))]
    assert short(codes(parent_cycles, {"areas": areas})) == [("tree.cycle", 1, "parent")]
    weights = [{"code": "x", "parent": "x"}, {"code": "x", "parent": None, "base_year": 2010}]
    assert short(codes(parent_cycles, {"index_weights": weights})) == [("tree.cycle", 1, "parent")]


def test_cycles_are_found_from_any_start():
    assert cycles_of({("a",): ("b",), ("b",): ("c",), ("c",): ("b",)}) == [[("b",), ("c",)]]
    assert cycles_of({("a",): ("b",), ("b",): ("c",)}) == []


def test_weights_are_one_tree_a_base_year(codes):
    rows = [{"code": "t"}, {"code": "u"}, {"code": "x", "parent": "w"}, {"code": "t", "base_year": 2010}]
    assert short(codes(weight_trees, {"index_weights": rows})) == [
        ("reference.dangling", 3, "parent"),
        ("tree.several-roots", 2, "code"),
    ]


def test_what_ends_before_it_begins(codes):
    rows = [{"valid_to": date(1990, 1, 1)}, {"area": "b", "valid_to": date(1991, 10, 1)}]
    assert short(codes(reversed_dates, {"areas": rows})) == [("dates.reversed", 1, "valid_to")]


def test_returns_of_months_before_opening_and_after_closing(codes):
    life = {"opened_on": date(2024, 2, 15), "closed_on": date(2024, 4, 15)}
    rows = [{"month": f"2024-0{m}", "quantity": 1.0} for m in range(1, 6)] + [{"month": "2024-06", "quantity": 0.0}]
    assert short(codes(returns_outside_life, {"establishments": [life], "returns": rows})) == [
        ("dates.not-open-yet", 1, "month"),
        ("dates.closed", 5, "month"),
    ]


def test_a_return_recorded_before_its_month(codes):
    rows = [{"recorded_at": datetime(2024, 4, 30)}, {"recorded_at": datetime(2024, 5, 18)}]
    assert short(codes(recorded_too_soon, {"returns": rows})) == [("dates.recorded-too-soon", 1, "recorded_at")]


def test_areas_that_had_ended(codes):
    areas = [
        {"area": "d", "level": "district", "valid_to": date(2025, 6, 30), "successor": "w"},
        {"area": "w", "level": "ward", "valid_from": date(2025, 7, 1)},
    ]
    establishments = [
        {"area": "d", "opened_on": date(2025, 8, 1)},
        {"establishment": "e2", "area": "w", "closed_on": date(2024, 1, 1)},
        {"establishment": "e3", "area": "d", "opened_on": date(2020, 1, 1)},
    ]
    rows = [{"establishment": "e3", "month": "2025-09"}]
    found = codes(areas_not_in_force, {"areas": areas, "establishments": establishments, "returns": rows})
    assert [(code, row, severity) for code, _, row, _, severity in found] == [
        ("dates.area-ended", 1, "error"),
        ("dates.area-not-begun", 2, "error"),
        ("dates.area-ended-since", 3, "warning"),
    ]


def test_a_line_in_two_groups_at_once(codes):
    rows = [{"valid_from": date(2020, 1, 1)}, {"valid_from": date(2024, 1, 1), "portfolio_group": "priority"}]
    assert short(codes(overlapping_periods, {"portfolio": rows})) == [("dates.overlap", 2, "valid_from")]
    rows[0]["valid_to"] = date(2023, 12, 31)
    assert codes(overlapping_periods, {"portfolio": rows}) == []


def test_one_name_under_two_codes(codes):
    rows = [{}, {"establishment": "e2", "name": "CƠ SỞ  a"}, {"establishment": "e3", "area": "11"}]
    assert short(codes(same_name, {"establishments": rows})) == [("likeness.same-name", 2, "name")]


def test_units_that_differ_from_the_rest_or_from_the_product(codes):
    rows = [
        {"value": 1.0, "scope_kind": "industry", "scope": s, "unit": u}
        for s, u in (("B", "tỷ đồng"), ("C", "Tỷ  đồng"), ("D", "triệu đồng"))
    ]
    assert short(codes(mixed_units, {"plans": rows})) == [("likeness.mixed-units", 3, "unit")]
    rows = [{"value": 1.0, "indicator": "volume", "scope_kind": "product", "scope": "p1", "unit": "kg"}]
    assert short(codes(mixed_units, {"plans": rows, "products": [{}]})) == [("likeness.mixed-units", 1, "unit")]


def test_price_bases_are_not_mixed_in_one_sum(codes):
    rows = [
        {"value": 1.0, "scope_kind": "industry", "scope": s, "price_basis": b}
        for s, b in (("B", "constant-2010"), ("C", "constant-2010"), ("D", "current"), ("E", None))
    ]
    assert short(codes(mixed_price_bases, {"plans": rows})) == [("likeness.mixed-prices", 3, "price_basis")]
    assert [found[2] for found in codes(mixed_price_bases, {"plans": rows}, strict=True)] == [3, 4]


def test_products_that_cannot_be_valued(codes):
    tables = {"products": [{}], "returns": [{"quantity": 1.0}], "product_prices": [{}]}
    assert short(codes(unpriced_products, tables)) == [("likeness.unpriced", 1, "product")]


@pytest.mark.parametrize("run", CHECKS, ids=lambda run: run.__name__)
@pytest.mark.parametrize("strict", [False, True])
def test_every_check_takes_an_empty_province(run, strict):
    assert list(run(Subject.of(Province(), strict=strict))) == []


def test_faults_without_end_are_counted():
    many = [Fault("cell.empty", {"column": "x"})] * 5
    told = list(at_most(many, 3))
    assert [fault.code for fault in told] == ["cell.empty"] * 3 + ["column.more-faults"]
    assert told[-1].params["count"] == 2


def test_a_province_made_in_python_is_checked_whole():
    areas = pl.DataFrame(
        [
            {
                "area": "a",
                "name": "A",
                "level": "city",
                "parent": "b",
                "valid_from": date(2020, 1, 1),
                "source": "published",
            }
        ]
    )
    assert [(f.code, f.place.sheet, f.place.row) for f in check_province(Province({"areas": areas}))] == [
        ("reference.dangling", "areas", 1)
    ]
