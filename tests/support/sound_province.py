"""A small sound province, and its workbook as cells, for tests that spoil it."""

from datetime import date, datetime
from functools import cache

import polars as pl

from fansipan.province import Province

SHEETS = {
    "areas": [
        ["area", "name", "level", "parent", "valid_from", "source"],
        ["10", "Lào Cai", "province", None, date(1991, 10, 1), "published"],
        ["080", "Thành phố Lào Cai", "city", "10", date(2004, 11, 30), "published"],
    ],
    "industries": [
        ["version", "industry", "level", "name", "source"],
        ["VSIC2018", "B", "section", "Khai khoáng", "published"],
    ],
    "products": [
        ["product", "name", "unit", "version", "industry", "source"],
        ["p1", "Tinh quặng đồng", "tấn", "VSIC2018", "B", "illustrative"],
        ["p2", "Quặng apatit", "tấn", "VSIC2018", "B", "illustrative"],
    ],
    "establishments": [
        ["establishment", "name", "version", "industry", "ownership", "kind", "area", "source"],
        ["007", "Mỏ số 7", "VSIC2018", "B", "state", "industry", "080", "illustrative"],
        ["e2", "=Mỏ số 2", "VSIC2018", "B", "non-state", "industry", "080", "illustrative"],
    ],
    "returns": [
        ["establishment", "product", "month", "recorded_at", "status", "quantity", "value", "source"],
        *(
            [e, p, f"2024-0{m}", datetime(2024, m + 1, 3, 8, 30), "estimate", 1000.5 + m, 12.25 * m, "illustrative"]
            for e in ("007", "e2")
            for p in ("p1", "p2")
            for m in range(1, 6)
        ),
    ],
}


def sheets() -> dict[str, list[list]]:
    """The cells of every table, header first: a copy to spoil."""
    return {name: [list(row) for row in rows] for name, rows in SHEETS.items()}


@cache
def sound_province() -> Province:
    """The province of these cells."""
    return Province({name: pl.DataFrame(rows[1:], schema=rows[0], orient="row") for name, rows in SHEETS.items()})


@cache
def two_provinces() -> tuple[Province, Province]:
    """The sound one and one that differs from it in every table, without areas."""
    first = sound_province()
    return first, Province({name: first[name].reverse() for name in SHEETS if name != "areas"})
