"""The project as the province sees it: value added, budget, jobs, land, energy, emissions, fit. Rule A38."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.finance.measures import net_present_value
from fansipan.appraisal.finance.plan import Plan

Group = Literal["maintain", "priority", "new"]


@dataclass(frozen=True)
class ProvinceView:
    """Yearly figures are of the last full year of production, at that year's prices, in billion đồng.

    `value_added` is output less purchased inputs; `budget` is the present value of all taxes, discounted as the plan
    says. Ratios are None where there is nothing to divide by. `group` is the portfolio group of its trade; `plan_value`
    is what the expansion plan gains by having the project, None where it was not asked.
    """

    output: float
    value_added: float
    value_added_share: float | None
    budget: float
    jobs: float
    value_added_per_job: float | None
    value_added_per_hectare: float | None
    capital_per_job: float | None
    energy_per_value_added: float | None
    emissions_per_value_added: float | None
    group: Group | None
    plan_value: float | None


def province_view(plan: Plan, *, group: Group | None = None, plan_value: float | None = None) -> ProvinceView:
    """The view of `plan`; `group` and `plan_value` come from the portfolio and from the expansion plan."""
    flow = cash_flow(plan)
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
        energy_per_value_added=per(plan.energy, added),
        emissions_per_value_added=per(plan.emissions, added),
        group=group,
        plan_value=plan_value,
    )
