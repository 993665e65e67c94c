"""``fansipan calls`` as it is typed: words, JSON, files, refusals with status 1."""

import json
import sys

import polars as pl
import pytest

from fansipan.cli import main
from fansipan.periods import Month, month_range
from fansipan.province import Province
from support.returns import returned


@pytest.fixture
def folder(small, tmp_path):
    """Seventeen months of two mines; the last figure of mine a is in kilograms, that of mine b has not come."""
    months = list(month_range(Month(2023, 1), Month(2024, 5)))
    returns = [returned(who, "ore", str(m), 100.0, on=f"{m}-20", value=0.3) for m in months for who in "ab"]
    returns[-2]["quantity"] = 100_000.0
    province = Province(small(returns[:-1]))
    return province.write(tmp_path / "province")


@pytest.fixture
def calls(monkeypatch, capsys, folder):
    def run(*words, lang="en", path=folder):
        monkeypatch.setattr(sys, "argv", ["fansipan", "calls", str(path), *map(str, words), "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return left.value.code or 0, said.out, said.err

    return run


def test_a_call_in_words(calls):
    status, said, _ = calls()
    assert status == 0
    first = said.split("\n\n")[1].splitlines()
    assert first[0] == "1. a (a) · ore"
    assert first[1].strip() == "Reported 100,000 t; expected about 100.0 t"
    assert "value reported over the unit value 100.0" in first[2]
    assert "overstated by 49,950.000 percentage points" in first[4]
    assert first[5].strip() == "Ask: was another unit used (factor 1,000), the right figure being 100 t?"
    assert "No figure yet; expected about 100.0 t" in said


def test_in_vietnamese(calls):
    _, said, _ = calls(lang="vi")
    assert "Danh sách gọi lại tháng 5/2024: 2 trên 2 báo cáo" in said
    assert "Cần hỏi: có phải ghi nhầm đơn vị tính (gấp 1.000 lần), số đúng là 100 t?" in said


def test_as_json(calls):
    rows = json.loads(calls("--json", "--top", 1)[1])
    assert [row["establishment"] for row in rows] == ["a"]
    assert (rows[0]["slip"], rows[0]["meant"], rows[0]["month"]) == ("unit", 100.0, "2024-05")
    assert rows[0]["question"].startswith("was another unit used")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "json"])
def test_into_a_file(calls, tmp_path, ending):
    out = tmp_path / f"calls.{ending}"
    status, said, _ = calls("-o", out)
    assert (status, "2 rows written" in said) == (0, True)
    read = {"csv": pl.read_csv, "xlsx": pl.read_excel, "parquet": pl.read_parquet, "json": pl.read_json}[ending](out)
    assert read["establishment"].to_list() == ["a", "b"]


def test_a_month_without_anything_to_ask(calls):
    status, said, _ = calls("--month", "2024-04")
    assert (status, "No return of April 2024 needs a call" in said) == (0, True)
    assert json.loads(calls("--month", "2024-04", "--json")[1]) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--month", "2030-01"), "No return of 2030-01"),
        (("--month", "2024.5"), "5/2024"),
        (("--known-on", "2024-05-01", "--month", "2024-05"), "No return of 2024-05"),
        (("--known-on", "2020-01-01"), "no return"),
        (("-o", "calls.docx"), ".docx"),
    ],
)
def test_what_cannot_be_answered_is_told(calls, words, told):
    status, _, said = calls(*words)
    assert (status, told in said) == (1, True), said


def test_an_unknown_folder_and_a_wrong_number(calls, tmp_path):
    assert calls(path=tmp_path / "nowhere")[0] == 1
    assert calls("--top", "0")[0] == 2
