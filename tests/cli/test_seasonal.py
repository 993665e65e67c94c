"""``fansipan seasonal adjust`` as a user runs it."""

import csv
import json

import numpy as np
import polars as pl
import pytest

from fansipan.cli import main
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_regressors
from support.monthly import START, needs_x13, wave, with_tet


@pytest.fixture
def given(tmp_path):
    """Write a file of series and return its path."""

    def write(**series: np.ndarray):
        path = tmp_path / "series.csv"
        with path.open("w", newline="", encoding="utf8") as file:
            rows = csv.writer(file)
            rows.writerow(["series", "period", "value"])
            for name, values in series.items():
                rows.writerows([name, START + k, "" if np.isnan(v) else v] for k, v in enumerate(values))
        return path

    return write


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Run the command line within this process, in an empty folder; returns status, output and errors."""

    def run(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setattr("sys.argv", ["fansipan", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capsys.readouterr()

    return run


def results(folder) -> tuple[pl.DataFrame, dict]:
    return pl.read_csv(folder / "out.csv"), json.loads((folder / "out.json").read_text(encoding="utf8"))["series"]


@needs_x13
def test_tet_series_short_series_and_constant_series_in_one_file(fansipan, given, tmp_path):
    path = given(**{'Điện, "x"; y': with_tet(96), "ngắn": wave(20), "hằng số": np.full(60, 5.0), "âm": wave(60) - 160})
    done = fansipan("seasonal", "adjust", path, "-o", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    assert "4 series: 2 adjusted, 0 left as they are" in done.stdout
    assert "Not adjusted, ngắn: The series has only 20 months" in done.stderr
    frame, record = results(tmp_path)
    assert [record[name]["status"] for name in record] == ["adjusted", "refused", "refused", "adjusted"]
    power = frame.filter(pl.col("series") == 'Điện, "x"; y')
    assert power["original"].to_numpy() == pytest.approx(with_tet(96), rel=1e-12)
    assert (power["trend"] * power["irregular"]).to_numpy() == pytest.approx(power["adjusted"].to_numpy(), rel=1e-9)
    one = record['Điện, "x"; y']
    assert one["method"] == "x11"
    assert one["mode"] == "multiplicative"
    assert one["holiday"] == "tet_pre7+tet_post7"
    assert one["aicc"]["with_holiday"] < one["aicc"]["without_holiday"]
    assert record["âm"]["mode"] == "additive"
    below = frame.filter(pl.col("series") == "âm")
    assert (below["trend"] + below["irregular"]).to_numpy() == pytest.approx(below["adjusted"].to_numpy(), abs=1e-6)


@needs_x13
def test_given_regressors_by_seats(command, given, tmp_path):
    windows = tet_regressors((BEFORE_7, DURING_7), START, 96 + 36)
    months = [str(START + k) for k in range(132)]
    frame = pl.DataFrame({"period": months, "trước": windows.values[:, 0], "sau": windows.values[:, 1]})
    frame.write_csv(tmp_path / "regressors.csv")
    path = given(a=with_tet(96), late=np.concatenate([np.full(60, np.nan), wave(72)]))
    options = ("--holiday", "regressors.csv", "--method", "seats")
    status, _, errors = command("seasonal", "adjust", str(path), *options, "-o", "out.csv")
    assert status == 0, errors
    frame, record = results(tmp_path)
    assert record["a"]["method"] == "seats"
    assert record["a"]["holiday"] == "trước+sau"
    estimates = {one["name"]: one["estimate"] for one in record["a"]["coefficients"]}
    assert estimates["sau"] == pytest.approx(-0.12, abs=0.03)
    factor = frame.filter(pl.col("series") == "a")["holiday_effect"].to_numpy()
    expected = np.exp(windows.values[:96] @ [estimates["trước"], estimates["sau"]])
    assert factor == pytest.approx(expected, rel=1e-9)
    assert record["late"]["status"] == "refused"
    assert "2017-01 to 2023-12 is needed" in record["late"]["reason"]


@needs_x13
def test_a_short_series_takes_the_effect_of_the_named_one(command, given, tmp_path):
    path = str(given(dài=with_tet(108), trẻ=with_tet(48)))
    status, words, _ = command("seasonal", "adjust", path, "--tet-from", "dài", "-o", "out.csv", lang="vi")
    assert status == 0
    assert "2 chuỗi: 2 đã điều chỉnh" in words
    _, record = results(tmp_path)
    assert record["trẻ"]["reason"].startswith("Chuỗi chỉ có 48 tháng nên dùng ảnh hưởng Tết của chuỗi dài.")
    assert record["trẻ"]["coefficients"][0]["standard_error"] is None


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ("series,period,value\na,2020-Q1,1\n", (), "Only monthly series are adjusted"),
        ("series,period,value\na,2020-01,1\na,2020-01,1\n", (), "row 3"),
        ("series,period,value\na,2020-01,x\n", (), "row 2, column value: Column “Value” needs a number"),
        ("", (), "is empty"),
        ("series,period,value\na,2020-01,1\n", ("--holiday", "nowhere.csv"), "There is no file nowhere.csv"),
        ("series,period,value\na,2020-01,1\n", ("-o", "out.json"), "must not end in .json"),
    ],
)
def test_faults_are_told_in_words_with_status_1(command, tmp_path, words, options, message):
    (tmp_path / "s.csv").write_text(words, encoding="utf8")
    status, _, errors = command("seasonal", "adjust", "s.csv", "-o", "out.csv", *options)
    assert status == 1
    assert message in errors
    assert not (tmp_path / "out.csv").exists()


@needs_x13
def test_a_series_may_be_named_as_if_it_were_nothing(command, given, tmp_path):
    gaps = wave(60)
    gaps[7] = np.nan
    path = given(NA=gaps, nan=wave(48))
    path.write_text(path.read_text(encoding="utf8").replace(",\n", ",NA\n"), encoding="utf8")
    status, _, errors = command("seasonal", "adjust", str(path), "--holiday", "none", "-o", "out.csv")
    assert (status, errors) == (0, "")
    frame, record = results(tmp_path)
    assert [(name, one["status"]) for name, one in record.items()] == [("NA", "adjusted"), ("nan", "adjusted")]
    assert frame.filter(pl.col("original").is_null()).select("series", "period").rows() == [("NA", "2012-08")]


@needs_x13
def test_a_specification_fixed_by_hand(command, given, tmp_path):
    spiked = with_tet(96).copy()
    spiked[50] *= 1.6
    path = str(given(a=spiked))
    fixed = ("--model", "(1,1,0)(0,1,1)12", "--no-outliers", "--no-trading-days", "--mode", "additive")
    status, _, errors = command("seasonal", "adjust", path, *fixed, "-o", "out.csv")
    assert (status, errors) == (0, "")
    _, record = results(tmp_path)
    assert (record["a"]["model"], record["a"]["mode"], record["a"]["outliers"]) == ("(1 1 0)(0 1 1)", "additive", [])


@needs_x13
def test_one_bad_regressor_is_told_series_by_series(command, given, tmp_path):
    months = [str(START + k) for k in range(108)]
    moves = np.random.default_rng(2).normal(0, 1, 108)
    april = [float(k % 12 == 3) for k in range(108)]
    pl.DataFrame({"period": months, "di chuyển": moves, "tháng tư": april}).write_csv(tmp_path / "regressors.csv")
    path = str(given(a=wave(96), ngắn=wave(20)))
    status, _, errors = command("seasonal", "adjust", path, "--holiday", "regressors.csv", "-o", "out.csv")
    assert status == 0
    assert "Not adjusted, a: From 2012-01 to 2019-12 the regressor tháng tư is the same in every year" in errors
    _, record = results(tmp_path)
    assert record["a"]["diagnostics"] == {"code": "seasonal.regressor-still"}
    assert record["ngắn"]["diagnostics"] == {"code": "x13.too-short"}


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (("--mode", "log"), 2, "There is no mode log; choose auto, multiplicative or additive"),
        (("--model", "airline"), 1, "airline is no ARIMA model"),
    ],
)
def test_a_specification_that_is_none_is_refused_before_anything_is_read(command, options, status, message):
    ended, _, errors = command("seasonal", "adjust", "none.csv", *options, "-o", "out.csv")
    assert ended == status
    assert message in errors


def test_an_unknown_method_is_refused_before_anything_is_read(command):
    status, _, errors = command("seasonal", "adjust", "none.csv", "--method", "stl", "-o", "out.csv")
    assert status == 2
    assert "There is no method stl" in errors


def test_help_speaks_vietnamese(command):
    status, words, _ = command("seasonal", "adjust", "--help", lang="vi")
    assert status == 0
    assert "Điều chỉnh mùa vụ mọi chuỗi trong tệp" in words
