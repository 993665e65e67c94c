"""The baseline of a province: what is known stays, what is ahead follows the rules, totals are sums, nothing leaks."""

from datetime import date, datetime

import numpy as np
import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.projection import ceilings, summed
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import DIMENSIONS, compile_output


def test_the_months_reported_are_the_compiled_output(laocai, may):
    output = compile_output(laocai.known_on(date(2024, 5, 31)), until=Month(2024, 5), known_on=date(2024, 5, 31))
    known = summed(may, "section").filter("known").select("section", "month", "value")
    compiled = (
        gross_output(output, by="section").filter(pl.col("month") >= "2024-01").select("section", "month", "value")
    )
    both = known.join(compiled, on=["section", "month"], suffix="_compiled")
    assert both.height == 4 * 5
    assert both["value"].to_numpy() == pytest.approx(both["value_compiled"].to_numpy(), rel=1e-12)
    assert known["value"].sum() == pytest.approx(17_151.7, abs=0.05)


@pytest.mark.parametrize("by", [*DIMENSIONS, "project"])
def test_parts_add_up_to_the_total_at_every_level(may, by):
    parts = summed(may, by).group_by("month").agg(pl.col("value", "year_before").sum()).sort("month")
    whole = summed(may, "total").sort("month")
    for column in ("value", "year_before"):
        assert parts[column].to_numpy() == pytest.approx(whole[column].to_numpy(), rel=1e-12)


def test_a_stopped_plant_stays_stopped(may):
    steel = summed(may, "product").filter((pl.col("product") == "steel-billet") & ~pl.col("known"))
    assert steel["value"].to_list() == [0.0] * 7


def test_a_closed_establishment_makes_nothing(may):
    at = may.lines.frame["establishment"].to_list().index("CS27")
    assert may.models[at] == "closed"
    assert not may.quantities[at, may.known :].any()


def test_hydropower_follows_the_water_and_not_a_line(may):
    rows = may.lines.frame["hydropower"].to_numpy()
    assert {model for model, wet in zip(may.models, rows, strict=True) if wet} == {"water"}
    ahead = may.quantities[rows, may.known :].sum(axis=0)
    # The wet season runs from May to October.
    assert ahead[:5].min() > 1.5 * ahead[-1]


def test_nothing_exceeds_capacity_or_the_best_month_ever(may):
    most = ceilings(may.lines, len(may.ahead))
    existing = may.lines.frame["project"].is_null().to_numpy()
    assert (may.before[existing, may.known :] <= most[existing] + 1e-9).all()


def test_handicraft_is_part_of_the_year(may):
    crafts = summed(may, "kind").filter(pl.col("kind") == "handicraft")
    assert crafts.height == 12
    assert crafts["value"].min() > 0


@pytest.mark.parametrize("month", [Month(2024, 2), Month(2024, 4)])
def test_what_was_recorded_later_does_not_leak_in(laocai, projected, month):
    day = datetime.combine(month.last_day, datetime.max.time())
    spoilt = {}
    for name, column in (("returns", "recorded_at"), ("edits", "recorded_at"), ("milestones", "recorded_at")):
        frame = laocai[name]
        kept = frame.filter(pl.col(column) <= day)
        assert kept.height < frame.height or name != "returns"
        spoilt[name] = kept
    figures = laocai["returns"].filter(pl.col("recorded_at") > day).with_columns(pl.col("quantity") * 1000 + 1)
    altered = laocai.replace(**spoilt | {"returns": pl.concat([spoilt["returns"], figures])})
    honest, tried, without = (projected(p, month) for p in (laocai, altered, laocai.replace(**spoilt)))
    for other in (tried, without):
        assert honest.lines.frame.equals(other.lines.frame)
        assert np.array_equal(honest.quantities, other.quantities)
        assert np.array_equal(honest.spread, other.spread)
        assert honest.pipeline.additions == other.pipeline.additions


def test_two_years_ahead_compare_with_what_is_expected_of_the_first(laocai, projected):
    long = projected(laocai, Month(2024, 5), until=Month(2025, 12))
    assert len(long.months) == 24
    total = summed(long, "total")
    first = total.filter(pl.col("month").str.starts_with("2024"))["value"].to_numpy()
    assert total.filter(pl.col("month").str.starts_with("2025"))["year_before"].to_numpy() == pytest.approx(first)


def test_a_year_that_is_over_is_followed_by_the_next(laocai, projected):
    after = projected(laocai, Month(2023, 12))
    assert (after.known, str(after.months[0]), str(after.months[-1])) == (0, "2024-01", "2024-12")


@pytest.mark.parametrize("until", [Month(2024, 5), Month(2023, 1), Month(2028, 1)])
def test_a_span_that_cannot_be_projected_is_refused(laocai, projected, until):
    with pytest.raises(Refused, match=r"36"):
        projected(laocai, Month(2024, 5), until=until)
