"""Shipment, inventory and labour indexes of a province, by hand."""

from datetime import datetime

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.statistics.sister_measures import sister_index
from support.returns import returned
from support.statistics_tables import weights

LAST = Month(2024, 1)
TREE = [
    ("total", None, None, None),
    ("B", "total", None, None),
    ("0710", "B", None, None),
    ("C", "total", None, None),
    ("1104", "C", None, None),
    ("ore", "0710", 60.0, 10.0),
    ("water", "1104", 40.0, 10.0),
]


@pytest.fixture(scope="module")
def province(small):
    """2023: a sells 10 ore a month, c 20 water, stocks 5 and 4; in January 2024 a sells 12, c 10, stocks 10 and 4."""
    months = [f"2023-{m:02d}" for m in range(1, 13)]
    rows = [
        {**returned(e, p, month, 1.0, on="2024-02-01"), "sales": sales, "stock": stock}
        for e, p, sales, stock, later_sales, later_stock in (
            ("a", "ore", 10.0, 5.0, 12.0, 10.0),
            ("c", "water", 20.0, 4.0, 10.0, 4.0),
        )
        for month, sales, stock in [*((m, sales, stock) for m in months), ("2024-01", later_sales, later_stock)]
    ]
    labour = [
        {
            "establishment": e,
            "month": m,
            "recorded_at": datetime(2024, 2, 1),
            "labour": n if m < "2024" else later,
            "late": False,
            "source": "reported",
        }
        for e, n, later in (("a", 30, 33), ("c", 10, 5))
        for m in [*months, "2024-01"]
    ]
    return Province(small(rows, establishment_returns=labour, index_weights=weights(TREE, 2015)))


def level(index, code):
    return index.filter((pl.col("code") == code) & (pl.col("period") == str(LAST)))["index"][0]


def test_shipments_are_weighted_by_their_value_in_the_base_year(province):
    index = sister_index(province, "shipment", until=LAST)
    # ore 10 x 2 = 20, water 20 x 1 = 20: equal weights
    assert level(index, "B") == pytest.approx(120)
    assert level(index, "total") == pytest.approx((120 + 50) / 2)


def test_stocks_are_weighted_by_the_mean_of_opening_and_closing(province):
    index = sister_index(province, "inventory", until=LAST)
    # ore 5 x 2 = 10, water 4 x 1 = 4
    assert level(index, "total") == pytest.approx((200 * 10 + 100 * 4) / 14)


def test_the_labour_index_of_all_is_the_ratio_of_persons(province):
    index = sister_index(province, "labour", until=LAST, growth="yoy")
    assert level(index, "total") == pytest.approx(38 / 40 * 100)
    total = index.filter((pl.col("code") == "total") & (pl.col("period") == str(LAST)))
    assert total["growth"][0] == pytest.approx(-5)


def test_without_a_whole_base_year_it_is_refused(province):
    with pytest.raises(Refused, match="whole base year"):
        sister_index(province, "shipment", until=Month(2023, 6))


def test_from_the_command_line(province, tmp_path, fansipan):
    folder = province.write(tmp_path / "province")
    for indicator in ("shipment", "inventory", "labour"):
        out = tmp_path / f"{indicator}.csv"
        done = fansipan("measure", folder, "--indicator", indicator, "--month", "2024-01", "-o", out)
        assert done.returncode == 0, done.stderr
        assert "total" in pl.read_csv(out)["code"].to_list()
    assert fansipan("measure", folder, "--indicator", "labour", "--compare", "year").returncode == 1
