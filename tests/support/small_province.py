"""A small province whose figures can be checked by hand, as a fixture."""

from datetime import date

import pytest

VSIC = "VSIC2018"
MINE, DRINK, POWER = "0710", "1104", "3511"
TREE = [
    ("B", None, "section"),
    ("07", "B", "division"),
    (MINE, "07", "class"),
    ("C", None, "section"),
    ("11", "C", "division"),
    (DRINK, "11", "class"),
    ("D", None, "section"),
    ("35", "D", "division"),
    (POWER, "35", "class"),
]


@pytest.fixture(scope="session")
def small(frames):
    """Make the small province: ore at 2, water at 1, power at 0.5 million đồng a unit; mines a, b, drinks c, dam d."""

    def make(returns, edits=(), **others):
        establishments = [("a", MINE, "east"), ("b", MINE, "west"), ("c", DRINK, "east"), ("d", POWER, "west")]
        tables = {
            "returns": list(returns),
            "edits": list(edits),
            "industries": [
                {"version": VSIC, "industry": i, "parent": p, "level": level, "name": i, "source": "published"}
                for i, p, level in TREE
            ],
            "products": [
                {
                    "product": p,
                    "name": p,
                    "unit": "t",
                    "version": VSIC,
                    "industry": i,
                    "line": line,
                    "source": "reported",
                }
                for p, i, line in [("ore", MINE, "mining"), ("water", DRINK, None), ("power", POWER, None)]
            ],
            "product_prices": [
                {"product": p, "price_basis": b, "period": t, "price": v, "source": "reported"}
                for p, b, t, v in [
                    ("ore", "constant-2010", "2010", 2.0),
                    ("water", "constant-2010", "2010", 1.0),
                    ("power", "constant-2010", "2010", 0.5),
                    ("ore", "current", "2024", 3.0),
                    ("ore", "current", "2024-05", 4.0),
                ]
            ],
            "portfolio": [
                {
                    "line": "mining",
                    "name": "m",
                    "portfolio_group": "maintain",
                    "valid_from": date(2024, 1, 1),
                    "source": "published",
                }
            ],
            "establishments": [
                {
                    "establishment": e,
                    "name": e,
                    "version": VSIC,
                    "industry": i,
                    "ownership": "state",
                    "kind": "industry",
                    "area": area,
                    "source": "reported",
                }
                for e, i, area in establishments
            ],
        }
        return frames(**{**tables, **others})

    return make
