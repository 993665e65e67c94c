"""Limits and targets over sums of what the plan does (method rule E24).

Each family is a constraint of its own. A limit with a priority is elastic: ``short`` measures by how much it is missed,
and the plan makes the shortfalls of each priority as small as can be before it looks at the next and at value.
"""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.expansion.network.parts import KINDS
from fansipan.linear.keys import Keys, Terms
from fansipan.linear.model import Model


def add_limit_variables(model: Model, network: Network) -> None:
    """``short`` (limit, year): by how much an elastic limit is missed, in the limit's unit."""
    if network.limits:
        limits = network.limits
        some = limits.priority > 0
        sizes = (len(limits.names), len(network.horizon.years))
        keys = Keys(("limit", "year"), sizes, (limits.limit[some], limits.year[some]))
        model.add_variables("short", keys)


def land(model: Model, network: Network) -> None:
    """Plants fit on the land that is open: ``sum_p land[p] capacity[p,y] <= land + sum_z hectares[z] opened[z,y]``.

    Hectares at a site. Fansipan's own.
    """
    _family(model, network, "land")


def power(model: Model, network: Network) -> None:
    """Connected load stays within supply: ``sum_p MW[p] capacity[p,y] <= MW`` at a site; MW. Fansipan's own."""
    _family(model, network, "power")


def water(model: Model, network: Network) -> None:
    """Water drawn stays within supply: ``sum_p water[p] capacity[p,y] <= supply`` at a site; m3 a day.
    Fansipan's own.
    """
    _family(model, network, "water")


def waste_water(model: Model, network: Network) -> None:
    """Waste water stays within treatment: ``sum_p waste[p] capacity[p,y] <= treatment``; m3 a day. Fansipan's own."""
    _family(model, network, "waste_water")


def labour(model: Model, network: Network) -> None:
    """Jobs stay within the people there are, or reach a target: ``sum_p jobs[p] capacity[p,y] <= people``.

    Persons. Fansipan's own.
    """
    _family(model, network, "labour")


def budget(model: Model, network: Network) -> None:
    """What is invested in a year stays within the owner's means: ``sum_p capital[p] units[p,y] <= budget``.

    Billion dong; stages of zones count in the year in which they are decided. Fansipan's own.
    """
    _family(model, network, "budget")


def emission(model: Model, network: Network) -> None:
    """Emissions and waste of a scope stay under the cap: ``sum_a made[a] activity[a,y] <= cap``. Fansipan's own."""
    _family(model, network, "emission")


def production(model: Model, network: Network) -> None:
    """What is made of a commodity reaches or keeps to a figure: ``sum_a made[a] activity[a,y] >= value``.

    Units of the commodity. Fansipan's own.
    """
    _family(model, network, "production")


def output(model: Model, network: Network) -> None:
    """Gross output at 2010 prices reaches a target: ``sum_a price[a] activity[a,y] >= value``; billion dong.

    Fansipan's own.
    """
    _family(model, network, "output")


def value_added(model: Model, network: Network) -> None:
    """Value added at accounting prices reaches a target: ``sum_a value[a] activity[a,y] >= target``; billion dong.

    Fansipan's own.
    """
    _family(model, network, "value_added")


def structure(model: Model, network: Network) -> None:
    """A group's share of value added or output reaches a target: ``sum_group v - share sum_all v >= 0``.

    Billion dong at accounting or 2010 prices, which are fixed: that keeps the share linear. Fansipan's own.
    """
    _family(model, network, "structure")


def count(model: Model, network: Network) -> None:
    """So many zones, clusters or projects stand by a date: ``sum opened[z,v<=y] >= number``. Fansipan's own."""
    _family(model, network, "count")


def combination(model: Model, network: Network) -> None:
    """Any sum of activities, capacities and what is built: ``sum k activity + m capacity + n new <= value``, or ``=``.

    User-defined constraints, limits by mode and growth limits of the OSeMOSYS family (UDC1, UDC2, LU1 to LU4).
    """
    _family(model, network, "combination")


def _family(model: Model, network: Network, family: str) -> None:
    limits = network.limits
    if not limits or family not in limits.family:
        return
    rows = np.flatnonzero(np.asarray(limits.family) == family)
    place = np.full(len(limits.limit), -1)
    place[rows] = np.arange(len(rows))
    sizes = (len(limits.names), len(network.horizon.years))
    keys = Keys(("limit", "year"), sizes, (limits.limit[rows], limits.year[rows]))
    terms = [_term(model, network, kind, place) for kind in limits.terms if kind in model.variables]
    short = model.variables["short"]
    column = short.keys.find(*keys.codes)
    missed = np.flatnonzero(column >= 0)
    side = np.where(np.isfinite(limits.lower[rows[missed]]), 1.0, -1.0)
    terms.append((missed, short.number(column[missed]), side))
    model.add_rows(family, keys, terms, lower=limits.lower[rows], upper=limits.upper[rows])


def _term(model: Model, network: Network, kind: str, place: np.ndarray) -> Terms:
    """The entries of one kind of variable; those across slices are added up, rates as activity."""
    assert network.limits
    row, first, year, value = network.limits.terms[kind]
    block = model.variables[kind]
    assert block.keys.dims == KINDS[kind]
    column = block.keys.find(first, year)
    there = (place[row] >= 0) & (column >= 0)
    number = block.number(column[there])
    if not block.across:
        return place[row[there]], number, value[there]
    length = network.horizon.length.T[year[there]] if kind == "rate" else 1.0
    return place[row[there]][:, None], number, value[there][:, None] * length
