"""What is recorded or published after the day of knowledge changes nothing: projection, paths, chances, gap, news.

Every row of every table that became known later is altered (or, where it cannot be altered, taken out); what is said as
of an earlier month must be the same to the last bit.
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.province import KNOWN_COLUMNS, Province
from fansipan.report.growth.data import gather_gap
from fansipan.report.growth.gap_words import told
from fansipan.scenario.changes import scenario_known
from fansipan.scenario.gap.measured import table
from fansipan.scenario.gap.relief import measures_frame
from scenario.conftest import last_years_month

# Figures that are altered in the rows known later; texts and codes stay, so that the rows still refer to what is there.
ALTERED = {
    "returns": ("quantity", "sales", "stock", "value", "expected_next"),
    "plans": ("value",),
    "targets": ("value",),
    "edits": ("new_value",),
    "scenario_changes": ("value",),
    "official_figures": ("value",),
    "project_products": ("capacity",),
    "project_capital": ("realised",),
}
DAYS = ("milestones", "obstacles")


def known_later(frame: pl.DataFrame, documents: pl.DataFrame, day: date) -> pl.Series:
    """Which rows became known after `day`, by the rule of `Province.known_on`, written anew."""
    moments = [pl.col(name).cast(pl.Date) for name in KNOWN_COLUMNS if name in frame.columns]
    if "document" in frame.columns and "issued_on" not in frame.columns:
        frame = frame.join(
            documents.select("document", pl.col("issued_on").alias("@")),
            on="document",
            how="left",
            maintain_order="left",
        )
        moments.append(pl.col("@"))
    if not moments:
        return pl.Series([False] * frame.height)
    return frame.select((pl.coalesce(moments) > day).fill_null(value=False)).to_series()


def spoilt(province: Province, day: date) -> Province:
    """The province with everything known later than `day` altered or, in tables of neither kind, left out."""
    found = {}
    for name in province:
        frame = province[name]
        if frame.is_empty() or name == "documents":
            continue
        later = known_later(frame, province["documents"], day)
        columns = [c for c in ALTERED.get(name, ()) if c in frame.columns]
        if columns:
            found[name] = frame.with_columns(
                pl.when(later).then(pl.col(c) * 3 + 1).otherwise(c).alias(c) for c in columns
            )
        elif name in DAYS:
            column = "day" if "day" in frame.columns else "due"
            found[name] = frame.with_columns(
                pl.when(later).then(pl.col(column).dt.offset_by("400d")).otherwise(column).alias(column)
            )
        elif later.any():
            found[name] = frame.filter(~later)
    return province.replace(**found)


def asked(province, month, **options):
    return gather_gap(province, month, paths=150, forecaster=last_years_month, **options)


@pytest.mark.parametrize("month", [Month(2024, 1), Month(2024, 3), Month(2024, 4)])
def test_the_outlook_of_an_earlier_month_uses_only_what_was_known_then(laocai, month):
    changed = spoilt(laocai, month.last_day)
    assert not changed["returns"].equals(laocai["returns"])
    honest, tried = (asked(p, month, scenario="low", since=month - 1) for p in (laocai, changed))
    assert np.array_equal(honest.outlook.projection.quantities, tried.outlook.projection.quantities)
    assert np.array_equal(honest.outlook.projection.spread, tried.outlook.projection.spread)
    assert np.array_equal(honest.outlook.simulation.ahead, tried.outlook.simulation.ahead)
    for name in ("chances", "drivers", "cases", "news"):
        one, other = getattr(honest.outlook, name), getattr(tried.outlook, name)
        assert (one is None and other is None) or one.equals(other), name
    assert np.array_equal(honest.gap.planned.values, tried.gap.planned.values, equal_nan=True)
    assert table(honest.gap).equals(table(tried.gap))
    assert measures_frame(honest.measures, honest.gap).equals(measures_frame(tried.measures, tried.gap))
    assert [w.vi for w in told(honest.gap, honest.names)] == [w.vi for w in told(tried.gap, tried.names)]


def test_a_scenario_is_what_had_been_recorded_by_then(laocai):
    with pytest.raises(Refused, match="2024-01-15"):
        scenario_known(laocai, "low", date(2024, 1, 14))
    assert len(scenario_known(laocai, "low", date(2024, 1, 15)).changes) == 4
    april = pl.lit("2024-04-02").str.to_datetime(time_unit="ms")
    moved = pl.when(pl.col("order") == 2).then(april).otherwise("recorded_at")
    later = laocai["scenario_changes"].with_columns(recorded_at=moved)
    changed = laocai.replace(scenario_changes=later)
    assert len(scenario_known(changed, "low", date(2024, 4, 1)).changes) == 3


def test_what_was_known_does_matter(laocai):
    """The same alteration a month earlier is seen: the test above can fail."""
    changed = spoilt(laocai, Month(2024, 3).last_day)
    honest, tried = (asked(p, Month(2024, 4)) for p in (laocai, changed))
    assert not np.array_equal(honest.outlook.projection.quantities, tried.outlook.projection.quantities)
