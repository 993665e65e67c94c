"""Odd decisions, one a test: each ends in a stated result or in a refusal that says what is wrong and where."""

import json

import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.dossier import dossier
from fansipan.appraisal.ranking.ranking import METHODS, rank
from fansipan.errors import FansipanError, InvalidInput

ROWS = "alternative,x,y\nA,1,9\nB,5,5\nC,9,2\n"
BOTH = "criterion,direction\nx,max\ny,max\n"
MARKS = "judge,alternative,criterion,mark,reason\n"
DRAWS = 500

# Name, files, and the ranks by weighted value (A, B, C ...); every method must end in a result as well.
RANKED = {
    "plain": ({}, (1, 3, 1)),
    "all blank but criterion and direction": (
        {"criteria": "criterion,parent,weight,weight_min,weight_max,direction,scale,gate\nx,,,,,max,,\ny,,,,,min,,\n"},
        (3, 2, 1),
    ),
    "tied rows": ({"alternatives": "alternative,x,y\nA,2,2\nB,2,2\nC,1,1\n"}, (1, 1, 3)),
    "constant column": ({"alternatives": "alternative,x,y\nA,2,7\nB,3,7\nC,1,7\n"}, (2, 1, 3)),
    "zero column": ({"alternatives": "alternative,x,y\nA,2,0\nB,3,0\nC,1,0\n"}, (2, 1, 3)),
    "negative column": ({"alternatives": "alternative,x,y\nA,-2,-1\nB,-3,-4\nC,-1,-9\n"}, (1, 3, 2)),
    "everything zero": ({"alternatives": "alternative,x,y\nA,0,0\nB,0,0\n"}, (1, 1)),
    "huge figures": ({"alternatives": "alternative,x,y\nA,1e27,1\nB,-1e27,1\n"}, (1, 2)),
    "tiny figures": ({"alternatives": "alternative,x,y\nA,1e-300,1\nB,2e-300,1\n"}, (2, 1)),
    "one alternative": ({"alternatives": "alternative,x,y\nA,1,2\n"}, (1,)),
    "one criterion, less is better": ({"criteria": "criterion,direction\nx,min\n"}, (1, 2, 3)),
    "a weight of zero": ({"criteria": "criterion,weight,direction\nx,0,max\ny,1,max\n"}, (1, 2, 3)),
    "weights of any sum": ({"criteria": "criterion,weight,direction\nx,3,max\ny,1,max\n"}, (3, 2, 1)),
    "missing counts as the worst": (
        {
            "alternatives": "alternative,x,y\nA,9,\nB,5,5\nC,1,2\n",
            "criteria": "criterion,direction,missing\nx,max,\ny,max,worst\n",
        },
        (2, 1, 3),
    ),
    "missing refuses": (
        {
            "alternatives": "alternative,x,y\nA,9,\nB,5,5\n",
            "criteria": "criterion,direction,missing\nx,max,\ny,max,refuse\n",
        },
        (None, 1),
    ),
    "gate ≥": ({"criteria": "criterion,direction,gate\nx,max,≥ 5\ny,max,\n"}, (None, 1, 1)),
    "gate between, in words": ({"criteria": "criterion,direction,gate\nx,max,không quá 5\ny,max,\n"}, (1, 1, None)),
    "gate of a list of figures": ({"criteria": "criterion,direction,gate\nx,max,in 1|5\ny,max,\n"}, (1, 1, None)),
    "gate with a decimal comma": ({"criteria": 'criterion,direction,gate\nx,max,">=5,5"\ny,max,\n'}, (None, None, 1)),
    "gate with thousands in the Vietnamese way": (
        {
            "criteria": 'criterion,direction,gate\nx,max,"<=1.234,5; >= 0,125"\ny,max,\n',
            "alternatives": "alternative;x;y\nA;1.234,5;9\nB;1 300;5\nC;0,124;2\n",
        },
        (1, None, None),
    ),
    "percent throughout": (
        {
            "criteria": "criterion,weight,direction,gate\nx,30%,max,>=16%\ny,70%,max,\n",
            "alternatives": 'alternative,x,y\nA,15%,1\nB,"20,5 %",2\nC,16%,3\n',
        },
        (None, 2, 1),
    ),
    "preference functions as others call them": (
        {"criteria": "criterion,direction,q,p,preference\nx,max,1,2,Type V\ny,max,1,2,vshape_2\n"},
        (1, 3, 1),
    ),
    "gate where less is better": ({"criteria": "criterion,direction,gate\nx,min,<= 5\ny,max,\n"}, (1, 2, None)),
    "gate on marks": (
        {
            "alternatives": "alternative,y\nA,1\nB,2\nC,3\n",
            "criteria": "criterion,direction,gate\nx,max,>=50\ny,max,\n",
            "marks": MARKS + "j,A,x,40,\nk,A,x,70,\nj,B,x,40,\nk,B,x,45,\nj,C,x,90,\nk,C,x,90,\n",
        },
        (2, None, 1),
    ),
    "everybody gated out": ({"criteria": "criterion,direction,gate\nx,max,>=100\ny,max,\n"}, (None, None, None)),
    "byte-order mark, semicolons, decimal commas": (
        {
            "alternatives": "\ufeffalternative;x;y\nA;1,5;9\nB;5;5,25\n",
            "criteria": "\ufeffcriterion;weight;direction\nx;0,6;max\ny;0,4;max\n",
        },
        (2, 1),
    ),
    "windows line ends": (
        {"alternatives": ROWS.replace("\n", "\r\n"), "criteria": BOTH.replace("\n", "\r\n")},
        (1, 3, 1),
    ),
    "UTF-16": ({"alternatives": ROWS.encode("utf-16")}, (1, 3, 1)),
    "blanks around": ({"alternatives": " alternative , x , y \n A , 1 , 2 \nB, 3 ,4\n"}, (2, 1)),
    "accents composed and not": (
        {
            "alternatives": "alternative,Vo\u0302\u0301n,y\nXưởng ở Bát Xát,1,2\nNhà máy B,3,1\n",
            "criteria": "criterion,direction\nVốn,max\ny,min\n",
        },
        (2, 1),
    ),
    "lowest weight alone": (
        {"criteria": "criterion,weight_min,weight_max,direction\nx,0.6,,max\ny,,,max\n"},
        (3, 2, 1),
    ),
    "words behind a gate alone": (
        {
            "alternatives": "alternative,x,group\nA,9,I\nB,5,II\nC,1,III\n",
            "criteria": "criterion,direction,gate\nx,max,\ngroup,max,in II|III\n",
        },
        (None, 1, 2),
    ),
}

