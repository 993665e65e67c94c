"""All scenarios of a system side by side: each alone, one plan for all, the regret of each (method rule E32)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import polars as pl

from fansipan.errors import Refused
from fansipan.expansion.answers.outcome import builds
from fansipan.expansion.answers.uncertainty import TwoStage, two_stage
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.network.indexed import Indexed
from fansipan.expansion.solve.plan import Plan, solve_network
from fansipan.expansion.solve.recourse import regret_table
from fansipan.expansion.system.definition import System
from fansipan.expansion.system.scenarios import in_scenario
from fansipan.linear.solver import Options


def solve_scenarios(
    system: System,
    names: Sequence[str | None],
    options: Options | None = None,
    *,
    workers: int = 1,
    progress: Callable[[str | None], None] | None = None,
) -> dict[str | None, Plan]:
    """The plan of each scenario by name (None is the system as it stands), without prices.

    With several `workers` each scenario is solved in a process of its own, started afresh; one thread and one seed a
    solve make the results the same either way, unless a time limit ends a solve. `progress` is called with the name of
    each scenario that is done, in order; `options.progress` is not carried into other processes.
    """
    chosen = replace(options or Options(), threads=1, progress=None)
    tasks = [(system, name, chosen) for name in names]
    if workers <= 1 or len(tasks) <= 1:
        return _gathered(names, map(_solved, tasks), progress)
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=get_context("spawn")) as pool:
        return _gathered(names, pool.map(_solved, tasks), progress)


@dataclass(frozen=True)
class Study:
    """All scenarios beside each other: `scenarios` (name, probability, value, missed), the two-stage plan, its shared
    builds, and the regret of each plan's builds in each scenario. Builds before the year `before` are shared.
    """

    before: int
    scenarios: pl.DataFrame
    two_stage: TwoStage
    builds: pl.DataFrame
    regret: pl.DataFrame


def study(
    system: System,
    probability: Mapping[str, float],
    before: int | None = None,
    options: Options | None = None,
    *,
    workers: int = 1,
    progress: Callable[[str | None], None] | None = None,
) -> Study:
    """Solve the system as it stands and in every scenario, plan for all of them, and hold each plan in each.

    `before` is the first year in which builds may differ by scenario; without it the middle of the plan. Raises Refused
    where a scenario has no plan or the scenarios cannot be planned together.
    """
    years = system.settings.years
    year = before if before is not None else years[0] + (len(years) + 1) // 2
    solved = solve_scenarios(system, [None, *probability], options, workers=workers, progress=progress)
    plans = {name: solved[name] for name in probability}
    lost = [str(name or "-") for name, plan in solved.items() if not plan.solved]
    if lost:
        raise Refused("plan.uncertainty.lost", names=", ".join(lost))
    common = two_stage(plans, probability, year, base=solved[None], options=options)
    any_plan = next(iter(common.plans.values()))
    shared = builds(Indexed(system), any_plan).filter(pl.col("year") < year)
    return Study(year, _values(plans, probability), common, shared, regret_table(plans, options))


def _values(plans: Mapping[str, Plan], probability: Mapping[str, float]) -> pl.DataFrame:
    total = sum(probability.values())
    return pl.DataFrame(
        {
            "scenario": list(plans),
            "probability": [probability[name] / total for name in plans],
            "value": [plan.answer.objective for plan in plans.values()],
            "gap": [plan.answer.gap for plan in plans.values()],
            "missed": [float(sum(plan.missed.values())) for plan in plans.values()],
        }
    )


def _gathered(
    names: Sequence[str | None], plans: Iterable[Plan], progress: Callable[[str | None], None] | None
) -> dict[str | None, Plan]:
    found = {}
    for name, plan in zip(names, plans, strict=True):
        found[name] = plan
        if progress:
            progress(name)
    return found


def _solved(task: tuple[System, str | None, Options]) -> Plan:
    system, name, options = task
    return solve_network(network_of(in_scenario(system, name)), options, prices=False)
