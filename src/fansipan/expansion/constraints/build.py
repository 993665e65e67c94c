"""From a network to a model: the list of all constraints, each a function of its own (method rule E2)."""

from __future__ import annotations

from collections.abc import Callable

from fansipan.expansion.constraints import (
    adequacy,
    balance,
    bounds,
    capacity,
    emissions,
    limits,
    resources,
    store_levels,
    stores,
    trade,
)
from fansipan.expansion.constraints import projects as choices
from fansipan.expansion.constraints.variables import add_variables
from fansipan.expansion.network.arrays import Network
from fansipan.linear.model import Model

Constraint = Callable[[Model, Network], None]

CONSTRAINTS: tuple[Constraint, ...] = (
    balance.commodity_balance,
    balance.annual_balance,
    capacity.capacity_total,
    capacity.capacity_lumps,
    capacity.capacity_use,
    capacity.minimum_load,
    capacity.capacity_year,
    bounds.capacity_most,
    bounds.capacity_least,
    bounds.build_most,
    bounds.build_least,
    bounds.activity_most,
    bounds.activity_least,
    bounds.activity_period_most,
    bounds.activity_period_least,
    emissions.emission_year,
    emissions.emission_period,
    adequacy.reserve_margin,
    adequacy.production_share,
    stores.store_charge,
    stores.store_discharge,
    stores.store_charge_most,
    stores.store_discharge_most,
    stores.store_size,
    store_levels.store_year_start,
    store_levels.store_season_start,
    store_levels.store_day_start,
    store_levels.store_day_finish,
    store_levels.store_first_day_open,
    store_levels.store_first_day_close,
    store_levels.store_last_day_close,
    store_levels.store_last_day_open,
    trade.market_most,
    trade.market_least,
    trade.stock_most,
    trade.link_most,
    trade.grid_limit,
    resources.deposit_depletion,
    resources.deposit_licence,
    resources.deposit_order,
    resources.deposit_exhausted,
    resources.water_balance,
    choices.project_most,
    choices.project_must,
    choices.project_requires,
    choices.project_chosen,
    choices.project_excludes,
    choices.stage_once,
    choices.stage_order,
    limits.land,
    limits.power,
    limits.water,
    limits.waste_water,
    limits.labour,
    limits.budget,
    limits.emission,
    limits.production,
    limits.output,
    limits.value_added,
    limits.structure,
    limits.count,
    limits.combination,
)

VARIABLES: tuple[Constraint, ...] = (
    add_variables,
    stores.add_store_variables,
    trade.add_trade_variables,
    resources.add_resource_variables,
    choices.add_choice_variables,
    limits.add_limit_variables,
)


def build(network: Network) -> Model:
    """The model of `network`: its variables with their costs, then every constraint in `CONSTRAINTS`."""
    model = Model(network.labels(), maximise=network.maximise)
    for add in VARIABLES:
        add(model, network)
    for constraint in CONSTRAINTS:
        constraint(model, network)
    return model