# Name, files, code of the refusal.
REFUSED = {
    "no alternatives": ({"alternatives": "alternative,x,y\n"}, "appraisal.no-rows"),
    "nothing at all": ({"alternatives": ""}, "file.empty"),
    "an alternative twice": ({"alternatives": "alternative,x,y\nA,1,2\nA,2,3\n"}, "row.duplicate"),
    "a criterion twice": ({"criteria": "criterion,direction\nx,max\nx,max\n"}, "row.duplicate"),
    "weights all zero": ({"criteria": "criterion,weight,direction\nx,0,max\ny,0,max\n"}, "weights.all-zero"),
    "lowest above highest": (
        {"criteria": "criterion,weight_min,weight_max,direction\nx,0.8,0.3,max\ny,,,max\n"},
        "weights.bounds-impossible-among",
    ),
    "weight outside its bounds": (
        {"criteria": "criterion,weight,weight_min,weight_max,direction\nx,0.9,0.1,0.3,max\ny,0.1,0.7,0.9,max\n"},
        "weights.bounds-impossible-among",
    ),
    "a parent that is not there": (
        {"criteria": "criterion,parent,direction\nx,g,max\ny,,max\n"},
        "criteria.parent-unknown",
    ),
    "parents in a circle": ({"criteria": "criterion,parent,direction\nx,y,max\ny,x,max\n"}, "criteria.circle"),
    "its own parent": ({"criteria": "criterion,parent,direction\nx,x,max\ny,,max\n"}, "criteria.circle"),
    "a gate that is none": ({"criteria": "criterion,direction,gate\nx,max,>=\ny,max,\n"}, "gate.unreadable"),
    "a scale that is none": ({"criteria": "criterion,direction,scale\nx,max,5-5\ny,max,\n"}, "scale.unreadable"),
    "a gate of one or a thousand": (
        {"criteria": 'criterion,direction,gate\nx,max,">=1,000"\ny,max,\n'},
        "cell.ambiguous-number",
    ),
    "percent beside shares": ({"alternatives": "alternative,x,y\nA,15%,1\nB,0.2,5\n"}, "cell.not-number"),
    "a figure too large": ({"alternatives": "alternative,x,y\nA,1e308,1\nB,-1e308,5\n"}, "cell.number-too-large"),
    "an order for some only": ({"criteria": "criterion,direction,order\nx,max,1\ny,max,\n"}, "weights.order-mixed"),
    "a missing figure": ({"alternatives": "alternative,x,y\nA,1,\nB,5,5\n"}, "appraisal.missing"),
    "a missing column": ({"alternatives": "alternative,x\nA,1\nB,5\n"}, "appraisal.no-figures"),
    "a mark for an unknown criterion": ({"marks": MARKS + "j,A,z,4,\n"}, "appraisal.unknown-criterion"),
    "a mark for an unknown alternative": ({"marks": MARKS + "j,Z,x,4,\n"}, "appraisal.unknown-alternative"),
    "a mark for a group": (
        {"criteria": "criterion,parent,direction\ng,,max\nx,g,max\ny,g,max\n", "marks": MARKS + "j,A,g,4,\n"},
        "appraisal.unknown-criterion",
    ),
    "two marks, no time": ({"marks": MARKS + "j,A,x,4,\nj,A,x,5,\n"}, "marks.twice"),
    "a preference that is none": (
        {"criteria": "criterion,direction,preference\nx,max,foo\ny,max,\n"},
        "preference.unknown",
    ),
    "a threshold left out": (
        {"criteria": "criterion,direction,preference,q,p\nx,max,linear,1,\ny,max,,,\n"},
        "preference.needs",
    ),
    "thresholds crossed": (
        {"criteria": "criterion,direction,preference,q,p\nx,max,linear,3,1\ny,max,,,\n"},
        "preference.crossed",
    ),
    "a key of the heading misspelt": ({"heading": 'tittle = "x"\n'}, "appraisal.heading"),
}


