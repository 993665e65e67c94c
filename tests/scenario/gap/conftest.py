"""A small province over two years whose plan can be checked by hand."""

from datetime import date

import pytest

from fansipan.province import Province
from support.even_months import LAST, history


@pytest.fixture(scope="session")
def planning(small):
    """A province of `small`, months even, with `plans` as (indicator, kind, scope, period, value) rows."""

    def make(quantities, plans=(), last=LAST, **others):
        rows = [
            {
                "indicator": indicator,
                "scope_kind": kind,
                "scope": scope,
                "period": period,
                "value": value,
                "price_basis": "constant-2010" if indicator == "gross-output" else None,
                "published_on": date(2022, 12, 31),
                "source": "reported",
            }
            for indicator, kind, scope, period, value in plans
        ]
        return Province(small(history(quantities, last=last), plans=rows, **others))

    return make
