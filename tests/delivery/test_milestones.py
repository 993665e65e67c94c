"""Milestones: baselines that stay, slippage, the forecast of completion, output lost by a delay."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.delivery.milestones import baselines, forecast_completion, output_lost, progress, slipped, standings
from fansipan.tables.declarations.progress import Milestones


def history(*rows: tuple[str, str, str, str, str]) -> pl.DataFrame:
    schema = Milestones.create_empty().schema
    full = [
        {
            "project": p,
            "milestone": m,
            "kind": k,
            "day": date.fromisoformat(d),
            "recorded_at": datetime.fromisoformat(at),
            "source": "illustrative",
        }
        for p, m, k, d, at in rows
    ]
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in full], schema=schema)


LOG = history(
    ("p", "land", "planned", "2023-03-01", "2023-01-01"),
    ("p", "land", "actual", "2023-05-01", "2023-05-02"),
    ("p", "construction-start", "planned", "2023-06-01", "2023-01-01"),
    ("p", "construction-start", "actual", "2023-11-01", "2023-11-02"),
    ("p", "commissioning", "planned", "2024-06-01", "2023-01-01"),
    ("p", "commissioning", "planned", "2024-09-01", "2023-11-05"),
    ("p", "commissioning", "forecast", "2024-12-01", "2024-04-01"),
)


def test_every_baseline_stays():
    kept = baselines(LOG, "p", "commissioning")
    assert kept.select("kind", "day").rows() == [
        ("planned", date(2024, 6, 1)),
        ("planned", date(2024, 9, 1)),
        ("forecast", date(2024, 12, 1)),
    ]


def test_slip_is_from_the_first_plan():
    seen = {s.milestone: s for s in standings(LOG, date(2024, 5, 31))}
    assert seen["land"].slip == 61
    assert (seen["commissioning"].first_planned, seen["commissioning"].planned) == (date(2024, 6, 1), date(2024, 9, 1))
    assert (seen["commissioning"].slip, seen["commissioning"].moves) == (183, 1)
    assert [s.milestone for s in standings(LOG, date(2024, 5, 31))] == ["land", "construction-start", "commissioning"]


@pytest.mark.parametrize(
    ("on", "slip", "overdue"),
    [
        (date(2023, 1, 1), 0, False),
        (date(2023, 11, 30), 92, False),
        (date(2024, 4, 1), 183, False),
        (date(2025, 1, 1), 214, True),
    ],
)
def test_what_was_recorded_later_is_not_seen_and_a_day_that_passed_slips_on(on, slip, overdue):
    last = standings(LOG, on)[-1]
    assert (last.milestone, last.slip, last.overdue) == ("commissioning", slip, overdue)


def test_progress_of_a_project():
    found = progress(LOG, "p", date(2024, 5, 31))
    assert (found.name, found.slip, found.day, found.done) == ("commissioning", 183, date(2024, 12, 1), False)
    assert progress(LOG, "q", date(2024, 5, 31)) is None


def test_completion_from_own_history():
    # 92 planned days from land to start took 184: everything takes twice as long
    found = forecast_completion(LOG, "p", date(2024, 1, 1))
    assert (found.planned, found.history, found.similar) == (date(2024, 9, 1), 1, ())
    # 458 days from 1 June 2023 to 1 September 2024, twice, from 1 November 2023
    assert found.expected == date(2026, 5, 5)
    assert found.early <= found.expected <= found.late


def test_completion_joined_with_similar_projects():
    other = history(
        ("q", "land", "planned", "2022-01-01", "2021-12-01"),
        ("q", "land", "actual", "2022-01-01", "2022-01-02"),
        ("q", "construction-start", "planned", "2022-03-01", "2021-12-01"),
        ("q", "construction-start", "actual", "2022-03-01", "2022-03-02"),
        ("q", "commissioning", "planned", "2022-06-01", "2021-12-01"),
        ("q", "commissioning", "actual", "2022-06-01", "2022-06-02"),
    )
    found = forecast_completion(pl.concat([LOG, other]), "p", date(2024, 1, 1), similar=("q",))
    assert (found.history, found.similar) == (3, ("q",))
    assert found.expected == date(2025, 2, 1)
    assert (found.early, found.late) == (date(2025, 2, 1), date(2025, 9, 18))


def test_without_history_the_plan_itself_and_never_before_today():
    fresh = history(("r", "commissioning", "planned", "2024-03-01", "2023-01-01"))
    assert forecast_completion(fresh, "r", date(2024, 1, 1)).expected == date(2024, 3, 1)
    assert forecast_completion(fresh, "r", date(2024, 5, 31)).expected == date(2024, 5, 31)
    done = history(
        ("r", "commissioning", "planned", "2024-03-01", "2023-01-01"),
        ("r", "commissioning", "actual", "2024-03-01", "2024-03-02"),
    )
    assert forecast_completion(done, "r", date(2024, 5, 31)) is None


def test_output_lost_by_a_month():
    products = pl.DataFrame({"project": ["p", "p"], "product": ["dong", "axit"], "capacity": [12000.0, 36000.0]})
    products = products.with_columns(pl.lit("illustrative").alias("source"))
    prices = pl.DataFrame(
        {
            "product": ["dong", "dong", "axit"],
            "period": ["2010", "2024", "2010"],
            "price_basis": ["constant-2010", "current", "constant-2010"],
            "price": [100.0, 200.0, 2.0],
            "source": ["illustrative"] * 3,
        }
    )
    assert output_lost(products, prices, "p") == pytest.approx(106.0)
    assert output_lost(products, prices, "q") is None
    assert output_lost(products, prices.filter(pl.col("product") == "dong"), "p") is None
    # no made-up money is put on a real project's published capacity
    published = products.with_columns(pl.lit("published").alias("source"))
    assert output_lost(published, prices, "p") is None


def ahead(*extra):
    return history(
        ("r", "land", "planned", "2024-01-31", "2023-01-01"),
        ("r", "land", "actual", "2024-03-01", "2024-03-02"),
        ("r", "construction-start", "planned", "2024-02-29", "2023-01-01"),
        ("r", "construction-start", "actual", "2024-03-10", "2024-03-11"),
        ("r", "equipment", "planned", "2024-08-31", "2023-01-01"),
        ("r", "commissioning", "planned", "2024-12-31", "2023-01-01"),
        *extra,
    )


def test_what_was_made_up_once_is_not_counted_on_but_may_come_early():
    # 29 planned days took 9; 306 days are planned from the start on 10 March 2024
    found = forecast_completion(ahead(), "r", date(2024, 5, 31))
    assert (found.expected, found.late) == (date(2025, 1, 10), date(2025, 1, 10))
    assert found.early == date(2024, 6, 13)


@pytest.mark.parametrize(
    ("extra", "on", "expected"),
    [
        # equipment forecast for 30 November, 122 planned days before the end
        ([("r", "equipment", "forecast", "2024-11-30", "2024-05-01")], date(2024, 5, 31), date(2025, 4, 1)),
        # equipment 31 days overdue on 1 October
        ([], date(2024, 10, 1), date(2025, 1, 31)),
        # the day that those in charge themselves name is later
        ([("r", "commissioning", "forecast", "2025-06-30", "2024-05-01")], date(2024, 5, 31), date(2025, 6, 30)),
    ],
)
def test_what_is_known_to_be_late_moves_the_end(extra, on, expected):
    assert forecast_completion(ahead(*extra), "r", on).expected == expected


def test_slip_against_every_baseline():
    log = ahead(
        ("r", "commissioning", "planned", "2025-03-31", "2024-04-01"),
        ("r", "commissioning", "forecast", "2025-05-31", "2024-05-01"),
    )
    last = standings(log, date(2024, 5, 31), "r")[-1]
    kept = slipped(baselines(log, "r", "commissioning"), last)
    assert kept.columns == ["recorded_at", "kind", "day", "slip", "reason"]
    assert kept["slip"].to_list() == [151, 61, 0]
    done = standings(log, date(2024, 5, 31), "r")[0]
    assert slipped(baselines(log, "r", "land"), done)["slip"].to_list() == [30, None]
