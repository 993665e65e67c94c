"""The example's own lists: what is made, by whom and how much, from which the returns are built."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import polars as pl

from fansipan.tables import REGISTRY, Table
from fansipan.tables import columns as column
from fansipan.tables.columns import declared
from fansipan.tables.declarations.shared_columns import STATUSES
from fansipan.tables.reading.rows import read_table

DATA = files("fansipan.examples.laocai") / "data"
MISHAPS = [
    ("absent", "không nộp", "never sent"),
    ("blank", "bỏ trống", "left blank"),
    ("unit", "sai đơn vị tính", "wrong unit"),
    ("swapped", "đảo chữ số", "digits swapped"),
    ("cumulative", "ghi số lũy kế", "cumulative in place of the month"),
    ("sign", "mất dấu âm của hàng trả lại", "lost sign of goods returned"),
]
MENDINGS = [
    ("resent", "gửi lại", "sent again"),
    ("edit", "hiệu chỉnh", "edited"),
    ("next", "báo cáo sau", "the next return"),
]


@declared("goods", vi="Sản phẩm của ví dụ", en="Goods of the example", registered=False)
class Goods(Table):
    """A row is a product's prices, share of value added, base volume and how finely it is reported."""

    product = column.code("Mã sản phẩm", "Product", key=True)
    price = column.number("Giá 2010", "Price of 2010", unit="triệu đồng", min_exclusive=0)
    price_2024 = column.number("Giá 2024", "Price of 2024", unit="triệu đồng", min_exclusive=0)
    price_path = column.code("Diễn biến giá", "Path of the price")
    value_added = column.number("Tỷ lệ giá trị tăng thêm", "Value added in output", min_exclusive=0, max=1)
    base_volume = column.number("Sản lượng tháng năm gốc", "Mean monthly base volume", min_exclusive=0)
    decimals = column.integer("Số lẻ", "Decimals reported", min=0, max=6)
    stocked = column.flag("Có tồn kho", "Can be stocked")


@declared("lines", vi="Dây chuyền của ví dụ", en="Lines of the example", registered=False)
class Lines(Table):
    """A row is what an establishment makes of a product: how much a year, how it moves, its design capacity."""

    establishment = column.code("Cơ sở", "Establishment", key=True)
    product = column.code("Sản phẩm", "Product", key=True)
    annual = column.number("Sản lượng năm thông thường", "Usual volume a year", min_exclusive=0)
    profile = column.code("Mùa vụ", "Profile")
    trend = column.code("Xu hướng", "Trend")
    capacity = column.number("Công suất năm", "Capacity a year", nullable=True, min_exclusive=0)
    capacity_citation = column.label("Trích dẫn công suất", "Citation of the capacity", nullable=True)


@declared("crews", vi="Lao động của ví dụ", en="Crews of the example", registered=False)
class Crews(Table):
    """A row is how many people an establishment usually employs."""

    establishment = column.code("Cơ sở", "Establishment", key=True)
    labour = column.integer("Lao động", "Labour", min=1)


@declared("mishaps", vi="Sai sót cố ý của ví dụ", en="Mishaps of the example", registered=False)
class Mishaps(Table):
    """A row is a return that went wrong on purpose: which row, how, and how it was mended."""

    establishment = column.code("Cơ sở", "Establishment", key=True)
    product = column.code("Sản phẩm", "Product", key=True)
    month = column.month("Tháng", "Month", key=True)
    stage = column.choice("Giai đoạn", "Stage", [*STATUSES, ("all", "mọi giai đoạn", "all")], key=True)
    kind = column.choice("Sai sót", "Kind", MISHAPS)
    mended_by = column.choice("Cách sửa", "Mended by", MENDINGS, nullable=True)
    mended_on = column.day("Ngày sửa", "Mended on", nullable=True)


@cache
def read_data(name: str, table: type[Table]) -> pl.DataFrame:
    """The file ``name.csv`` of the example, read and checked as `table`."""
    with as_file(DATA / f"{name}.csv") as path:
        return read_table(path, table)


@cache
def read_settings(name: str) -> Mapping[str, Any]:
    """The file ``name.toml`` of the example."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf8"))


def read_declared(name: str) -> pl.DataFrame:
    """The file ``name.csv`` of the example that stands just as the province's table of that name."""
    return read_data(name, REGISTRY[name])
