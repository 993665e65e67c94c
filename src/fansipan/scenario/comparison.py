"""Scenarios side by side over one baseline, with the same random numbers (Rule P19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from fansipan.province import Province
from fansipan.scenario.changes import Change, Scenario, applied, delays_asked, of_quantities
from fansipan.scenario.paths.chances import chances
from fansipan.scenario.paths.figures import Figure, drawn, growth
from fansipan.scenario.paths.simulation import period_sums, simulate
from fansipan.scenario.projection import Projection

PATHS_TRIED = 200  # to see whether a change does anything


def under(projection: Projection, scenario: Scenario) -> Projection:
    """The same baseline under another scenario, without forecasting again."""
    pipeline = projection.pipeline
    projects = [addition.project for addition in pipeline.additions]
    delays = np.full((1, len(projects)), pipeline.delay) + delays_asked(scenario.changes, projects)
    ahead = projection.before[:, projection.known :].copy()
    ahead[len(ahead) - len(projects) :] = pipeline.outlook(projection.ahead, delays)[0]
    changed = applied(of_quantities(scenario.changes), projection.lines, projection.ahead, ahead)
    quantities = np.hstack([projection.before[:, : projection.known], changed])
    return replace(projection, quantities=quantities, scenario=scenario)


def idle(projection: Projection, scenario: Scenario) -> list[Change]:
    """The changes of `scenario` that move no month ahead in any of some paths, those before them made: months past, a
    cap never reached, a project that is not yet there. A shift of a project that is coming moves months beyond these.
    """
    if not scenario.changes:
        return []
    coming = {addition.project for addition in projection.pipeline.additions}
    made = [replace(scenario, changes=scenario.changes[:count]) for count in range(len(scenario.changes) + 1)]
    paths = [simulate(under(projection, one), paths=PATHS_TRIED).ahead for one in made]
    return [
        change
        for change, before, after in zip(scenario.changes, paths, paths[1:], strict=False)
        if np.array_equal(before, after) and not (change.act == "shift" and change.item in coming)
    ]


def compared(
    projection: Projection, scenarios: Sequence[Scenario], province: Province, *, paths: int = 10_000, seed: int = 1
) -> pl.DataFrame:
    """The last year under each scenario: `scenario`, `output` (billion đồng of 2010, expected), `low`, `high` (80 %),
    `growth` (percent), `plan` (billion đồng) and `chance` of it (0 to 1), null where there is no plan.
    """
    year = str(projection.months[-1].year)
    rows = []
    for scenario in scenarios:
        changed = under(projection, scenario)
        simulation = simulate(changed, paths=paths, seed=seed)
        output = drawn(simulation, Figure("output"))[1][:, -1]
        expected, rate = _expected(changed)
        promised = chances(simulation, province).filter(
            (pl.col("source") == "plan")
            & (pl.col("indicator") == "gross-output")
            & (pl.col("scope_kind") == "province")
            & (pl.col("period") == year)
        )
        low, high = np.quantile(output, (0.1, 0.9))
        plan, chance = (promised[name][0] if promised.height else None for name in ("value", "chance"))
        rows.append((scenario.code, expected, low, high, rate, plan, chance))
    names = ("output", "low", "high", "growth", "plan", "chance")
    return pl.DataFrame(rows, schema={"scenario": pl.String} | dict.fromkeys(names, pl.Float64), orient="row")


def _expected(projection: Projection) -> tuple[float, float]:
    """Output of the last year as projected, billion đồng, and its growth, percent."""
    price = projection.lines.price()
    now = float(period_sums(projection.months, price @ projection.quantities, "year")[1][-1])
    before = float(period_sums(projection.months, price @ projection.year_before, "year")[1][-1])
    return now, float(growth(np.array(now), np.array(before)))
