"""fansipan measure refuses what it would otherwise answer with nothing or with zeros."""

import pytest

from fansipan.cli import main
from fansipan.province import Province
from fansipan.statistics.index.parts import BY
from support.returns import returned


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--month", "2030-01"), "tháng cuối có báo cáo là 01/2024"),
        (("--scope", "section=Z"), "trong phạm vi section=Z"),
        (("--scope", "section"), "Không hiểu phạm vi «section»"),
        (("--indicator", "index", "--scope", "section=B"), "Chỉ số index chỉ lập cho toàn tỉnh"),
        (("--compare", "year", "--month", "2024-01"), "Năm 2024 chưa đủ 12 tháng"),
    ],
)
def test_what_has_no_returns_is_refused(small, tmp_path, monkeypatch, capsys, arguments, words):
    Province(small([returned("a", "ore", "2024-01", 10.0, on="2024-01-20")])).write(tmp_path / "province")
    monkeypatch.setattr("sys.argv", ["fansipan", "measure", str(tmp_path / "province"), *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert words in capsys.readouterr().err


@pytest.fixture
def two_years(small, tmp_path):
    months = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)] + ["2024-01"]
    returns = [returned("a", "ore", month, 10.0 + int(month[:4]) - 2022, on=f"{month}-28") for month in months]
    Province(small(returns)).write(tmp_path / "province")
    return str(tmp_path / "province")


@pytest.mark.parametrize("month", [(), ("--month", "2023-05")])
def test_a_year_is_compared_whole(two_years, monkeypatch, capsys, month):
    monkeypatch.setattr("sys.argv", ["fansipan", "measure", two_years, "--compare", "year", *month])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().out
    assert "2023-12" in told
    assert "+10,00" in told


def test_the_parts_are_followed_by_their_total(two_years, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["fansipan", "measure", two_years])
    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().out.rstrip().splitlines()[-1].strip().startswith("Tổng số")


BYS = ("total", "section", "class", "product", "establishment", "area", "zone", "kind", "portfolio", "use", "line")


@pytest.mark.parametrize("indicator", ["index", "shipment", "inventory", "labour"])
@pytest.mark.parametrize("by", BYS)
def test_every_part_of_an_index_is_told_or_refused(two_years, monkeypatch, capsys, indicator, by):
    """Never passed over: what is printed has the parts asked for, or the refusal names what can be asked."""
    monkeypatch.setenv("FANSIPAN_LANG", "en")
    monkeypatch.setattr("sys.argv", ["fansipan", "measure", str(two_years), "--indicator", indicator, "--by", by])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr()
    if by in BY[indicator]:
        assert "cannot be broken down by" not in told.err
    else:
        assert stopped.value.code == 1
        assert f"The index {indicator} cannot be broken down by {by}; it can by: total, section" in told.err


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("--indicator", "index", "--basis", "current"), "--basis"),
        (("--indicator", "labour", "--raw"), "--raw"),
        (("--indicator", "inventory", "--impute", "carry"), "--impute"),
        (("--series", "--compare", "mom"), "--compare"),
    ],
)
def test_an_option_that_says_nothing_is_refused(two_years, monkeypatch, capsys, arguments, option):
    monkeypatch.setenv("FANSIPAN_LANG", "en")
    monkeypatch.setattr("sys.argv", ["fansipan", "measure", str(two_years), *arguments])
    with pytest.raises(SystemExit):
        main()
    assert f"The option {option} says nothing to" in capsys.readouterr().err
