"""The worked example put together."""

from __future__ import annotations

from functools import cache

from fansipan.examples.laocai.foundation import listed_tables, written_tables
from fansipan.examples.laocai.observations import monthly_tables
from fansipan.examples.laocai.prices import product_prices
from fansipan.province import Province

SEED = 2024


@cache
def build(seed: int = SEED) -> Province:
    """The province of the example, the same bytes on every run and machine for one `seed`.

    The returns differ from seed to seed; the published facts hold for each, as known on 31 May 2024.
    """
    monthly = monthly_tables(seed)
    return Province({**written_tables(), **listed_tables(), "product_prices": product_prices(seed), **monthly})
