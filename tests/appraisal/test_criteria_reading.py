"""Criteria files: every fault with its row, and weights from comparisons."""

import polars as pl
import pytest

from fansipan.appraisal.criteria.comparison_reading import with_comparisons
from fansipan.appraisal.criteria.reading import read_criteria
from fansipan.errors import InvalidInput


@pytest.fixture
def criteria(tmp_path):
    def read(words):
        path = tmp_path / "criteria.csv"
        path.write_text(words, encoding="utf8")
        return read_criteria(path)

    return read


def faults(read, words):
    with pytest.raises(InvalidInput) as caught:
        read(words)
    return [(fault.code, fault.place.row, fault.place.column) for fault in caught.value.faults]


def test_the_fewest_columns(criteria):
    tree, notes = criteria("criterion,direction\nvốn,max\nnước,min\n")
    assert tree.weights().tolist() == [0.5, 0.5]
    assert tree.maximise.tolist() == [True, False]
    assert notes == ()


def test_every_column(criteria):
    tree, _ = criteria(
        "criterion,parent,weight,weight_min,weight_max,direction,scale,gate,q,p,v,preference,missing,name,name_en,rule\n"
        "chung,,,,,max,0-100,>=50,,,,,,Tổng,Total,Điều 13\n"
        "vốn,chung,40,30,50,max,0-10,>=2,1,3,4,linear,worst,Vốn,Capital,\n"
        "nước,chung,60,50,70,min,,,,,,,,Nước,Water,\n"
    )
    capital = tree.named("vốn")
    assert (capital.preference.shape, capital.preference.q, capital.preference.p, capital.veto) == ("linear", 1, 3, 4)
    assert (capital.missing, capital.label("vi"), capital.label("en")) == ("worst", "Vốn", "Capital")
    assert (tree.named("chung").gates[0].figure, tree.named("chung").rule.vi) == (50, "Điều 13")


def test_labels_fall_back_to_each_other_and_to_the_code(criteria):
    tree, _ = criteria("criterion,direction,name\nc1,max,Vốn\nc2,max,\n")
    assert [leaf.label("en") for leaf in tree.leaves] == ["Vốn", "c2"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("criterion,direction\n", [("appraisal.no-rows", None, None)]),
        ("criterion\nvốn\n", [("column.missing", None, None)]),
        ("criterion,direction\nvốn,\n", [("cell.empty", 2, "direction")]),
        ("criterion,direction\nvốn,up\n", [("cell.not-choice", 2, "direction")]),
        ("criterion,direction,weight\nvốn,max,-1\n", [("cell.too-small", 2, "weight")]),
        ("criterion,direction\nvốn,max\nvốn,min\n", [("row.duplicate", 2, None), ("row.duplicate", 3, None)]),
        ("criterion,direction,parent\nvốn,max,tiền\n", [("criteria.parent-unknown", 2, "parent")]),
        (
            "criterion,direction,parent\na,max,b\nb,max,a\n",
            [("criteria.circle", 2, "parent"), ("criteria.circle", 3, "parent")],
        ),
        ("criterion,direction,parent\na,max,a\n", [("criteria.circle", 2, "parent")]),
        ("criterion,direction\nvốn,max\nalternative,min\n", [("criteria.name-taken", 3, "criterion")]),
        ("criterion,direction,scale\nvốn,max,3-3\n", [("scale.unreadable", 2, "scale")]),
        ("criterion,direction,gate\nvốn,max,50\n", [("gate.unreadable", 2, "gate")]),
        ("criterion,direction,preference\nvốn,max,cong\n", [("preference.unknown", 2, "preference")]),
        ("criterion,direction,preference\nvốn,max,linear\n", [("preference.needs", 2, "preference")]),
        ("criterion,direction,preference,q,p\nvốn,max,level,3,1\n", [("preference.crossed", 2, "preference")]),
        ("criterion,direction,weight\nvốn,max,0\nđất,max,0\n", [("weights.all-zero", 2, "weight")]),
        ("criterion,direction,order\nvốn,max,1\nđất,max,\n", [("weights.order-mixed", 2, "order")]),
        (
            "criterion,direction,weight_min,weight_max\nvốn,max,0.7,0.9\nđất,max,0.6,0.8\n",
            [("weights.bounds-impossible-among", 2, "weight_min")],
        ),
    ],
)
def test_faults_with_their_rows(criteria, words, expected):
    assert faults(criteria, words) == expected


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("usual", "usual"),
        ("1", "usual"),
        ("ushape", "u-shape"),
        ("V-Shape", "v-shape"),
        ("vshape_2", "linear"),
        ("Type 4", "level"),
        ("Gaussian", "gaussian"),
    ],
)
def test_names_of_preference_functions(criteria, name, shape):
    tree, _ = criteria(f"criterion,direction,preference,q,p\nvốn,max,{name},1,3\n")
    assert tree.named("vốn").preference.shape == shape


