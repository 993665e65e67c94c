"""A projection whose products agree with forecasts of their class, section and the total (Rules BT11, BT12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fansipan.scenario.backtest.base import Base, base_of, errors_known
from fansipan.scenario.backtest.gains import reconciled
from fansipan.scenario.comparison import under
from fansipan.scenario.projection import Forecaster, Projection, engine_forecaster


def reconcile_projection(
    projection: Projection, method: str, earlier: Sequence[Base] = (), *, forecaster: Forecaster = engine_forecaster
) -> Projection:
    """The projection with every line's months ahead moved as its product is by reconciliation.

    The sums of lines then equal the reconciled sums at every level. `earlier` are base forecasts of earlier origins
    from which ``variance`` and ``mint`` learn. Lines are moved before the scenario's changes, in proportion; what
    projects add stays, what a product does not make stays nothing, spreads stay. Raises what `reconciled` raises.
    """
    base = base_of(replace(projection, quantities=projection.before), forecaster)
    found = reconciled(base, method, errors_known(earlier, base))
    upper = base.summing.upper.shape[0]
    ahead = projection.before[:, projection.known :]
    worth = ahead * projection.lines.price()[:, None]
    new = projection.lines.frame["project"].is_not_null().to_numpy()
    factor = np.ones_like(ahead)
    products = projection.lines.frame["product"]
    for at, (_, product) in enumerate(base.nodes[upper:], upper):
        rows = products.eq(product).fill_null(value=False).to_numpy()
        standing, added = worth[rows & ~new].sum(axis=0), worth[rows & new].sum(axis=0)
        wanted = np.maximum(found[at] - added, 0.0)
        factor[rows & ~new] = np.where(standing > 0, wanted / np.where(standing > 0, standing, 1.0), 1.0)
    before = projection.before.copy()
    before[:, projection.known :] *= factor
    return under(replace(projection, before=before), projection.scenario)
