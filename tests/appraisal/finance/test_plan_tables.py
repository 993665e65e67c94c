"""The file of financial assumptions, and the criteria computed from it."""

from datetime import date

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.finance.appraisal import worth
from fansipan.appraisal.finance.plan_tables import COMPUTED, computed, read_plans
from fansipan.errors import InvalidInput

HEAD = (
    "alternative,start,years,capital_1,capital_2,volume,price,inputs,ramp_1,ramp_2,debt,debt_years,preferred,discount\n"
)
ROW = "A,2024-07-01,10,60,40,10,10,4,50,80,60,5,có,11\n"


@pytest.fixture
def plans(tmp_path):
    def read(words):
        path = tmp_path / "finance.csv"
        path.write_text(words, encoding="utf8")
        return read_plans(path)

    return read


def test_percents_become_shares_and_steps_tuples(plans):
    plan = plans(HEAD + ROW)["A"]
    assert (plan.start, plan.capital, plan.ramp_up) == (date(2024, 7, 1), (60, 40), (0.5, 0.8))
    assert (plan.debt, plan.discount, plan.preferred, plan.life) == (0.6, 0.11, True, 10)


def test_year_without_capital_between_two_is_kept(plans):
    head = "alternative,start,years,capital_1,capital_2,capital_3,volume,price\n"
    assert plans(head + "A,2024-07-01,5,10,,20,1,1\n")["A"].capital == (10, 0, 20)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A,2024-07-01,0,60,40,10,10,4,50,80,60,5,có,11\n", "years"),
        ("A,2024-07-01,10,60,40,10,10,4,150,80,60,5,có,11\n", "ramp_1"),
        ("A,hôm qua,10,60,40,10,10,4,50,80,60,5,có,11\n", "start"),
        ("A,2024-07-01,10,60,40,10,10,4,50,80,60,,có,11\n", "debt"),
        ("A,2024-07-01,10,0,,10,10,4,50,80,0,5,có,11\n", "capital"),
    ],
)
def test_faults_with_row_and_column(plans, row, column):
    with pytest.raises(InvalidInput) as caught:
        plans(HEAD + row)
    assert (2, column) in {(fault.place.row, fault.place.column) for fault in caught.value.faults}


def test_every_computed_figure(plans):
    plan = plans(HEAD + ROW)["A"]
    found = computed(plan)
    assert set(found) == set(COMPUTED)
    assert found["irr"] == pytest.approx(worth(plan).irr * 100)
    assert found["jobs"] == 0
    assert found["value_added_per_job"] is None


def test_criterion_computed_from_the_assumptions(folder):
    decision = read_decision(
        folder("alternative,irr\nA,\nB,12.5\n", "criterion,direction,computed\nirr,max,irr\n", finance=HEAD + ROW)
    )
    assert decision.figures[0, 0] == pytest.approx(worth(decision.plans["A"]).irr * 100)
    assert decision.figures[1, 0] == 12.5


def test_unknown_computed_figure_and_unknown_applicant(folder):
    with pytest.raises(InvalidInput, match="cannot be computed"):
        read_decision(folder("alternative,x\nA,1\n", "criterion,direction,computed\nx,max,luck\n"))
    with pytest.raises(InvalidInput, match="Z"):
        read_decision(
            folder("alternative,x\nA,1\n", "criterion,direction\nx,max\n", finance=HEAD + ROW.replace("A", "Z"))
        )
