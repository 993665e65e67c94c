"""The page of a choice: what a council must find on it, in both languages, and what it says of odd decisions."""

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.dossier import dossier, fingerprint
from fansipan.examples.decisions import decision_folder
from fansipan.report.choice.page import choice_page
from fansipan.report.content import Chart, Headlines, Paragraph, Table
from fansipan.report.drawings.charts import to_svg
from fansipan.report.writers.html import render


@pytest.fixture(scope="module")
def park():
    source = decision_folder("eight-applicants-one-park")
    found = dossier(read_decision(source), draws=2000, fingerprint=fingerprint(source), lang="vi")
    return found, choice_page(found)


@pytest.fixture(scope="module")
def cluster():
    found = dossier(read_decision(decision_folder("three-developers-one-cluster")), draws=2000, lang="vi")
    return found, choice_page(found, "developer")


def section(page, anchor):
    return next(part for part in page.sections if part.anchor == anchor)


def test_headlines(park):
    found, page = park
    (headlines,) = section(page, "headlines").blocks
    assert isinstance(headlines, Headlines)
    assert headlines.figures[0].value.vi == found.ranking.selected
    assert headlines.figures[2].value.vi == "6/8"
    assert headlines.figures[2].tone == "warning"
    assert "→" in headlines.figures[3].value.en


def test_every_ranked_alternative_with_every_method(park):
    found, page = park
    ranking, _, groups = section(page, "ranking").blocks
    assert [row[:2] for row in ranking.rows] == [(s.rank, s.alternative) for s in found.ranking.in_order]
    assert len(ranking.columns) == 7
    assert all(sum(row[1:-1]) == pytest.approx(row[-1]) for row in groups.rows)
    assert groups.rows[-1][-1] == 100


def test_refusals_with_rule_and_cure_in_both_languages(park):
    (table,) = section(park[1], "gates").blocks
    assert isinstance(table, Table)
    reason, rule, cure = table.rows[0][1:]
    assert "thấp hơn mức 11 tỷ đồng" in reason.vi
    assert "below the 11 billion" in reason.en
    assert "Decree 31/2021" in rule.en
    assert "Nộp thêm 2 tỷ đồng" in cure.vi


def test_the_chart_shows_every_rank_of_everybody(park):
    found, page = park
    chart = next(block for block in section(page, "firm").blocks if isinstance(block, Chart))
    for lang, word in (("vi", "hạng 1"), ("en", "rank 1")):
        drawn = to_svg(chart.draw(lang), lang)
        assert word in drawn
        assert all(standing.alternative in drawn for standing in found.rankings["smaa"].in_order)


def test_finance_of_refused_projects_too(park):
    found, page = park
    table, risk, note = section(page, "finance").blocks
    assert len(table.rows) == len(risk.rows) == 8
    own = next(iter(found.outlooks.values()))
    assert table.rows[0][1] == own.worth.npv
    assert table.rows[0][2] == pytest.approx(own.worth.irr * 100)
    assert "finance_spread.csv" in note.words.en


def test_marks_with_their_spread_and_interests(cluster):
    table, *interests = section(cluster[1], "marks").blocks
    assert len(table.rows) == 12
    assert [row[3] for row in table.rows if row[0] == "Doanh nghiệp xây dựng B"] == [4, 4, 4, 4]
    assert isinstance(interests[0], Paragraph)
    assert "Xung đột lợi ích" in interests[0].words.vi


def test_no_finance_section_without_assumptions(cluster):
    assert "finance" not in {part.anchor for part in cluster[1].sections}


@pytest.mark.parametrize("which", ["park", "cluster"])
def test_drawn_pages_say_that_the_data_are_made_up(which, request):
    found, page = request.getfixturevalue(which)
    drawn = render(page, "vi")
    assert page.illustrative
    assert "DỮ LIỆU MINH HỌA" in drawn.upper()
    assert found.ranking.selected in drawn
    assert "None" not in drawn


@pytest.mark.parametrize(
    ("rows", "criteria", "told"),
    [
        ("A,1,2\n", "criterion,direction\nx,max\ny,max\n", "1/1"),
        ("A,1,2\nB,1,2\n", "criterion,direction\nx,max\ny,max\n", "2/2"),
        ("A,1,2\nB,3,1\n", "criterion,direction,gate\nx,max,>9\ny,max,\n", "0/2"),
    ],
)
def test_odd_decisions_have_a_page_too(tmp_path, rows, criteria, told):
    (tmp_path / "alternatives.csv").write_text("alternative,x,y\n" + rows)
    (tmp_path / "criteria.csv").write_text(criteria)
    drawn = render(choice_page(dossier(read_decision(tmp_path), draws=200, lang="vi"), "decision"), "vi")
    assert told in drawn
    assert "nan" not in drawn.split("</style>")[-1].split("<script")[0].lower().replace("finance", "")
