"""fansipan measure refuses what it would otherwise answer with nothing or with zeros."""

import polars as pl
import pytest

from fansipan.cli import main
from fansipan.province import Province
from fansipan.statistics.index.parts import BY
from support.even_months import EVEN, history
from support.returns import returned
from support.statistics_tables import WEIGHTS


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


@pytest.fixture(scope="module")
def whole(small, tmp_path_factory):
    """Three years of returns, sales, stocks and labour, with weights whose top has a name of its own."""
    rows = [{**row, "sales": row["quantity"], "stock": 5.0} for row in history(EVEN)]
    labour = [
        {
            "establishment": row["establishment"],
            "month": row["month"],
            "recorded_at": row["recorded_at"],
            "labour": 10,
            "late": False,
            "source": "reported",
        }
        for row in rows
    ]
    renamed = [
        {**row, "code": "TOP" if row["code"] == "total" else row["code"]}
        | {"parent": "TOP" if row["parent"] == "total" else row["parent"]}
        for row in WEIGHTS
    ]
    folder = tmp_path_factory.mktemp("whole") / "province"
    Province(small(rows, index_weights=renamed, establishment_returns=labour)).write(folder)
    return folder


PARTS = {
    "section": {"B", "C", "D"},
    "class": {"0710", "1104", "3511"},
    "product": {"ore", "water", "power"},
    "establishment": {"a", "b", "c", "d"},
    "line": {"mining", "unclassified"},
    "portfolio": {"unclassified"},
    "use": {"unclassified"},
    "total": set(),
}


@pytest.mark.parametrize("indicator", ["index", "shipment", "inventory", "labour"])
@pytest.mark.parametrize("by", BYS)
def test_every_part_of_an_index_is_told_or_refused(whole, tmp_path, monkeypatch, capsys, indicator, by):
    """Never passed over: what is written are the parts asked for and the total, or the refusal names what can be."""
    monkeypatch.setenv("FANSIPAN_LANG", "en")
    out = tmp_path / "out.csv"
    words = ["fansipan", "measure", str(whole), "--indicator", indicator, "--by", by, "-o", str(out)]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stopped:
        main()
    said = capsys.readouterr().err
    if by not in BY[indicator]:
        assert stopped.value.code == 1
        assert f"The index {indicator} cannot be broken down by {by}; it can by: total, section" in said
        return
    assert not stopped.value.code, said
    found = pl.read_csv(out, schema_overrides={"code": pl.String})
    kept = found.filter(~pl.col("level").is_in(["element"])) if "level" in found.columns else found
    assert set(kept["code"]) - {"total", "TOP"} == PARTS[by]
    assert len(set(kept["code"]) & {"total", "TOP"}) == 1


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
