"""Five mines and a year of steady months, into which a test puts its own mistakes."""

from datetime import date

import pytest

from fansipan.periods import Month, month_range
from fansipan.province import Province
from support.returns import returned

MAY = Month(2024, 5)
SIZES = {"a": 1000.0, "b": 500.0, "c": 2000.0, "d": 4000.0}
GOODS = {"a": "ore", "b": "ore", "c": "water", "d": "power"}


@pytest.fixture
def steady(small):
    """Make a province in which everything grows 1 % a month, with some returns of May 2024 changed or (None) absent."""

    def make(changes=(), **tables):
        changed = dict(changes)
        returns = []
        for step, month in enumerate(month_range(Month(2023, 1), MAY)):
            for who, size in SIZES.items():
                made = size * 1.01**step
                row = returned(
                    who, GOODS[who], str(month), made, on=f"{month}-20", value=made * 0.004, status="estimate"
                )
                row |= {"sales": made, "stock": size / 2}
                if month == MAY and who in changed:
                    if changed[who] is None:
                        continue
                    row |= changed[who]
                returns.append(row)
        return Province(small(returns, **tables))

    return make


@pytest.fixture
def known():
    """The day on which the returns of May had come."""
    return date(2024, 5, 31)
