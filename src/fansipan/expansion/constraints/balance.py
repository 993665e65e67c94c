"""Commodity balances: what goes in and out of a node (method rule E4)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.constraints.trade import trade_terms
from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Keys, Terms
from fansipan.linear.model import Model


def commodity_balance(model: Model, network: Network) -> None:
    """In every node, year and slice, what comes in covers demand and what goes out.

    ``sum_a q[a,n,y] length[l,y] rate[a,y,l] + sum_k (give flow_in - take flow_out) + bought - sold + stock[l-1] -
    stock[l] >= demand[n,l,y]``, with ``=`` where nothing may be left over; units of the commodity in the slice.
    Howells et al. (2011), Energy Policy 39, 5850-5870, energy balance A (EBa11).
    """
    keys = Keys.where(network.nodes.present, "node", "year")
    node, year = keys.codes
    demand = network.nodes.demand[node, :, year]
    equal = network.nodes.equal[node][:, None]
    upper = np.where(equal, demand, np.inf)
    terms = flow_terms(model, network, keys, True)
    model.add_rows("commodity_balance", keys, terms, lower=demand, upper=upper, across="slice")


def annual_balance(model: Model, network: Network) -> None:
    """Over the year, what comes in also covers the demand that is given for the year alone.

    ``sum_l (sum_a q[a,n,y] * length[l,y] * rate[a,y,l] + net flow[n,y,l]) >= yearly[n,y]``; units of the commodity a
    year. Howells et al. (2011), energy balance B (EBb4); what capacity takes, ``sum_p new[p] built[p,y] + held[p]
    capacity[p,y]``, is taken off as in the code of its family (EBb4 with INC1 and ITC1).
    """
    wanted, inputs = network.nodes.yearly > 0, network.inputs
    wanted[inputs.node, inputs.year] = True
    keys = Keys.where(wanted, "node", "year")
    terms = flow_terms(model, network, keys, False)
    row = keys.find(inputs.node, inputs.year)
    for name, amount in (("new", inputs.new), ("capacity", inputs.held)):
        block = model.variables[name]
        column = block.keys.find(inputs.process, inputs.year)
        there = column >= 0
        terms.append((row[there], block.number(column[there]), -amount[there]))
    model.add_rows("annual_balance", keys, terms, lower=network.nodes.yearly[keys.codes])


def flow_terms(model: Model, network: Network, keys: Keys, sliced: bool) -> list[Terms]:
    """What activities and links bring to the nodes and years of `keys`, a row a slice or one for the year."""
    flows, links = network.flows, network.links
    rate = model.variables["rate"]
    column, row = rate.keys.find(flows.activity, flows.year), keys.find(flows.node, flows.year)
    there = (column >= 0) & (row >= 0)
    value = flows.quantity[there][:, None] * network.horizon.length.T[flows.year[there]]
    terms: list[Terms] = [(_rows(row[there], rate.width, sliced), rate.number(column[there]), value)]
    if "flow" in model.variables:
        flow = model.variables["flow"]
        position = np.arange(len(links.link))
        for place, weight in ((links.source, -links.take), (links.target, links.give)):
            row = keys.find(place, links.year)
            there = row >= 0
            terms.append((_rows(row[there], flow.width, sliced), flow.number(position[there]), weight[there][:, None]))
    return terms + trade_terms(model, network, keys, sliced)


def _rows(row: np.ndarray, width: int, sliced: bool) -> np.ndarray:
    return row[:, None] * width + np.arange(width) if sliced else row[:, None]