@pytest.mark.parametrize("name", RANKED)
def test_a_stated_result(folder, name):
    files, expected = RANKED[name]
    decision = read_decision(folder(**{"alternatives": ROWS, "criteria": BOTH} | files))
    assert tuple(standing.rank for standing in rank(decision).standings) == expected
    for method in METHODS:
        found = rank(decision, method, draws=DRAWS)
        json.dumps(found.as_dict("vi"), allow_nan=False)
        assert [standing.rank is None for standing in found.standings] == [place is None for place in expected]
        assert all(standing.refused for standing in found.standings if standing.rank is None)
    dossier(decision, draws=DRAWS, lang="vi")


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_with_its_reason_in_both_languages(folder, name):
    files, code = REFUSED[name]
    with pytest.raises(InvalidInput) as caught:
        read_decision(folder(**{"alternatives": ROWS, "criteria": BOTH} | files))
    faults = [fault for fault in caught.value.faults if fault.code == code]
    assert faults, [fault.code for fault in caught.value.faults]
    assert all(fault.line("vi") != fault.line("en") and fault.place.file for fault in faults)


def test_thresholds_without_a_preference_function_are_told(folder):
    files = folder(ROWS, "criterion,direction,q,p\nx,max,1,2\ny,max,,\n")
    assert [note.code for note in read_decision(files).notes] == ["preference.thresholds-unused"]


@pytest.mark.parametrize("method", METHODS)
def test_three_hundred_alternatives(folder, method):
    rows = "".join(f"N{i},{i * 37 % 101},{i * 53 % 97}\n" for i in range(300))
    found = rank(read_decision(folder("alternative,x,y\n" + rows, BOTH)), method, draws=DRAWS)
    assert sorted(s.rank for s in found.standings)[0] == 1
    assert max(s.rank for s in found.standings) <= 300


def test_a_folder_that_is_not_there():
    with pytest.raises(FansipanError, match="There is no folder nowhere"):
        read_decision("nowhere")
