"""Projects and zones: what may be built with what, and when land opens (method rules E22, E23)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Codes, Keys, Terms
from fansipan.linear.model import Model


def add_choice_variables(model: Model, network: Network) -> None:
    """``chosen`` (project; only where projects exclude each other), ``stage`` (stage, year of decision), whole."""
    if network.projects:
        pairs = np.unique(np.concatenate(network.projects.excludes))
        keys = Keys(("project",), (len(network.projects.names),), (pairs.astype(np.int64),))
        model.add_variables("chosen", keys, upper=1.0, integer=True)
    if network.stages:
        keys = Keys.where(network.stages.allowed, "stage", "year")
        model.add_variables("stage", keys, upper=1.0, integer=True, cost=network.stages.cost[keys.codes])


def project_most(model: Model, network: Network) -> None:
    """A project is built no more often than it can be, at all its possible sites together.

    ``sum_p sum_y units[p,y] <= most[j]``; lumps. Fansipan's own.
    """
    if network.projects:
        keys = Keys.where(np.ones(len(network.projects.names), bool), "project")
        row = np.arange(len(keys))
        model.add_rows("project_most", keys, _built(model, network, row, row), upper=network.projects.most)


def project_must(model: Model, network: Network) -> None:
    """A project that must be built is built by its date: ``sum_p sum_{y<=due} units[p,y] >= 1``. Fansipan's own."""
    if network.projects:
        due = network.projects.due
        keys = Keys.where(due >= 0, "project")
        own = keys.codes[0]
        terms = _built(model, network, np.arange(len(own)), own, due[own])
        model.add_rows("project_must", keys, terms, lower=1.0)


def project_requires(model: Model, network: Network) -> None:
    """A project stands only after the one that it needs: ``sum_{v<=y} units[j,v] <= most[j] sum_{v<=y} units[k,v]``.

    Lumps, for each pair (j needs k) and year. Fansipan's own.
    """
    if not network.projects:
        return
    own, needed = network.projects.requires
    years = len(network.horizon.years)
    keys = Keys.where(np.ones((len(own), years), bool), "requirement", "year")
    pair, year = keys.codes
    row = np.arange(len(pair))
    terms = _built(model, network, row, own[pair], year)
    factor = -network.projects.most[own[pair]]
    terms += [
        (rows, columns, values * factor[rows])
        for rows, columns, values in _built(model, network, row, needed[pair], year)
    ]
    model.add_rows("project_requires", keys, terms, upper=0.0)


def project_chosen(model: Model, network: Network) -> None:
    """A project that is built is chosen: ``sum_p sum_y units[p,y] <= most[j] chosen[j]``; lumps. Fansipan's own."""
    if network.projects:
        chosen = model.variables["chosen"]
        own, row = chosen.keys.codes[0], np.arange(len(chosen.keys))
        terms = _built(model, network, row, own)
        terms.append((row, chosen.number(row), -network.projects.most[own]))
        model.add_rows("project_chosen", chosen.keys, terms, upper=0.0)


def project_excludes(model: Model, network: Network) -> None:
    """Of two projects that exclude each other one is chosen at most: ``chosen[j] + chosen[k] <= 1``. Fansipan's own."""
    if network.projects:
        own, other = network.projects.excludes
        keys = Keys.where(np.ones(len(own), bool), "exclusion")
        row, chosen = np.arange(len(own)), model.variables["chosen"]
        terms: list[Terms] = [(row, chosen.number(chosen.keys.find(side)), 1.0) for side in (own, other)]
        model.add_rows("project_excludes", keys, terms, upper=1.0)


def _built(model: Model, network: Network, row: Codes, project: Codes, until: Codes | None = None) -> list[Terms]:
    """Lumps of `project` in each `row`, decided up to the year code `until`, at all sites."""
    assert network.projects
    units = model.variables["units"]
    process, year = units.keys.codes
    owner = network.projects.of[process]
    match = project[:, None] == owner[None, :]
    if until is not None:
        match &= year[None, :] <= until[:, None]
    entry, column = np.nonzero(match)
    return [(row[entry], units.number(column), np.ones(len(entry)))]


def stage_once(model: Model, network: Network) -> None:
    """A stage opens once at most: ``sum_y stage[z,y] <= 1``. Fansipan's own."""
    if network.stages:
        keys = Keys.where(np.ones(len(network.stages.names), bool), "stage")
        opened = model.variables["stage"]
        terms: list[Terms] = [(opened.keys.codes[0], opened.number(np.arange(len(opened.keys))), 1.0)]
        model.add_rows("stage_once", keys, terms, upper=1.0)


def stage_order(model: Model, network: Network) -> None:
    """A stage opens no earlier than the one before: ``sum_{v<=y} stage[z,v] <= sum_{v<=y} stage[before,v]``.

    Fansipan's own.
    """
    if not network.stages:
        return
    before, opened = network.stages.before, model.variables["stage"]
    later = np.broadcast_to((before >= 0)[:, None], network.stages.allowed.shape)
    keys = Keys.where(later, "stage", "year")
    stage, year = keys.codes
    terms: list[Terms] = []
    for own, sign in ((stage, 1.0), (before[stage], -1.0)):
        match = (own[:, None] == opened.keys.codes[0]) & (opened.keys.codes[1] <= year[:, None])
        entry, column = np.nonzero(match)
        terms.append((entry, opened.number(column), sign))
    model.add_rows("stage_order", keys, terms, upper=0.0)
