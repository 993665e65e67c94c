"""What a council must be told by name: late marks, idle proposals, slips and opposition in comparisons."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.appraisal.criteria.comparison_reading import with_comparisons
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import METHODS, rank

ROWS = "alternative\nA\nB\n"
ONE = "criterion,direction,scale\nx,max,0-10\n"
ON = date(2024, 6, 20)


@pytest.mark.parametrize(
    ("days", "clock", "late"),
    [(-1, "23:59:59", False), (0, "23:59:59", False), (1, "00:00:00", True), (400, "08:00:00", True)],
)
def test_a_mark_dated_after_the_decision(folder, days, clock, late):
    marks = f"judge,alternative,criterion,mark,given\nMinh,A,x,5,{ON + timedelta(days)} {clock}\nMinh,B,x,6,\n"
    notes = read_decision(folder(ROWS, ONE, heading=f"on = {ON}\n", marks=marks)).notes
    found = [note.message("vi") for note in notes if note.code == "marks.after-decision"]
    assert len(found) == late
    assert all("Minh" in line and "20/06/2024" in line and clock in line for line in found)


def test_a_late_mark_that_does_not_count_is_not_told(folder):
    marks = "judge,alternative,criterion,mark,given\nMinh,A,x,5,2024-06-25\nMinh,B,x,6,\nLan,A,x,5,\nLan,B,x,5,\n"
    files = {"marks": marks, "conflicts": "judge,alternative\nMinh,A\n", "heading": f"on = {ON}\n"}
    assert "marks.after-decision" not in {note.code for note in read_decision(folder(ROWS, ONE, **files)).notes}


GATED = "alternative,x\nA,9\nB,7\nC,7\nD,1\n"
GATE = "criterion,direction,scale,gate\nx,max,0-10,>=5\n"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("chair", "code"),
    [
        ("A", None),
        ("B", "appraisal.proposed-behind"),
        ("D", "appraisal.proposed-refused"),
        ("E", "appraisal.proposed-unknown"),
        ("", None),
    ],
)
def test_a_proposal_of_the_chair_that_cannot_count(folder, method, chair, code):
    ranking = rank(read_decision(folder(GATED, GATE, heading=f'chair_proposes = "{chair}"\n')), method, draws=200)
    assert ranking.selected == "A"
    said = [message for message in ranking.messages if message.code.startswith("appraisal.proposed")]
    assert [message.code for message in said] == ([code] if code else [])
    assert all(chair in message.message(lang) for message in said for lang in ("vi", "en"))


def test_a_refused_bidder_proposed_on_a_tie_or_where_none_is_left(folder):
    tied = rank(read_decision(folder(GATED.replace("A,9", "A,7"), GATE, heading='chair_proposes = "D"\n')))
    assert tied.selected is None
    assert {"appraisal.tie", "appraisal.proposed-refused"} <= {message.code for message in tied.messages}
    none = rank(read_decision(folder("alternative,x\nD,1\n", GATE, heading='chair_proposes = "D"\n')))
    (said,) = [message for message in none.messages if message.code == "appraisal.proposed-refused"]
    assert "≥ 5" in said.message("en")


COMPARED = "judge,criterion,other,ratio\n"
TREE = "criterion,direction\nx,max\ny,max\nz,max\n"
FIGURES = "alternative,x,y,z\nA,1,2,3\nB,3,2,1\n"


def notes_of(folder, comparisons, criteria=TREE, rows=FIGURES):
    return read_decision(folder(rows, criteria, comparisons=COMPARED + comparisons)).notes


@pytest.mark.parametrize(
    ("ratio", "beyond"),
    [
        ("9", False),
        ("1/9", False),
        ("0.11", False),
        ('"0,1111111"', False),
        ("9.1", True),
        ("1/10", True),
        ("99", True),
        ("1/99", True),
    ],
)
def test_a_ratio_beyond_saaty_s_scale(folder, ratio, beyond):
    notes = notes_of(folder, f"Minh,x,y,{ratio}\nMinh,x,z,1\nMinh,y,z,1\n")
    found = [note for note in notes if note.code == "comparisons.beyond-scale"]
    assert len(found) == beyond
    assert all(note.place.row == 2 and "Minh" in note.message("vi") and "1/9" in note.message("en") for note in found)


def test_opposed_judges_whose_consistency_ratio_is_zero(folder):
    """Each is consistent and so are both together, at equal weights that neither holds."""
    two, rows = "criterion,direction\nx,max\ny,max\n", "alternative,x,y\nA,1,2\nB,3,2\n"
    decision = read_decision(folder(rows, two, comparisons=COMPARED + "Minh,x,y,9\nLan,x,y,1/9\n"))
    assert [one.ratio for one in decision.consistency] == [0, 0, 0]
    (said,) = [note for note in decision.notes if note.code == "comparisons.opposed"]
    for lang in ("vi", "en"):
        assert "Minh" in said.message(lang)
        assert "Lan" in said.message(lang)


weights = st.lists(st.floats(0.3, 3), min_size=3, max_size=3)


@given(st.lists(weights, min_size=1, max_size=4))
def test_every_opposed_pair_of_consistent_judges_is_said_and_no_other(judges):
    """Any number of perfectly consistent judges, the ratios being those of their weights."""
    import polars as pl

    from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion

    tree = CriteriaTree(tuple(Criterion(name) for name in "xyz"))
    pairs = [(0, 1), (0, 2), (1, 2)]
    rows = [(f"J{j}", "xyz"[a], "xyz"[b], repr(w[a] / w[b])) for j, w in enumerate(judges) for a, b in pairs]
    frame = pl.DataFrame(rows, schema=["judge", "criterion", "other", "ratio"], orient="row")
    frame = frame.with_columns(pl.col("ratio").cast(pl.Float64))
    said = {
        (n.params["one"].vi, n.params["other"].vi)
        for n in with_comparisons(tree, frame).notes
        if n.code == "comparisons.opposed"
    }
    expected = set()
    for a, b in pairs:
        views = np.array([w[a] / w[b] for w in judges])
        if views.max() > 1 > views.min() and views.max() / views.min() >= 4:
            expected.add(("xyz"[a], "xyz"[b]))
    assert said == expected
