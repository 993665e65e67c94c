"""A decision folder read whole: odd files, faults, marks, missing evidence, gates."""

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.errors import FansipanError, InvalidInput

HEADER = "alternative,vốn,công nghệ,nước\n"
MARK = "judge,alternative,criterion,mark\n"
MARKED = "criterion,weight,direction,scale\nphương án hạ tầng,15,max,0-15\nvốn,85,max,\n"


def faults(folder):
    with pytest.raises(InvalidInput) as caught:
        read_decision(folder)
    errors = [fault for fault in caught.value.faults if fault.severity == "error"]
    return [(fault.code, fault.place.file, fault.place.row, fault.place.column) for fault in errors]


def test_plain_folder(folder):
    decision = read_decision(folder())
    assert decision.alternatives == ("A", "B", "C")
    assert decision.figures.tolist() == [[100, 80, 5], [90, 85, 3], [120, 60, 9]]
    assert decision.eligible == [0, 1, 2]
    assert decision.notes == ()


def test_byte_order_mark_windows_lines_semicolons_and_columns_in_any_order(folder):
    words = "NƯỚC;alternative;Công nghệ;vốn;ghi chú\r\n5;A;80;100;x\r\n3;B;85;90;\r\n9;C;60;120;\r\n"
    decision = read_decision(folder(alternatives=b"\xef\xbb\xbf" + words.encode()))
    assert decision.figures.tolist() == [[100, 80, 5], [90, 85, 3], [120, 60, 9]]
    assert [note.code for note in decision.notes] == ["column.unknown"]


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(FansipanError, match="no folder"):
        read_decision(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"alternatives": None}, ("file.missing", "alternatives.csv", None, None)),
        ({"criteria": None}, ("file.missing", "criteria.csv", None, None)),
        ({"alternatives": ""}, ("file.empty", "alternatives.csv", None, None)),
        ({"alternatives": HEADER}, ("appraisal.no-rows", "alternatives.csv", None, None)),
        (
            {"alternatives": "alternative,vốn,nước\nA,1,2\n"},
            ("appraisal.no-figures", "alternatives.csv", None, "công nghệ"),
        ),
        ({"alternatives": HEADER + "A,nhiều,1,2\n"}, ("cell.not-number", "alternatives.csv", 2, "vốn")),
        ({"alternatives": HEADER + "A,1,1,2\nA,2,2,2\n"}, ("row.duplicate", "alternatives.csv", 2, None)),
        ({"alternatives": HEADER + "A,1,,2\nB,1,2,3\n"}, ("appraisal.missing", "alternatives.csv", 2, "công nghệ")),
        ({"marks": MARK + "Minh,Z,vốn,1\n"}, ("appraisal.unknown-alternative", "marks.csv", 2, "alternative")),
        ({"marks": MARK + "Minh,A,điện,1\n"}, ("appraisal.unknown-criterion", "marks.csv", 2, "criterion")),
        ({"marks": MARK + "Minh,A,vốn,giỏi\n"}, ("cell.not-number", "marks.csv", 2, "mark")),
        ({"marks": MARK + "Minh,A,vốn,1\nMinh,A,vốn,2\n"}, ("marks.twice", "marks.csv", 2, None)),
        ({"heading": "title = 1\n"}, ("appraisal.heading", "decision.toml", None, None)),
        ({"heading": "title_vi = 'x\n"}, ("file.unreadable", "decision.toml", None, None)),
        ({"applications": "alternative\nA\n"}, ("appraisal.no-date", "decision.toml", None, None)),
        (
            {"applications": "alternative\nZ\n", "heading": "on = 2024-06-20\n"},
            ("appraisal.unknown-alternative", "applications.csv", 2, "alternative"),
        ),
    ],
)
def test_refused(folder, tmp_path, changed, expected):
    assert expected in faults(folder(**changed))


