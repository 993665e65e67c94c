"""Series in and forecasts out (Rules F1, F17)."""

import numpy as np
import pytest

from fansipan.errors import InvalidInput
from fansipan.periods import Month
from fansipan.scenario.forecast.files import forecast_frame, read_histories
from fansipan.scenario.forecast.outcome import Outcome


def read(tmp_path, words, horizon=3):
    path = tmp_path / "series.csv"
    path.write_text(words, encoding="utf8")
    return read_histories(path, horizon)[0]


def test_gaps_inside_stay_and_trailing_ones_fall_away(tmp_path):
    (found,) = read(tmp_path, "series,period,value\nx,2024-03,3\nx,2024-01,1\nx,2024-04,\nx,2023-12,NA\n")
    assert found.start == Month(2024, 1)
    assert found.values.tolist()[::2] == [1, 3]
    assert np.isnan(found.values[1])
    assert found.next_month == Month(2024, 4)


def test_a_series_may_be_named_like_a_sign_for_no_figure(tmp_path):
    rows = "NA,2024-01,1,NA\nNA,2024-02,NA,9\nNA,2024-03,2,\n..,2024-01,3,\n"
    found = read(tmp_path, "series,period,value,capacity\n" + rows)
    assert [one.name for one in found] == ["NA", ".."]
    assert found[0].values.tolist()[::2] == [1, 2]
    assert found[0].capacity.tolist() == [9, 9, 9]


def test_series_stay_in_the_order_they_first_stand(tmp_path):
    rows = "Xi măng,2024-01,1\nĐiện,2024-01,2\nXi măng,2024-02,1\n"
    found = read(tmp_path, "series,period,value\n" + rows)
    assert [one.name for one in found] == ["Xi măng", "Điện"]


def test_a_series_without_figures_is_there(tmp_path):
    (found,) = read(tmp_path, "series,period,value\nx,2024-01,\nx,2024-02,\n")
    assert len(found) == 0
    assert found.next_month == Month(2024, 3)


def test_capacity_holds_until_the_next_one(tmp_path):
    rows = "x,2024-01,1,9\nx,2024-02,1,\nx,2024-04,,12\n"
    (found,) = read(tmp_path, "series,period,value,capacity\n" + rows)
    assert found.capacity.tolist() == [9, 12, 12]


def test_without_capacity_there_is_no_ceiling(tmp_path):
    (found,) = read(tmp_path, "series,period,value\nx,2024-01,1\n")
    assert found.capacity.tolist() == [np.inf] * 3


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends(tmp_path, mark, end):
    path = tmp_path / "s.csv"
    path.write_bytes(f"{mark}series,period,value{end}a,2024-01,1{end}".encode())
    assert read_histories(path, 1)[0][0].values.tolist() == [1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "file.empty"),
        ("series,period,value\n", "forecast.no-rows"),
        ("series,period\nx,2024-01\n", "column.missing"),
        ("series,period,value\nx,2024-01,một\n", "cell.not-number"),
        ("series,period,value\nx,2024-13,1\n", "cell.not-month"),
        ("series,period,value,capacity\nx,2024-01,1,-1\n", None),
    ],
)
def test_refused(tmp_path, words, code):
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, words)
    if code:
        assert code in {fault.code for fault in refused.value.faults}


def test_the_same_month_twice_is_refused_with_every_row(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, "series,period,value\nx,2024-01,1\nx,2024-01,2\ny,2024-01,abc\n")
    assert {fault.place.row for fault in refused.value.faults} >= {2, 3, 4}


def test_columns_of_the_answer():
    bounds = np.array([[1.0], [3.0], [0.0], [4.0]])
    frame = forecast_frame([Outcome("x", Month(2024, 12), np.array([2.0]), bounds, "ets")], [95, 80])
    assert frame.columns == ["series", "period", "mean", "lo_80", "hi_80", "lo_95", "hi_95", "model"]
    assert frame.row(0) == ("x", "2024-12", 2, 1, 3, 0, 4, "ets")


def test_a_level_with_a_decimal_names_its_columns():
    frame = forecast_frame([Outcome("x", Month(2024, 12), np.array([2.0]), np.ones((2, 1)), "ets")], [97.5])
    assert frame.columns[3:5] == ["lo_97.5", "hi_97.5"]


def test_a_series_without_figures_is_forecast_blank():
    nothing = np.full(1, np.nan)
    frame = forecast_frame([Outcome("x", Month(2024, 12), nothing, np.array([nothing, nothing]), "no-data")], [80])
    assert frame.row(0) == ("x", "2024-12", None, None, None, "no-data")
