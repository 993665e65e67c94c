"""How the made-up volumes move before calibration, and how calibration treats gaps."""

from datetime import date
from itertools import pairwise
from math import fsum

import holidays
import pytest

from fansipan.examples.laocai.calibration import BLOCKS, block_totals, calibrate, compiled_total, imputed, monthly_aims
from fansipan.examples.laocai.forms import read_settings
from fansipan.examples.laocai.lines import MONTHS, Line, all_lines, events_of, latent_volumes, level, section_of
from fansipan.examples.laocai.prices import current_prices
from fansipan.periods import Month


def line(establishment: str = "X1", **changes) -> Line:
    given = {
        "establishment": establishment,
        "product": "stone",
        "block": "B",
        "industry": "0810",
        "price": 2.0,
        "decimals": 0,
        "stocked": True,
        "annual": 1200.0,
        "profile": "quarry",
        "trend": "building",
        "capacity": None,
        "opened": MONTHS[0],
        "closed": MONTHS[-1] + 1,
    }
    return Line(**(given | changes))


def test_days_of_the_lunar_new_year_are_the_calendar_s():
    for year, day in read_settings("patterns")["tet"].items():
        official = holidays.country_holidays("VN", years=int(year), language="en_US")
        assert official[day].startswith("Lunar New Year"), (year, day)
        assert not official.get(date.fromordinal(day.toordinal() - 1), "").startswith("Lunar New Year ("), year


def test_a_level_lies_on_the_straight_line_between_the_middles_of_years():
    trend = read_settings("patterns")["trend"]["building"]
    assert level("trend", "building", Month(2019, 7)) == trend[1]
    halfway = level("trend", "building", Month(2020, 1))
    assert halfway == pytest.approx((trend[1] + trend[2]) / 2)


def test_every_profile_and_trend_is_whole():
    patterns = read_settings("patterns")
    for name, profile in patterns["profile"].items():
        assert len(profile["season"]) == 12, name
        assert sum(profile["season"]) == pytest.approx(12, abs=0.4), name
    assert all(len(levels) == 8 for levels in (*patterns["trend"].values(), *patterns["price"].values()))
    assert {item.profile for item in all_lines()} <= set(patterns["profile"])
    assert {item.trend for item in all_lines()} <= set(patterns["trend"])


def test_the_new_year_takes_from_the_month_it_falls_in():
    volumes = {key: latent_volumes(line(noise), 1) for key, noise in (("a", "X1"), ("b", "X2"))}
    for year, month in ((2022, 2), (2023, 1), (2024, 2)):
        for made in volumes.values():
            neighbours = (made[Month(year, month) - 1] + made[Month(year, month) + 1]) / 2
            assert made[Month(year, month)] < 0.85 * neighbours


def test_nothing_is_made_before_opening_or_after_closing():
    made = latent_volumes(line(opened=Month(2020, 4), closed=Month(2023, 9)), 1)
    assert (min(made), max(made)) == (Month(2020, 4), Month(2023, 9))


def test_no_month_goes_beyond_the_capacity():
    made = latent_volumes(line(capacity=600.0), 1)
    assert max(made.values()) <= 0.97 * 600 * 31 / 365


def test_events_name_what_happened():
    steel = next(item for item in all_lines() if item.product == "steel-billet")
    assert events_of(steel, Month(2022, 4)) == []
    assert [factor for factor, _ in events_of(steel, Month(2022, 5))] == [0.42]
    assert [factor for factor, _ in events_of(steel, Month(2024, 5))] == [0.0]


@pytest.mark.parametrize(
    ("industry", "section"), [("0891", "B"), ("1076", "C"), ("3312", "C"), ("3511", "D"), ("3600", "E"), ("C", "C")]
)
def test_sections(industry, section):
    assert section_of(industry) == section


def test_a_gap_moves_as_its_class_does():
    now, before = Month(2024, 5), Month(2023, 5)
    lines = [line("X1"), line("X2"), line("X3", industry="0710"), line("X4")]
    volumes = {item.key: {before: 100.0, now: 120.0} for item in lines}
    volumes["X3", "stone"][now] = 500.0
    del volumes["X4", "stone"][before]
    gaps = frozenset({("X1", "stone", now)})
    # Only X2 is of the class and reported both months: 120 / 100.
    assert imputed(lines[0], lines, volumes, gaps, now) == pytest.approx(120)
    expected = (120 + 120 + 500 + 120) * 2.0 / 1000
    assert compiled_total(lines, volumes, gaps, now) == pytest.approx(expected)


@pytest.fixture(scope="module", params=[1, 2])
def latent(request):
    return {item.key: latent_volumes(item, request.param) for item in all_lines()}


def test_aims_give_the_published_totals_for_any_seed(latent):
    facts = read_settings("calibration")
    aims = monthly_aims(block_totals(all_lines(), latent))

    def total(months, blocks=BLOCKS):
        return fsum(aims[block, month] for block in blocks for month in months)

    for year, value in facts["year"].items():
        assert total([Month(int(year), m) for m in range(1, 13)]) == pytest.approx(value, abs=1e-8)
    five = [Month(2024, m) for m in range(1, 6)]
    sections = facts["january-may-2024"]
    assert total(five, "CH") == pytest.approx(sections["C"], abs=1e-8)
    assert total(five) == pytest.approx(sum(sections.values()), abs=1e-8)
    assert total([Month(2024, 5)]) / total([Month(2024, 4)]) == pytest.approx(3726.7 / 3557.7)


def test_calibration_meets_every_aim_in_the_digits_reported(latent):
    lines, gaps = (
        all_lines(),
        frozenset({("CS30", "sawn-wood", Month(2024, 5)), ("CS56", "electricity-generated", Month(2024, 5))}),
    )
    aims = monthly_aims(block_totals(lines, latent))
    volumes = calibrate(lines, latent, gaps)
    for (block, month), aim in aims.items():
        of_block = [item for item in lines if item.block == block and month in volumes[item.key]]
        assert compiled_total(of_block, volumes, gaps, month) == pytest.approx(aim, abs=1e-3), (block, month)
    for item in lines:
        for month in (m for m in MONTHS if m in volumes[item.key]):
            assert volumes[item.key][month] == round(volumes[item.key][month], item.decimals)
            assert volumes[item.key][month] >= 0


def test_current_prices_lie_above_those_of_2010_and_do_not_jump():
    prices = current_prices(1)
    for item in all_lines():
        path = [prices[item.product, month] for month in MONTHS]
        assert min(path) > item.price
        assert all(0.9 < b / a < 1.1 for a, b in pairwise(path))
