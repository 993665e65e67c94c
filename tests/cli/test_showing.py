"""The day that questions are answered for."""

from datetime import date

import polars as pl
import pytest

from fansipan.cli.showing import read_on
from fansipan.errors import FansipanError
from fansipan.examples.laocai import build
from fansipan.province import Province


@pytest.fixture(scope="module")
def undated(tmp_path_factory):
    """The example without the day of its data."""
    province = build()
    settings = province["settings"].filter(pl.col("setting") != "data_as_of")
    path = tmp_path_factory.mktemp("undated") / "province"
    province.replace(settings=settings).write(path)
    return path


def test_without_a_day_the_last_one_recorded_is_taken_and_said(undated, capsys):
    province, day = read_on(undated, None)
    assert day == date(2024, 5, 28) == Province.read(undated).last_recorded()
    assert "28/05/2024" in capsys.readouterr().err
    assert province["returns"].height > 0


def test_a_province_in_which_nothing_was_recorded_has_no_day(tmp_path, undated):
    province = Province.read(undated)
    empty = {name: frame.clear() for name, frame in province.items() if "recorded_at" in frame.columns}
    province.replace(**empty).write(tmp_path / "p")
    with pytest.raises(FansipanError, match="As of which day"):
        read_on(tmp_path / "p", None)
