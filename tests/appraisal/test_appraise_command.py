"""The command appraise: JSON alone on standard output, words otherwise, never a traceback."""

import json

import pytest


def test_json(appraise):
    status, told, rows = appraise()
    assert (status, told["method"], told["selected"]) == (0, "value", "B")
    assert set(rows["A"]) >= {"alternative", "score", "rank", "refused"}
    assert [rows[name]["rank"] for name in "ABC"] == [2, 1, 3]


def test_a_method_in_capitals(appraise):
    assert appraise("--method", "TOPSIS")[1]["method"] == "topsis"


def test_json_of_smaa_has_the_whole_acceptability(appraise):
    free = "criterion,weight,weight_min,weight_max,direction\nvốn,,,,max\ncông nghệ,,,,max\nnước,,,,min\n"
    _, _, rows = appraise("--method", "smaa", "--draws", "2000", criteria=free)
    assert all(len(row["acceptability"]) == 3 for row in rows.values())
    assert all(row["score"] == row["acceptability"][0] for row in rows.values())


def test_json_of_an_input_at_fault(appraise):
    status, told, _ = appraise(alternatives="alternative,vốn\nA,nhiều\n")
    assert (status, told["alternatives"]) == (1, [])
    assert "alternatives.csv, row 2, column vốn" in told["messages"][0]


def test_words_in_both_languages(folder, fansipan):
    gated = folder(criteria="criterion,weight,direction,gate,cure\nvốn,1,max,>=95,Tăng vốn.\n")
    english, vietnamese = fansipan("appraise", gated), fansipan("appraise", gated, lang="vi")
    assert english.stdout.splitlines()[:3] == ["Ranking of alternatives — method value", "1. C: 1.0000", "2. A: 0.0000"]
    assert "The gate vốn ≥ 95 is not met (it is 90). Tăng vốn." in english.stdout
    assert "Không đạt điều kiện vốn ≥ 95 (thực tế: 90)." in vietnamese.stdout
    assert "Đề xuất chọn: C" in vietnamese.stdout


@pytest.mark.parametrize("arguments", [["nowhere"], ["{folder}", "--method", "electre"]])
def test_refusals_are_words(folder, fansipan, arguments):
    done = fansipan("appraise", *(argument.format(folder=folder()) for argument in arguments))
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
    assert done.stderr.strip()


def test_refusal_with_json(fansipan):
    done = fansipan("appraise", "nowhere", "--json")
    assert done.returncode == 1
    assert "no folder" in json.loads(done.stdout)["messages"][0]
