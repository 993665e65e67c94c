"""The files of the command: series and regressors read with every fault, adjustments written (Rule SA11)."""

import json

import numpy as np
import pytest

from fansipan.errors import InvalidInput, Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjust import adjust
from fansipan.statistics.seasonal.files import adjusted_frame, read_regressors, read_series
from fansipan.statistics.seasonal.record import coefficient_name, plain, record
from fansipan.statistics.seasonal.x13.output import Coefficient
from support.monthly import START, needs_x13, wave


@pytest.fixture
def write(tmp_path):
    def made(words: str, encoding: str = "utf8"):
        path = tmp_path / "given.csv"
        path.write_bytes(words.encode(encoding))
        return path

    return made


def codes(invalid: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, int | None, str | None]]:
    return [(fault.code, fault.place.row, fault.place.column) for fault in invalid.value.faults]


def test_series_are_read_in_any_order_with_gaps(write):
    found = read_series(write('series,period,value\n"A, ""b""",2020-03,3\nđiện,2020-01,\n"A, ""b""",2020-01,1.5\n'))
    assert list(found) == ['A, "b"', "điện"]
    assert found['A, "b"'].start == Month(2020, 1)
    assert found['A, "b"'].values == pytest.approx([1.5, np.nan, 3.0], nan_ok=True)
    assert np.isnan(found["điện"].values).all()


@pytest.mark.parametrize(
    "words",
    [
        "\ufeffseries,period,value\r\na,2020-01,1\r\na,2020-02,NA\r\n",
        "series;period;value\na;2020-01;1,0\na;02/2020;\n",
        "extra,value,period,series\nx,1,2020-01,a\ny,NaN,2020-02,a\n",
        "Chuỗi\tKỳ\tGiá trị\na\t2020-01\t1\na\t2020-02-01\tnull\n",
    ],
)
def test_other_ways_to_write_the_same_file(write, words):
    found = read_series(write(words))
    assert found["a"].values == pytest.approx([1.0, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("series,period,value\na,2020-01,1\na,2020-01,2\n", [("row.duplicate", 2, None), ("row.duplicate", 3, None)]),
        ("series,period,value\na,2020-13,x\n", [("cell.not-month", 2, "period"), ("cell.not-number", 2, "value")]),
        ("series,period,value\na,2020-Q1,1\n", [("seasonal.not-monthly", 2, "period")]),
        ("series,period,value\na,2020,1\n", [("seasonal.not-monthly", 2, "period")]),
        ("series,period,value\n,2020-01,1\n", [("cell.empty", 2, "series")]),
        ("series,period,value\na,2020-01,inf\n", [("cell.not-number", 2, "value")]),
        ("series,period\na,2020-01\n", [("seasonal.no-values", None, None)]),
        ("period,value\n2020-01,1\n", [("column.missing", None, None)]),
        ("series,period,value\n", [("seasonal.no-rows", None, None)]),
        ("", [("file.empty", None, None)]),
    ],
)
def test_faults_of_a_series_file_are_all_told(write, words, expected):
    with pytest.raises(InvalidInput) as invalid:
        read_series(write(words))
    assert codes(invalid) == expected


def test_regressors_keep_their_names_and_are_put_in_order(write):
    found = read_regressors(write("trước Tết,period,Truoc tet\n0.5,2020-02,1e-3\n-0.5,2020-01,0\n"))
    assert found.names == ("trước Tết", "Truoc tet")
    assert found.start == Month(2020, 1)
    assert found.values == pytest.approx(np.array([[-0.5, 0], [0.5, 0.001]]))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("period,a,a\n2020-01,1,2\n", [("column.twice", None, None)]),
        ("period\n2020-01\n", [("seasonal.no-regressors", None, None)]),
        ("period,a\n2020-01,1\n2020-04,2\n", [("seasonal.regressor-gap", None, None)]),
        ("period,a\n2020-01,1\n2020-01,2\n", [("row.duplicate", 2, None), ("row.duplicate", 3, None)]),
        ("period,tết\n2020-01,\n2020-02,x\n", [("cell.empty", 2, "tết"), ("cell.not-number", 3, "tết")]),
        ("a,b\n1,2\n", [("column.missing", None, None)]),
        ("series,period,value\na,2020-01,1\nb,2020-01,x\n", [("seasonal.no-regressor-file", None, None)]),
        ("period,a\n2020-Q1,1\n", [("seasonal.not-monthly", 2, "period")]),
        ("period,a\n2020-Q1,1\n2020-Q2,1\n", [("seasonal.not-monthly", n, "period") for n in (2, 3)]),
        ("period,a\n", [("seasonal.no-rows", None, None)]),
    ],
)
def test_faults_of_a_regressor_file_are_all_told(write, words, expected):
    with pytest.raises(InvalidInput) as invalid:
        read_regressors(write(words))
    assert codes(invalid) == expected


