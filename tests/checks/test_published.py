"""Published figures and plans against each other: every check lenient (a warning) and strict (an error)."""

import pytest

from fansipan.checks.published import (
    cumulative_against_months,
    growth_printed_as_ratio,
    parts_against_totals,
    percentages_against_amounts,
    plan_against_sections,
)

SECTIONS = {"B": (1167.8, 43.54), "C": (13843.6, 34.89), "D": (2010.8, 21.14), "E": (129.6, 39.88)}
INDUSTRIES = [{"industry": code} for code in SECTIONS]


def may(total: float = 17151.7, **others: float) -> list[dict]:
    amounts = {code: amount for code, (amount, _) in SECTIONS.items()} | others
    rows = [{"scope_kind": "industry", "scope": code, "value": amount} for code, amount in amounts.items()]
    return [{"value": total}, *rows]


def percents(total: float, **changes: float) -> list[dict]:
    shares = {code: share for code, (_, share) in SECTIONS.items()} | changes
    rows = [{"scope_kind": "industry", "scope": code, "value": share} for code, share in shares.items()]
    return [row | {"measure": "percent-of-plan", "unit": "%"} for row in [{"value": total}, *rows]]


SEVERITIES = pytest.mark.parametrize(("strict", "severity"), [(False, "warning"), (True, "error")])


@SEVERITIES
def test_parts_that_agree_and_parts_that_do_not(codes, strict, severity):
    tables = {"industries": INDUSTRIES, "official_figures": may()}
    assert codes(parts_against_totals, tables, strict=strict) == []
    tables["official_figures"] = may(C=13844.6)
    assert codes(parts_against_totals, tables, strict=strict) == [
        ("figures.parts", "official_figures", 1, "value", severity)
    ]


def test_missing_parts_count_only_when_strict(codes):
    tables = {"industries": INDUSTRIES, "official_figures": may()[:-1]}
    assert codes(parts_against_totals, tables) == []
    assert [found[0] for found in codes(parts_against_totals, tables, strict=True)] == ["figures.parts-missing"]


def test_parts_above_their_total_are_told_even_where_no_table_names_them(codes):
    tables = {"official_figures": may(X=10.0)}
    assert [found[0] for found in codes(parts_against_totals, tables)] == ["figures.parts"]
    assert codes(parts_against_totals, {"official_figures": may(total=18000.0)}) == []


def test_strict_takes_figures_to_be_printed_to_the_finest_unit_beside_them(codes):
    rows = [
        {"value": 101},
        {"scope_kind": "kind", "scope": "industry", "value": 100.5},
        {"scope_kind": "kind", "scope": "handicraft", "value": 0.0},
    ]
    assert codes(parts_against_totals, {"official_figures": rows}) == []
    assert [found[0] for found in codes(parts_against_totals, {"official_figures": rows}, strict=True)] == [
        "figures.parts"
    ]


def test_indexes_and_rates_are_not_summed(codes):
    rows = [row | {"indicator": "iip", "unit": None} for row in may(B=99.0)]
    assert codes(parts_against_totals, {"industries": INDUSTRIES, "official_figures": rows}) == []
    rows = [row | {"indicator": "use", "unit": "%"} for row in may(B=99.0)]
    assert codes(parts_against_totals, {"industries": INDUSTRIES, "official_figures": rows}) == []


@SEVERITIES
def test_plans_are_summed_too(codes, strict, severity):
    plans = [
        {"value": 300.0},
        {"scope_kind": "kind", "scope": "industry", "value": 200.0},
        {"scope_kind": "kind", "scope": "handicraft", "value": 50.0},
    ]
    assert codes(parts_against_totals, {"plans": plans}, strict=strict) == [
        ("figures.parts", "plans", 1, "value", severity)
    ]


def test_districts_count_as_parts_only_while_they_are_in_force(codes):
    from datetime import date

    areas = [{}] + [{"area": c, "level": "district", "parent": "10", "valid_to": date(2025, 6, 30)} for c in ("a", "b")]
    rows = [{"value": 10.0, "scope": "10"}, *({"scope_kind": "area", "scope": c, "value": 4.0} for c in ("a", "b"))]
    tables = {"areas": areas, "official_figures": rows}
    assert [found[0] for found in codes(parts_against_totals, tables)] == ["figures.parts"]
    tables["official_figures"] = [row | {"period": "2025-12"} for row in rows]
    assert codes(parts_against_totals, tables) == []


@SEVERITIES
def test_percent_of_the_plan_against_the_plan(codes, strict, severity):
    tables = {"official_figures": [{"value": 17151.7}, percents(26.1)[0]], "plans": [{"value": 52196.8}]}
    assert codes(percentages_against_amounts, tables, strict=strict) == [
        ("figures.percent", "official_figures", 2, "value", severity)
    ]
    tables["official_figures"][1]["value"] = 32.9
    assert codes(percentages_against_amounts, tables) == []


