"""Fansipan in three lines: what Python gives equals what the commands print."""

import doctest
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

import fansipan
from fansipan import api
from fansipan.errors import FansipanError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fansipan.example(tmp_path_factory.mktemp("api") / "laocai")


@pytest.fixture(scope="module")
def laocai(folder):
    return fansipan.read(folder)


@pytest.mark.parametrize("month", ["2024-05", "05/2024", "T5/2024", fansipan.Month(2024, 5), None])
def test_a_month_in_any_spelling(laocai, month):
    found = laocai.output(month)
    assert found["level"][0] == pytest.approx(3726.7, abs=0.05)
    assert found["growth"][0] == pytest.approx(2.15, abs=0.005)


def test_frames_equal_what_the_command_writes(folder, laocai, fansipan, tmp_path):
    for arguments, frame in (
        (["--by", "area", "--compare", "ytd"], laocai.output("2024-05", by="area", compare="ytd")),
        (["--indicator", "index"], laocai.index("2024-05")),
    ):
        run = fansipan("measure", folder, "--month", "2024-05", *arguments, "-o", tmp_path / "m.csv")
        assert run.returncode == 0, run.stderr
        written = pl.read_csv(tmp_path / "m.csv", schema_overrides=frame.schema)
        assert written.equals(frame) or all(
            written[c].to_list() == pytest.approx(frame[c].to_list(), nan_ok=True)
            for c in frame.columns
            if frame[c].dtype.is_numeric()
        )


def test_the_month_in_a_few_rows(laocai):
    found = laocai.month("2024-05")
    assert found["measure"].to_list() == ["output", "output-since-january", "index"]
    assert found["on_last_year"].to_list() == pytest.approx([2.15, 5.34, 4.77], abs=0.005)
    assert found.to_pandas().shape == (3, 5)


def test_what_was_known_on_a_day(laocai):
    early = laocai.as_known_on(date(2024, 4, 15))
    assert str(early.last_month) < "2024-05"
    assert early["returns"].height < laocai["returns"].height


def test_a_province_without_returns_says_so(frames):
    from fansipan.province import Province

    with pytest.raises(FansipanError, match="no return of any product"):
        api.Desk(Province(frames())).output()
    with pytest.raises(FansipanError, match="soon"):
        api.Desk(Province(frames())).output("soon")


def test_the_first_lines_of_the_documentation_run(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert doctest.testmod(api).failed == 0


@pytest.mark.slow
def test_a_script_of_three_lines_without_a_guard(folder, tmp_path):
    script = tmp_path / "three.py"
    script.write_text(f"import fansipan\nd = fansipan.read({str(folder)!r})\nprint(d.scenario('2024-05').height)\n")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=300, check=False)
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, "12", "")
