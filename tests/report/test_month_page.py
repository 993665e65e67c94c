"""What the page of a month says, whatever the format."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Headlines, Paragraph, Quantity, Table, cell_text, words
from fansipan.report.month.data import gather_month
from fansipan.report.month.explanation import explanation_blocks
from fansipan.report.month.page import month_page
from fansipan.report.naming import Names
from fansipan.statistics.explain import explain
from support.returns import returned


def section(page, anchor):
    return next(s for s in page.sections if s.anchor == anchor)


def test_headlines_say_the_month_the_year_so_far_the_plan_and_the_last_year(page):
    (headlines,) = section(page, "headlines").blocks
    assert isinstance(headlines, Headlines)
    said = {f.label.en: (f.value.vi, f.note.vi) for f in headlines.figures}
    # May: ore (1000 + 500) x 1.2 x 2 = 3.6, drinks 2.05, power 640 x 0.5 = 0.32; five months 18 + 10.15 + 1.6 of 69
    assert said["Gross industrial output, May 2024"][0] == "6,0 tỷ đồng"
    assert said["Of the year's plan"] == ("43,1%", "kế hoạch 69,0 tỷ đồng; nếu rải đều đã phải đạt 41,7%")
    assert said["Industry and construction in the province's economy"][0] == "35,94%"
    assert said["Returns received for the month"][0] == "75,0%"
    # 2023: ore 3.3 x 12, drinks 24.78, power 0.36 x 12
    assert said["Gross industrial output 2023"][0] == "69 tỷ đồng"


def test_parts_of_the_section_table_add_up_to_its_total(page):
    (shown,) = section(page, "sections").blocks
    assert isinstance(shown, Table)
    (last,) = shown.strong
    for position, column in enumerate(shown.columns):
        if column.summed:
            parts = sum(row[position] for number, row in enumerate(shown.rows) if number != last)
            assert parts == pytest.approx(shown.rows[last][position], rel=1e-12)


def test_response_shows_the_raw_total_beside_the_compiled_one(page):
    shown = section(page, "response").blocks[0]
    may = shown.rows[0]
    assert may[0].vi == "tháng 5/2024"
    assert (may[1], may[2], may[4]) == (4, 3, 1)
    assert may[7] - may[6] == pytest.approx(500 * 1.1 * (1.2 / 1.1) * 2 / 1000, rel=1e-12)


def test_published_stands_beside_compiled_with_the_difference(page):
    note, shown = section(page, "official").blocks
    assert "31/05/2024" in note.words.vi
    (row,) = shown.rows
    assert row[3] == 68.0
    assert row[5] == pytest.approx(row[4] - 68.0)


def test_a_published_percentage_of_the_plan_stands_beside_the_sections_own(province):
    given = {"indicator": "gross-output", "period": "2024-05", "publisher": "Sở Công Thương", "status": "estimate"}
    amounts = {("province", "province"): 31.6, ("industry", "B"): 20.0, ("industry", "C"): 10.0, ("industry", "D"): 1.6}
    percents = {
        ("province", "province"): 26.1,
        ("industry", "B"): 50.0,
        ("industry", "C"): 40.0,
        ("industry", "D"): 40.0,
    }
    rows = [
        given
        | {
            "scope_kind": kind,
            "scope": scope,
            "value": value,
            "measure": measure,
            "source": "published",
            "price_basis": "constant-2010" if measure == "ytd" else None,
            "unit": unit,
        }
        for measure, unit, values in (("ytd", "tỷ đồng", amounts), ("percent-of-plan", "%", percents))
        for (kind, scope), value in values.items()
    ]
    told = province.replace(official_figures=pl.DataFrame(rows))
    page = month_page(gather_month(told, Month(2024, 5), date(2024, 5, 31)))
    _, doubt, shown = section(page, "official").blocks
    assert doubt.tone == "warning"
    assert "26,1% kế hoạch" in doubt.words.vi
    assert "45,8%" in doubt.words.vi
    of_plan = [row for row in shown.rows if row[2].vi.startswith("so với kế hoạch")]
    # Compiled from returns: 29.75 of a plan of 69.0, ore 18 of 40, drinks 10.15 of 25, power 1.6 of 4.
    assert [row[4] for row in of_plan] == pytest.approx([45.0, 40.6, 40.0, 29.75 / 69 * 100])


def test_without_plan_or_published_figures_the_page_says_so(province):
    bare = province.replace(
        plans=province["plans"].clear(),
        official_figures=province["official_figures"].clear(),
        economy=province["economy"].clear(),
    )
    page = month_page(gather_month(bare, Month(2024, 5), date(2024, 5, 31)))
    assert isinstance(section(page, "plan").blocks[0], Paragraph)
    assert isinstance(section(page, "official").blocks[0], Paragraph)
    labels = [f.label.en for f in section(page, "headlines").blocks[0].figures]
    assert "Of the year's plan" not in labels


def test_as_known_earlier_the_page_shows_less(province):
    page = month_page(gather_month(province, Month(2024, 4), date(2024, 4, 30)))
    assert "April 2024" in page.title.en
    response = section(page, "response").blocks[0]
    assert response.rows[0][3] == 100.0


def test_a_figure_within_a_sentence_is_written_in_each_language():
    said = words("month.note.ytd", growth=Quantity(5.344, 2, sign=True, percent=True))
    assert said.vi == "+5,34% so với cùng kỳ năm trước"
    assert said.en == "+5.34% on the same months last year"


def test_cells_print_missing_as_a_dash_and_changes_with_their_sign(page):
    shown = section(page, "sections").blocks[0]
    points = next(c for c in shown.columns if c.kind == "points")
    assert cell_text(None, points, "vi") == "–"
    assert cell_text(1.005, points, "vi") == "+1,01"
    assert cell_text(-0.5, points, "en") == "−0.50"


def test_edits_are_told_in_words_with_the_figure_they_changed(small):
    returns = [returned("a", "ore", "2023-05", 10.0), returned("a", "ore", "2024-05", 12000.0, on="2024-05-20")]
    edit = {
        "edit": "1",
        "establishment": "a",
        "product": "ore",
        "month": "2024-05",
        "field": "quantity",
        "before": 12000.0,
        "after": 12.0,
        "rule": "unit",
        "reason": "x",
        "recorded_at": datetime(2024, 5, 25),
        "source": "reported",
    }
    province = Province(small(returns, [edit]))
    blocks = explanation_blocks(explain(province, month=Month(2024, 5)), Names(province), most=5)
    (row,) = next(b for b in blocks if isinstance(b, Table) and b.name == "edits").rows
    assert [cell.vi for cell in (row[2], row[5])] == ["Sản lượng", "sai đơn vị tính"]


def test_imputed_values_name_the_month_they_were_made_from(page):
    shown = next(b for b in section(page, "explain").blocks if isinstance(b, Table) and b.name == "imputed")
    (row,) = shown.rows
    assert (row[3].vi, row[4], row[5].vi) == ("tháng 5/2023", 550.0, "ngành cấp 4")
    assert row[7] == pytest.approx(row[4] * row[6], rel=1e-12)