@SEVERITIES
def test_growth_and_shares_against_amounts(codes, strict, severity):
    level = {"measure": "level"}
    rows = [
        level | {"value": 3726.7},
        level | {"value": 3557.7, "period": "2024-04"},
        {"measure": "mom", "value": 4.75},
        level | {"value": 1000.0, "scope_kind": "industry", "scope": "D"},
        {"measure": "share", "value": 26.83, "scope_kind": "industry", "scope": "D"},
    ]
    assert codes(percentages_against_amounts, {"official_figures": rows}, strict=strict) == []
    rows[2]["value"], rows[4]["value"] = 5.75, 28.8
    found = codes(percentages_against_amounts, {"official_figures": rows}, strict=strict)
    assert found == [("figures.percent", "official_figures", n, "value", severity) for n in (3, 5)]


@SEVERITIES
def test_the_cumulative_is_the_sum_of_its_months(codes, strict, severity):
    months = [{"measure": "level", "period": f"2024-0{m}", "value": 10.1} for m in range(1, 6)]
    assert codes(cumulative_against_months, {"official_figures": [*months, {"value": 50.5}]}, strict=strict) == []
    assert codes(cumulative_against_months, {"official_figures": [*months, {"value": 55.5}]}, strict=strict) == [
        ("figures.cumulative", "official_figures", 6, "value", severity)
    ]


@pytest.mark.parametrize(("period", "whole"), [("2023-Q1", 30.3), ("2023", 121.2)])
def test_a_quarter_and_a_year_are_the_sum_of_their_months(codes, period, whole):
    level = {"measure": "level", "status": "final"}
    months = [level | {"period": f"2023-{m:02d}", "value": 10.1} for m in range(1, 13)]
    for apart, expected in ((0.0, 0), (5.0, 1)):
        printed = level | {"period": period, "value": whole + apart}
        found = codes(cumulative_against_months, {"official_figures": [*months, printed]})
        assert [code for code, *_ in found] == ["figures.cumulative"] * expected


def test_months_of_another_status_are_compared_only_when_strict(codes):
    months = [{"measure": "level", "period": f"2024-0{m}", "value": 10.1, "status": "final"} for m in range(1, 6)]
    tables = {"official_figures": [*months, {"value": 55.5}]}
    assert codes(cumulative_against_months, tables) == []
    assert len(codes(cumulative_against_months, tables, strict=True)) == 1


@SEVERITIES
def test_the_published_26_1_percent_of_the_plan_is_caught(codes, strict, severity):
    """A published text of May 2024 on Lào Cai; the sections imply a plan of 52,196.8, hence 32.9 %."""
    tables = {"industries": INDUSTRIES, "official_figures": [*may(), *percents(26.1)]}
    assert codes(plan_against_sections, tables, strict=strict) == [
        ("figures.plan", "official_figures", 6, "value", severity)
    ]
    tables["official_figures"] = [*may(), *percents(32.86)]
    assert codes(plan_against_sections, tables, strict=strict) == []


def test_a_section_without_its_percentage_leaves_the_plan_open(codes):
    tables = {"industries": INDUSTRIES, "official_figures": [*may(), *percents(26.1)[:-1]]}
    assert codes(plan_against_sections, tables) == []


@SEVERITIES
def test_a_ratio_where_growth_belongs_is_found_by_its_amounts(codes, strict, severity):
    level = {"measure": "level"}
    rows = [
        level | {"value": 3726.7},
        level | {"value": 3557.7, "period": "2024-04"},
        {"measure": "mom", "value": 104.75},
    ]
    assert codes(growth_printed_as_ratio, {"official_figures": rows}, strict=strict) == [
        ("figures.ratio", "official_figures", 3, "value", severity)
    ]
    assert codes(percentages_against_amounts, {"official_figures": rows}, strict=strict) == []
    rows[2]["value"] = 4.75
    assert codes(growth_printed_as_ratio, {"official_figures": rows}, strict=strict) == []


def test_without_amounts_a_ratio_is_doubted_by_its_neighbours_or_when_strict(codes):
    growth = [
        {"measure": "yoy", "value": v, "scope_kind": "industry", "scope": s} for s, v in (("B", 105.3), ("C", 4.1))
    ]
    assert [found[2] for found in codes(growth_printed_as_ratio, {"official_figures": growth})] == [1]
    assert codes(growth_printed_as_ratio, {"official_figures": growth[:1]}) == []
    assert [found[2] for found in codes(growth_printed_as_ratio, {"official_figures": growth[:1]}, strict=True)] == [1]
    tripled = [growth[0] | {"value": 220.0}, growth[1]]
    assert codes(growth_printed_as_ratio, {"official_figures": tripled}, strict=True) == []
