"""Costs and chances that a scenario or a plan gives, and what they change."""

from datetime import date

import polars as pl
import pytest

from fansipan.delivery.given import read_chances, read_prices
from fansipan.delivery.obstacles import escalation, level_of, standings
from fansipan.delivery.targets.evaluation import course, evaluate, history, recorded
from fansipan.errors import InvalidInput, Refused
from fansipan.examples import laocai
from fansipan.province import Province

ON = date(2024, 5, 31)


@pytest.fixture(scope="module")
def province():
    return laocai.build()


def test_chances_decide_between_on_track_at_risk_and_off_track(province, tmp_path):
    file = tmp_path / "chances.csv"
    for chance, verdict in [("0.8", "on-track"), ("0.79", "at-risk"), ("0.5", "at-risk"), ("0.49", "off-track")]:
        file.write_text(f"target,chance\nparks-2024,{chance}\n", encoding="utf8")
        found = evaluate(province, ON, only=("parks-2024",), chances=read_chances(file))[0]
        assert (found.verdict, found.basis) == (verdict, "forecast")
        assert found.evidence[-1].sentence("vi").startswith("khả năng đạt theo dự báo: ")


@pytest.mark.parametrize("written", ["1.01", "-0.1", "nhiều", ""])
def test_a_chance_outside_0_to_1_is_refused_with_its_row(tmp_path, written):
    file = tmp_path / "chances.csv"
    file.write_text(f"target,chance\nparks-2024,0.5\nclusters-2024,{written}\n", encoding="utf8")
    with pytest.raises(InvalidInput) as caught:
        read_chances(file)
    assert [(f.code, f.place.row) for f in caught.value.faults] == [("chance.outside", 3)]


def test_a_table_without_its_columns_is_refused(tmp_path):
    file = tmp_path / "prices.csv"
    file.write_text("obstacle,cost\no,1\n", encoding="utf8")
    with pytest.raises(InvalidInput) as caught:
        read_prices(file)
    assert {f.code for f in caught.value.faults} == {"column.missing"}


def test_a_price_given_goes_before_the_output_lost(province, tmp_path):
    file = tmp_path / "prices.csv"
    file.write_text("obstacle,price,price_source\nmh-vm-4,99.5,E37\n", encoding="utf8")
    first = standings(province, ON, prices=read_prices(file))[0]
    assert (first.obstacle, first.price, first.price_source) == ("mh-vm-4", 99.5, "E37")


def test_thresholds_of_escalation_are_the_provinces_own_where_it_sets_them(province):
    own = {"setting": ["escalation_vice-chair", "escalation_chair"], "value": ["5", "30"]}
    changed = Province({"settings": pl.DataFrame(own)})
    assert escalation(changed) == {"office": 0, "department": 1, "vice-chair": 5, "chair": 30}
    assert [level_of(late, escalation(changed)) for late in (0, 1, 5, 30)] == [
        "office",
        "department",
        "vice-chair",
        "chair",
    ]
    wrong = Province({"settings": pl.DataFrame({"setting": ["escalation_chair"], "value": ["soon"]})})
    with pytest.raises(Refused, match="escalation_chair is soon"):
        escalation(wrong)


def test_the_course_of_the_2024_targets_from_january_to_may(province):
    days = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), ON]
    found = course(province, days, ("clusters-2024",))["clusters-2024"]
    assert [v.value for v in found] == [0, 0, 0, 1, 1]
    early = course(province, [date(2024, 1, 30), days[0]], ("clusters-2024",))["clusters-2024"]
    assert early[0] is None


def test_the_history_is_what_was_kept_in_the_order_of_its_days(province):
    from datetime import datetime

    kept = pl.concat(
        [
            recorded(evaluate(province, day, only=("clusters-2024",)), datetime(2024, 6, 1, 8, n))
            for n, day in enumerate([ON, date(2024, 4, 30)])
        ]
    )
    seen = history(province.replace(target_verdicts=kept), ("clusters-2024",))
    assert seen["as_of"].to_list() == [date(2024, 4, 30), ON]
    assert history(province.replace(target_verdicts=kept), ("parks-2024",)).is_empty()