FREE = "criterion,direction\na,max\nb,max\nc,max\n"


def pairs(*rows):
    return pl.DataFrame(rows, schema=["judge", "criterion", "other", "ratio"], orient="row")


def test_comparisons_of_two_judges(criteria):
    tree, _ = criteria(FREE)
    one = [("Minh", "a", "b", 4.0), ("Minh", "b", "c", 1.0), ("Minh", "c", "a", 0.25)]
    two = [("Lan", "a", "b", 1.0), ("Lan", "b", "c", 1.0), ("Lan", "a", "c", 1.0)]
    compared = with_comparisons(tree, pairs(*one, *two))
    judged, notes = compared.tree, compared.notes
    assert judged.weights().tolist() == pytest.approx([0.5, 0.25, 0.25])
    assert notes == ()


def test_inconsistent_comparisons_name_the_worst(criteria):
    tree, _ = criteria(FREE)
    notes = with_comparisons(tree, pairs(("J", "a", "b", 5.0), ("J", "b", "c", 5.0), ("J", "a", "c", 0.2))).notes
    assert [note.code for note in notes] == ["comparisons.inconsistent"]
    assert "judged 5.00" in notes[0].message("en")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("J", "a", "z", 2.0)], "comparisons.not-siblings"),
        ([("J", "a", "a", 1.0)], "comparisons.not-siblings"),
        ([("J", "a", "b", 2.0), ("J", "a", "c", 2.0)], "comparisons.absent"),
        (
            [("J", "a", "b", 2.0), ("J", "b", "a", 2.0), ("J", "a", "c", 2.0), ("J", "b", "c", 1.0)],
            "comparisons.contradiction",
        ),
    ],
)
def test_comparisons_that_cannot_be_used(criteria, rows, code):
    tree, _ = criteria(FREE)
    with pytest.raises(InvalidInput) as caught:
        with_comparisons(tree, pairs(*rows))
    assert {fault.code for fault in caught.value.faults} == {code}


def test_a_scale_of_no_known_name_is_told_with_what_is_understood(criteria):
    tree, (note,) = criteria("criterion,direction,scale\nvốn,max,log\n")
    assert (note.severity, note.place.row, note.place.column) == ("warning", 2, "scale")
    assert "0-100" in note.line("en")
    assert tree.leaves[0].scale.kind == "local"


def test_words_that_only_a_gate_reads_weigh_nothing(criteria):
    tree, _ = criteria("criterion,direction,gate\nnhóm,max,in II|III\nvốn,max,\nđất,min,\n")
    assert tree.weights().tolist() == [0, 0.5, 0.5]


def test_a_direction_of_no_known_name_is_told_with_the_two_there_are(criteria):
    with pytest.raises(InvalidInput, match=r"max \(more is better\), min \(less is better\)"):
        criteria("criterion,direction\nvốn,up\n")


TREE = "criterion,parent,weight,direction\nG,,{},max\nH,,{},max\na,G,{},max\nb,G,{},max\nc,H,{},max\n"


@pytest.mark.parametrize(
    ("given", "weights", "told"),
    [
        (("", "", 20, 20, 60), [0.2, 0.2, 0.6], True),  # shares of the whole
        (("", "", 0.1, 0.3, 0.6), [0.1, 0.3, 0.6], True),
        (("", "", 1, 1, 1), [0.25, 0.25, 0.5], False),  # no shares of anything: groups alike
        (("", "", 60, 40, 100), [0.3, 0.2, 0.5], False),  # shares of each group
        ((1, "", 20, 20, 60), [0.25, 0.25, 0.5], False),  # something is said of the groups
        (("", "", 20, "", 80), [0.25, 0.25, 0.5], False),
    ],
)
def test_weights_of_the_whole_beneath_groups_of_which_nothing_is_said(criteria, given, weights, told):
    tree, notes = criteria(TREE.format(*given))
    assert tree.weights().tolist() == pytest.approx(weights)
    assert [note.code for note in notes] == ["weights.gathered"] * told


def test_shares_of_the_whole_beside_a_criterion_without_a_group(criteria):
    tree, _ = criteria("criterion,parent,weight,direction\nG,,,max\na,G,35,max\nb,G,25,max\nc,,40,max\n")
    assert tree.weights().tolist() == pytest.approx([0.35, 0.25, 0.4])
    assert tree.weights_are_exact
