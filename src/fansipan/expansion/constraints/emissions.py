"""Emissions and waste under a cap (method rule E10); what is priced stands in the objective."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Emissions, Network
from fansipan.linear.keys import Keys
from fansipan.linear.model import Model


def emission_year(model: Model, network: Network) -> None:
    """Emissions of a year under the cap: ``sum_a ratio[a,e,y] sum_l length[l,y] rate[a,y,l] <= most[e,y]``.

    Units of the emission; the cap is net of emissions from outside the model. OSeMOSYS E8.
    """
    if network.emissions:
        emissions = network.emissions
        keys = Keys.where(~np.isnan(emissions.most), "emission", "year")
        row = keys.find(emissions.emission, emissions.year)
        _add(model, network, emissions, "emission_year", keys, row)


def emission_period(model: Model, network: Network) -> None:
    """Emissions of all years under the cap: ``sum_y emission[e,y] <= period_most[e]``. OSeMOSYS E9."""
    if network.emissions:
        emissions = network.emissions
        keys = Keys.where(~np.isnan(emissions.period_most), "emission")
        _add(model, network, emissions, "emission_period", keys, keys.find(emissions.emission))


def _add(model: Model, network: Network, emissions: Emissions, name: str, keys: Keys, row: np.ndarray) -> None:
    rate = model.variables["rate"]
    column = rate.keys.find(emissions.activity, emissions.year)
    there = (row >= 0) & (column >= 0)
    value = emissions.ratio[there][:, None] * network.horizon.length.T[emissions.year[there]]
    cap = emissions.most if len(keys.dims) == 2 else emissions.period_most
    model.add_rows(name, keys, [(row[there][:, None], rate.number(column[there]), value)], upper=cap[keys.codes])
