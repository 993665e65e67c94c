"""From a network to a model: the list of all constraints, each a function of its own (method rule E2)."""

from __future__ import annotations

from collections.abc import Callable

from fansipan.expansion import adequacy, balance, bounds, capacity, emissions, store_levels, stores
from fansipan.expansion.model import Model
from fansipan.expansion.network import Network
from fansipan.expansion.variables import add_variables

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
)


def build(network: Network) -> Model:
    """The model of `network`: its variables with their costs, then every constraint in `CONSTRAINTS`."""
    model = Model(network.labels(), maximise=network.maximise)
    add_variables(model, network)
    stores.add_store_variables(model, network)
    for constraint in CONSTRAINTS:
        constraint(model, network)
    return model
