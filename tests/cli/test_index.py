"""``fansipan index aggregate`` as it is typed: files in, files out, faults with status 1 and never a traceback."""

import json
import sys

import polars as pl
import pytest

from fansipan.cli import main

VALUES = "code,period,index\nA,2024-01,100\nB,2024-01,100\nA,2024-02,110\nB,2024-02,\n"
WEIGHTS = "code,parent,weight\nT,,\nA,T,3\nB,T,1\n"


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command line in this process, as `python -m fansipan` does; returns status and what it said."""

    def run(*words, lang="en"):
        monkeypatch.setattr(sys, "argv", ["fansipan", *map(str, words), "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out + said.err

    return run


@pytest.fixture
def aggregate(tmp_path, command):
    """Run the command on two texts; returns status, what it said and the path it was to write."""

    def run(values=VALUES, weights=WEIGHTS, *options, out="out.csv", lang="en", encoding="utf8"):
        for name, words in (("values.csv", values), ("weights.csv", weights)):
            if words is not None:
                (tmp_path / name).write_bytes(words.encode(encoding))
        files = (tmp_path / "values.csv", tmp_path / "weights.csv", "-o", tmp_path / out)
        status, said = command("index", "aggregate", *files, *options, lang=lang)
        assert "Traceback" not in said
        return status, said, tmp_path / out

    return run


def test_from_the_shell(fansipan, tmp_path):
    (tmp_path / "v.csv").write_text(VALUES)
    (tmp_path / "w.csv").write_text(WEIGHTS)
    refused = fansipan("index", "aggregate", "v.csv", "w.csv", "-o", "o.csv", cwd=tmp_path)
    assert (refused.returncode, "leaf B has no value for 2024-02" in refused.stderr) == (1, True)
    done = fansipan("index", "aggregate", "v.csv", "w.csv", "-o", "o.csv", "--missing", "carry", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "o.csv").exists()) == (0, True)


def test_writes_every_node_unrounded_and_says_what_was_estimated(aggregate):
    status, said, out = aggregate(VALUES, WEIGHTS, "--missing", "parent", "--growth", "mom")
    assert status == 0
    assert "3 nodes, 2 months, 1 values of leaves estimated" in said
    head, first, second, *_, last = out.read_text().splitlines()
    assert head == "code,period,index,imputed,growth,contribution"
    assert first == "T,2024-01,100.0,false,,"
    assert second.startswith("T,2024-02,110.0,true,10.0,10.0")
    assert last.startswith(f"B,2024-02,{100 * (330 / 300)!r},true,10.0")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json"])
def test_format_by_the_name_of_the_file(aggregate, ending):
    status, said, out = aggregate(VALUES, WEIGHTS, "--missing", "drop", out=f"out.{ending}")
    assert status == 0, said
    readers = {"csv": pl.read_csv, "xlsx": pl.read_excel, "parquet": pl.read_parquet, "json": pl.read_json}
    frame = readers[ending](out)
    assert frame.columns == ["code", "period", "index", "imputed"]
    assert frame["index"].to_list() == [100, 110, 100, 110, 100, None]
    assert frame["period"].to_list()[:2] == ["2024-01", "2024-02"]


def test_missing_values_are_named_in_the_language_asked_for(aggregate):
    status, said, out = aggregate()
    assert (status, out.exists()) == (1, False)
    assert "values.csv, row 5, column index: The leaf B has no value for 2024-02." in said
    assert "Nút lá B không có giá trị kỳ 2024-02." in aggregate(lang="vi")[1]


def test_faults_of_cells_and_of_the_whole_come_together(aggregate):
    values = "code,period,index\nA,2024-01,abc\nZ,2024-01,1\nA,2024-13,1\nB,2024-01,1\n"
    status, said, _ = aggregate(values, WEIGHTS.replace("B,T,1", "B,T,-1"))
    assert status == 1
    lines = [line.split(":")[0] for line in said.splitlines()[1:]]
    assert lines == [
        "values.csv, row 4, column period",
        "values.csv, row 2, column index",
        "weights.csv, row 4, column weight",
        "values.csv, row 3, column code",
    ]


@pytest.mark.parametrize(
    "dress",
    [
        lambda words: "\ufeff" + words,
        lambda words: words.replace("\n", "\r\n"),
        lambda words: words.replace(",", ";"),
        lambda words: words.replace(",", "\t"),
        lambda words: words.replace("\n", "\n\n\n"),
        lambda words: words.replace(",", " , ").upper().replace("CODE", " Code "),
        lambda words: "\n".join(line + ",extra" for line in words.splitlines()) + "\n",
        lambda words: words.replace("code", "Mã").replace("period", "Kỳ").replace("weight", "Quyền số"),
    ],
)
def test_files_as_spreadsheets_write_them(aggregate, dress):
    status, said, out = aggregate(dress(VALUES), dress(WEIGHTS), "--missing", "carry")
    assert status == 0, said
    assert pl.read_csv(out)["index"].to_list() == [100, 107.5, 100, 110, 100, 100]


@pytest.mark.parametrize(
    ("values", "weights", "told"),
    [
        (None, WEIGHTS, ["no file"]),
        (None, None, ["no file", "no file"]),
        (VALUES, None, ["no file"]),
        ("", WEIGHTS, ["is empty"]),
        (VALUES, "", ["is empty"]),
        ("code,period,index\n", WEIGHTS, ["values.csv: The table has no rows"]),
        (VALUES, "code,parent,weight\n", ["weights.csv: The table has no rows"]),
        ("code,period\nA,2024-01\n", WEIGHTS, ["“Index” (index) is missing"]),
        (VALUES, "code,weight\nA,1\n", ["“Parent” (parent) is missing"]),
        (None, "code,parent,weight\nA,,\n", ["no file", "leaf A has no weight"]),
        (VALUES + "A,2024-01,3\n", None, ["no file", "row 6: The row's key"]),
        ("code,period,index\nA,2024-01,1,2,3,4\nB,2024-01,1\n", WEIGHTS, ["row 2"]),
        ("code,period,index\nA,2024-01,\x00\n", WEIGHTS, ["not a CSV text file"]),
        ('code,period,index\nA,2024-01,"1,234"\nB,2024-01,1\n', WEIGHTS, ["two ways"]),
        ("code,period,index\nA,2024-01,inf\nB,2024-01,1\n", WEIGHTS, ["needs a number"]),
        ("code,period,index\nA,2024-Q1,1\nB,2024,1\n", WEIGHTS, ["needs a month", "needs a month"]),
    ],
)
def test_bad_files_end_in_words_and_nothing_is_told_that_follows_from_them(aggregate, values, weights, told):
    status, said, out = aggregate(values, weights)
    assert (status, out.exists()) == (1, False)
    lines = said.splitlines()[1:]
    assert len(lines) == len(told), said
    assert all(words in line for words, line in zip(told, lines, strict=True)), said


def test_files_in_the_wrong_order_are_told_by_their_columns(aggregate):
    status, said, _ = aggregate(WEIGHTS, VALUES)
    assert status == 1
    assert all("is missing" in line or "passed over" in line for line in said.splitlines()[1:]), said


def test_a_folder_in_place_of_a_file_is_named(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "w.csv").write_text(WEIGHTS)
    status, said = command("index", "aggregate", ".", "w.csv", "-o", "o.csv")
    assert (status, "The file . cannot be read: Is a directory" in said, "no rows" in said) == (1, True, False)


def test_a_file_that_is_not_utf8(aggregate):
    status, said, _ = aggregate(VALUES.replace("A,", "Điện,"), WEIGHTS, encoding="utf-16-be")
    assert status == 1
    assert "values.csv" in said


def test_codes_that_look_like_numbers_of_columns_are_rows(aggregate):
    weights = "code,parent,weight\n1,2,3\n2,,\n4,2,5\n"
    status, said, out = aggregate("code,period,index\n1,2024-01,100\n4,2024-01,50\n", weights)
    assert status == 0, said
    assert pl.read_csv(out, schema_overrides={"code": pl.String}).rows() == [
        ("1", "2024-01", 100, False),
        ("2", "2024-01", 68.75, False),
        ("4", "2024-01", 50, False),
    ]


def test_titles_may_stand_above_the_header(aggregate):
    status, said, out = aggregate("Chỉ số tháng,,\n" + VALUES, "Quyền số năm 2015,,\n\n" + WEIGHTS, "--missing", "drop")
    assert status == 0, said
    assert pl.read_csv(out)["index"].to_list() == [100, 110, 100, 110, 100, None]


def test_what_cannot_be_written_is_told_before_the_work(aggregate, tmp_path):
    status, said, _ = aggregate(VALUES, WEIGHTS, out="out.docx")
    assert status == 1
    assert ".docx" in said
    (tmp_path / "folder.csv").mkdir()
    assert aggregate(VALUES, WEIGHTS, "--missing", "drop", out="folder.csv")[0] == 1


@pytest.mark.parametrize("options", [("--missing", "guess"), ("--growth", "qoq"), ("--year-start", "13")])
def test_unknown_options_are_refused(aggregate, options):
    assert aggregate(VALUES, WEIGHTS, *options)[0] == 2


def test_help_in_both_languages(command):
    for lang, words in (("en", "weighted arithmetic mean of the"), ("vi", "bình quân")):
        status, said = command("index", "aggregate", "--help", lang=lang)
        assert status == 0
        assert words in " ".join(said.split())


def test_json_holds_blanks_as_null(aggregate):
    *_, out = aggregate(VALUES, WEIGHTS, "--missing", "drop", out="out.json")
    assert json.loads(out.read_text())[-1] == {"code": "B", "period": "2024-02", "index": None, "imputed": False}
