"""Marks compared alike where a member may not, or did not, mark everybody; and what turns without one member."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.dossier import dossier
from fansipan.appraisal.ranking.firmness import firmness
from fansipan.appraisal.ranking.members import member_turns
from fansipan.appraisal.ranking.ranking import rank
from fansipan.report.choice.sentences import common_sentences, firm_sentences

HEAD = "judge,alternative,criterion,mark\n"
CRITERIA = "criterion,weight,direction,scale\nx,3,max,0-100\ny,2,max,0-100\n"
NAMES = "ABCD"


def decide(marks, conflicts=(), criteria=CRITERIA, names=NAMES, **others):
    """The decision of `marks`, by (judge, alternative, criterion), with declared interests (judge, alternative)."""
    files = {
        "alternatives": "alternative\n" + "".join(f"{name}\n" for name in names),
        "criteria": criteria,
        "marks": HEAD + "".join(f"{j},{a},{c},{mark}\n" for (j, a, c), mark in marks.items()),
        **others,
    }
    if conflicts:
        files["conflicts"] = "judge,alternative\n" + "".join(f"{j},{a}\n" for j, a in conflicts)
    with TemporaryDirectory() as folder:
        for name, words in files.items():
            Path(folder, f"{name}.csv").write_text(words, encoding="utf8")
        return read_decision(folder)


def scores(decision, method="value"):
    return {standing.alternative: standing.score for standing in rank(decision, method, draws=500).standings}


def council(judges):
    """A strategy: a mark of each of `judges` for everybody on both criteria."""
    keys = [(judge, name, criterion) for judge in judges for name in NAMES for criterion in "xy"]
    marks = st.lists(st.integers(0, 100), min_size=len(keys), max_size=len(keys))
    return marks.map(lambda drawn: dict(zip(keys, drawn, strict=True)))


SOME = council(("M", "L", "K"))
OTHER = council(("K",))


@given(SOME, OTHER, st.sampled_from(NAMES), st.sampled_from(["value", "topsis", "vikor", "promethee2", "smaa"]))
def test_a_recused_member_moves_nobody(marks, other, applicant, method):
    """Whatever K, who has an interest in one applicant, gives to the others, no score and no rank of any moves."""
    conflicts = [("K", applicant)]
    assert scores(decide(marks | other, conflicts), method) == pytest.approx(scores(decide(marks, conflicts), method))


@given(SOME, st.sampled_from(NAMES))
def test_without_an_interest_the_figure_is_the_plain_mean(marks, applicant):
    found = dict(zip(NAMES, decide(marks).figures.tolist(), strict=True))
    for at, criterion in enumerate("xy"):
        assert found[applicant][at] == pytest.approx(sum(marks[j, applicant, criterion] for j in "MLK") / 3)


def test_a_severe_member_who_is_recused_does_not_lift_the_applicant():
    """K halves every mark and may not mark A: by the plain means A (70 and 60) would pass B (mean of 72, 62 and 33)."""
    marks = {("M", "A", "x"): 70, ("L", "A", "x"): 60, ("M", "B", "x"): 72, ("L", "B", "x"): 62, ("K", "B", "x"): 33}
    marks |= {("K", "A", "x"): 31}
    found = decide(marks, [("K", "A")], CRITERIA.replace("y,2,max,0-100\n", ""), "AB")
    assert found.figures.ravel().tolist() == [65, 67]
    ranking = rank(found)
    assert ranking.selected == "B"
    (said,) = [message for message in ranking.messages if message.code == "marks.matter"]
    assert "A before B" in said.message("en")
    assert said.message("vi").startswith("K không chấm được")


def test_no_warning_where_the_order_is_the_same():
    marks = {("M", "A", "x"): 70, ("M", "B", "x"): 50, ("K", "B", "x"): 40}
    found = decide(marks, [("K", "A")], CRITERIA.replace("y,2,max,0-100\n", ""), "AB")
    assert found.own_means is not None
    assert "marks.matter" not in {message.code for message in rank(found).messages}


def test_an_interest_in_somebody_refused_takes_nobody_s_marks_from_the_others():
    """A falls at a gate of its own: K's marks count for B, C and D, and what A was given moves none of them."""
    marks = {(j, a, "x"): 40 + 10 * at + 5 * jt for at, a in enumerate(NAMES) for jt, j in enumerate("MLK")}
    criteria = "criterion,weight,direction,scale,gate\nx,1,max,0-100,>=50\n"
    found = decide(marks, [("K", "A")], criteria)
    assert found.eligible == [1, 2, 3]
    assert found.figures[1:, 0].tolist() == [55, 65, 75]


