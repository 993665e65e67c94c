"""Finance as users see it: spreads from the folder or assumed, in the JSON and in words."""

from datetime import date

import pytest

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.finance.appraisal import worth
from fansipan.appraisal.finance.outlook import outlook
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.risk import NAMES
from fansipan.appraisal.finance.spreads import assumed_spreads, read_spreads
from fansipan.appraisal.ranking.dossier import outlooks
from fansipan.errors import InvalidInput
from fansipan.report.choice.sheets.finance_words import finance_pairs, sensitivity_rows, signed, simulated_words

PLAN = Plan(
    date(2024, 1, 1),
    (100.0,),
    8,
    volume=10,
    price=10,
    inputs=4,
    fixed=10,
    wages=5,
    debt=0.5,
    interest=0.08,
    debt_years=5,
    jobs=50,
    land=3,
)
FINANCE = "alternative,start,years,capital_1,volume,price,inputs\nA,2024-01-01,8,100,10,6,1\nB,2024-01-01,8,90,10,5,1\n"


@pytest.fixture
def spreads(tmp_path):
    def read(words):
        path = tmp_path / "finance_spread.csv"
        path.write_text("alternative,driver,low,high\n" + words, encoding="utf8")
        return read_spreads(path, ("A", "B"))

    return read


def test_own_spreads_stand_over_those_for_all(spreads):
    found = spreads(",price,-10,5\nB,price,-20,0\nB,delay,0,2\n")
    assert found == {"A": {"price": (0.9, 1.05)}, "B": {"price": (0.8, 1.0), "delay": (0.0, 2.0)}}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",price,5,10\n", "must hold 1"),
        ("Z,price,-5,5\n", "Z is not in"),
        (",luck,-5,5\n", "delay"),
        (",price,,5\n", "lowest"),
    ],
)
def test_spreads_that_cannot_be_used_are_told_with_their_row(spreads, row, said):
    with pytest.raises(InvalidInput) as caught:
        spreads(row)
    assert caught.value.faults[0].place.row == 2
    assert said.lower() in caught.value.faults[0].line("en").lower()


def test_assumed_spreads_cover_every_driver_and_hold_the_plan():
    found = assumed_spreads()
    assert set(found) == set(NAMES)
    assert all(low <= (0 if name == "delay" else 1) <= high for name, (low, high) in found.items())


def test_a_simulation_without_spread_is_the_plan_and_the_seed_decides():
    certain = outlook(PLAN, {}, assumed=False, draws=50)
    assert certain.simulated["npv_low"] == pytest.approx(worth(PLAN).npv)
    one, same, other = (outlook(PLAN, assumed_spreads(), assumed=True, draws=300, seed=seed) for seed in (1, 1, 2))
    assert one.simulated == same.simulated != other.simulated


def test_as_dict_is_plain_and_whole():
    found = outlook(PLAN, {"price": (0.8, 1.1)}, assumed=False, draws=400, fit=Fit("new", True, 2027, 12.5)).as_dict()
    assert found["npv"] == worth(PLAN).npv
    assert {row["driver"] for row in found["sensitivity"]} == set(NAMES)
    assert found["simulation"]["spreads"] == {"price": (0.8, 1.1)}
    assert found["simulation"]["importance"]["price"] == pytest.approx(1)
    view = found["province"]
    assert (view["group"], view["planned"], view["in_use"], view["plan_value"]) == ("new", True, 2027, 12.5)
    assert view["land_per_value_added"] == pytest.approx(3 / 60)


def test_the_folder_gives_the_finance_of_each(folder):
    decision = read_decision(folder("alternative,x\nA,1\nB,2\n", "criterion,direction\nx,max\n", finance=FINANCE))
    found = outlooks(decision, draws=200)
    assert list(found) == ["A", "B"]
    assert all(own.assumed for own in found.values())
    given = read_decision(folder(finance=FINANCE, finance_spread="driver,low,high\nprice,-5,5\n"))
    assert [own.spreads for own in outlooks(given, draws=50).values()] == [{"price": (0.95, 1.05)}] * 2


def test_json_has_finance_where_it_was_given_and_only_there(appraise):
    _, _, rows = appraise(finance=FINANCE)
    assert rows["A"]["finance"]["npv"] > rows["A"]["finance"]["simulation"]["npv_low"]
    assert rows["A"]["finance"]["payback"] > 1
    assert "finance" not in rows["C"]


def test_words_of_sensitivity_and_simulation():
    own = outlook(PLAN, {"price": (0.7, 1.1), "delay": (0.0, 1.0)}, assumed=True, draws=500, fit=Fit("priority", False))
    drivers = [row[0] for row in sensitivity_rows(own, "vi")]
    assert drivers[0] == "Giá bán" or drivers[0] == "Sản lượng"
    words = " ".join(simulated_words(own, "vi"))
    assert "500 lần rút" in words
    assert "giá bán -30,0% … +10,0%; chậm tiến độ (năm) 0,0 … 1,0" in words.replace("−", "-")
    pairs = dict(finance_pairs(own, "vi"))
    assert (pairs["sheet.finance.group"], pairs["sheet.finance.planned"]) == ("ưu tiên", "không xây dựng")
    assert "sheet.finance.plan-value" not in pairs


@pytest.mark.parametrize(("change", "words"), [(0.25, "+25,0%"), (None, "–")])
def test_changes_with_their_sign(change, words):
    assert signed(change, "vi").replace("-", "–").replace("—", "–").replace("…", "–") == words
