"""Plots after allotment: allotted is not used; deadlines, reminders, the ground for taking land back."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.tables.declarations.zone_records import Plots
from fansipan.zones.plots import add_months, check_plots, plots_on, reminders, take_back, utilisation

BASE = {"as_of": date(2024, 1, 1), "zone": "ccn-a", "hectares": 2.0, "source": "illustrative"}


def plots(*rows: dict) -> pl.DataFrame:
    full = [{**BASE, "plot": f"L{k}", **row} for k, row in enumerate(rows, 1)]
    schema = Plots.create_empty().schema
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in full], schema=schema)


ALLOTTED = {"allotted_on": date(2022, 6, 1), "start_due": date(2022, 12, 1), "build_due": date(2024, 6, 1)}
STARTED = {**ALLOTTED, "started_on": date(2022, 11, 1)}
DONE = {**STARTED, "completed_on": date(2024, 3, 1)}


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({}, "free"),
        (ALLOTTED, "allotted"),
        ({"allotted_on": date(2024, 6, 1)}, "free"),
        (STARTED, "building"),
        ({**STARTED, "used_hectares": 0.5}, "part-used"),
        ({**DONE, "used_hectares": 1.9}, "part-used"),
        ({**DONE, "used_hectares": 2.0}, "used"),
        (DONE, "used"),
        ({**DONE, "idle_since": date(2024, 4, 1)}, "idle"),
        ({**ALLOTTED, "taken_back_on": date(2024, 5, 1)}, "taken-back"),
    ],
)
def test_state_of_a_plot(row, state):
    assert plots_on(plots(row), date(2024, 5, 31))["state"].to_list() == [state]


def test_a_plot_is_seen_as_recorded_by_the_day():
    history = pl.concat([plots(ALLOTTED), plots({**STARTED, "as_of": date(2024, 4, 1)})])
    assert plots_on(history, date(2024, 3, 31))["state"].to_list() == ["allotted"]
    assert plots_on(history, date(2024, 4, 1))["state"].to_list() == ["building"]


def test_the_figures_say_both_allotted_and_used():
    frame = plots(DONE, {**STARTED, "used_hectares": 0.5}, ALLOTTED, {}, {**DONE, "idle_since": date(2024, 4, 1)})
    found = utilisation(frame, date(2024, 5, 31)).row(0, named=True)
    assert (found["plots"], found["hectares"], found["allotted"], found["used"]) == (5, 10.0, 8.0, 2.5)
    assert (found["allotted_rate"], found["used_rate"], found["used_of_allotted"]) == (80.0, 25.0, 31.25)
    assert (found["not_started"], found["idle"]) == (1, 1)


def test_nothing_allotted_has_no_share_of_the_allotted():
    assert utilisation(plots({}), date(2024, 5, 31))["used_of_allotted"].to_list() == [None]


def test_reminders_most_urgent_first():
    frame = plots(STARTED, ALLOTTED, {**ALLOTTED, "start_due": date(2024, 6, 20), "build_due": date(2025, 6, 1)}, DONE)
    found = reminders(frame, date(2024, 5, 31)).select("plot", "deadline", "days_left", "notice").rows()
    assert found == [("L2", "start", -547, 0), ("L1", "build", 1, 7), ("L2", "build", 1, 7), ("L3", "start", 20, 30)]


@pytest.mark.parametrize(
    ("row", "on", "stage", "reason", "since"),
    [
        # land never used: twelve months after allotment, from both sides
        (ALLOTTED, date(2023, 5, 31), "none", "", None),
        (ALLOTTED, date(2023, 6, 1), "ground", "idle", date(2023, 6, 1)),
        # building 24 months behind its term
        (STARTED, date(2026, 5, 31), "none", "", None),
        (STARTED, date(2026, 6, 1), "ground", "build-late", date(2026, 6, 1)),
        # use stopped for twelve months
        ({**DONE, "idle_since": date(2024, 4, 1)}, date(2025, 3, 31), "none", "", None),
        ({**DONE, "idle_since": date(2024, 4, 1)}, date(2025, 4, 1), "ground", "idle", date(2025, 4, 1)),
        # an extension runs, then has run out
        ({**ALLOTTED, "extended_to": date(2025, 6, 1)}, date(2025, 6, 1), "extended", "idle", date(2023, 6, 1)),
        ({**ALLOTTED, "extended_to": date(2025, 6, 1)}, date(2025, 6, 2), "take-back", "idle", date(2023, 6, 1)),
    ],
)
def test_ground_for_taking_back(row, on, stage, reason, since):
    found = take_back(plots({**row, "as_of": date(2022, 1, 1)}), on)[0]
    assert (found.stage, found.reason, found.since) == (stage, reason, since)
    assert found.certainty == "memory"


def test_used_and_free_plots_are_never_taken_back():
    assert take_back(plots(DONE, {}), date(2030, 1, 1)) == []


def test_months_later():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), 13) == date(2025, 2, 28)
    assert add_months(date(2024, 5, 15), 12) == date(2025, 5, 15)


HECTARES = st.floats(0.1, 50).map(lambda x: round(x, 2))


@given(st.lists(st.tuples(HECTARES, st.sampled_from([{}, ALLOTTED, STARTED, DONE])), min_size=1, max_size=8))
def test_used_is_never_more_than_allotted_nor_allotted_than_all(parts):
    frame = plots(*({**row, "hectares": area} for area, row in parts))
    found = utilisation(frame, date(2024, 5, 31)).row(0, named=True)
    assert 0 <= found["used"] <= found["allotted"] + 1e-9 <= found["hectares"] + 2e-9


@pytest.mark.parametrize(
    ("hectares", "taken_back", "industrial", "told"),
    [
        ([10.0, 10.1], None, 20.1, False),  # 10 + 10.1 is exactly 20.1
        ([10.0, 10.1001], None, 20.1, True),
        ([10.0, 10.1], None, 20.0999, True),
        ([15.0, 15.0], date(2024, 1, 1), 20.0, False),  # taken back: its ground may have been divided anew
        ([15.0, 15.0], None, None, False),  # the industrial land was never recorded
    ],
)
def test_plots_together_lie_within_the_industrial_land(hectares, taken_back, industrial, told):
    back = {"taken_back_on": taken_back}
    own = [{"plot": f"a{k}", "zone": "ccn", "hectares": one, **(back if k else {})} for k, one in enumerate(hectares)]
    frame = plots(*own, {"plot": "b", "zone": "ccn-2", "hectares": 1.0})
    land = pl.DataFrame(
        [("ccn", "industrial", date(2024, 1, 1), industrial), ("ccn-2", "industrial", date(2024, 1, 1), 1.0)],
        schema=["zone", "kind", "as_of", "hectares"],
        orient="row",
    ).drop_nulls()
    found = check_plots(frame, land)
    assert [fault.code for fault in found] == (["plots.over-industrial"] if told else [])
    if told:
        assert "ccn: the plots of 2024-01-01 make" in found[0].message("en")