def test_whether_one_passes_a_gate_does_not_depend_on_who_else_applies():
    """B's own mean of three is 51, of the two who marked everybody 49: B passes and is compared at 49."""
    marks = {("M", "A", "x"): 60, ("L", "A", "x"): 60, ("M", "B", "x"): 49, ("L", "B", "x"): 49, ("K", "B", "x"): 55}
    criteria = "criterion,weight,direction,scale,gate\nx,1,max,0-100,>=51\n"
    found = decide(marks, [("K", "A")], criteria, "AB")
    assert found.eligible == [0, 1]
    assert found.figures.ravel().tolist() == [60, 49]


@given(SOME, st.dictionaries(st.sampled_from("MLK"), st.integers(-20, 20), min_size=3, max_size=3))
def test_where_nobody_marked_everybody_a_member_s_level_moves_nothing(marks, levels):
    """M, L and K may not mark A, B and C: severity that a member shows to all shifts all alike."""
    marks = {key: 30 + mark * 0.4 for key, mark in marks.items()}
    shifted = {key: mark + levels[key[0]] for key, mark in marks.items()}
    conflicts = [("M", "A"), ("L", "B"), ("K", "C")]
    plain, moved = decide(marks, conflicts), decide(shifted, conflicts)
    assert "marks.adjusted" in {note.code for note in plain.notes}
    wide = ((plain.figures > 20) & (plain.figures < 80)).all() and ((moved.figures > 20) & (moved.figures < 80)).all()
    assume(wide)
    gaps = (moved.figures - plain.figures).T
    assert all(row == pytest.approx([row[0]] * 4) for row in gaps.tolist())


def test_members_who_share_no_applicant_are_said_not_to_compare():
    marks = {("M", "A", "x"): 70, ("L", "B", "x"): 60}
    found = decide(marks, criteria=CRITERIA.replace("y,2,max,0-100\n", ""), names="AB")
    assert "marks.apart" in {note.code for note in found.notes}
    assert found.figures.ravel().tolist() == [70, 60]


def test_worst_on_a_local_scale_is_the_worst_of_what_compares():
    """D has no mark: its figure is the worst of the compared 40, 50 and 60, not of the plain means."""
    marks = {("M", "A", "x"): 40, ("M", "B", "x"): 50, ("M", "C", "x"): 60, ("K", "A", "x"): 0, ("K", "B", "x"): 2}
    found = decide(marks, [("K", "C")], "criterion,direction,missing\nx,max,worst\n")
    assert found.figures.ravel().tolist() == [40, 50, 60, 40]


ONE = "criterion,weight,direction,scale,gate\nx,1,max,0-100,>=50\n"


def test_leaving_out_one_member_at_a_time():
    """Without M (90 for A, 40 for B) B is before A; without L B's mean of 40 and 44 falls below 50."""
    marks = {("M", "A", "x"): 90, ("L", "A", "x"): 60, ("K", "A", "x"): 60}
    marks |= {("M", "B", "x"): 40, ("L", "B", "x"): 80, ("K", "B", "x"): 44}
    turns = {turn.left_out: turn for turn in member_turns(decide(marks, criteria=ONE, names="AB"), "value")}
    assert turns["M"].turned == (("B", "A"),)
    assert turns["L"].falls == ("B",)
    assert "K" not in turns


def test_leaving_out_the_only_member_of_a_criterion_is_said():
    turns = member_turns(decide({("M", "A", "x"): 60, ("M", "B", "x"): 70}, criteria=ONE, names="AB"), "value")
    assert [(turn.left_out, turn.unmarked) for turn in turns] == [("M", True)]


@given(SOME)
def test_a_member_turns_exactly_what_a_decision_without_the_marks_turns(marks):
    whole = rank(decide(marks)).places
    turns = {turn.left_out: set(turn.turned) for turn in firmness(decide(marks)).members}
    for judge in "MLK":
        rest = rank(decide({key: mark for key, mark in marks.items() if key[0] != judge})).places
        pairs = {(a, b) for a in NAMES for b in NAMES if rest[a] < rest[b] and whole[a] > whole[b]}
        assert turns.get(judge, set()) == pairs


def test_the_sheets_name_whose_marks_compare():
    marks = {(j, a, "x"): 50 + at for at, a in enumerate("AB") for j in ("M", "L", "K")}
    found = dossier(decide(marks, [("K", "A")], criteria=ONE, names="AB"), draws=100, lang="en")
    (line,) = common_sentences(found)
    assert "(M, L), without K" in line.en
    assert line in firm_sentences(found)
