"""What must hold of the law's tests whatever the figures: more land taken never hurts, a verdict has one reading."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import Refused
from fansipan.zones import law
from fansipan.zones.situation import Situation

HECTARES = st.floats(0, 90).map(lambda x: round(x, 2))
DAYS = st.dates(date(2024, 5, 1), date(2027, 12, 31))
FACT = st.sampled_from([True, False, None])


@given(DAYS, HECTARES, HECTARES, HECTARES, st.floats(0, 30).map(lambda x: round(x, 2)))
def test_leasing_more_land_never_turns_an_expansion_down(on, industrial, leased, left_approved, more):
    industrial = max(industrial, leased + left_approved + more) + 1
    facts = {"area": 60.0, "developer": True, "industrial": industrial, "approved": left_approved, "demand": 0.0,
             "infrastructure_working": True}  # fmt: skip
    before = law.test("cluster.expand", Situation(leased=leased, **facts), on).outcome
    after = law.test("cluster.expand", Situation(leased=leased + more, **facts), on).outcome
    assert not (before == "met" and after == "not-met")


@given(DAYS, FACT, FACT, st.one_of(st.none(), st.just(0), st.just(2)))
def test_learning_a_fact_never_turns_one_verdict_into_its_opposite(on, listed, developer, existing):
    known = Situation(listed=listed, developer=developer, existing=existing)
    found = law.test("cluster.establish", known, on)
    full = Situation(listed=bool(listed), developer=bool(developer), existing=existing)
    more = law.test("cluster.establish", full, on)
    if found.outcome == "not-met":
        assert more.outcome == "not-met"
    if found.outcome == "met":
        assert more.outcome == "met"


@given(st.dates(date(2015, 1, 1), date(2028, 12, 31)), HECTARES)
def test_every_day_gives_a_verdict_or_a_refusal_in_words(on, area):
    for rule in law.RULES:
        outcome, told = answered(rule, Situation(area=area), on)
        assert outcome in ("met", "not-met", "waived", "undecided", "norm.no-regime")
        assert told


def answered(rule: str, facts: Situation, on: date) -> tuple[str, str]:
    """The outcome, or the code of the refusal, and its words."""
    try:
        found = law.test(rule, facts, on)
    except Refused as refusal:
        return refusal.code, refusal.describe("vi")
    return found.outcome, found.lines("vi")[0]


@given(st.dates(date(2024, 5, 1), date(2026, 12, 30)), HECTARES)
def test_the_size_test_changes_only_with_a_regime(on, area):
    facts = Situation(area=area, mountain=False, craft_village=False)
    today, tomorrow = (law.test("cluster.size", facts, day).outcome for day in (on, on + timedelta(days=1)))
    if on != date(2026, 9, 14):
        assert today == tomorrow
