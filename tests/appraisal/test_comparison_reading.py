"""Pairwise comparisons in a decision folder: ratios as judges write them, each judge's consistency, all combined."""

import pytest

from fansipan.appraisal.criteria.comparison_reading import parse_ratio
from fansipan.appraisal.decision.reading import read_decision
from fansipan.errors import InvalidInput

ROWS = "alternative,a,b,c\nA,1,9,4\nB,5,5,3\nC,9,2,1\n"
FREE = "criterion,direction\na,max\nb,max\nc,max\n"
HEAD = "judge,criterion,other,ratio\n"
SOUND = "Lan,a,b,2\nLan,a,c,4\nLan,b,c,2\n"
CROSSED = "Minh,a,b,9\nMinh,a,c,1/5\nMinh,b,c,5\n"


@pytest.mark.parametrize(
    ("written", "ratio"),
    [("3", 3), ("1/5", 0.2), ("1 / 3", 1 / 3), ("0,25", 0.25), ("1:4", 0.25), ("2/3", 2 / 3), (7.0, 7), (" 9 ", 9)],
)
def test_ratios_as_judges_write_them(written, ratio):
    assert parse_ratio(written) == pytest.approx(ratio)


@pytest.mark.parametrize("written", ["0", "-3", "1/0", "a", "", "1/2/3", 0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_ratio(written):
    assert parse_ratio(written) is None


def test_consistent_comparisons_give_the_weights_they_were_made_from(folder):
    decision = read_decision(folder(ROWS, FREE, comparisons=HEAD + SOUND))
    assert decision.tree.weights().tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    (one,) = decision.consistency
    assert (one.judge, one.group, one.acceptable, one.worst) == ("Lan", None, True, None)
    assert one.ratio == pytest.approx(0, abs=1e-12)
    assert one.weights == pytest.approx({"a": 4 / 7, "b": 2 / 7, "c": 1 / 7})


def test_each_judge_and_all_together_are_told(folder):
    decision = read_decision(folder(ROWS, FREE, comparisons=HEAD + SOUND + CROSSED))
    assert [one.judge for one in decision.consistency] == ["Lan", "Minh", None]
    sound, crossed, both = decision.consistency
    assert sound.acceptable
    assert not crossed.acceptable
    assert crossed.worst == ("a", "b", 9, pytest.approx(0.2 / 5))
    assert 0 < both.ratio < crossed.ratio
    told = " ".join(note.line("vi") for note in decision.notes)
    assert "So sánh cặp của Minh chưa nhất quán" in told
    assert "chấm 9,00" in told  # decimals as Vietnamese writes them
    assert "gộp" in told


def test_the_json_carries_them(appraise):
    status, told, _ = appraise(alternatives=ROWS, criteria=FREE, comparisons=HEAD + SOUND + CROSSED)
    assert status == 0
    assert [one["judge"] for one in told["comparisons"]] == ["Lan", "Minh", None]
    assert told["comparisons"][1]["worst"] == {
        "criterion": "a",
        "other": "b",
        "given": 9.0,
        "implied": pytest.approx(0.04),
    }
    assert [one["acceptable"] for one in told["comparisons"]][:2] == [True, False]


def test_weights_beside_comparisons_are_not_used_and_that_is_told(folder):
    criteria = "criterion,weight,direction\na,1,max\nb,1,max\nc,98,max\n"
    decision = read_decision(folder(ROWS, criteria, comparisons=HEAD + SOUND))
    assert decision.tree.weights()[0] == pytest.approx(4 / 7)
    assert [note.code for note in decision.notes] == ["comparisons.over-weights"]


def test_groups_are_compared_on_their_own(folder):
    criteria = "criterion,parent,weight,direction\ng,,60,max\nc,,40,max\na,g,,max\nb,g,,max\n"
    decision = read_decision(folder(ROWS, criteria, comparisons=HEAD + "Lan,a,b,3\n"))
    assert decision.tree.weights().tolist() == pytest.approx([0.4, 0.45, 0.15])
    assert decision.consistency[0].group == "g"


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ("Lan,a,b,0\n", "comparisons.ratio", 2),
        ("Lan,a,b,3\nLan,a,c,gấp đôi\n", "comparisons.ratio", 3),
        ("Lan,a,b,3\nLan,a,z,3\n", "comparisons.not-siblings", 3),
        ("Lan,a,b,3\n", "comparisons.absent", None),
    ],
)
def test_faults_with_their_row(folder, rows, code, row):
    with pytest.raises(InvalidInput) as caught:
        read_decision(folder(ROWS, FREE, comparisons=HEAD + rows))
    fault = next(fault for fault in caught.value.faults if fault.code == code)
    assert (fault.place.file, fault.place.row) == ("comparisons.csv", row)
