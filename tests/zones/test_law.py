"""The law's tests, article by article and date by date, as cases that an official can read and add to."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from fansipan.errors import NotFound, Refused
from fansipan.texts import LANGUAGES, catalogue
from fansipan.zones.law import tests as law
from fansipan.zones.law.situation import FACTS, Situation, exact

FOLDER = Path(__file__).parents[1] / "cases" / "zones_law"
CASES = [
    {**row, "file": path.stem}
    for path in sorted(FOLDER.glob("*.csv"))
    for row in csv.DictReader(path.read_text(encoding="utf8").splitlines())
]


def fact(written: str) -> float | bool | str:
    if written in ("true", "false"):
        return written == "true"
    try:
        return float(written)
    except ValueError:
        return written


def situation(row: dict[str, str]) -> Situation:
    return Situation(**{name: fact(row[name]) for name in FACTS if row.get(name)})


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['file']}: {row['case']}")
def test_case(row):
    on = date.fromisoformat(row["on"])
    if row["outcome"] == "refused":
        with pytest.raises(Refused, match=r"No figure .* is carried as in force on"):
            law.test(row["rule"], situation(row), on)
        return
    found = law.test(row["rule"], situation(row), on)
    assert (found.outcome, found.certainty) == (row["outcome"], row["certainty"]), "\n".join(found.lines("en"))
    assert row["article"] in found.articles or not row["article"]


def test_there_are_at_least_sixty_cases_of_every_outcome():
    outcomes = Counter(row["outcome"] for row in CASES)
    assert len(CASES) >= 60
    assert set(outcomes) == {"met", "not-met", "undecided", "waived", "refused"}
    assert {row["rule"] for row in CASES} == set(law.RULES)


def test_a_verdict_says_figures_article_and_certainty():
    facts = Situation(
        listed=True,
        planned_use=True,
        developer=True,
        existing=2,
        existing_industrial=315.99,
        existing_leased=289.27,
        existing_approved=0.0,
    )
    english = "\n".join(law.test("cluster.establish", facts, date(2024, 5, 20)).lines("en"))
    assert "Conditions of establishing the cluster: met. All of:" in english
    assert "91.54% against > 50%; Decree 32/2024/NĐ-CP, Art. 8.1.c." in english
    assert "26.72 ha against ≤ 100 ha" in english
    vietnamese = "\n".join(law.test("cluster.establish", facts, date(2024, 4, 30)).lines("vi"))
    assert "91,54% so với > 50%; Nghị định 68/2017/NĐ-CP; 66/2020/NĐ-CP (theo trí nhớ, cần xác nhận)." in vietnamese


def test_a_verdict_names_what_is_not_known():
    found = law.test(
        "cluster.expand", Situation(asked_area=70.0, industrial=50.0, leased=20.0, approved=0.0), date(2024, 5, 1)
    )
    assert found.all_missing() == ("developer", "demand", "infrastructure_working")
    assert "còn thiếu: nhu cầu thuê đất" in "\n".join(found.lines("vi"))


def test_a_verdict_as_plain_data():
    plain = law.test("cluster.size", Situation(area=80.0, mountain=True), date(2024, 5, 1)).as_dict("vi")
    assert (plain["outcome"], plain["certainty"], plain["articles"]) == ("not-met", "sure", ["32/2024/NĐ-CP 2.1"])
    assert plain["parts"][0]["figure"] == 80.0
    assert plain["parts"][0]["bound"] == 75.0


def test_what_the_summary_did_not_say_is_told():
    facts = Situation(listed=True, planned_use=True, developer=True, existing=0)
    said = "\n".join(law.test("cluster.establish", facts, date(2026, 10, 1)).lines("en"))
    assert "does not mention it" in said


def test_what_the_province_has_yet_to_decide_is_named():
    facts = Situation(area=7.0, mountain=True, craft_village=False, listed=True, planned_use=True, developer=True)
    size = law.test("cluster.size", facts, date(2025, 7, 1))
    establish = law.test("cluster.establish", facts, date(2025, 7, 1))
    assert (size.outcome, size.all_missing()) == ("undecided", ("mountain_decided",))
    assert (establish.outcome, establish.all_missing()) == ("undecided", ("averaging_area",))
    assert "quyết định của UBND tỉnh" in "\n".join(establish.lines("vi"))


def test_a_small_cluster_from_before_the_decree_is_no_fault():
    def size(day):
        return law.test("cluster.size", Situation(area=3.5, mountain=True, established=day), date(2024, 6, 1)).outcome

    assert (size(date(2024, 4, 30)), size(date(2024, 5, 1)), size(None)) == ("met", "not-met", "not-met")


def test_a_cluster_from_before_the_decision_of_2009_is_freed_of_the_works():
    def expand(day, on=date(2026, 9, 15)):
        facts = Situation(
            asked_area=70.0,
            developer=True,
            industrial=50.0,
            leased=40.0,
            approved=0.0,
            infrastructure_working=False,
            established=day,
        )
        return law.test("cluster.expand", facts, on).outcome

    assert (expand(date(2009, 10, 4)), expand(date(2009, 10, 5)), expand(None)) == ("met", "not-met", "undecided")
    assert expand(date(2009, 10, 4), on=date(2026, 9, 14)) == "not-met"


def test_an_unknown_rule_gives_the_nearest():
    with pytest.raises(NotFound, match=r"cluster\.expand"):
        law.test("cluster.expansion", Situation(), date(2024, 5, 1))


def test_rules_by_kind_of_zone():
    assert all(rule.startswith("cluster.") for rule in law.rules_of("cluster"))
    assert all(rule.startswith("park.") for rule in law.rules_of("park"))
    assert law.rules_of("economic-zone") == ()


def test_a_share_at_its_bound_is_exact():
    # 44.994 / 74.99 is exactly 60 %, which binary arithmetic misses by a hair
    assert 100 * exact(44.994) / exact(74.99) == Fraction(60)
    facts = Situation(
        asked_area=74.99,
        developer=True,
        industrial=74.99,
        leased=44.994,
        approved=0.0,
        demand=0.0,
        infrastructure_working=True,
    )
    assert law.test("cluster.expand", facts, date(2024, 5, 1)).outcome == "met"


def test_every_fact_and_rule_has_words():
    for name in FACTS:
        assert set(LANGUAGES) <= set(catalogue()[f"fact.{name}"])
    for rule in law.RULES:
        assert set(LANGUAGES) <= set(catalogue()[f"rule.{rule}"])
    with pytest.raises(KeyError):
        Situation().hectares("area")


def test_where_the_simple_mean_would_decide_otherwise_it_is_told():
    facts = Situation(
        listed=True,
        planned_use=True,
        developer=True,
        existing=2,
        existing_industrial=300.0,
        existing_leased=120.0,
        existing_approved=0.0,
        existing_mean=60.0,
    )
    found = law.test("cluster.establish", facts, date(2024, 5, 1))
    assert found.outcome == "not-met"
    assert "by the mean of the clusters' own rates the outcome would differ" in "\n".join(found.lines("en"))
    alike = Situation(**{name: getattr(facts, name) for name in FACTS} | {"existing_mean": 45.0})
    assert "would differ" not in "\n".join(law.test("cluster.establish", alike, date(2024, 5, 1)).lines("en"))


def test_a_zone_is_put_to_the_tests_of_what_it_may_do_next():
    assert law.rules_in_state("cluster", "listed") == ("cluster.size", "cluster.establish")
    assert law.rules_in_state("cluster", None) == ("cluster.size", "cluster.establish")
    assert law.rules_in_state("cluster", "operating") == ("cluster.expand", "cluster.services_share")
    assert law.rules_in_state("park", "planned") == ("park.establish",)
    assert law.rules_in_state("cluster", "withdrawn") == ()
    assert law.rules_in_state("economic-zone", "operating") == ()
    every = {
        rule
        for kind in ("cluster", "park")
        for state in ("listed", "operating")
        for rule in law.rules_in_state(kind, state)
    }
    assert every <= set(law.RULES)


def test_a_figure_never_prints_as_the_bound_that_it_is_not():
    facts = Situation(
        listed=True,
        planned_use=True,
        developer=True,
        existing=1,
        existing_industrial=400.0,
        existing_leased=200.004,
        existing_approved=0.0,
    )
    assert "50.001% against > 50%" in "\n".join(law.test("cluster.establish", facts, date(2024, 5, 1)).lines("en"))


def test_the_unit_averaged_over_is_said_with_its_own_certainty():
    facts = Situation(
        listed=True,
        planned_use=True,
        developer=True,
        existing=1,
        existing_industrial=60.0,
        existing_leased=40.0,
        existing_approved=0.0,
    )
    before, open_ = (law.test("cluster.establish", facts, on) for on in (date(2025, 6, 30), date(2025, 7, 1)))
    assert "averaged over the district" in "\n".join(before.lines("en"))
    assert (before.outcome, open_.outcome) == ("met", "undecided")
    assert "the provincial People's Committee's decision on the unit" in "\n".join(open_.lines("en"))
    decided = law.test("cluster.establish", replace(facts, averaging_area="commune"), date(2025, 7, 1))
    assert (decided.outcome, decided.certainty) == ("met", "sure")
    assert "averaged over the commune" in "\n".join(decided.lines("en"))


def test_a_size_of_which_only_the_largest_is_carried_says_so():
    found = law.test("cluster.size", Situation(area=4.99, mountain=False, craft_village=False), date(2024, 4, 30))
    assert found.outcome == "met"
    assert "chưa có số liệu về diện tích tối thiểu" in found.lines("vi")[0]


@pytest.mark.parametrize(
    ("asked_area", "outcome"), [(49.99, "undecided"), (50.0, "met"), (75.0, "met"), (75.01, "not-met")]
)
def test_an_area_asked_for_below_what_stands_is_a_question(asked_area, outcome):
    facts = Situation(
        area=50.0,
        asked_area=asked_area,
        developer=True,
        industrial=40.0,
        leased=40.0,
        approved=0.0,
        infrastructure_working=True,
    )
    found = law.test("cluster.expand", facts, date(2024, 5, 1))
    assert found.outcome == outcome
    assert ("write the whole area" in "\n".join(found.lines("en"))) == (outcome == "undecided")
