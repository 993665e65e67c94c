"""Obstacles: owner, due day, escalation by rule, price, order."""

from datetime import date

import polars as pl
import pytest

from fansipan.delivery.obstacles import level_of, standings
from fansipan.province import Province

ON = date(2024, 5, 31)


def rows(*given: dict) -> pl.DataFrame:
    return pl.DataFrame([{"source": "illustrative", **row} for row in given], infer_schema_length=None)


def obstacle(code: str, due: str | None, **more) -> dict:
    base = {
        "obstacle": code,
        "title": code,
        "kind": "land",
        "blocks_kind": "project",
        "blocks": "p",
        "owner": "UBND huyện",
        "raised_on": date(2024, 1, 10),
        "due": date.fromisoformat(due) if due else None,
    }
    return {**base, **more}


def event(code: str, day: str, act: str, **more) -> dict:
    return {"obstacle": code, "happened_on": date.fromisoformat(day), "act": act, **more}


def province(obstacles: list[dict], events: list[dict] = (), **tables: pl.DataFrame) -> Province:
    frames = {"obstacles": rows(*obstacles), **tables}
    return Province({**frames, "obstacle_events": rows(*events)} if events else frames)


@pytest.mark.parametrize(
    ("late", "level"),
    [(0, "office"), (1, "department"), (14, "department"), (15, "vice-chair"), (44, "vice-chair"), (45, "chair")],
)
def test_escalation_by_days_past_the_due_day(late, level):
    assert level_of(late) == level


def test_standing_of_an_obstacle():
    given = province([obstacle("a", "2024-05-10")], [event("a", "2024-05-12", "escalated", office="department")])
    found = standings(given, ON)[0]
    assert (found.state, found.age, found.late, found.level, found.told) == (
        "overdue",
        142,
        21,
        "vice-chair",
        "department",
    )
    assert found.to_escalate
    assert not standings(given, date(2024, 5, 20))[0].to_escalate


def test_history_moves_the_due_day_and_the_owner_and_keeps_the_count():
    events = [
        event("a", "2024-03-01", "due-moved", due=date(2024, 4, 1)),
        event("a", "2024-04-01", "due-moved", due=date(2024, 7, 1)),
        event("a", "2024-04-02", "owner-changed", office="Sở Tài nguyên và Môi trường"),
    ]
    found = standings(province([obstacle("a", "2024-03-01")], events), ON)[0]
    assert (found.state, found.due, found.moves) == ("open", date(2024, 7, 1), 2)
    assert found.owner == "Sở Tài nguyên và Môi trường"
    before = standings(province([obstacle("a", "2024-03-01")], events), date(2024, 3, 31))[0]
    assert (before.due, before.moves, before.owner) == (date(2024, 4, 1), 1, "UBND huyện")


def test_resolved_and_raised_again():
    events = [event("a", "2024-04-01", "resolved"), event("a", "2024-05-01", "reopened")]
    given = province([obstacle("a", None)], events)
    assert standings(given, date(2024, 4, 30))[0].state == "resolved"
    assert standings(given, date(2024, 4, 30))[0].age == 82
    assert standings(given, ON)[0].state == "open"


def test_the_order_is_by_cost_then_lateness_and_resolved_ones_come_last():
    events = [
        event("b", "2024-05-01", "priced", price=5.0, price_source="kịch bản cơ sở"),
        event("d", "2024-05-01", "resolved"),
    ]
    given = province(
        [obstacle("a", "2024-05-30"), obstacle("b", None), obstacle("c", "2024-04-01"), obstacle("d", None)], events
    )
    assert [o.obstacle for o in standings(given, ON)] == ["b", "c", "a", "d"]
    priced = standings(given, ON, prices={"a": (9.0, "kế hoạch")})
    assert [(o.obstacle, o.price, o.price_source) for o in priced[:2]] == [
        ("a", 9.0, "kế hoạch"),
        ("b", 5.0, "kịch bản cơ sở"),
    ]


def test_a_blocked_project_costs_its_monthly_output():
    products = rows({"project": "p", "product": "dong", "capacity": 12000.0})
    prices = rows({"product": "dong", "period": "2010", "price_basis": "constant-2010", "price": 100.0})
    found = standings(province([obstacle("a", None)], project_products=products, product_prices=prices), ON)[0]
    assert (found.price, found.price_source) == (pytest.approx(100.0), "D12")
    zone = province([obstacle("a", None, blocks_kind="zone")], project_products=products, product_prices=prices)
    assert standings(zone, ON)[0].price is None


def test_an_obstacle_not_yet_raised_is_not_there():
    assert standings(province([obstacle("a", None)]), date(2024, 1, 9)) == []


def test_an_office_in_free_words_is_no_desk():
    acts = [event("a", "2024-05-12", "escalated", office="Văn phòng UBND tỉnh")]
    found = standings(province([obstacle("a", "2024-05-10")], acts), ON)[0]
    assert (found.told, found.level, found.to_escalate) == ("Văn phòng UBND tỉnh", "vice-chair", True)
