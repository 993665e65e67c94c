"""The pages of zones and of delivery, made from the worked example."""

from datetime import date

import polars as pl
import pytest

from fansipan.examples import laocai
from fansipan.report.content import Chart, Headlines, Markup, Paragraph
from fansipan.report.delivery.meeting_page import meeting_page
from fansipan.report.delivery.page import delivery_page
from fansipan.report.writers.html import render
from fansipan.report.zones.invest_page import invest_page
from fansipan.report.zones.page import zones_page

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


def test_a_day_on_which_no_rule_is_carried_is_said_on_the_page(province):
    rows = blocks(zones_page(province, date(2024, 4, 30)), "law")[0].rows
    refused = [row for row in rows if row[2].vi == "chưa nhập quy định của ngày này"]
    assert len(refused) >= 5
    assert "có hiệu lực vào ngày 30/04/2024" in refused[0][3].vi


def test_rules_from_memory_are_said_beside_the_figures_that_rest_on_them(province):
    (_, *notes, _) = blocks(zones_page(province, date(2024, 4, 30)), "standing")
    assert any(
        "theo trí nhớ, cần xác nhận" in note.words.vi and "Cụm công nghiệp số 4" in note.words.vi for note in notes
    )
    assert [block.name for block in blocks(zones_page(province, ON), "standing")] == ["zones", "zone-totals"]


def test_the_map_says_what_its_colours_mean_and_names_what_is_pointed_at(zones):
    drawn = blocks(zones, "map")[0].html
    assert drawn.count('<ul class="legend">') == 1
    assert 'data-vi="Khu công nghiệp Tằng Loỏng: khu công nghiệp, đang hoạt động"' in drawn
    assert 'aria-label="Phóng to / Zoom in"' in drawn


def test_verdicts_by_month_and_tasks_stand_on_the_delivery_page(delivery):
    course = blocks(delivery, "course")[0]
    assert len(course.columns) == 7
    assert [cell.en for cell in course.rows[0][2:]] == ["at risk (0/7)"] * 3 + ["at risk (1/7)"] * 2
    tasks = blocks(delivery, "tasks")[0]
    assert [row[7] for row in tasks.rows] == [31, 0, 0, 0]
    assert {row[4].en for row in tasks.rows} == {"–"}
    stuck = blocks(delivery, "obstacles")[0]
    assert [row[5].en for row in stuck.rows if row[5].en != "–"] == ["1×, 10 days later"]
    assert any("Thông báo 5015" in block.words.vi for block in blocks(delivery, "clocks")[1:])


def test_published_occupancy_stands_beside_the_computed_one(zones):
    shown = blocks(zones, "standing")[0]
    at = [column.head.en for column in shown.columns].index("Published occupancy (%)")
    assert {row[0].en: row[at] for row in shown.rows}["Tằng Loỏng industrial park"] == 85


@pytest.fixture(scope="module")
def meeting(province):
    return meeting_page(province, ON)


def test_a_meeting_goes_from_the_highest_desk_down_with_room_for_its_conclusions(meeting):
    desks = [section for section in meeting.sections if section.anchor.startswith("desk-")]
    assert [d.anchor for d in desks] == ["desk-chair", "desk-vice-chair", "desk-department", "desk-office"]
    rows = [row for desk in desks for row in desk.blocks[0].rows]
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert all(row[-1].vi == "" for row in rows)
    assert desks[0].blocks[0].columns[-1].head.vi == "Kết luận của chủ trì"


def test_a_meeting_hears_what_is_late_and_what_moved(meeting):
    assert [row[4] for row in blocks(meeting, "late")[0].rows] == [31, 31]
    news = blocks(meeting, "news")[0]
    assert [row[0] for row in news.rows] == sorted((row[0] for row in news.rows), reverse=True)
    assert any(row[2].vi == "mới phát sinh" for row in news.rows)
    assert all(row[2].en in ("missed", "off track", "at risk") for row in blocks(meeting, "targets")[0].rows)


