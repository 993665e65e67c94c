"""The page of a month of the small province."""

from dataclasses import replace
from datetime import date

import pytest

from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.month.data import gather_month
from fansipan.report.month.page import month_page
from support.returns import returned

MAY = Month(2024, 5)


@pytest.fixture(scope="session")
def province(small):
    """Two years and five months of ore, drinks and power; one return of May 2024 missing."""
    returns = []
    for year, months in ((2022, 12), (2023, 12), (2024, 5)):
        for m in range(1, months + 1):
            month = f"{year}-{m:02d}"
            growth = 1 + 0.1 * (year - 2022)
            on = f"{month}-20"
            returns.append(returned("a", "ore", month, 1000.0 * growth, on=on))
            if month != "2024-05":
                returns.append(returned("b", "ore", month, 500.0 * growth, on=on))
            returns.append(returned("c", "water", month, 2000.0 + 10 * m, on=on))
            returns.append(returned("d", "power", month, 800.0 * (2 - growth), on=on))
    plans = [
        {
            "indicator": "gross-output",
            "scope_kind": "industry",
            "scope": s,
            "period": "2024",
            "value": v,
            "price_basis": "constant-2010",
            "source": "published",
        }
        for s, v in [("B", 40.0), ("C", 25.0), ("D", 4.0)]
    ]
    official = [
        {
            "indicator": "gross-output",
            "scope_kind": "province",
            "scope": "province",
            "period": "2023",
            "measure": "level",
            "publisher": "Sở Công Thương",
            "status": "final",
            "value": 68.0,
            "price_basis": "constant-2010",
            "source": "published",
        }
    ]
    economy = [
        {"year": 2023, "sector": "industry-construction", "measure": "share", "value": 35.94, "source": "published"}
    ]
    settings = [{"setting": "name", "value": "Tỉnh <Thử & Nghiệm>"}]
    return Province(small(returns, plans=plans, official_figures=official, economy=economy, settings=settings))


@pytest.fixture(scope="session")
def page(province):
    # The mark of illustrative data stands on it, as on the worked example's.
    return replace(month_page(gather_month(province, MAY, date(2024, 5, 31))), illustrative=True)
