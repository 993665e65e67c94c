"""The law's tests against a second, plainer telling of the same articles, on facts and days drawn at random.

The oracle knows nothing of verdicts, norms or fractions: it is the article read aloud, in whole hundredths.
"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from fansipan.zones.law import tests as law
from fansipan.zones.law.situation import Situation

D32, D303 = date(2024, 5, 1), date(2026, 9, 15)
DAYS = st.one_of(
    st.sampled_from([date(2024, 4, 30), D32, date(2025, 6, 30), date(2025, 7, 1), date(2026, 9, 14), D303]),
    st.dates(date(2017, 7, 15), date(2027, 12, 31)),
)
# Areas in hundredths of a hectare, so that bounds are hit exactly and often.
EDGES = st.sampled_from([0, 499, 500, 999, 1000, 4999, 5000, 5001, 7499, 7500, 7501, 9999, 10000, 10001])
AREAS = st.one_of(EDGES, st.integers(0, 40000))


def hectares(hundredths: int) -> float:
    return hundredths / 100


@given(DAYS, AREAS, st.booleans(), st.booleans())
def test_size(on, area, mountain, craft):
    found = law.test(
        "cluster.size",
        Situation(area=hectares(area), mountain=mountain, mountain_decided=True, craft_village=craft),
        on,
    )
    least = 0 if on < D32 else 500 if on >= D303 or mountain or craft else 1000
    assert (found.outcome == "met") == (least <= area <= 7500)


@settings(max_examples=300)
@given(
    DAYS,
    st.booleans(),
    st.booleans(),
    st.integers(1, 40000),
    AREAS,
    AREAS,
    st.sampled_from(["", "high-tech", "ecological"]),
)
def test_establish(on, listed, developer, industrial, leased, approved, character):
    leased = min(leased, industrial)
    approved = min(approved, industrial - leased)
    facts = Situation(
        listed=listed,
        planned_use=True,
        averaging_area="commune",
        developer=developer,
        existing=2,
        existing_industrial=hectares(industrial),
        existing_leased=hectares(leased),
        existing_approved=hectares(approved),
        character=character,
    )
    filled = 2 * (leased + approved) > industrial
    unleased = industrial - leased
    room = unleased < 5000 if on < D32 else unleased <= 10000 if on < D303 else unleased <= 5000
    freed = on >= D303 and character in ("high-tech", "ecological")
    assert (law.test("cluster.establish", facts, on).outcome == "met") == (
        listed and developer and (filled or room or freed)
    )


@settings(max_examples=300)
@given(
    st.dates(D32, date(2027, 12, 31)), AREAS, st.booleans(), st.booleans(), st.integers(1, 7500), AREAS, AREAS, AREAS
)
def test_expand(on, area, developer, working, industrial, leased, approved, demand):
    leased = min(leased, industrial)
    approved = min(approved, industrial - leased)
    facts = Situation(
        asked_area=hectares(area),
        established=date(2020, 1, 1),
        developer=developer,
        infrastructure_working=working,
        industrial=hectares(industrial),
        leased=hectares(leased),
        approved=hectares(approved),
        demand=hectares(demand),
    )
    taken = leased + approved
    if on < D303:
        enough = 100 * taken >= 60 * industrial or demand > industrial - taken
    else:
        enough = 100 * taken >= 50 * industrial or demand > industrial - taken
    assert (law.test("cluster.expand", facts, on).outcome == "met") == (
        area <= 7500 and developer and working and enough
    )


@given(st.dates(D32, date(2027, 12, 31)), st.integers(1, 7500), st.integers(0, 7500))
def test_shares_and_excess(on, whole, part):
    part = min(part, whole)
    services = law.test("cluster.services_share", Situation(area=hectares(whole), services=hectares(part)), on)
    assert (services.outcome == "met") == (10 * part <= whole)
    crafts = Situation(craft_village=True, industrial=hectares(whole), craft=hectares(part))
    assert (law.test("cluster.craft_share", crafts, on).outcome == "met") == (
        100 * part >= (60 if on >= D303 else 75) * whole
    )
    excess = law.test("cluster.plan_excess", Situation(area=hectares(whole), planned=hectares(part)), on)
    assert (excess.outcome == "met") == (whole - part <= 500)


@given(st.dates(date(2022, 7, 15), date(2027, 12, 31)), st.integers(1, 100000), st.integers(0, 100000))
def test_parks(on, whole, part):
    part = min(part, whole)
    for character, least in (("specialised", 60), ("high-tech", 30)):
        facts = Situation(character=character, industrial=hectares(whole), trade=hectares(part))
        assert (law.test("park.trade_share", facts, on).outcome == "met") == (100 * part >= least * whole)
    support = law.test("park.support_land", Situation(industrial=hectares(whole), support=hectares(part)), on)
    assert (support.outcome == "met") == (part >= 500 or 100 * part >= 3 * whole)
    housing = law.test("park.housing_share", Situation(parks_area=hectares(whole), parks_housing=hectares(part)), on)
    assert (housing.outcome == "met") == (50 * part >= whole)


FACTS = {
    "asked_area": 50.0,
    "developer": True,
    "infrastructure_working": True,
    "industrial": 40.0,
    "leased": 30.0,
    "approved": 0.0,
}


@given(st.sets(st.sampled_from(sorted(FACTS)), min_size=1))
def test_a_fact_taken_away_never_turns_not_met_into_met_nor_is_it_taken_for_no(gone):
    known = {name: value for name, value in FACTS.items() if name not in gone}
    found = law.test("cluster.expand", Situation(**known), D32)
    assert found.outcome == "undecided"
    assert gone <= {*found.all_missing(), "demand"}
