"""The pages of zones and of delivery, made from the worked example."""

from datetime import date

import pytest

from fansipan.examples import laocai
from fansipan.report.content import Chart, Headlines, Markup, Paragraph
from fansipan.report.delivery_page import delivery_page
from fansipan.report.html import render
from fansipan.report.zones_page import zones_page

ON = date(2024, 5, 31)


@pytest.fixture(scope="module")
def province():
    return laocai.build()


@pytest.fixture(scope="module")
def zones(province):
    return zones_page(province, ON)


@pytest.fixture(scope="module")
def delivery(province):
    return delivery_page(province, ON)


def blocks(page, anchor):
    return next(section.blocks for section in page.sections if section.anchor == anchor)


def test_the_zones_page_is_marked_illustrative_and_its_map_approximate(zones):
    assert zones.illustrative
    drawn = blocks(zones, "map")[0]
    assert isinstance(drawn, Markup)
    assert "gần đúng, không phải ranh giới thật" in drawn.html
    assert drawn.html.count("<circle") == 17


def test_land_allotted_and_land_in_use_stand_side_by_side(zones):
    shown, *told = blocks(zones, "plots")
    assert [round(figure, 1) for figure in shown.rows[0][5:7]] == [62.6, 14.7]
    sentences = [p.words.vi for p in told if isinstance(p, Paragraph)]
    assert any(s.startswith("Lô mh-l4: hạn hoàn thành 15/06/2024, còn 15 ngày") for s in sentences)
    assert any("đủ 12 tháng không sử dụng đất" in s and "theo trí nhớ, cần xác nhận" in s for s in sentences)


def test_the_delivery_page_lists_what_a_meeting_decides(delivery):
    headlines = blocks(delivery, "headlines")[0]
    assert isinstance(headlines, Headlines)
    obstacles, *escalate = blocks(delivery, "obstacles")
    assert len(obstacles.rows) == 6
    assert [p.words.vi.split(":")[0] for p in escalate] == [
        "Thiếu quặng apatit cho các cơ sở phân bón (minh họa)",
        "Trạm biến áp 110 kV phục vụ cụm số 4 chưa được giao đất (minh họa)",
    ]
    units = blocks(delivery, "units")[0]
    assert len(units.rows) == 7
    assert sum(row[1].vi == "đã đạt" for row in units.rows) == 1


def test_the_gantt_chart_draws_only_illustrative_projects(delivery):
    chart = blocks(delivery, "projects")[0]
    assert isinstance(chart, Chart)
    drawn = str(chart.draw("vi").to_dict())
    assert "minh họa" in drawn
    assert "Đức Giang" not in drawn
    assert "Nexus" not in drawn


def test_both_pages_render_offline(zones, delivery):
    for page in (zones, delivery):
        html = render(page, [zones, delivery])
        assert "DỮ LIỆU MINH HỌA" in html
        assert 'src="http' not in html
        assert 'href="http' not in html
