"""Any indicator of a simulation as a distribution: output, its growth, shares, the index of production (Rule P15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl

from fansipan.errors import NotFound
from fansipan.scenario.baseline.lines import Floats, Lines
from fansipan.scenario.forecast.history import SEASON
from fansipan.scenario.paths.simulation import Simulation, period_sums
from fansipan.scenario.projection import Projection
from fansipan.statistics.output_value import Tables
from fansipan.statistics.production_index import base_year_weights, shares_in_root

Measure = Literal["output", "output-current", "growth", "volume", "share", "share-current", "index", "index-growth"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
QUANTILES = {"p05": 0.05, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
ALL = "total"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is asked for: a measure of a part of industry (`by` and `code`), by ``month``, ``quarter`` or ``year``."""

    measure: Measure = "output"
    by: str = ALL
    code: str | None = None
    period: str = "year"


def drawn(simulation: Simulation, figure: Figure, province: Tables | None = None) -> tuple[list[str], Floats]:
    """The figure in each path: the periods, and paths x periods.

    Output in billion đồng (2010 or current prices), `volume` in the products' unit, `growth` in percent on the same
    period of the year before, `share` in percent of all output at 2010 prices (as the indicator of that name) and
    `share-current` at current ones, the index as the mean of the period
    (base year = 100) and its growth. The index needs the `province` for its weights. Raises NotFound
    ``scenario.measure-unknown``, and what `base_year_weights` raises.
    """
    projection = simulation.projection
    if figure.measure not in MEASURES:
        raise NotFound("scenario.measure-unknown", name=figure.measure, known=", ".join(MEASURES))
    if figure.measure in ("share", "share-current"):
        basis = "constant" if figure.measure == "share" else "current"
        part, whole = (_weight(projection.lines, basis, *of) for of in ((figure.by, figure.code), (ALL, None)))
        periods, above = period_sums(projection.months, simulation.weighted(part), figure.period)
        below = period_sums(projection.months, simulation.weighted(whole), figure.period)[1]
        return periods, 100 * above / np.where(below > 0, below, np.nan)
    weight = figure_weight(projection, figure, province)
    periods, now = period_sums(projection.months, simulation.weighted(weight), figure.period)
    if figure.measure in ("growth", "index-growth"):
        return periods, growth(now, year_before(projection, weight, figure.period, simulation))
    return periods, now / _months_in(projection, figure.period) if figure.measure == "index" else now


def figure_weight(projection: Projection, figure: Figure, province: Tables | None) -> Floats:
    """What a unit of each line adds to the figure: every figure but a share is a weighted sum of quantities."""
    if figure.measure in ("index", "index-growth"):
        if province is None:
            raise NotFound("scenario.index-needs-weights")
        return index_weight(province, projection.lines, None if figure.by == ALL else figure.code)
    basis = {"output-current": "current", "volume": "weight"}.get(figure.measure, "constant")
    return _weight(projection.lines, basis, figure.by, figure.code)


def _weight(lines: Lines, basis: str, by: str, code: str | None) -> Floats:
    return np.nan_to_num(lines.price(basis)) * (1.0 if by == ALL else lines.places(by, code or ""))


def index_weight(province: Tables, lines: Lines, node: str | None = None) -> Floats:
    """Points of the index of `node` (the whole, where None) that a unit of each line adds in a month (Rule G13).

    With fixed weights the index is linear in volumes: the sum over products of weight times volume over base volume.
    """
    weights = base_year_weights(province)
    shares = dict(shares_in_root(weights).iter_rows())
    base = dict(weights.select("code", "base_volume").iter_rows())
    below = _leaves_below(weights, node)
    whole = sum(shares[code] for code in below)
    points = {code: 100 * shares[code] / whole / base[code] for code in below if base.get(code)}
    weight = lines.frame["weight"].to_numpy()
    return np.array([points.get(product, 0.0) for product in lines.frame["product"]]) * weight


def _leaves_below(weights: pl.DataFrame, node: str | None) -> list[str]:
    parents = dict(weights.select("code", "parent").iter_rows())
    inner = set(parents.values())
    found = []
    for code in parents:
        at: str | None = code
        while at is not None and at != node:
            at = parents.get(at)
        if code not in inner and (node is None or at == node):
            found.append(code)
    if not found:
        raise NotFound("scenario.node-unknown", name=node)
    return found


def year_before(projection: Projection, weight: Floats, period: str, simulation: Simulation | None = None) -> Floats:
    """The weighted sum in the same periods a year before; paths x periods where these lie ahead themselves."""
    earlier = weight @ projection.year_before
    if simulation is None or len(projection.months) <= SEASON:
        return period_sums(projection.months, earlier, period)[1]
    now = simulation.weighted(weight)
    whole = np.repeat(earlier[None], len(now), axis=0)
    whole[:, SEASON:] = now[:, : now.shape[1] - SEASON]
    return period_sums(projection.months, whole, period)[1]


def growth(now: Floats, before: Floats) -> Floats:
    """Percent; NaN where there was nothing before."""
    return 100 * (now / np.where(before > 0, before, np.nan) - 1)


def _months_in(projection: Projection, period: str) -> Floats:
    return period_sums(projection.months, np.ones(len(projection.months)), period)[1]


def distribution(simulation: Simulation, figure: Figure, province: Tables | None = None) -> pl.DataFrame:
    """The figure's distribution by period: `period`, `mean`, `sd`, and the quantiles p05 to p95."""
    return distribution_of(*drawn(simulation, figure, province))


def distribution_of(periods: list[str], values: Floats) -> pl.DataFrame:
    """The distribution of `values` (paths x periods): `period`, `mean`, `sd`, and the quantiles p05 to p95."""
    columns = {name: np.quantile(values, q, axis=0) for name, q in QUANTILES.items()}
    return pl.DataFrame({"period": periods, "mean": values.mean(axis=0), "sd": values.std(axis=0), **columns})
