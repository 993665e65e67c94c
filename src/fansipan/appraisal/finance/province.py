"""The project as the province sees it: value added, budget, jobs, land, energy, emissions, fit. Rule A38."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fansipan.appraisal.decision.fit import Fit, Group
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.finance.measures import net_present_value
from fansipan.appraisal.finance.plan import Plan


@dataclass(frozen=True)
class ProvinceView:
    """Yearly figures are of the last full year of production, at that year's prices, in billion đồng.

    `value_added` is output less purchased inputs; `budget` is the present value of all taxes, discounted as the plan
    says. Ratios are None where there is nothing to divide by. `group`, `planned`, `in_use` and `plan_value` are those
    of its `Fit`: its portfolio group, and its place and value in the expansion plan.
    """

    output: float
    value_added: float
    value_added_share: float | None
    budget: float
    jobs: float
    value_added_per_job: float | None
    value_added_per_hectare: float | None
    capital_per_job: float | None
    land_per_value_added: float | None
    energy_per_value_added: float | None
    emissions_per_value_added: float | None
    group: Group | None
    planned: bool | None
    in_use: int | None
    plan_value: float | None


def province_view(plan: Plan, *, fit: Fit | None = None) -> ProvinceView:
    """The view of `plan`; `fit` is what the portfolio and the expansion plan say of the project."""
    flow = cash_flow(plan, monthly=False)
    output, inputs = float(flow.revenue[0, -1]), float(flow.inputs[0, -1])
    added = output - inputs
    taxes = flow.tax[0] + flow.revenue[0] * plan.other_taxes

    def per(figure: float, base: float) -> float | None:
        return figure / base if base > 0 else None

    return ProvinceView(
        output=output,
        value_added=added,
        value_added_share=per(added, output),
        budget=float(net_present_value(np.asarray(taxes), flow.rate)[0]),
        jobs=plan.jobs,
        value_added_per_job=per(added, plan.jobs),
        value_added_per_hectare=per(added, plan.land),
        capital_per_job=per(sum(plan.capital), plan.jobs),
        land_per_value_added=per(plan.land, added),
        energy_per_value_added=per(plan.energy, added),
        emissions_per_value_added=per(plan.emissions, added),
        **(fit or Fit()).as_dict(),
    )
