"""The administrative units of a province, before and since July 2025, with successors."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from fansipan.tables.reading.parsing import fold

DATA = Path(__file__).parent / "data" / "areas.parquet"
# How the successor of an old unit is known, for the citation.
SAID = {
    "": "Danh mục đơn vị hành chính từ 01/7/2025",
    "whole": "Danh mục đơn vị hành chính trước 01/7/2025; đơn vị kế thừa theo sắp xếp năm 2025",
    "divided": "Danh mục trước 01/7/2025; xã bị chia, đơn vị kế thừa là đơn vị nhận phần lớn hơn (gần đúng)",
    "ended": "Danh mục trước 01/7/2025; cấp huyện kết thúc, kế thừa bởi tỉnh mới",
}
FROM_PACKAGE = "; gói dữ liệu vietnamadminunits 1.0.4 (MIT)"


@cache
def _all() -> pl.DataFrame:
    return pl.read_parquet(DATA)


def province_named(name: str) -> str | None:
    """The code of the province of that name, with or without ``tỉnh`` and accents; None if there is none.

    The name of a province that was merged is that of the one it went into; the code is always one in force.
    """
    wanted = _plain(name)
    found = _all().filter(pl.col("level") == "province")
    rows = sorted(found.iter_rows(named=True), key=lambda row: row["valid_to"] is not None)
    row = next((row for row in rows if _plain(row["name"]) == wanted), None)
    return (row["successor"] or row["area"]) if row else None


def areas_of(province: str) -> pl.DataFrame:
    """Rows of the table `areas`: the province of that code, its communes, and every unit before that it succeeds."""
    everything = _all()
    former = everything.filter((pl.col("successor") == province) & (pl.col("level") == "province"))["area"]
    districts = everything.filter(pl.col("parent").is_in(former.implode()))["area"]
    of_it = (
        (pl.col("area") == province)
        | (pl.col("parent") == province)
        | pl.col("area").is_in(former.implode())
        | pl.col("area").is_in(districts.implode())
        | pl.col("parent").is_in(districts.implode())
    )
    said = pl.col("how").replace_strict(SAID, return_dtype=pl.String) + FROM_PACKAGE
    return everything.filter(of_it).select(
        pl.exclude("how"), pl.lit("published").alias("source"), said.alias("citation")
    )


def _plain(name: str) -> str:
    return fold(name).removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ").replace(" - ", " ").strip()
