"""The page of the growth scenario: sections, both languages, charts that draw, a year over, a year without a plan."""

import re
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.report.content import Chart, Headlines, Paragraph, Table, Words, cell_text
from fansipan.report.drawings.charts import to_svg
from fansipan.report.growth.charts import Fan, cases_chart, fan_chart, waterfall_chart
from fansipan.report.growth.data import gather_gap
from fansipan.report.growth.gap_sections import gap_sections, measures_sentence, waterfall_steps, why
from fansipan.report.growth.gap_tables import period_name
from fansipan.report.growth.gap_words import rest, told, whole_year
from fansipan.report.growth.page import fan_of, scenario_page
from fansipan.report.growth.tables import written_period
from fansipan.report.writers.html import render
from fansipan.scenario.gap.openers import openers
from scenario.conftest import last_years_month


@pytest.fixture(scope="module")
def province():
    from fansipan.examples.laocai import build

    return build()


@pytest.fixture(scope="module")
def data(province):
    return gather_gap(
        province, Month(2024, 5), scenario="base", since=Month(2024, 4), paths=200, forecaster=last_years_month
    )


@pytest.fixture(scope="module")
def page(data):
    return scenario_page(data)


@pytest.fixture(scope="module")
def planless(province):
    return gather_gap(
        province.replace(plans=province["plans"].clear()),
        Month(2024, 5),
        paths=100,
        planless=True,
        forecaster=last_years_month,
    )


def words_of(page):
    """Every text of a page."""
    for section in page.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.words
            elif isinstance(block, Chart):
                yield from (block.caption, block.alternative)
            elif isinstance(block, Table):
                yield block.caption
                yield from (column.head for column in block.columns)
                yield from (cell for row in block.rows for cell in row if isinstance(cell, Words))
            elif isinstance(block, Headlines):
                for figure in block.figures:
                    yield from (figure.label, figure.value, figure.note)


def test_the_page_has_everything_a_leader_asks(page):
    assert [section.anchor for section in page.sections] == [
        "overview",
        "months",
        "cases",
        "gap",
        "quarters",
        "required",
        "openers",
        "warnings",
        "measures",
        "chances",
        "drivers",
        "news",
        "assumptions",
    ]
    assert page.illustrative
    html = render(page, "vi")
    assert "DỮ LIỆU MINH HỌA" in html
    assert "kế hoạch, thiếu" in html


def test_no_text_is_left_in_the_other_language_or_with_a_hole(page):
    vietnamese = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    english_only = re.compile(r"\b(the|of|plan|months|growth|expected|reported)\b")
    for one in words_of(page):
        assert "{" not in one.vi + one.en
        assert not english_only.search(one.vi), one.vi
        if "đồng" not in one.en and "Lào Cai" not in one.en:
            assert not vietnamese.search(one.en), one.en


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_chart_draws_in_both_languages(page, lang):
    charts = [block for section in page.sections for block in section.blocks if isinstance(block, Chart)]
    assert len(charts) == 5
    for chart in charts:
        svg = to_svg(chart.draw(lang), lang)
        assert svg.startswith("<svg")
        assert "NaN" not in svg


def test_rows_are_as_wide_as_their_heads_and_print(page):
    for block in (b for s in page.sections for b in s.blocks if isinstance(b, Table)):
        for row in block.rows:
            assert len(row) == len(block.columns)
            assert all(cell_text(cell, column, "vi") for cell, column in zip(row, block.columns, strict=True))


def test_the_waterfall_runs_from_plan_to_forecast_without_a_step_missing(data):
    steps = waterfall_steps(data.gap, data.names)
    assert steps[0][2] == pytest.approx(data.gap.plan.sum())
    assert steps[-1][2] == pytest.approx(data.gap.outcome.sum())
    inner = steps[1:-1]
    assert inner[0][1] == pytest.approx(steps[0][2])
    assert inner[-1][2] == pytest.approx(steps[-1][2])
    for before, after in pairwise(inner):
        assert after[1] == pytest.approx(before[2])
    assert all((kind == "short") == (end < begin) for _, begin, end, kind in inner)


