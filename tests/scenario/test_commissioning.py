"""New capacity: when it starts by the register, how late, how it grows."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from fansipan.periods import Month, month_range
from fansipan.scenario.baseline.commissioning import (
    USUAL_DELAYS,
    Addition,
    Pipeline,
    delays_of,
    pipeline_of,
    starting_days,
    undated,
)
from fansipan.scenario.baseline.lines import lines_of

MONTHS = tuple(month_range(Month(2024, 6), Month(2025, 5)))


def milestones(*rows):
    named = [dict(zip(("project", "milestone", "kind", "recorded_at", "day"), row, strict=True)) for row in rows]
    frame = pl.DataFrame(named)
    return frame.with_columns(pl.col("recorded_at").str.to_datetime("%Y-%m-%d"), pl.col("day").str.to_date())


def pipeline(day, ramp=4, monthly=100.0, delays=(0.0,)):
    return Pipeline((Addition("new", "wire", monthly, day, ramp),), np.array(delays))


def test_output_grows_in_even_steps_from_the_first_month_to_full_use():
    found = pipeline(date(2024, 9, 1)).outlook(MONTHS, np.zeros((1, 1)))[0, 0]
    assert found == pytest.approx([0, 0, 0, 25, 50, 75, 100, 100, 100, 100, 100, 100])


def test_a_start_in_the_middle_of_a_month_gives_part_of_a_step():
    found = pipeline(date(2024, 9, 16)).outlook(MONTHS, np.zeros((1, 1)))[0, 0]
    assert found[3] == pytest.approx(100 * (1 - 15 / 31) / 4)


def test_a_delay_moves_all_of_it():
    late = pipeline(date(2024, 9, 1)).outlook(MONTHS, np.array([[2.0]]))[0, 0]
    assert late == pytest.approx([0, 0, 0, 0, 0, 25, 50, 75, 100, 100, 100, 100])


def test_what_should_have_started_starts_now_at_the_earliest():
    assert pipeline(date(2023, 1, 1)).outlook(MONTHS, np.zeros((1, 1)))[0, 0][0] == pytest.approx(25)


def test_delays_are_first_plan_to_actual_in_months_and_never_early():
    rows = [
        ("a", f"m{at}", kind, f"2023-01-0{1 + (kind == 'actual')}", day)
        for at, late in enumerate((30, 61, -9, 0, 122))
        for kind, day in (
            ("planned", "2023-03-01"),
            ("actual", str(date.fromordinal(date(2023, 3, 1).toordinal() + late))),
        )
    ]
    moved = ("a", "m0", "planned", "2023-01-05", "2023-09-01")
    assert delays_of(milestones(*rows, moved)) == pytest.approx([30 / 30.4375, 61 / 30.4375, 0, 0, 122 / 30.4375])


def test_few_milestones_are_joined_by_usual_delays():
    found = delays_of(
        milestones(("a", "m", "planned", "2023-01-01", "2023-03-01"), ("a", "m", "actual", "2023-05-01", "2023-05-01"))
    )
    assert len(found) == 1 + len(USUAL_DELAYS)


def test_the_latest_forecast_counts_before_plans_and_what_has_started_is_left_out():
    found = starting_days(
        milestones(
            ("a", "commissioning", "planned", "2023-01-01", "2024-01-01"),
            ("a", "commissioning", "forecast", "2023-06-01", "2024-06-01"),
            ("a", "commissioning", "forecast", "2023-08-01", "2024-09-01"),
            ("a", "commissioning", "planned", "2023-09-01", "2024-07-01"),
            ("b", "commissioning", "planned", "2023-01-01", "2024-01-01"),
            ("b", "commissioning", "actual", "2024-01-01", "2024-01-01"),
            ("c", "land", "planned", "2023-01-01", "2024-01-01"),
        )
    )
    assert found == {"a": date(2024, 9, 1)}


def test_the_register_of_the_example_becomes_lines_of_its_own(laocai):
    known = laocai.known_on(date(2024, 5, 31))
    lines, found = pipeline_of(known, lines_of(known, Month(2024, 5)))
    assert [addition.project for addition in found.additions] == ["mh-day-dong", "mh-duoc-lieu", "mh-lan"]
    added = lines.frame.tail(3)
    assert added["section"].to_list() == ["C"] * 3
    assert added["constant"].is_not_null().all()
    assert np.isnan(lines.quantities[-3:]).all()
    assert "gypsum-recycling" in undated(known)
