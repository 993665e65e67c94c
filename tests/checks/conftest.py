"""Small provinces to check: rows with their required columns filled in."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.checks import Subject
from fansipan.province import Province

USUAL = {
    "official_figures": {
        "indicator": "gross-output",
        "scope_kind": "province",
        "scope": "10",
        "period": "2024-05",
        "measure": "ytd",
        "publisher": "Sở Công Thương",
        "status": "estimate",
        "unit": "tỷ đồng",
        "price_basis": "constant-2010",
        "source": "illustrative",
    },
    "plans": {
        "indicator": "gross-output",
        "scope_kind": "province",
        "scope": "10",
        "period": "2024",
        "unit": "tỷ đồng",
        "price_basis": "constant-2010",
        "source": "illustrative",
    },
    "areas": {
        "area": "10",
        "name": "Lào Cai",
        "level": "province",
        "valid_from": date(1991, 10, 1),
        "source": "published",
    },
    "industries": {"version": "VSIC2018", "level": "section", "name": "Khai khoáng", "source": "published"},
    "establishments": {
        "establishment": "e1",
        "name": "Cơ sở A",
        "version": "VSIC2018",
        "industry": "B",
        "ownership": "state",
        "kind": "industry",
        "area": "10",
        "source": "illustrative",
    },
    "products": {
        "product": "p1",
        "name": "Quặng",
        "unit": "tấn",
        "version": "VSIC2018",
        "industry": "B",
        "source": "illustrative",
    },
    "returns": {
        "establishment": "e1",
        "product": "p1",
        "month": "2024-05",
        "recorded_at": datetime(2024, 6, 2),
        "status": "estimate",
        "source": "illustrative",
    },
    "portfolio": {"line": "l1", "name": "Đồng", "portfolio_group": "new", "source": "illustrative"},
    "index_weights": {"base_year": 2015, "source": "illustrative"},
    "product_prices": {
        "product": "p1",
        "price_basis": "current",
        "period": "2024",
        "price": 1.0,
        "source": "illustrative",
    },
    "obstacles": {
        "obstacle": "o1",
        "title": "Thiếu điện",
        "kind": "power",
        "blocks_kind": "zone",
        "source": "illustrative",
    },
}


@pytest.fixture
def codes():
    """Run a check on rows by table; what it finds as (code, table, row, column, severity)."""

    def run(check, tables: dict[str, list[dict]], *, strict: bool = False):
        frames = {name: pl.DataFrame([USUAL[name] | row for row in rows]) for name, rows in tables.items()}
        faults = list(check(Subject.of(Province(frames), strict=strict)))
        for fault in faults:
            assert fault.message("vi")
            assert fault.mend("en")
        return [(f.code, f.place.sheet, f.place.row, f.place.column, f.severity) for f in faults]

    return run