def test_a_file_that_is_not_there(tmp_path):
    for read in (read_series, read_regressors):
        with pytest.raises(InvalidInput, match="There is no file"):
            read(tmp_path / "none.csv")


@needs_x13
def test_what_is_written_has_the_columns_and_keys_agreed():
    series = wave(60)
    series[10] = np.nan
    outcomes = {"đồng": adjust(series, START, holiday="none"), "ngắn": Refused("x13.too-short", months=3, least=36)}
    frame = adjusted_frame(outcomes)
    columns = ["series", "period", "original", "adjusted", "trend", "irregular", "holiday_effect"]
    assert frame.columns == columns
    assert frame["series"].unique().to_list() == ["đồng"]
    assert frame["original"].null_count() == 1
    assert frame["adjusted"].null_count() == 0
    told = record(outcomes, "x11", "vi")["series"]
    json.dumps(told, allow_nan=False)
    first, rest = (
        ["status", "seasonal", "verdict"],
        ["reason", "method", "mode", "model", "holiday", "coefficients", "aicc", "outliers", "diagnostics"],
    )
    assert [list(one) for one in told.values()] == [[*first, *rest], [first[0], *rest]]
    assert told["đồng"]["diagnostics"]["gaps"][0]["period"] == "2012-11"
    assert told["đồng"]["diagnostics"]["gaps"][0]["estimate"] == pytest.approx(wave(60)[10], rel=0.1)
    assert told["đồng"]["aicc"]["with_holiday"] is None
    assert told["đồng"]["holiday"] == "none"
    assert told["đồng"]["coefficients"][-1]["name"] == "MA-Seasonal-12"
    assert told["ngắn"]["status"] == "refused"
    assert told["ngắn"]["reason"].startswith("Chuỗi chỉ có 3 tháng")
    assert not [path for path, value in leaves(told) if not isinstance(value, str | int | float | None)]


def leaves(value, path=""):
    """Every value of a record that is no mapping and no list, with its path."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, f"{path}/{key}")]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item, f"{path}[]")]
    return [(path, value)]


@needs_x13
def test_months_in_the_diagnostics_are_written_as_months():
    history = record({"a": adjust(wave(120), START, holiday="none")}, "x11", "vi")
    assert history["series"]["a"]["diagnostics"]["revision_history"]["last"] == str(START + 118)


@needs_x13
def test_regressors_of_another_countrys_new_year(tmp_path):
    """The Korean and Chinese New Year of 2013-2025 on a series made with it: found, and told by name."""
    days = dict(
        enumerate(
            [
                "02-10",
                "01-31",
                "02-19",
                "02-08",
                "01-28",
                "02-16",
                "02-05",
                "01-25",
                "02-12",
                "02-01",
                "01-22",
                "02-10",
                "01-29",
            ],
            2013,
        )
    )
    share = {f"{year}-{day[:2]}": 1.0 for year, day in days.items()}
    months = [str(Month(2013, 1) + k) for k in range(156)]
    mean = {m: np.mean([share.get(f"{y}-{m}", 0.0) for y in days]) for m in ("01", "02")}
    centred = [share.get(m, 0.0) - mean.get(m[5:], 0.0) for m in months]
    (tmp_path / "seollal.csv").write_text(
        "period,seollal\n" + "".join(f"{m},{float(x)!r}\n" for m, x in zip(months, centred, strict=True))
    )
    regressors = read_regressors(tmp_path / "seollal.csv")
    values = wave(144) * np.exp(-0.1 * np.array(centred[:144]))
    found = adjust(values, Month(2013, 1), holiday=regressors, stability=False)
    (coefficient,) = [c for c in found.coefficients if c.name == "seollal"]
    assert coefficient.estimate == pytest.approx(-0.1, abs=4 * coefficient.standard_error + 0.01)
    assert found.aicc_with < found.aicc_without
    assert record({"a": found}, "x11", "en")["series"]["a"]["holiday"] == "seollal"
    by_seats = adjust(values, Month(2013, 1), holiday=regressors, method="seats", stability=False)
    assert by_seats.holiday == ("seollal",)


def test_nothing_adjusted_still_has_the_columns():
    assert adjusted_frame({}).columns[:2] == ["series", "period"]


def test_names_of_coefficients():
    assert coefficient_name(Coefficient("AR", "Nonseasonal$01$03", 0, 0, 0)) == "AR-Nonseasonal-03"
    assert coefficient_name(Coefficient("User-defined Holiday", "a$b", 0, 0, 0)) == "a$b"


def test_figures_that_do_not_exist_are_null():
    assert plain({"a": [float("nan"), np.float64(1), Month(2020, 1)]}) == {"a": [None, 1.0, "2020-01"]}
