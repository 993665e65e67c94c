"""Reserve of capacity over production, and production that must come from tagged processes (method rules E11, E12)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network, Reserve, Shares
from fansipan.linear.keys import Floats, Keys, Terms
from fansipan.linear.model import Model


def reserve_margin(model: Model, network: Network) -> None:
    """In each slice, tagged capacity covers the production of tagged commodities times the margin.

    ``sum_p share[p,y] unit[p] capacity[p,y] >= margin[g,y] * sum_a (tagged output of a) rate[a,y,l]``; units of
    activity a year. Howells et al. (2011), RM1 to RM3, over production and not demand, as the published code has it.
    """
    reserve = network.reserve
    if not reserve:
        return
    keys = Keys.where(reserve.margin > 0, "group", "year")
    activity, year, output = _tagged_output(network, reserve)
    rate, held = model.variables["rate"], model.variables["capacity"]
    group = reserve.process_group[network.activities.process[activity]]
    row, column = keys.find(group, year), rate.keys.find(activity, year)
    there = (row >= 0) & (column >= 0)
    margin = reserve.margin[group[there], year[there]]
    slices = np.arange(rate.width)
    made: Terms = (
        row[there][:, None] * rate.width + slices,
        rate.number(column[there]),
        -(margin * output[there])[:, None],
    )
    process, year = held.keys.codes
    row = keys.find(reserve.process_group[process], year)
    position = np.flatnonzero(row >= 0)
    counted = (reserve.process_share * network.processes.unit[:, None])[process[position], year[position]]
    kept: Terms = (row[position][:, None] * rate.width + slices, held.number(position)[:, None], counted[:, None])
    model.add_rows("reserve_margin", keys, [made, kept], lower=0.0, across="slice")


def production_share(model: Model, network: Network) -> None:
    """Over the year, tagged processes make at least the stated share of the tagged commodities.

    ``sum_a (tag of process) (all output of a) activity[a,y] >= share[g,y] * sum_a (tagged output of a) activity[a,y]``;
    units of the commodities. Howells et al. (2011), RE2 to RE4.
    """
    shares = network.shares
    if not shares:
        return
    keys = Keys.where(shares.share != 0, "group", "year")
    flows, rate = network.flows, model.variables["rate"]
    process = network.activities.process[flows.activity]
    group = shares.process_group[process]
    row, column = keys.find(group, flows.year), rate.keys.find(flows.activity, flows.year)
    there = (row >= 0) & (column >= 0) & (flows.quantity > 0)
    group, year = group[there], flows.year[there]
    weight = shares.process_share[process[there], year] - (
        shares.share[group, year] * shares.node_share[flows.node[there], year]
    )
    value = (weight * flows.quantity[there])[:, None] * network.horizon.length.T[year]
    model.add_rows("production_share", keys, [(row[there][:, None], rate.number(column[there]), value)], lower=0.0)


def _tagged_output(network: Network, tags: Reserve | Shares) -> tuple[np.ndarray, np.ndarray, Floats]:
    """Activity, year and the output to tagged nodes that one unit of the activity gives."""
    flows = network.flows
    output = np.maximum(flows.quantity, 0.0) * tags.node_share[flows.node, flows.year]
    made = np.flatnonzero(output)
    return flows.activity[made], flows.year[made], output[made]
