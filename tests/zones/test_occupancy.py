"""Occupancy: the law's denominator, the checks of the printed figures, and the refusals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.notation import percent
from fansipan.zones.law.occupancy import average, occupancy, simple_mean

ON = date(2024, 5, 31)


@pytest.mark.parametrize(
    ("taken", "industrial", "printed"), [(289.27, 315.99, "91,54%"), (69.69, 82.82, "84,15%"), (70.97, 74.98, "94,65%")]
)
def test_printed_occupancy_rates_to_the_digit(taken, industrial, printed):
    found = occupancy(leased=taken, approved=0, industrial=industrial, on=ON)
    assert percent(float(found.rate), 2, "vi") == printed
    assert percent(float(occupancy(leased=0, approved=taken, industrial=industrial, on=ON).rate), 2, "vi") == printed


@pytest.mark.parametrize("over", ["gross", "cleared", "ready"])
def test_the_wrong_denominator_is_refused_with_the_article(over):
    with pytest.raises(Refused, match=rf"not taken over {over}; the right denominator is industrial .*Art. 2.7"):
        occupancy(leased=10, approved=0, industrial=20, on=ON, over=over)


def test_leased_and_approved_are_kept_apart():
    found = occupancy(leased=30, approved=20, industrial=100, on=ON)
    assert (found.rate, found.unleased, found.left, found.denominator) == (50, 70, 50, "industrial")


def test_more_land_taken_than_there_is_is_refused():
    with pytest.raises(Refused, match=r"20\.5 ha\) is more than the industrial land \(20 ha\)"):
        occupancy(leased=20, approved=0.5, industrial=20, on=ON)


def test_no_industrial_land_has_no_rate():
    with pytest.raises(Refused, match="no industrial land"):
        occupancy(leased=0, approved=0, industrial=0, on=ON)
    with pytest.raises(Refused, match="no industrial land"):
        average([])
    with pytest.raises(Refused, match="no industrial land"):
        simple_mean([])


def test_a_negative_area_is_refused():
    with pytest.raises(Refused, match="-1 ha is negative"):
        occupancy(leased=-1, approved=0, industrial=10, on=ON)


def test_a_park_before_its_decree_is_refused():
    with pytest.raises(Refused, match=r"No figure park\.occupancy\.denominator"):
        occupancy(leased=1, approved=0, industrial=10, on=date(2022, 7, 14), kind="park")


def test_the_average_is_of_land_not_of_rates():
    small = occupancy(leased=10, approved=0, industrial=10, on=ON)
    large = occupancy(leased=20, approved=0, industrial=90, on=ON)
    assert average([small, large]) == 30
    assert round(float(simple_mean([small, large])), 2) == 61.11


AREAS = st.floats(0, 500, allow_nan=False).map(lambda x: round(x, 2))


@given(st.lists(st.tuples(AREAS, AREAS, AREAS), min_size=1, max_size=6))
def test_the_average_lies_between_the_lowest_and_the_highest_rate(parts):
    zones = [occupancy(leased=a, approved=b, industrial=a + b + c + 1, on=ON) for a, b, c in parts]
    rates = [zone.rate for zone in zones]
    assert min(rates) <= average(zones) <= max(rates)
    assert all(0 <= rate <= 100 for rate in rates)
