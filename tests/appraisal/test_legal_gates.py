"""The law's gates: each with its figure, its article and what cures it."""

from datetime import date

import pytest

from fansipan.appraisal.decision.law import figure
from fansipan.appraisal.decision.legal_gates import deposit_due, legal_refusals
from fansipan.errors import NotFound

ON = date(2024, 6, 20)
BLANK = dict.fromkeys(("capital", "equity", "deposit", "technology", "environment_group", "industry", "land"))
PLACE = {
    "zone": "CCN-1",
    "name": "Cụm thử",
    "land_left": 20.0,
    "largest_plot": 12.0,
    "environment_groups": "III|IV",
    "trades": "25, 26, 27",
    "equity_share": None,
}


def refused(on=ON, place=PLACE, **application):
    return list(legal_refusals(BLANK | application, place, on))


@pytest.mark.parametrize(("capital", "due"), [(0, 0), (100, 3), (300, 9), (500, 13), (1000, 23), (2500, 38)])
def test_deposit_by_slices_of_capital(capital, due):
    assert deposit_due(capital, ON) == pytest.approx(due)


def test_no_deposit_where_no_law_is_carried():
    assert deposit_due(100, date(2019, 1, 1)) is None
    assert refused(on=date(2019, 1, 1), capital=100.0, deposit=0.0) == []


def test_deposit_short_of_what_is_due():
    (refusal,) = refused(capital=500.0, deposit=10.0)
    assert "13 billion due on a capital of 500" in refusal.message("en")
    assert refusal.advice("vi") == "Nộp thêm 3 tỷ đồng ký quỹ hoặc bảo lãnh."
    assert "31/2021" in refusal.cited("en")


@pytest.mark.parametrize(
    ("application", "code"),
    [
        ({"technology": "prohibited"}, "gate.technology"),
        ({"environment_group": "I"}, "gate.environment"),
        ({"land": 30.0}, "gate.land"),
        ({"land": 15.0}, "gate.plot"),
        ({"industry": "2011"}, "gate.trade"),
        ({"capital": 100.0, "equity": 19.0}, "gate.equity"),
    ],
)
def test_each_gate(application, code):
    (refusal,) = refused(**application)
    assert refusal.code == code
    assert refusal.advice("vi")
    assert refusal.advice("en")


@pytest.mark.parametrize(
    "application",
    [
        {},
        {"technology": "restricted"},
        {"environment_group": "IV"},
        {"land": 12.0},
        {"industry": "2610"},
        {"capital": 100.0, "equity": 20.0},
        {"capital": 500.0, "deposit": 13.0},
        {"capital": 100.0, "equity": 16.0, "land": 20.0, "place": PLACE | {"land_left": 99.0, "largest_plot": 99.0}},
    ],
)
def test_what_passes(application):
    assert refused(**application) == []


def test_zone_may_ask_more_equity_than_the_law_and_then_no_law_is_cited():
    (refusal,) = refused(place=PLACE | {"equity_share": 30.0}, capital=100.0, equity=25.0)
    assert (refusal.cited("en"), "below 30 %" in refusal.message("en")) == ("", True)
    assert "5 billion" in refusal.advice("en")


def test_without_a_place_only_what_the_law_says_of_the_project_itself():
    assert refused(place=None, land=500.0, environment_group="I", industry="0710") == []


def test_figures_of_the_law_by_date():
    assert figure("investor.equity.small", date(2024, 7, 31)).decree == "43/2014/NĐ-CP"
    assert figure("investor.equity.small", date(2024, 8, 1)).decree == "31/2024/QH15"
    assert figure("cluster.score.least", ON).figure == 50
    with pytest.raises(NotFound):
        figure("investor.shoe-size", ON)
