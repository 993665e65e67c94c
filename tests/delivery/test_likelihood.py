"""Chances of promises with days: the delays they are drawn from, shared draws, what cannot be told (Rule D27)."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from fansipan.delivery.targets.evaluation import evaluate
from fansipan.delivery.targets.likelihood import DRAWN, drawn_parts, promise_chances
from fansipan.delivery.targets.pipeline import candidates
from fansipan.delivery.targets.schedule import standing
from fansipan.errors import NotFound, Refused
from fansipan.examples.laocai import build
from fansipan.indicators import Scope
from fansipan.scenario.baseline.commissioning import DAYS_A_MONTH, delays_of

ON = date(2024, 5, 31)
START = date(2024, 1, 1)
ENDS = [date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)]
PROVINCE = Scope("province", "10")


@pytest.fixture(scope="module")
def province():
    return build()


def test_a_programme_is_kept_as_often_as_past_delays_leave_room(province):
    [found] = drawn_parts(province, ON, "programme-submitted", Scope("programme", "mh-de-an"), START, ENDS).values()
    known = province.known_on(ON)
    [last] = [s.forecast for s in standing(known["programme_steps"], "mh-de-an", ON) if s.kind == "submission"]
    late = delays_of(known["milestones"]) * DAYS_A_MONTH
    for at, end in enumerate(ENDS):
        assert found[:, at].mean() == pytest.approx((late <= (end - last).days).mean(), abs=0.02)


def test_zones_in_procedure_are_added_to_those_that_exist(province):
    [found] = drawn_parts(province, ON, "clusters", PROVINCE, START, ENDS).values()
    known = province.known_on(ON)
    zones = known["zones"].filter(pl.col("kind") == "cluster")["zone"].to_list()
    moving = [c for c in candidates(known, zones, "cluster", ON) if c.state in ("proposed", "appraised")]
    assert found.max() - found.min() <= len(moving)
    assert (np.diff(found, axis=1) >= 0).all()


def test_units_add_up_and_share_the_draws_of_the_whole(province):
    parts = drawn_parts(province, ON, "clusters", Scope("areas", "all"), START, ENDS, paths=300)
    [whole] = drawn_parts(province, ON, "clusters", PROVINCE, START, ENDS, paths=300).values()
    assert len(parts) == 9
    assert np.array_equal(sum(parts.values()), whole)


def test_the_same_seed_gives_the_same_draws_and_another_gives_others(province):
    asked = (province, ON, "programme-submitted", Scope("programme", "mh-de-an"), START, ENDS)
    [one], [same], [other] = (drawn_parts(*asked, paths=200, seed=seed).values() for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_what_is_done_stays_done(province):
    steps = province["programme_steps"]
    done = steps.filter(pl.col("programme") == "mh-de-an").with_columns(done_on=pl.lit(date(2024, 5, 1)))
    finished = province.replace(programme_steps=pl.concat([steps.filter(pl.col("programme") != "mh-de-an"), done]))
    [found] = drawn_parts(finished, ON, "programme-submitted", Scope("programme", "mh-de-an"), START, ENDS).values()
    assert found.all()


def test_a_chance_is_not_told_where_a_zone_not_begun_could_still_come(province):
    assert promise_chances(province, ON).is_empty()
    late = promise_chances(province, date(2024, 12, 20))
    assert set(late["item"]) >= {"clusters-2024", "clusters-2024-all-units"}
    assert late.filter(pl.col("item") == "clusters-2024")["chance"].to_list() == [0.0]
    assert "clusters-2030" not in late["item"].to_list()


def test_a_target_on_a_programme_has_its_chance_and_its_verdict_from_it(province):
    own = (
        province["targets"]
        .filter(pl.col("target") == "scheme-2024")
        .with_columns(target=pl.lit("own"), scope=pl.lit("mh-de-an"))
    )
    asked = province.replace(targets=pl.concat([province["targets"], own]))
    found = promise_chances(asked, ON).row(0, named=True)
    assert (found["item"], found["value"]) == ("own", 1.0)
    assert 0 < found["chance"] < 1
    [verdict] = evaluate(asked, ON, only=("own",), chances={"own": found["chance"]})
    assert verdict.basis == "forecast"


@pytest.mark.parametrize(("chance", "verdict"), [(0.95, "on-track"), (0.6, "at-risk"), (0.1, "off-track")])
def test_the_chance_of_a_direction_decides_before_its_day(province, chance, verdict):
    [found] = evaluate(province, ON, only=("mining-share",), chances={"mining-share": chance})
    assert (found.verdict, found.basis) == (verdict, "forecast")
    assert f"{100 * chance:.0f}" in found.evidence[-1].sentence("vi")
    [plain] = evaluate(province, ON, only=("mining-share",))
    assert plain.basis == "direction"


@pytest.mark.parametrize(
    ("name", "scope", "error", "words"),
    [
        ("clocks-kept", PROVINCE, NotFound, "clusters"),
        ("parks", PROVINCE, Refused, "mh-kcn-1"),
        ("programme-done", Scope("programme", "nothing"), Refused, "nothing"),
    ],
)
def test_what_has_no_days_is_refused(province, name, scope, error, words):
    with pytest.raises(error, match=words):
        drawn_parts(province, ON, name, scope, START, ENDS)
    assert name not in DRAWN or name in ("parks", "programme-done")


def test_what_was_recorded_later_does_not_count(province):
    early = date(2024, 3, 31)
    known = province.known_on(early)
    asked = (early, "programme-submitted", Scope("programme", "mh-de-an"), START, ENDS)
    [whole], [cut] = (drawn_parts(p, *asked).values() for p in (province, known))
    assert np.array_equal(whole, cut)


def test_before_any_clock_is_carried_a_zone_under_way_has_no_day(province):
    with pytest.raises(Refused, match="mh-ccn-1"):
        drawn_parts(province, date(2024, 3, 31), "clusters", PROVINCE, START, ENDS)