def test_prices_of_a_plan_move_an_obstacle_up_its_desk(province):
    page = meeting_page(province, ON, prices={"mh-vm-3": (99.0, "E37")})
    office = next(s for s in page.sections if s.anchor == "desk-office")
    assert office.blocks[0].rows[0][7] == 99.0


def test_without_anything_late_the_meeting_says_so(province):
    quiet = province.replace(tasks=province["tasks"].clear(), programme_steps=province["programme_steps"].clear())
    assert blocks(meeting_page(quiet, ON), "late")[0].words.en == "No task or step is late."


def test_the_list_calling_for_investment_holds_nothing_of_tenants(province):
    html = render(invest_page(province, ON), "vi")
    own = (
        set(province["investors"]["name"])
        | set(province["projects"].filter(pl.col("kind") == "production")["name"])
        | set(province["investors"]["investor"])
    )
    text = html[html.index("<main") : html.index("</main>")]
    assert not [name for name in own if name in text]
    assert "Lô trống" not in text or "mh-l6" in text
    assert "mh-l1" not in text


def test_zones_calling_stand_side_by_side_and_planned_parks_with_their_document(province):
    page = invest_page(province, ON)
    side = blocks(page, "list")[0]
    assert len(side.columns) == 4
    planned = blocks(page, "planned")[0]
    assert [row[2] for row in planned.rows] == [107, 897, 100, 200]
    assert all("tháng 10/2022" in row[-1].vi for row in planned.rows)


def test_a_zone_has_its_picture_or_a_map_of_where_it_lies(province):
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    page = invest_page(province, ON, {"mh-ccn-1": png, "mh-ccn-4": b"<svg onload=x>"})
    assert 'src="data:image/png;base64,' in blocks(page, "mh-ccn-1")[0].html
    assert "onload" not in blocks(page, "mh-ccn-4")[0].html
    assert "gần đúng" in blocks(page, "mh-kcn-1")[0].html


def test_meeting_and_list_print_and_read_offline(province, meeting):
    for page in (meeting, invest_page(province, ON)):
        html = render(page, [meeting])
        assert f'<body class="{page.name}">' in html
        assert "@page across { size: A4 landscape" in html
        assert 'src="http' not in html


def test_tests_that_wait_for_the_same_facts_are_one_row_with_all_their_zones(zones):
    decided, waiting, _ = blocks(zones, "law")
    assert "chưa đủ số liệu để kết luận" not in {row[2].vi for row in decided.rows}
    park = next(row for row in waiting.rows if row[0].vi == "Điều kiện đầu tư khu công nghiệp mới")
    assert park[1].vi.startswith("Khu công nghiệp Bản Qua, Khu công nghiệp Cốc Mỳ - Trịnh Tường")
    assert park[3].vi == "Điều 9 Nghị định 35/2022/NĐ-CP"
    assert park[4].vi == "theo trí nhớ, cần xác nhận"
    assert len({row[:1] + row[2:] for row in waiting.rows}) == len(waiting.rows)


def test_the_law_is_cited_in_words_on_the_page(zones):
    expand = next(row for row in blocks(zones, "law")[0].rows if row[1].vi == "Điều kiện mở rộng cụm công nghiệp")
    assert expand[4].en == "Decree 32/2024/NĐ-CP, Art. 8.2"
    assert "70,98% so với ≥ 60%" in expand[3].vi


def test_targets_on_the_page_have_units_and_name_who_has_not_met_them(delivery):
    rows = {(row[0].vi, row[1].vi): row for row in blocks(delivery, "targets")[0].rows}
    each = rows["Mỗi huyện thành lập ít nhất một cụm công nghiệp trong năm", "bảy huyện, thành lập trong năm"]
    assert (each[3].vi, each[4].en) == ("1 đơn vị", "7 units")
    assert "chưa đạt: Huyện Bảo Yên, Huyện Bát Xát, Huyện Bắc Hà" in each[6].vi
    share = next(row for key, row in rows.items() if key[0].startswith("Tăng dần tỷ trọng"))
    assert share[3].vi.endswith("%")


def test_a_title_follows_the_language_of_the_page(zones):
    assert 'data-en="Industrial zones · Fansipan"' in render(zones, "vi")
