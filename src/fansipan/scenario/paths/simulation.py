"""Thousands of joint paths of the months ahead, and what they say (Rules P12 to P16).

    simulated = simulate(projected, paths=10_000, seed=1)
    simulated.output("section", "C")           # paths x months, billion đồng

A path is one course of all lines together: errors correlated as in the past, a dry or wet year, projects late, plants
that stand still. Totals of a path are sums of its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.scenario.baseline.lines import Floats
from fansipan.scenario.changes import applied, delays_asked, of_quantities
from fansipan.scenario.paths.dependence import errors_of, outage_chance
from fansipan.scenario.projection import Projection, ceilings

# What moves the paths, each with random numbers of its own, so that one can be switched off and the rest stays.
DRIVERS = ("market", "water", "delay", "outage")
MOST_PATHS = 200_000


@dataclass(frozen=True, eq=False, slots=True)
class Simulation:
    """The paths of a projection: `ahead` is paths x lines x months ahead, in units; reported months are as they are."""

    projection: Projection
    ahead: Floats
    drivers: tuple[str, ...]
    seed: int

    @property
    def paths(self) -> int:
        """How many paths there are."""
        return len(self.ahead)

    def output(self, by: str = "total", code: str | None = None, *, basis: str = "constant") -> Floats:
        """Output of a part, or of all, in each path and month of the projection (paths x months), billion đồng."""
        lines = self.projection.lines
        weight = lines.price(basis) * (1.0 if by == "total" else lines.places(by, code or ""))
        return self.weighted(weight)

    def weighted(self, weight: Floats) -> Floats:
        """The sum of quantities times `weight` (a figure a line) in each path and month of the projection."""
        known = weight @ self.projection.quantities[:, : self.projection.known]
        rows = np.flatnonzero(weight)
        ahead = np.tensordot(weight[rows], self.ahead[:, rows], axes=(0, 1)) if len(rows) else 0.0
        width = len(self.projection.months)
        found = np.zeros((self.paths, width))
        found[:, : self.projection.known] = known
        found[:, self.projection.known :] = ahead
        return found


def simulate(
    projection: Projection, *, paths: int = 10_000, seed: int = 1, drivers: Sequence[str] = DRIVERS
) -> Simulation:
    """Draw `paths` joint courses of the months ahead; the same seed gives the same paths (Rules P12 to P15).

    `drivers` are those that are let loose; what the others move stays at its expectation. The scenario's changes are
    laid on every path. Raises Refused ``scenario.paths`` for less than 1 or more than 200,000 paths.
    """
    if not 1 <= paths <= MOST_PATHS:
        raise Refused("scenario.paths", paths=paths, most=MOST_PATHS)
    random = dict(zip(DRIVERS, np.random.default_rng(seed).spawn(len(DRIVERS)), strict=True))
    count = len(projection.lines) - len(projection.pipeline.additions)
    horizon = len(projection.ahead)
    mean = projection.before[:count, projection.known :]
    drawn = np.repeat(mean[None], paths, axis=0)
    if "water" in drivers and projection.water is not None:
        drawn[:, projection.water.lines] *= _wetness(projection, random["water"], paths)
    if "market" in drivers:
        errors = errors_of(projection.lines).paths(random["market"], paths, horizon)[:, :count]
        drawn += errors * projection.spread[:count]
        np.maximum(drawn, 0.0, out=drawn)
    if "outage" in drivers:
        _stand_still(drawn, projection, random["outage"])
    added = _additions(projection, random["delay"] if "delay" in drivers else None, paths)
    whole = np.concatenate([np.minimum(drawn, _most(projection)[None, :count]), added], axis=1)
    changes = of_quantities(projection.scenario.changes)
    if changes:
        whole = applied(changes, projection.lines, projection.ahead, whole)
    return Simulation(projection, whole, tuple(drivers), seed)


def _wetness(projection: Projection, random: np.random.Generator, paths: int) -> Floats:
    """The factor that water puts on the expectation of the hydropower lines: paths x 1 x months."""
    water = projection.water
    assert water is not None
    horizon = len(projection.ahead)
    shocks = random.choice(water.shocks, size=(paths, horizon))
    expected = water.states(np.zeros((1, horizon)))
    return np.exp(water.states(shocks) - expected)[:, None, :]


def _stand_still(drawn: Floats, projection: Projection, random: np.random.Generator) -> None:
    """Stop lines at random, each month with the chance seen in the past; hydropower stops with its water only."""
    chance = outage_chance(projection.lines)
    still = random.random(drawn.shape, dtype=np.float32) < chance
    still[:, projection.lines.frame["hydropower"].to_numpy()[: drawn.shape[1]]] = False
    drawn[still] = 0.0


def _additions(projection: Projection, random: np.random.Generator | None, paths: int) -> Floats:
    """What projects add in each path: delays drawn from those seen, one a project."""
    pipeline = projection.pipeline
    projects = [addition.project for addition in pipeline.additions]
    asked = delays_asked(projection.scenario.changes, projects)
    if random is None:
        delays = np.full((paths, len(projects)), pipeline.delay)
    else:
        names = sorted(set(projects))
        late = random.choice(pipeline.delays, size=(paths, len(names))) if names else np.zeros((paths, 0))
        delays = late[:, [names.index(project) for project in projects]]
    return pipeline.outlook(projection.ahead, delays + asked)


def _most(projection: Projection) -> Floats:
    """The most a line makes in a month: a month's part of its capacity, or its best month, expected ones included."""
    return np.maximum(ceilings(projection.lines, len(projection.ahead)), projection.before[:, projection.known :])


def period_sums(months: Sequence[Month], values: Floats, period: str) -> tuple[list[str], Floats]:
    """`values` (… x months) summed by ``month``, ``quarter`` or ``year``: the periods, and the sums."""
    names = [str(m) if period == "month" else str(m.quarter) if period == "quarter" else str(m.year) for m in months]
    periods = list(dict.fromkeys(names))
    sums = np.stack([values[..., [n == p for n in names]].sum(axis=-1) for p in periods], axis=-1)
    return periods, sums
