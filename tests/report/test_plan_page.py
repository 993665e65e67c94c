"""The page of a plan: the worked copper case, and the parts that larger systems add."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from fansipan.expansion.answers.outcome import answer_frames
from fansipan.expansion.load import read_system
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.report.content import Chart, Headlines, Markup, Paragraph, Table, same
from fansipan.report.plan.flows import diagram, element_content, value_content
from fansipan.report.plan.page import _significant, bottlenecks_section, frontier_section, plan_page, raw_page
from fansipan.report.writers.html import render

CASE = Path(__file__).parents[1] / "cases" / "expansion" / "copper"


@pytest.fixture(scope="module")
def solved():
    system, _ = read_system(CASE, None)
    plan = solve_network(network_of(system))
    return system, plan, answer_frames(system, plan)


def section(page, anchor):
    return next(found for found in page.sections if found.anchor == anchor)


def test_the_headlines_are_those_of_the_plan(solved):
    headlines = section(plan_page(*solved), "overview").blocks[0]
    assert isinstance(headlines, Headlines)
    values = [figure.value.in_language("vi") for figure in headlines.figures]
    assert values[:4] == ["10,0 tỷ đồng", "1 dự án", "10 tỷ đồng", "80 người"]
    assert "6 billion đồng" in headlines.figures[1].note.in_language("en")


def test_what_is_built_and_which_limit_is_met(solved):
    page = plan_page(*solved)
    built = next(block for block in section(page, "builds").blocks if isinstance(block, Table))
    assert [cell if isinstance(cell, str | float) else cell.in_language("vi") for cell in built.rows[0]] == [
        "Lò luyện nhỏ",
        "Khu công nghiệp A",
        "2025",
        "2025",
        2.0,
        8.0,
        "t Đồng ca-tốt/năm",
        6.0,
    ]
    limits = section(page, "targets").blocks[0]
    assert [[row[1], row[3], row[4].in_language("en")] for row in limits.rows] == [
        [1.0, pytest.approx(100.0), "2025–2026"]
    ]


def test_a_target_has_one_row_with_its_verdict_in_its_hardest_year(solved):
    system, plan, frames = solved
    limits = system.frames["limits"].with_columns(priority=pl.lit(1, pl.Int64))
    elastic = replace(system, frames=system.frames | {"limits": limits})
    targets = frames["targets"].with_columns(
        missed=pl.when(pl.col("year") == 2026).then(0.25).otherwise(0.0), met=pl.col("year") != 2026
    )
    shown = section(plan_page(elastic, plan, dict(frames) | {"targets": targets}), "targets").blocks[0]
    assert [(row[1], row[2], row[-1].in_language("vi")) for row in shown.rows] == [("2025–2026", 1.0, "không đạt")]


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "–"), (float("inf"), "no plan is left"), (0.0, "0"), (0.0012345, "0.00123"), (12345, "12,345")],
)
def test_prices_have_three_digits_that_count(value, told):
    assert _significant(value).in_language("en") == told


def test_copper_in_is_copper_out_of_every_node(solved):
    system, _, frames = solved
    nodes, links = diagram(system, frames, 2026, element_content(system, "Cu"), same("t"))
    for code in nodes:
        if not code.startswith("@"):
            into, out = (sum(li.value for li in links if getattr(li, end) == code) for end in ("target", "source"))
            assert into == pytest.approx(out)
    assert {"@bought", "@sold"} <= set(nodes)


def test_value_is_created_in_processes(solved):
    system, _, frames = solved
    priced = replace(
        system,
        frames=system.frames
        | {
            "commodities": system.frames["commodities"].with_columns(
                pl.when(pl.col("commodity") == "ore")
                .then(1.0)
                .when(pl.col("commodity") == "metal")
                .then(4.0)
                .alias("accounting_price")
            )
        },
    )
    nodes, links = diagram(priced, frames, 2026, value_content(priced), same("tỷ đồng"), ends="value")
    created = sum(link.value for link in links if link.source == "@nature")
    # Five tonnes of metal at 4 from ten tonnes of ore at 1.
    assert created == pytest.approx(5 * 4 - 10 * 1)
    assert nodes["@nature"].name.in_language("vi") == "Giá trị tạo thêm"


def test_extra_sections_follow_and_the_page_is_drawn_in_both_languages(solved):
    system = solved[0]
    points = pl.DataFrame({"x": [1.0, 2.0], "y": [3.0, 2.5], "proven": [True, False]})
    found = pl.DataFrame(
        {
            "first_year": [2025],
            "last_year": [2026],
            "limit": [1.0],
            "more": [2.5],
            "less": [float("inf")],
            "relief": [0.2],
            "gain": [3.2],
            "tied": [False],
        }
    )
    extra = [
        bottlenecks_section(system, found, [same("Hạn mức khí thải")]),
        frontier_section(points, same("lao động"), same("giá trị"), 3),
    ]
    page = plan_page(*solved, extra=extra, province="Lào Cai")
    assert [found.anchor for found in page.sections[-2:]] == ["bottlenecks", "frontier"]
    assert isinstance(page.sections[-1].blocks[0], Chart)
    assert "2 of 3 points" in page.sections[-1].blocks[1].words.in_language("en")
    assert page.sections[-2].blocks[0].rows[0][1] == "2025–2026"
    html = render(page, "vi")
    for told in ("Lào Cai · phương án tối ưu", "optimal plan", "Hạn mức khí thải", "<svg"):
        assert told in html


def test_a_plan_that_builds_nothing_says_so(solved):
    system, plan, frames = solved
    empty = dict(frames) | {"builds": frames["builds"].clear(), "targets": frames["targets"].clear()}
    page = plan_page(system, plan, empty)
    for anchor, words in (("builds", "không xây gì mới"), ("targets", "không đặt chỉ tiêu")):
        block = section(page, anchor).blocks[0]
        assert isinstance(block, Paragraph)
        assert words in block.words.in_language("vi")


def test_sites_with_a_place_stand_on_the_map(solved):
    system, plan, frames = solved
    zones = system.frames["zones"].with_columns(latitude=pl.lit(22.4), longitude=pl.lit(104.1))
    placed = replace(system, frames=system.frames | {"zones": zones})
    where = section(plan_page(placed, plan, frames), "builds").blocks[0]
    assert isinstance(where, Markup)
    assert "Lò luyện nhỏ · vốn 6 tỷ đồng" in where.html


def test_a_model_that_is_no_provinces_shows_its_tables_cut_with_a_word(solved):
    frame = pl.DataFrame({"year": ["2025"] * 3, "value": [1.0, 2.0, 3.0]})
    page = raw_page({"rate": frame, "empty": frame.clear()}, solved[1], most=2)
    assert [found.anchor for found in page.sections] == ["overview", "rate"]
    cut = page.sections[1].blocks[1]
    assert cut.words.in_language("en") == "The first 2 of 3 rows; all of them in rate.csv."
