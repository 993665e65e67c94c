"""The council: roster, quorum, points of refusal, and the window of handing in, on their edges and beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.appraisal.council.roster import quorum_of
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank
from fansipan.errors import InvalidInput

ROWS = "alternative\nA\nB\n"
ONE = "criterion,direction,scale\nx,max,0-10\n"
MARKS = "judge,alternative,criterion,mark\n" + "".join(
    f"{judge},{name},x,{mark}\n" for mark, judge in enumerate(("Lan", "Minh", "Hoa"), 5) for name in "AB"
)
ROSTER = "judge,role\nLan,chủ tịch\nMinh,\nHoa,\n"


def codes(folder, **files):
    return {note.code: note for note in read_decision(folder(ROWS, ONE, **files)).notes}


def test_everybody_on_the_council_marked(folder):
    assert codes(folder, marks=MARKS, members=ROSTER, heading='quorum = "2/3"\n') == {}


@pytest.mark.parametrize(("name", "said"), [("Mịnh", "is it Minh"), ("Quốc Tuấn", "not on the council")])
def test_a_mark_of_a_stranger_is_a_fault_with_the_nearest_name(folder, name, said):
    files = folder(ROWS, ONE, marks=MARKS.replace("Minh,A", f"{name},A"), members=ROSTER)
    with pytest.raises(InvalidInput, match=said):
        read_decision(files)


def test_an_interest_of_a_stranger_is_a_fault(folder):
    files = folder(ROWS, ONE, marks=MARKS, members=ROSTER, conflicts="judge,alternative\nTuấn,A\n")
    with pytest.raises(InvalidInput, match="not on the council"):
        read_decision(files)


def test_members_who_gave_no_mark_are_named(folder):
    note = codes(folder, marks=MARKS, members=ROSTER + "Tuấn,\nMai,\n")["council.silent"]
    assert "Tuấn, Mai" in note.message("vi")


@pytest.mark.parametrize(
    ("quorum", "short"), [("2", False), ("3", False), ("4", True), ('"3/4"', False), ('"100%"', True)]
)
def test_quorum(folder, quorum, short):
    found = codes(folder, marks=MARKS, members=ROSTER + "Mai,\n", heading=f"quorum = {quorum}\n")
    assert ("council.no-quorum" in found) == short
    if short:
        assert "A (3), B (3)" in found["council.no-quorum"].message("en")


def test_an_interest_may_cost_the_quorum_and_the_comparison_too(folder):
    """Hoa may not mark A: two marks of A count, and two members compare A with B."""
    files = {"marks": MARKS, "members": ROSTER, "conflicts": "judge,alternative\nHoa,A\n"}
    found = codes(folder, heading="quorum = 3\n", **files)
    assert "A (2)" in found["council.no-quorum"].message("vi")
    assert "B" not in found["council.no-quorum"].params["short"]
    assert found["marks.few-common"].params["count"] == 2
    assert not {"council.no-quorum", "marks.few-common"} & set(codes(folder, heading="quorum = 2\n", **files))


@pytest.mark.parametrize("quorum", ['"nhiều"', '"2/3"', '"3/0"', "-1", '"110%"'])
def test_a_quorum_that_is_none(folder, quorum):
    files = folder(ROWS, ONE, marks=MARKS, heading=f"quorum = {quorum}\n")
    with pytest.raises(InvalidInput, match="quorum is not understood"):
        read_decision(files)


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 12))
def test_a_share_is_rounded_up_to_whole_members(seats, upper, lower):
    found = quorum_of(f"{upper}/{lower}", seats)
    if upper > lower:
        assert found is None
    else:
        assert found * lower >= upper * seats > (found - 1) * lower


@pytest.mark.parametrize(("least", "passes"), [(5.9, True), (6, True), (6.1, False)])
def test_a_point_of_refusal_of_one_criterion(folder, least, passes):
    """B has more in all and 6 on x: refused where x asks for more than that."""
    rows = "alternative,y\nA,5\nB,90\n"
    criteria = f"criterion,direction,scale,gate\nx,max,0-10,>={least}\ny,max,0-100,\n"
    ranking = rank(read_decision(folder(rows, criteria, marks=MARKS.replace("A,x,5", "A,x,9"))))
    assert (ranking.places.get("B") == 1) == passes
    assert ranking.selected == ("B" if passes else "A")


APPLICATIONS = "alternative,submitted\nA,{}\nB,2024-05-10 08:00:00\n"
CLOSES = "2024-05-20T17:00:00"


@pytest.mark.parametrize(
    ("opens", "closes", "handed", "code"),
    [
        ("2024-05-01", CLOSES, "2024-05-20 16:59:59", None),
        ("2024-05-01", CLOSES, "2024-05-20 17:00:00", None),
        ("2024-05-01", CLOSES, "2024-05-20 17:00:01", "gate.too-late"),
        ("2024-05-01", "2024-05-20", "2024-05-20 23:59:59", None),
        ("2024-05-01", "2024-05-20", "2024-05-21 00:00:00", "gate.too-late"),
        ("2024-05-01", "2024-05-20", "2024-05-01 00:00:00", None),
        ("2024-05-01", "2024-05-20", "2024-04-30 23:59:59", "gate.too-early"),
        ("2024-05-01", "2024-05-20T10:00:00Z", "2024-05-20 17:00:01", "gate.too-late"),
        ("2024-05-01", "2024-05-20T10:00:00Z", "2024-05-20 16:59:59", None),
    ],
)
def test_the_window_of_handing_in(folder, opens, closes, handed, code):
    heading = f"on = 2024-06-20\nopens = {opens}\ncloses = {closes}\n"
    files = folder("alternative,x\nA,9\nB,5\n", ONE, heading=heading, applications=APPLICATIONS.format(handed))
    ranking = rank(read_decision(files))
    assert [refusal.code for refusal in ranking.standings[0].refused] == ([code] if code else [])
    assert ranking.selected == ("B" if code else "A")
    if code:
        said = ranking.as_dict("vi")["alternatives"][0]["refused"][0]["message"]
        day, clock = handed.split()
        assert "/".join(reversed(day.split("-"))) + " " + clock in said


@pytest.mark.parametrize("applications", [APPLICATIONS.format(""), None])
def test_an_application_of_which_nobody_knows_when_is_untested(folder, applications):
    heading = f"on = 2024-06-20\ncloses = {CLOSES}\n"
    decision = read_decision(folder("alternative,x\nA,9\nB,5\n", ONE, heading=heading, applications=applications))
    lines = [fault.message("en") for fault in decision.untested_of(0)]
    assert sum("the time of handing in" in line for line in lines) == 1
    assert decision.eligible == [0, 1]


def test_no_window_asks_for_no_time(folder):
    decision = read_decision(folder("alternative,x\nA,9\nB,5\n", ONE))
    assert decision.untested_of(0) == ()


def test_a_window_that_closes_before_it_opens(folder):
    with pytest.raises(InvalidInput, match="close before they open"):
        read_decision(folder("alternative,x\nA,9\n", ONE, heading="opens = 2024-05-20\ncloses = 2024-05-01\n"))


def test_a_window_of_one_day(folder):
    heading = "opens = 2024-05-20T08:00:00\ncloses = 2024-05-20\n"
    assert read_decision(folder("alternative,x\nA,9\n", ONE, heading=heading)).heading.closes is not None


@pytest.mark.parametrize(("given", "told"), [("2024-05-20 16:59:59", True), ("2024-05-20 17:00:00", False)])
def test_a_mark_given_before_the_closing(folder, given, told):
    marks = f"judge,alternative,criterion,mark,given\nLan,A,x,5,{given}\nLan,B,x,6,\n"
    found = codes(folder, marks=marks, heading=f"closes = {CLOSES}\n")
    assert ("marks.before-closing" in found) == told
