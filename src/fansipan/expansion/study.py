"""All scenarios of a system side by side, in processes of their own or one after the other (method rule E32)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from fansipan.expansion.compiled import network_of
from fansipan.expansion.plan import Plan, solve_network
from fansipan.expansion.scenarios import in_scenario
from fansipan.expansion.solver import Options
from fansipan.expansion.system import System


def solve_scenarios(
    system: System, names: Sequence[str | None], options: Options | None = None, *, workers: int = 1
) -> dict[str | None, Plan]:  # fmt: skip
    """The plan of each scenario by name (None is the system as it stands), without prices.

    With several `workers` each scenario is solved in a process of its own; one thread and one seed a solve make the
    results the same either way. `options.progress` is not carried into other processes.
    """
    chosen = replace(options or Options(), threads=1, progress=None)
    tasks = [(system, name, chosen) for name in names]
    if workers <= 1 or len(tasks) <= 1:
        return dict(zip(names, map(_solved, tasks), strict=True))
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=get_context("spawn")) as pool:
        return dict(zip(names, pool.map(_solved, tasks), strict=True))


def _solved(task: tuple[System, str | None, Options]) -> Plan:
    system, name, options = task
    return solve_network(network_of(in_scenario(system, name)), options, prices=False)
