"""Slices put together: hours add up, availability is their mean, what cannot be cut is refused."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.expansion.load import read_system
from fansipan.expansion.system.slices import with_slices

COPPER = Path(__file__).parents[1] / "cases" / "expansion" / "copper"


@pytest.fixture
def monthly():
    system, _ = read_system(COPPER)
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    months = pl.DataFrame(
        {
            "slice": [f"{m:02d}" for m in range(1, 13)],
            "order": range(1, 13),
            "hours": [24.0 * d for d in days],
            "months": [str(m) for m in range(1, 13)],
            "source": ["illustrative"] * 12,
        }
    )
    shares = pl.DataFrame(
        {"process": ["small"] * 2, "slice": ["01", "02"], "share": [0.5, 0.0], "source": ["illustrative"] * 2}
    )
    stated = {"plan_slices": months, "availability": shares}
    cast = {name: frame.cast(dict(system.frames[name].schema)) for name, frame in stated.items()}
    return replace(system, frames={**system.frames, **cast})


def test_quarters_of_a_year_of_months(monthly):
    quarters = with_slices(monthly, "quarter")
    assert [row["slice"] for row in quarters.slices] == ["q1", "q2", "q3", "q4"]
    assert [row["hours"] for row in quarters.slices] == [2160.0, 2184.0, 2208.0, 2208.0]
    assert quarters.months(quarters.slices[1]) == [4, 5, 6]
    # January at a half, February at nothing, March in full: (31 / 2 + 31) days of 90.
    assert quarters.frames["availability"].select("slice", "share").rows() == [
        ("q1", pytest.approx(46.5 / 90, abs=1e-6))
    ]


def test_a_year_is_one_slice_and_months_stay_as_they_are(monthly):
    assert [row["hours"] for row in with_slices(monthly, "year").slices] == [8760.0]
    assert with_slices(monthly, "month") is monthly
    assert with_slices(monthly, None) is monthly


def test_what_cannot_be_put_together_so_is_refused(monthly):
    with pytest.raises(Refused, match="longer than one month"):
        with_slices(with_slices(monthly, "quarter"), "month")
    with pytest.raises(Refused, match="week"):
        with_slices(monthly, "week")
