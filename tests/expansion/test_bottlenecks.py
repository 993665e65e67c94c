"""Prices by solving again, the range in which they hold, reliefs with choices free (rule E29)."""

import numpy as np
import pytest

from fansipan.expansion.answers.bottlenecks import bottleneck_frame, bottlenecks
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.interop.osemosys.convert import network_of as network_of_folder
from fansipan.interop.osemosys.folder import read_folder


def test_the_cap_of_the_copper_system_as_worked_by_hand(copper):
    """Rule E27: with two small smelters a little more smoke earns 5 t x 1.6 a unit in each year; relief of 0.2
    gains 3.2.
    """
    plan = solve_network(network_of(copper()))
    (smoke,) = [one for one in bottlenecks(plan, {"smoke": 0.2}) if one.name == "smoke"]
    assert smoke.more == pytest.approx(2 * 5 * 1.6)
    assert smoke.less == pytest.approx(2 * 5 * 1.6)
    assert smoke.gain == pytest.approx(3.2)
    # the market takes 6 t: a fifth more smoke; less holds down to nothing
    assert smoke.holds_to == pytest.approx(0.2, abs=0.01)
    assert smoke.holds_from == pytest.approx(-1.0, abs=0.01)
    assert not smoke.tied


def test_at_a_degenerate_corner_more_gains_nothing_though_less_costs(copper):
    """Market of 5 t and smoke of 1 (5 t) both bind: neither alone is worth anything more, each costs when it
    shrinks.
    """

    def change(tables):
        tables["markets"][1]["maximum"] = 5.0

    plan = solve_network(network_of(copper(change)))
    found = {one.name: one for one in bottlenecks(plan)}
    for name in ("smoke", "sell|town|metal|1"):
        assert found[name].more == pytest.approx(0.0, abs=1e-9)
        assert found[name].less > 0
        assert found[name].holds_to > 0


def test_reliefs_set_the_order_and_may_change_what_is_built(copper):
    """Much more smoke and market: with its integers fixed the plan gains up to 8 t, free it may build the big
    smelter.
    """

    def change(tables):
        tables["markets"][1]["maximum"] = 50.0

    plan = solve_network(network_of(copper(change)))
    found = bottlenecks(plan, {"smoke": 1.0})
    # smoke of 2 allows 10 t: the big smelter (9) makes 10 x 1.6 x 2 = 32 - 9 = 23, two small ones 25.6 - 6 = 19.6
    assert found[0].name == "smoke"
    assert found[0].gain == pytest.approx(23.0 - 10.0)
    frame = bottleneck_frame(found)
    assert frame["name"][0] == "smoke"
    assert frame.height == len(found)


def test_money_of_the_year_is_not_discounted(copper):
    def change(tables):
        tables["limits"][0] |= {"first_year": 2026}
        tables["plan_settings"][2]["value"] = "0.1"

    plan = solve_network(network_of(copper(change)))
    (smoke,) = [one for one in bottlenecks(plan, rate=0.1) if one.name == "smoke"]
    assert smoke.more_that_year == pytest.approx(smoke.more * 1.1**1.5)
    assert (smoke.first_year, smoke.last_year) == (2026, 2026)
    assert np.isfinite(smoke.less)


def test_the_textbook_degenerate_corner(otoole_folder):
    """max x + y, x + y <= 10, x <= 5, y <= 5: all three bind, more of any gains nothing, less of each costs 1 a unit.

    As an otoole folder: two technologies that earn 1 a unit, each at most 5, and an emission of 1 a unit capped at 10.
    """
    plan = solve_network(network_of_folder(read_folder(otoole_folder)))
    assert plan.answer.objective == pytest.approx(-10.0)
    found = {(one.kind, one.name): one for one in bottlenecks(plan)}
    assert set(found) == {("emission_year", "E"), ("activity_most", "x"), ("activity_most", "y")}
    for one in found.values():
        assert (one.more, one.less) == (pytest.approx(0.0, abs=1e-6), pytest.approx(1.0))
        assert one.gain is None


@pytest.fixture
def otoole_folder(tmp_path):
    files = {
        "REGION": "VALUE\nR\n",
        "YEAR": "VALUE\n2025\n",
        "TIMESLICE": "VALUE\nA\n",
        "TECHNOLOGY": "VALUE\nx\ny\n",
        "EMISSION": "VALUE\nE\n",
        "MODE_OF_OPERATION": "VALUE\n1\n",
        "YearSplit": "TIMESLICE,YEAR,VALUE\nA,2025,1\n",
        "DiscountRate": "REGION,VALUE\nR,0\n",
        "AnnualEmissionLimit": "REGION,EMISSION,YEAR,VALUE\nR,E,2025,10\n",
    }
    for name, header, value in (
        ("ResidualCapacity", "TECHNOLOGY,YEAR", "2025,99"),
        ("VariableCost", "TECHNOLOGY,MODE_OF_OPERATION,YEAR", "1,2025,-1"),
        ("TotalTechnologyAnnualActivityUpperLimit", "TECHNOLOGY,YEAR", "2025,5"),
        ("EmissionActivityRatio", "TECHNOLOGY,EMISSION,MODE_OF_OPERATION,YEAR", "E,1,2025,1"),
    ):
        files[name] = f"REGION,{header},VALUE\n" + "".join(f"R,{t},{value}\n" for t in "xy")
    for name, words in files.items():
        (tmp_path / f"{name}.csv").write_text(words, encoding="utf8")
    return tmp_path