def test_missing_evidence_can_count_as_the_worst(folder):
    decision = read_decision(
        folder(
            "alternative,vốn,nước,mức\nA,,5,Tốt\nB,90,,\nC,120,9,Kém\n",
            "criterion,direction,scale,missing\nvốn,max,,worst\nnước,min,0-20,worst\nmức,max,Tốt=1;Kém=0.2,worst\n",
        )
    )
    assert decision.figures.tolist() == [[90, 5, 1], [90, 20, 0.2], [120, 9, 0.2]]
    assert decision.absent.tolist() == [[True, False, False], [False, True, True], [False, False, False]]


def test_missing_evidence_can_refuse(folder):
    decision = read_decision(
        folder("alternative,vốn\nA,\nB,90\n", "criterion,direction,missing,rule\nvốn,max,refuse,Điều 5\n")
    )
    assert decision.eligible == [1]
    assert (decision.refused[0][0].code, decision.refused[0][0].cited("en")) == ("gate.no-evidence", "Điều 5")


def test_missing_figure_never_passes_a_gate_and_is_then_no_fault(folder):
    decision = read_decision(folder("alternative,vốn\nA,\nB,90\n", "criterion,direction,gate\nvốn,max,>=50\n"))
    assert decision.eligible == [1]


def test_every_gate_not_met_is_told(folder):
    decision = read_decision(
        folder("alternative,vốn,nước\nA,10,90\nB,90,5\n", "criterion,direction,gate\nvốn,max,>=50\nnước,min,<=20\n")
    )
    assert [refusal.criterion for refusal in decision.refused[0]] == ["vốn", "nước"]


def test_words_behind_a_gate_need_categories_only_if_they_weigh(folder):
    alternatives = "alternative,vốn,công nghệ\nA,1,cấm\nB,2,mới\n"
    gated = "criterion,weight,direction,gate\nvốn,1,max,\ncông nghệ,{},max,not in cấm\n"
    assert read_decision(folder(alternatives, gated.format(0))).eligible == [1]
    assert faults(folder(alternatives, gated.format(5)))[0][0] == "scale.no-categories"


def test_category_that_the_scale_does_not_have(folder):
    found = faults(folder("alternative,mức\nA,Tốt\nB,Khá\n", "criterion,direction,scale\nmức,max,Tốt=1;Kém=0\n"))
    assert found == [("scale.category-unknown", "alternatives.csv", 3, "mức")]


def test_marks_stand_over_the_figures_and_are_averaged(folder):
    """Lan did not mark B, so A and B are compared on Minh's marks; A's own mean stays on the trail."""
    decision = read_decision(
        folder(
            "alternative,vốn\nA,1\nB,2\n",
            MARKED,
            marks="judge,alternative,criterion,mark,reason\nMinh,A,phương án hạ tầng,10,đủ\n"
            "Lan,A,phương án hạ tầng,12,\n"
            "Minh,B,phương án hạ tầng,7,\n",
        )
    )
    assert decision.figures[:, 0].tolist() == [10, 7]
    assert decision.own_means[:, 0].tolist() == [11, 7]
    assert decision.marks.average["mark"].to_list() == [11, 7]
    assert decision.figures[:, 1].tolist() == [1, 2]


def test_marks_beyond_their_scale_are_refused(folder):
    marks = MARK + "Minh,A,phương án hạ tầng,16\nMinh,B,phương án hạ tầng,15\n"
    assert faults(folder("alternative,vốn\nA,1\nB,2\n", MARKED, marks=marks))[0][0] == "marks.beyond-scale"


def test_figures_beyond_a_stated_scale_are_told_and_count_as_its_end(folder):
    decision = read_decision(folder("alternative,vốn\nA,120\nB,20\n", "criterion,direction,scale\nvốn,max,0-100\n"))
    assert [note.code for note in decision.notes] == ["scale.beyond"]
    assert decision.values().ravel().tolist() == [1, 0.2]


def test_heading(folder):
    heading = read_decision(folder(heading='title_vi = "Chọn"\non = 2024-06-20\nillustrative = true\n')).heading
    assert (heading.title("en"), heading.on.isoformat(), heading.illustrative) == ("Chọn", "2024-06-20", True)
