"""Everything the sheets and the JSON tell of one project's finance: worth, the province's view, what may go wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.finance.appraisal import Worth, worth
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.province import ProvinceView, province_view
from fansipan.appraisal.finance.risk import sensitivity, simulate
from fansipan.appraisal.finance.spreads import Spreads

DRAWS = 10_000


@dataclass(frozen=True)
class Outlook:
    """One project: `sensitivity` as in `risk.sensitivity`; `simulated` and `importance` as in `risk.Simulated`.

    `assumed` says that the spreads drawn from are assumptions, not the council's own.
    """

    worth: Worth
    province: ProvinceView
    sensitivity: pl.DataFrame
    simulated: dict[str, float | None]
    importance: pl.DataFrame
    spreads: Spreads
    assumed: bool
    draws: int

    def as_dict(self) -> dict[str, Any]:
        """The outlook as plain data: money in billion đồng, rates and chances as shares of one."""
        simulated = {"draws": self.draws, "spreads_assumed": self.assumed, "spreads": self.spreads, **self.simulated}
        return {
            **asdict(self.worth),
            "province": asdict(self.province),
            "sensitivity": self.sensitivity.to_dicts(),
            "simulation": simulated | {"importance": dict(self.importance.iter_rows())},
        }


def outlook(
    plan: Plan, spreads: Spreads, *, assumed: bool, fit: Fit | None = None, draws: int = DRAWS, seed: int = 1
) -> Outlook:
    """Work out everything of `plan`; `fit` is what the portfolio and the expansion plan say of the project."""
    found = simulate(plan, spreads, draws=draws, seed=seed)
    return Outlook(
        worth(plan),
        province_view(plan, fit=fit or Fit()),
        sensitivity(plan),
        found.summary(),
        found.importance(),
        spreads,
        assumed,
        draws,
    )
