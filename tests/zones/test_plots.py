"""Plots after allotment: allotted is not used; deadlines, reminders, the ground for taking land back."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.report.zones.plot_words import plot_paragraphs
from fansipan.tables.declarations.zone_records import Plots
from fansipan.zones.plot_terms import add_months, reminders, take_back, term_faults
from fansipan.zones.plots import check_plots, plots_on, utilisation

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


@pytest.mark.parametrize(
    ("row", "on", "stage", "reason", "from_decision"),
    [
        # allotted on 1 June 2022, handed over on 1 September: the day before, on, and without a hand-over
        ({**ALLOTTED, "handed_over_on": date(2022, 9, 1)}, date(2023, 8, 31), "none", "", False),
        ({**ALLOTTED, "handed_over_on": date(2022, 9, 1)}, date(2023, 9, 1), "ground", "idle", False),
        (ALLOTTED, date(2023, 6, 1), "ground", "idle", True),
        # handed over after the day due: the months behind the term begin with the hand-over
        ({**STARTED, "handed_over_on": date(2024, 9, 1)}, date(2026, 8, 31), "none", "", False),
        ({**STARTED, "handed_over_on": date(2024, 9, 1)}, date(2026, 9, 1), "ground", "build-late", False),
        # building that began by the day due shows that the land had been handed over
        (STARTED, date(2026, 6, 1), "ground", "build-late", False),
        # handed over, not yet on the day of looking
        ({**ALLOTTED, "handed_over_on": date(2024, 1, 1)}, date(2023, 12, 31), "none", "", False),
    ],
)
def test_months_count_from_hand_over(row, on, stage, reason, from_decision):
    found = take_back(plots({**row, "as_of": date(2022, 1, 1)}), on)[0]
    assert (found.stage, found.reason, found.from_decision) == (stage, reason, from_decision)


@pytest.mark.parametrize(
    ("extended", "until", "beyond"),
    [
        # the ground is one from 1 September 2023: 24 months end on 1 September 2025
        (date(2025, 8, 31), date(2025, 8, 31), False),
        (date(2025, 9, 1), date(2025, 9, 1), False),
        (date(2025, 9, 2), date(2025, 9, 1), True),
        (date(2099, 1, 1), date(2025, 9, 1), True),
    ],
)
def test_an_extension_has_its_most(extended, until, beyond):
    frame = plots({**ALLOTTED, "handed_over_on": date(2022, 9, 1), "extended_to": extended})
    found = take_back(frame, date(2024, 12, 1))[0]
    assert (found.until, found.beyond, found.stage) == (until, beyond, "extended")
    assert [take_back(frame, until + timedelta(days=k))[0].stage for k in (0, 1)] == ["extended", "take-back"]
    ends = reminders(frame, until).filter(pl.col("deadline") == "extension")
    assert ends["due"].to_list() == [until]
    faults = term_faults(frame)
    assert [(f.code, f.severity) for f in faults] == ([("plot.extension-too-long", "error")] if beyond else [])
    if beyond:
        assert "2025-09-01 (Law 45/2013/QH13, Art. 64.1.i" in faults[0].message("en")
        assert "điểm i khoản 1 Điều 64" in faults[0].message("vi")


def test_an_extension_too_long_only_by_the_decision_is_a_warning_that_says_so():
    frame = plots({**ALLOTTED, "extended_to": date(2025, 7, 1)})
    assert [(f.code, f.severity) for f in term_faults(frame)] == [("plot.extension-too-long-from-decision", "warning")]
    told = [paragraph.words.en for paragraph in plot_paragraphs(frame, date(2024, 12, 1))]
    assert any("allows no later than 2025-06-01" in line for line in told)
    assert any("the hand-over of the land on site is not recorded" in line for line in told)


def test_extended_twice_or_handed_over_before_it_was_allotted_is_asked_about():
    handed = {**ALLOTTED, "handed_over_on": date(2022, 6, 1)}
    twice = plots({**handed, "extended_to": date(2024, 6, 1)}, {**handed, "extended_to": date(2025, 6, 1)})
    twice = twice.with_columns(pl.lit("L1").alias("plot"), as_of=pl.Series([date(2023, 7, 1), date(2024, 7, 1)]))
    assert [(f.code, f.severity) for f in term_faults(twice)] == [("plot.extended-again", "warning")]
    for day, codes in [(date(2022, 5, 31), ["plot.handed-before"]), (date(2022, 6, 1), [])]:
        assert [f.code for f in term_faults(plots({**ALLOTTED, "handed_over_on": day}))] == codes
    assert term_faults(plots()) == ()


SPAN = st.dates(date(2015, 1, 1), date(2025, 12, 31))


@given(SPAN, st.integers(0, 400), st.integers(0, 1500))
def test_any_hand_over_moves_the_ground_by_itself(allotted, wait, after):
    handed = allotted + timedelta(days=wait)
    row = {"allotted_on": allotted, "handed_over_on": handed, "as_of": date(2014, 7, 1)}
    on = handed + timedelta(days=after)
    found = take_back(plots(row), on)[0]
    assert (found.stage == "ground") == (on >= add_months(handed, 12))
    assert found.since in (None, add_months(handed, 12))
    assert not found.from_decision


@given(SPAN, st.integers(-400, 1500))
def test_any_extension_ends_at_the_most(handed, more):
    most = add_months(add_months(handed, 12), 24)
    extended = most + timedelta(days=more)
    row = {"allotted_on": handed, "handed_over_on": handed, "extended_to": extended, "as_of": date(2014, 7, 1)}
    found = take_back(plots(row), add_months(handed, 12))[0]
    assert (found.most, found.until, found.beyond) == (most, min(extended, most), more > 0)
