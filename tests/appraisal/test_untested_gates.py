"""Gates of the law that nobody could test are told: for whom, which, and what is lacking."""

from datetime import date

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.decision.untested_gates import untested_gates
from fansipan.appraisal.ranking.ranking import rank

ON = date(2024, 6, 20)
WHOLE = {
    "capital": 100.0,
    "equity": 30.0,
    "deposit": 3.0,
    "technology": "ordinary",
    "environment_group": "III",
    "industry": "2610",
    "land": 5.0,
}
PLACE = {"environment_groups": "III", "land_left": 20.0, "largest_plot": None, "trades": "26"}


def told(application=WHOLE, place=PLACE, on=ON):
    return [fault.message("en") for fault in untested_gates("A", application, place, on)]


def test_a_whole_application_leaves_nothing_untested():
    assert told() == []


@pytest.mark.parametrize(
    ("column", "gates"),
    [
        ("capital", ["the deposit", "equity"]),
        ("deposit", ["the deposit"]),
        ("technology", ["technology"]),
        ("equity", ["equity"]),
        ("environment_group", ["environment group and place"]),
        ("land", ["land"]),
        ("industry", ["trade"]),
    ],
)
def test_each_blank(column, gates):
    found = told(WHOLE | {column: None})
    assert [line.split(" could not")[0] for line in found] == [f"The gate on {gate}" for gate in gates]
    assert all("nothing is known of" in line for line in found)


def test_without_the_zone_its_conditions_are_not_known():
    assert [line.endswith("the zone's conditions are not known.") for line in told(place=None)] == [True] * 3


def test_a_zone_without_conditions_has_no_gates():
    assert told(WHOLE | {"land": None, "industry": None}, dict.fromkeys(PLACE)) == []


def test_a_day_whose_law_is_not_carried():
    assert told(on=date(2019, 1, 1)) == [
        "The gate on the deposit could not be tested for A: the law of the day is not carried."
    ]


def test_an_applicant_without_a_row():
    assert len(told(None)) == 6


def test_the_ranking_and_its_json_tell_them(folder):
    decision = read_decision(
        folder(
            heading="on = 2024-06-20\n",
            applications="alternative,capital,equity,deposit,technology\nA,100,30,3,ordinary\nB,100,30,,ordinary\n",
        )
    )
    ranking = rank(decision)
    by_name = {row["alternative"]: row for row in ranking.as_dict("vi")["alternatives"]}
    assert "Chưa xét được điều kiện ký quỹ của B: chưa có số liệu ký quỹ, bảo lãnh." in by_name["B"]["untested"]
    assert [len(by_name[name].get("untested", ())) for name in "ABC"] == [3, 4, 6]
    assert sum(message.code == "gate.untested" for message in ranking.messages) == 13
    assert all(row["rank"] for row in by_name.values())
