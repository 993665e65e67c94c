"""The place of projects in an expansion plan: one solved before, or a system solved with and without each. Rule A38."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from fansipan.appraisal.decision.fit import Fit
from fansipan.errors import InvalidInput
from fansipan.tables.reading.delimited import read_delimited

BUILDS = "builds.csv"
GAP, SECONDS = 1e-4, 300.0  # of the plan, and of all that is forced out or in together; a large system by years


def plan_fits(path: Path, projects: Collection[str]) -> dict[str, Fit]:
    """The fit of each of `projects` in the plan at `path`.

    A folder written by ``fansipan plan solve -o`` says what is built and when; a planning system is solved, and solved
    again with each project left out and built, for its value. Projects that the system does not know are left out.
    Raises InvalidInput for a folder that is neither.
    """
    if (path / BUILDS).is_file():
        return _built(path / BUILDS, projects)
    return _solved(path, projects)


def _built(path: Path, projects: Collection[str]) -> dict[str, Fit]:
    sheet, faults = read_delimited(path)
    if sheet is None:
        raise InvalidInput(faults)
    frame = sheet.frame.rename(dict(zip(sheet.frame.columns, sheet.headers, strict=True)))
    first = frame.group_by("project").agg(pl.col("in_use").cast(pl.Int64).min())
    years = dict(first.select("project", "in_use").iter_rows())
    return {project: Fit(planned=project in years, in_use=years.get(project)) for project in projects}


def _solved(path: Path, projects: Collection[str]) -> dict[str, Fit]:
    from fansipan.expansion.answers.alternatives import no_regret
    from fansipan.expansion.answers.outcome import builds
    from fansipan.expansion.load import read_system
    from fansipan.expansion.network.compilation import network_of
    from fansipan.expansion.network.indexed import Indexed
    from fansipan.expansion.solve.plan import solve_network
    from fansipan.expansion.system.slices import lighter
    from fansipan.linear.solver import Options

    system, _ = read_system(path)
    system = lighter(system, "year") or system
    options = Options(gap=GAP, time_limit=SECONDS)
    plan = solve_network(network_of(system), options, prices=False)
    known = {row["project"] for row in system.candidates.values()} & set(projects)
    if not plan.solved or not known:
        return {}
    made = builds(Indexed(system), plan)
    years = dict(made.group_by("project").agg(pl.col("in_use").min()).iter_rows())
    sign = 1.0 if plan.arrays.maximise else -1.0
    found = {}
    for proof in no_regret(plan, only=known, options=options):
        both = proof.with_it is not None and proof.without is not None
        value = sign * ((proof.with_it or 0.0) - (proof.without or 0.0)) if both else None
        found[proof.project] = Fit(planned=proof.project in years, in_use=years.get(proof.project), plan_value=value)
    return found
