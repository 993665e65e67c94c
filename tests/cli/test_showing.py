"""The day that questions are answered for; figures that are lower bounds."""

from datetime import date

import polars as pl
import pytest

from fansipan.cli.showing import read_on, show
from fansipan.errors import FansipanError
from fansipan.examples.laocai import build
from fansipan.province import Province
from fansipan.report.content import at_least, words


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


def test_a_lower_bound_is_said_in_the_cell(capsys):
    frame = pl.DataFrame({"late": [2, 3, None], "at_least": [True, False, None]})
    show(frame, words("clocks.caption", on=date(2027, 3, 1)), "zones.column", bounds={"late": "at_least"})
    told = [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert told[-3:] == ["ít nhất 2", "3", "–"]
    assert (at_least(2).en, at_least(2.5).vi) == ("at least 2", "ít nhất 2,5")
