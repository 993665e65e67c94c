"""Growth, contributions, structure, coverage and plan on a province small enough to check by hand."""

from datetime import date

import pytest

from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.statistics.coverage import coverage, imputations
from fansipan.statistics.measures import gross_output, growth_of_output, structure
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.plan_progress import percent_of_plan
from support.returns import returned

MAY = Month(2024, 5)


@pytest.fixture
def tables(small):
    """Two Mays: ore 10 -> 12 and 5 -> missing, water 20 -> 30, power nothing -> 8."""
    return small(
        [
            returned("a", "ore", "2023-05", 10.0),
            returned("a", "ore", "2024-05", 12.0),
            returned("b", "ore", "2023-05", 5.0),
            returned("c", "water", "2023-05", 20.0),
            returned("c", "water", "2024-05", 30.0),
            returned("d", "power", "2024-05", 8.0),
        ],
        plans=[
            {
                "indicator": "gross-output",
                "scope_kind": "industry",
                "scope": s,
                "period": "2024",
                "value": v,
                "price_basis": "constant-2010",
                "source": "published",
            }
            for s, v in [("B", 1.0), ("C", 2.0)]
        ],
    )


@pytest.fixture
def output(tables):
    return compile_output(tables, until=MAY)


def of(frame, key, column, by="section"):
    return frame.filter(frame[by] == key)[column][0]


def test_growth_of_sections_and_their_contributions(output):
    grown = growth_of_output(output, MAY, "yoy", by="section")
    # ore (10 + 5) x 2 = 30 -> (12 + 6) x 2 = 36; water 20 -> 30; power 0 -> 4, in thousandths
    assert of(grown, "B", "growth") == pytest.approx(20.0, rel=1e-14)
    assert of(grown, "C", "growth") == pytest.approx(50.0, rel=1e-14)
    assert of(grown, "D", "growth") is None
    assert of(grown, "B", "contribution") == pytest.approx(6 / 50 * 100, rel=1e-13)
    assert of(grown, "D", "contribution") == pytest.approx(4 / 50 * 100, rel=1e-13)
    total = growth_of_output(output, MAY, "yoy")
    assert grown["contribution"].sum() == pytest.approx(total["growth"][0], abs=1e-12)


@pytest.mark.parametrize("by", ["class", "division", "product", "establishment", "area", "ownership", "portfolio"])
def test_contributions_add_up_whatever_the_parts(output, by):
    total = growth_of_output(output, MAY, "yoy")["growth"][0]
    assert growth_of_output(output, MAY, "yoy", by=by)["contribution"].sum() == pytest.approx(total, abs=1e-12)


def test_scope_narrows_to_a_part(output):
    east = gross_output(output, scope={"area": "east"}).filter(gross_output(output)["month"] == "2024-05")
    assert east["value"][0] == pytest.approx((12 * 2 + 30) / 1000, rel=1e-14)


def test_an_unknown_dimension_is_refused_with_the_known_ones(output):
    with pytest.raises(NotFound, match=r"cannot be summed by “colour”.*section, division"):
        gross_output(output, by="colour")


def test_growth_without_a_base_is_missing_not_zero(output):
    assert growth_of_output(output, Month(2023, 5), "yoy")["growth"][0] is None


def test_cumulative_growth_is_the_ratio_of_sums(small):
    returns = [
        returned("c", "water", f"{y}-0{m}", q)
        for y, m, q in [(2023, 1, 10.0), (2023, 2, 30.0), (2024, 1, 20.0), (2024, 2, 30.0)]
    ]
    grown = growth_of_output(compile_output(small(returns), until=Month(2024, 2)), Month(2024, 2), "ytd")
    assert grown["growth"][0] == pytest.approx(25.0, rel=1e-14), "(20+30)/(10+30), not the mean of 100 % and 0 %"


def test_structure_and_its_change(output):
    shares = structure(output, [MAY], [MAY - 12], by="section", basis="constant-2010")
    assert of(shares, "B", "share") == pytest.approx(36 / 70 * 100, rel=1e-14)
    assert of(shares, "B", "change") == pytest.approx(36 / 70 * 100 - 60, rel=1e-12)
    assert shares["share"].sum() == pytest.approx(100, rel=1e-14)


def test_coverage_counts_what_was_imputed(output):
    covered = coverage(output, [MAY])
    assert covered.select("expected", "received", "imputed", "missing").row(0) == (4, 3, 1, 0)
    assert covered["response"][0] == 75.0
    assert covered["imputed_share"][0] == pytest.approx(12 / 70 * 100, rel=1e-14)
    assert imputations(output, [MAY]).row(0) == ("same-month-class", 1, pytest.approx(0.012))


def test_percent_of_plan_by_section_and_in_all(small, tables):
    returns = [returned("a", "ore", f"2024-0{m}", 100.0) for m in range(1, 6)]
    returns += [returned("c", "water", f"2024-0{m}", 100.0) for m in range(1, 6)]
    output = compile_output({**small(returns), "plans": tables["plans"]}, until=MAY)
    progress = percent_of_plan(output, tables["plans"], MAY)
    assert of(progress, "B", "percent", "scope") == pytest.approx(100.0)
    assert of(progress, "C", "percent", "scope") == pytest.approx(25.0)
    assert of(progress, "total", "plan", "scope") == 3.0
    assert of(progress, "total", "remaining", "scope") == pytest.approx(1.5)


def test_a_plan_published_later_is_not_known(small, tables):
    late = tables["plans"].with_columns(tables["plans"]["published_on"].fill_null(date(2024, 7, 1)))
    output = compile_output(tables, until=MAY, known_on=date(2024, 6, 30))
    assert percent_of_plan(output, late, MAY)["plan"].is_null().all()