def test_the_fan_is_the_year_of_the_paths(data):
    fan = fan_of(data)
    assert fan.outcome.sum() == pytest.approx(data.course.outcome.sum())
    assert fan.cumulative().plan[-1] == pytest.approx(52_196.7769)
    assert np.allclose(fan.cumulative().paths[:, -1], fan.paths.sum(axis=1))


def test_a_reason_stands_beside_each_opener(data):
    every = openers(data.gap, count=1000)
    reasons = {row["establishment"]: why(data, row).vi for row in every.iter_rows(named=True)}
    assert "đóng cửa" in reasons["CS27"]
    assert "nước về bằng" in reasons["CS54"]
    assert "vướng mắc: Thiếu quặng" in reasons["CS17"]
    assert all(reasons.values())


def test_a_year_without_a_plan_has_a_page_that_says_so(planless):
    page = scenario_page(planless)
    anchors = [section.anchor for section in page.sections]
    assert "gap" not in anchors
    assert "months" in anchors
    assert "Chưa có kế hoạch năm 2024" in render(page, "vi")
    assert gap_sections(planless) == []


def test_without_plans_it_is_refused_unless_asked_for(province):
    with pytest.raises(Refused, match="plans"):
        gather_gap(province.replace(plans=province["plans"].clear()), Month(2024, 5), forecaster=last_years_month)


def test_a_year_that_is_over_has_no_outlook(province):
    plan = province["plans"].head(1).with_columns(period=pl.lit("2023"), document=pl.lit(None, dtype=pl.String))
    over = gather_gap(
        province.replace(plans=pl.concat([province["plans"], plan])), Month(2023, 12), known_on=Month(2024, 5).last_day
    )
    assert over.outlook is None
    assert "thực hiện" in whole_year(over.gap).vi
    assert list(rest(over.gap)) == []
    anchors = [section.anchor for section in scenario_page(over).sections]
    assert "measures" not in anchors
    assert "news" not in anchors


def test_a_plan_that_is_passed_is_told_as_passed(province):
    small = province["plans"].filter(pl.col("scope_kind") == "province").with_columns(value=pl.lit(15_000.0))
    easy = gather_gap(province.replace(plans=small), Month(2024, 5), paths=50, forecaster=last_years_month)
    said = [one.vi for one in told(easy.gap, easy.names)]
    assert any("kế hoạch, vượt" in one for one in said)
    assert "Đã vượt kế hoạch năm 15.000,0 tỷ đồng." in said
    assert "không hụt" in measures_sentence(easy, easy.gap).vi


def test_prices_and_chances_go_to_delivery(data):
    assert data.prices["mh-vm-6"][1] == "GA12"
    assert set(data.target_chances) == {"manufacturing-share", "mining-share", "gross-output-2025"}


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [("2024-Q3", "Quý III", "Q3"), ("2024", "Cả năm 2024", "Year 2024"), ("2024-05", "2024-05", "2024-05")],
)
def test_periods_are_named_as_officials_do(written, vi, en):
    assert period_name(written) == Words(vi, en)


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [("2024-Q3", "Quý III/2024", "Q3 2024"), ("2025", "2025", "2025"), ("2024-05", "05/2024", "2024-05")],
)
def test_periods_of_a_projection_keep_their_year(written, vi, en):
    assert written_period(written) == Words(vi, en)


@pytest.mark.parametrize("known", [0, 12])
def test_a_fan_without_a_month_reported_or_without_one_ahead(known):
    months = [f"2024-{m:02d}" for m in range(1, 13)]
    level = np.linspace(10, 20, 12)
    fan = Fan(months, known, level, np.repeat(level[None], 5, axis=0), None, level - 1)
    assert to_svg(fan_chart(fan, "vi"), "vi").startswith("<svg")


def test_charts_of_one_case_and_of_a_year_above_plan():
    one = pl.DataFrame({"part": ["a"], "output": [5.0], "low": [4.0], "high": [6.0]})
    assert to_svg(cases_chart(one, None, "en"), "vi").startswith("<svg")
    steps = pl.DataFrame(
        [
            ("Plan", 0.0, 10.0, "whole", "10"),
            ("More", 10.0, 12.0, "above", "+2"),
            ("Forecast", 0.0, 12.0, "whole", "12"),
        ],
        schema=["part", "from", "to", "kind", "label"],
        orient="row",
    )
    assert to_svg(waterfall_chart(steps, "en"), "vi").startswith("<svg")
