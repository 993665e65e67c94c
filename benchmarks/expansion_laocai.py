"""The plan of Lào Cai: the curve of gap against time by months, and twenty scenarios side by side.

    python benchmarks/expansion_laocai.py [--slices month] [--gap 0.001] [--seconds 300] [--workers 2] [--smoke]

Prints a line for each report of the search: seconds since the start, best value, valid bound, relative gap. Then twenty
scenarios of prices and water are solved one after the other and in processes of their own: the results must be equal.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np
import polars as pl

from fansipan.examples import laocai
from fansipan.expansion.answers.study import solve_scenarios
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network
from fansipan.expansion.system.definition import System
from fansipan.expansion.system.slices import with_slices
from fansipan.linear.solver import Options

LIMIT = 0.02  # of the gap in five minutes
SCENARIOS = 20


def curve(system: System, gap: float, seconds: float) -> float:
    """Solve and print the curve; returns the gap at the end."""
    begun = time.perf_counter()

    def told(_: float, best: float, bound: float) -> None:
        if np.isfinite(best) and np.isfinite(bound):
            relative = abs(bound - best) / max(abs(best), 1e-9)
            print(f"{time.perf_counter() - begun:8.1f} s  best {best:14.2f}  bound {bound:14.2f}  gap {relative:8.4%}")

    plan = solve_network(network_of(system), Options(gap=gap, time_limit=seconds, progress=told), prices=False)
    answer = plan.answer
    size = f"{len(answer.columns):,} variables, {int(plan.arrays.integer.sum())} of them whole"
    print(
        f"{time.perf_counter() - begun:8.1f} s  {answer.status}: value {answer.objective:.2f}, bound {answer.bound:.2f}"
    )
    print(f"gap {answer.gap:.4%}, {size}")
    return float(answer.gap or 0.0)


def with_scenarios(system: System, count: int) -> System:
    """The system with `count` scenarios: prices of copper and phosphorus by chance, dry, normal and wet in turn."""
    random = np.random.default_rng(2024)
    rows = []
    for number in range(count):
        name = f"s{number + 1:02d}"
        rows.append((name, "hydrology", "*", ("dry", "normal", "wet")[number % 3]))
        for good in ("copper-cathode", "yellow-phosphorus", "dap"):
            rows.append((name, "price", good, f"{random.uniform(0.85, 1.15):.4f}"))
    schema = system.frames["plan_scenarios"].schema
    frame = pl.DataFrame(
        [{"scenario": s, "change": c, "item": i, "value": v, "source": "illustrative"} for s, c, i, v in rows],
        schema=schema,
    )
    return replace(system, frames={**system.frames, "plan_scenarios": frame})


def side_by_side(system: System, count: int, gap: float, workers: int) -> bool:
    """Whether `count` scenarios give the same in processes of their own as one after the other; prints the times."""
    many = with_scenarios(with_slices(system, "year"), count)
    names = [f"s{number + 1:02d}" for number in range(count)]
    found, spent = [], []
    for workers_used in (1, workers):
        begun = time.perf_counter()
        found.append(solve_scenarios(many, names, Options(gap=gap), workers=workers_used))
        spent.append(time.perf_counter() - begun)
    equal = all(
        found[0][name].answer.objective == found[1][name].answer.objective
        and np.array_equal(found[0][name].answer.columns, found[1][name].answer.columns)
        for name in names
    )
    print(
        f"{count} scenarios by years: one after the other {spent[0]:.1f} s, {workers} processes {spent[1]:.1f} s, "
        f"results {'equal' if equal else 'DIFFER'}"
    )
    return equal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slices", default="month")
    parser.add_argument("--gap", type=float, default=0.001)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--smoke", action="store_true")
    asked = parser.parse_args()
    system = System.of(laocai.build())
    part, gap, count = ("year", 0.02, 2) if asked.smoke else (asked.slices, asked.gap, SCENARIOS)
    reached = curve(with_slices(system, part), gap, asked.seconds)
    equal = side_by_side(system, count, 0.01 if asked.smoke else 0.002, asked.workers)
    if reached > LIMIT or not equal:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
