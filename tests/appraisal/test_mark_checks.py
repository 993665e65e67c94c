"""What is told of marks before they are compared."""

from fansipan.appraisal.decision.reading import read_decision

ROWS = "alternative\nA\nB\n"
CRITERIA = "criterion,direction,scale\nx,max,0-10\n"
MARKS = "judge,alternative,criterion,mark\nSở Công Thương,A,x,8\nSở Công Thương,B,x,6\nSở Xây dựng,A,x,7\n"
EVEN = MARKS + "Sở Xây dựng,B,x,5\n"


def notes(folder, **files):
    return {note.code: note for note in read_decision(folder(ROWS, CRITERIA, **files)).notes}


def test_everybody_marked_everybody(folder):
    assert notes(folder, marks=EVEN) == {}


def test_who_was_not_marked_by_whom(folder):
    note = notes(folder, marks=MARKS)["marks.uneven"]
    assert "B (Sở Xây dựng)" in note.message("vi")
    assert note.severity == "warning"


def test_a_mark_that_an_interest_takes_out_is_not_told_as_lacking(folder):
    found = notes(folder, marks=EVEN, conflicts="judge,alternative,reason\nSở Xây dựng,B,người thân\n")
    assert found == {}


def test_an_interest_of_somebody_misspelt_is_told_with_the_nearest_name(folder):
    """Otherwise the mark that must not count would count in silence."""
    found = notes(folder, marks=EVEN, conflicts="judge,alternative,reason\nSở Công thương,B,người thân\n")
    assert "Sở Công Thương" in found["conflicts.judge-near"].message("vi")


def test_an_interest_of_somebody_who_gave_no_mark(folder):
    found = notes(folder, marks=EVEN, conflicts="judge,alternative,reason\nỦy ban huyện,B,người thân\n")
    assert set(found) == {"conflicts.judge-unknown"}


def test_interests_without_marks_at_all(folder):
    rows = "alternative,x\nA,1\nB,2\n"
    decision = read_decision(folder(rows, CRITERIA, conflicts="judge,alternative,reason\nM,B,người thân\n"))
    assert [note.code for note in decision.notes] == ["conflicts.judge-unknown"]
