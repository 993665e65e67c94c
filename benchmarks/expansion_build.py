"""How fast and how small a planning model is built and handed to HiGHS, beside peers and bare arrays, in one run.

    python benchmarks/expansion_build.py --peers PYTHON_OF_PEERS [--processes 1700] [--solve]

Every contender builds the same sparse system (processes with two modes, commodities at sites, twelve years of twelve
months) from the same arrays in a process of its own, and says seconds from arrays in memory to the model in HiGHS, and
the memory its process grew by above imports and data. ``--smoke`` runs everything at a small size. The peers (Pyomo,
linopy) stand in an environment of their own: see benchmarks/peers-expansion.txt.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

YEARS, SLICES, MODES, INPUTS = 12, 12, 2, 2


def system(processes: int, seed: int = 7) -> dict[str, np.ndarray]:
    """A random system that has a solution: flows (activity, node, quantity), costs, demand, capacity."""
    random = np.random.default_rng(seed)
    nodes, activities = max(processes // 4, 8), processes * MODES
    owner = np.repeat(np.arange(processes), MODES)
    made = owner % nodes
    takes = (made[:, None] * random.random((activities, INPUTS))).astype(int)
    usable = takes < made[:, None]
    activity = np.concatenate([np.arange(activities), np.repeat(np.arange(activities), INPUTS)[usable.ravel()]])
    node = np.concatenate([made, takes.ravel()[usable.ravel()]])
    quantity = np.concatenate([np.ones(activities), -random.uniform(0.05, 0.3, usable.sum())])
    demand = np.zeros((nodes, SLICES, YEARS))
    demand[nodes // 2 :] = random.uniform(1, 5, (nodes - nodes // 2, SLICES, YEARS)) / SLICES
    return {
        "owner": owner,
        "activity": activity,
        "node": node,
        "quantity": quantity,
        "demand": demand,
        "run": random.uniform(1, 9, (activities, YEARS)),
        "hold": random.uniform(0.1, 1, (processes, YEARS)),
        "build": random.uniform(5, 20, (processes, YEARS)),
        "existing": random.uniform(0, 4, (processes, YEARS)),
        "available": random.uniform(0.6, 1, (processes, SLICES, YEARS)),
        "length": np.full((SLICES, YEARS), 1 / SLICES),
        "life": random.integers(4, 15, processes).astype(float),
    }


def fansipan(data):
    """The planning engine: network, model, arrays, solver."""
    from fansipan.expansion.constraints.build import build
    from fansipan.expansion.network.arrays import Activities, Costs, Flows, Horizon, Network, Nodes, Processes
    from fansipan.linear.solver import hand_over

    p, a, n = len(data["life"]), len(data["owner"]), len(data["demand"])
    count, years = len(data["activity"]), np.arange(YEARS)
    names = [tuple(f"{kind}{k}" for k in range(size)) for kind, size in (("p", p), ("a", a), ("n", n))]
    network = Network(
        horizon=Horizon(tuple(range(2024, 2024 + YEARS)), tuple(f"{m}" for m in range(SLICES)), data["length"]),
        processes=Processes(
            names[0],
            np.ones(p),
            data["life"],
            data["existing"],
            np.ones((p, YEARS), bool),
            np.zeros((p, YEARS)),
            data["available"],
            np.ones((p, YEARS)),
        ),
        activities=Activities(names[1], data["owner"], np.ones((a, YEARS), bool)),
        flows=Flows(
            np.repeat(data["activity"], YEARS),
            np.repeat(data["node"], YEARS),
            np.tile(years, count),
            np.repeat(data["quantity"], YEARS),
        ),
        nodes=Nodes(names[2], np.zeros(n, bool), np.ones((n, YEARS), bool), data["demand"], np.zeros((n, YEARS))),
        costs=Costs(data["build"], data["hold"], data["run"]),
    )
    return hand_over(build(network).arrays())


def arrays(data):
    """The floor: the same matrix written down by hand with numpy and scipy and handed straight to HiGHS."""
    import highspy
    from scipy.sparse import coo_array

    p, a, n = len(data["life"]), len(data["owner"]), len(data["demand"])
    width = YEARS * SLICES
    rates, held = a * width, a * width + p * YEARS
    columns = held + p * YEARS
    step, slot = np.arange(width), np.repeat(np.arange(YEARS), SLICES)
    length = data["length"].T.ravel()
    cost = np.concatenate([(data["run"][:, slot] * length).ravel(), data["hold"].ravel(), data["build"].ravel()])
    rows, cols, vals = [], [], []

    def put(row, column, value):
        shape = np.broadcast_shapes(np.shape(row), np.shape(column), np.shape(value))
        for part, into, kind in ((row, rows, np.int32), (column, cols, np.int32), (value, vals, np.float64)):
            into.append(np.broadcast_to(np.asarray(part, kind), shape).ravel())

    put(
        data["node"][:, None] * width + step,
        data["activity"][:, None] * width + step,
        data["quantity"][:, None] * length,
    )
    use, total = n * width, n * width + p * width
    put(use + data["owner"][:, None] * width + step, np.arange(a)[:, None] * width + step, 1.0)
    capacity = rates + np.arange(p)[:, None] * YEARS + slot
    put(use + np.arange(p)[:, None] * width + step, capacity, -data["available"].transpose(0, 2, 1).reshape(p, width))
    put(total + np.arange(p * YEARS), rates + np.arange(p * YEARS), 1.0)
    age = np.arange(YEARS)[None, :] - np.arange(YEARS)[:, None]
    process, built, year = np.nonzero((age >= 0) & (age < data["life"][:, None, None]))
    put(total + process * YEARS + year, held + process * YEARS + built, -1.0)
    count = total + p * YEARS
    low = np.concatenate(
        [data["demand"].transpose(0, 2, 1).ravel(), np.full(p * width, -np.inf), data["existing"].ravel()]
    )
    high = np.concatenate([np.full(n * width, np.inf), np.zeros(p * width), data["existing"].ravel()])
    matrix = coo_array((np.concatenate(vals), (np.concatenate(rows), np.concatenate(cols))), (count, columns)).tocsr()
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(
        columns,
        count,
        matrix.nnz,
        2,
        1,
        0.0,
        cost,
        np.zeros(columns),
        np.full(columns, np.inf),
        low,
        high,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.zeros(columns, np.int32),
    )
    return highs


def linopy(data):
    """linopy, the layer under PyPSA, as PyPSA uses it: labelled arrays and sums by group."""
    import linopy
    import pandas as pd
    import xarray as xr

    linopy.options["semantics"] = "v1"  # since linopy 0.10
    p, a, n = len(data["life"]), len(data["owner"]), len(data["demand"])
    axes = {"y": pd.RangeIndex(YEARS, name="y"), "l": pd.RangeIndex(SLICES, name="l")}
    activity, process = pd.RangeIndex(a, name="a"), pd.RangeIndex(p, name="p")
    length = xr.DataArray(data["length"], [axes["l"], axes["y"]])
    model = linopy.Model()
    rate = model.add_variables(0, coords=[activity, axes["y"], axes["l"]], name="rate")
    held = model.add_variables(0, coords=[process, axes["y"]], name="capacity")
    new = model.add_variables(0, coords=[process, axes["y"]], name="new")
    pairs = pd.RangeIndex(len(data["activity"]), name="k")
    pick = xr.DataArray(data["activity"], [pairs])
    value = xr.DataArray(data["quantity"], [pairs]) * length
    into = xr.DataArray(data["node"], [pairs], name="n")
    picked = linopy.Variable(rate.data.isel(a=pick).drop_vars("a"), model, "picked")
    balance = (picked * value).groupby(into).sum()
    demand = xr.DataArray(data["demand"], [pd.RangeIndex(n, name="n"), axes["l"], axes["y"]])
    model.add_constraints(balance >= demand, name="balance")
    owner = xr.DataArray(data["owner"], [activity], name="p")
    load = rate.groupby(owner).sum()
    available = xr.DataArray(data["available"], [process, axes["l"], axes["y"]])
    model.add_constraints(load - held * available <= 0, name="use")
    stack = held
    for built in range(YEARS):
        alive = xr.DataArray(
            (np.arange(YEARS)[None] >= built) & (np.arange(YEARS)[None] - built < data["life"][:, None]),
            [process, axes["y"]],
        )
        stack = stack - new.sel(y=built, drop=True) * alive.astype(float)
    model.add_constraints(stack == xr.DataArray(data["existing"], [process, axes["y"]]), name="total")
    cost = (rate * (xr.DataArray(data["run"], [activity, axes["y"]]) * length)).sum()
    cost += (held * xr.DataArray(data["hold"], [process, axes["y"]])).sum()
    cost += (new * xr.DataArray(data["build"], [process, axes["y"]])).sum()
    model.add_objective(cost)
    return model.to_highspy()


def pyomo(data):
    """Pyomo with its persistent HiGHS interface."""
    import pyomo.environ as pe
    from pyomo.contrib.appsi.solvers import Highs

    p, a, n = len(data["life"]), len(data["owner"]), len(data["demand"])
    model = pe.ConcreteModel()
    years, slices = range(YEARS), range(SLICES)
    model.rate = pe.Var(range(a), years, slices, bounds=(0, None))
    model.capacity = pe.Var(range(p), years, bounds=(0, None))
    model.new = pe.Var(range(p), years, bounds=(0, None))
    at, of = [[] for _ in range(n)], [[] for _ in range(p)]
    for k, node in enumerate(data["node"]):
        at[node].append((int(data["activity"][k]), float(data["quantity"][k])))
    for k, owner in enumerate(data["owner"]):
        of[owner].append(k)
    length, demand, available = data["length"].tolist(), data["demand"].tolist(), data["available"].tolist()
    existing, life = data["existing"].tolist(), data["life"].tolist()
    model.balance = pe.Constraint(
        range(n),
        years,
        slices,
        rule=lambda m, i, y, s: sum(q * length[s][y] * m.rate[k, y, s] for k, q in at[i]) >= demand[i][s][y],
    )
    model.use = pe.Constraint(
        range(p),
        years,
        slices,
        rule=lambda m, i, y, s: sum(m.rate[k, y, s] for k in of[i]) - available[i][s][y] * m.capacity[i, y] <= 0,
    )
    model.total = pe.Constraint(
        range(p),
        years,
        rule=lambda m, i, y: (
            m.capacity[i, y] - sum(m.new[i, v] for v in range(y + 1) if y - v < life[i]) == existing[i][y]
        ),
    )
    run, hold, build = (data[name].tolist() for name in ("run", "hold", "build"))
    model.cost = pe.Objective(
        expr=(
            sum(run[k][y] * length[s][y] * model.rate[k, y, s] for k in range(a) for y in years for s in slices)
            + sum(hold[i][y] * model.capacity[i, y] + build[i][y] * model.new[i, y] for i in range(p) for y in years)
        )
    )
    solver = Highs()
    solver.set_instance(model)
    return solver._solver_model


CONTENDERS = {"fansipan": fansipan, "arrays": arrays, "linopy": linopy, "pyomo": pyomo}
WARM_UP = {"fansipan": 8, "arrays": 8, "linopy": 8, "pyomo": 8}


class Peak(threading.Thread):
    """The largest resident memory of this process while it runs, sampled every few milliseconds, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.done = 0, threading.Event()

    def run(self) -> None:
        """Sample until `done` is set."""
        while not self.done.is_set():
            self.most = max(self.most, resident())
            self.done.wait(0.004)


def resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def one(name: str, processes: int, solve: bool) -> dict[str, float]:
    """Run one contender here: imports and a tiny model first, so that neither counts."""
    build = CONTENDERS[name]
    build(system(WARM_UP[name]))
    data = system(processes)
    gc.collect()
    before, peak = resident(), Peak()
    peak.start()
    begun = time.perf_counter()
    highs = build(data)
    seconds = time.perf_counter() - begun
    told = {"build": seconds, "columns": highs.getNumCol(), "rows": highs.getNumRow(), "nonzeros": highs.getNumNz()}
    if solve:
        highs.setOptionValue("output_flag", False)
        highs.run()
        told["whole"] = time.perf_counter() - begun
        told["objective"] = highs.getInfo().objective_function_value
    peak.done.set()
    peak.join()
    return told | {"memory": (max(peak.most, resident()) - before) / 2**20}


def compare(names: list[str], peers: str, processes: int, solve: bool, runs: int) -> dict[str, dict[str, float]]:
    """Every contender in a process of its own, the best of `runs`."""
    found: dict[str, dict[str, float]] = {}
    for name in names:
        python = peers if name in ("linopy", "pyomo") else sys.executable
        command = [python, __file__, "--one", name, "--processes", str(processes)] + (["--solve"] if solve else [])
        for _ in range(1 if name == "pyomo" else runs):
            out = subprocess.run(command, capture_output=True, text=True, check=False)
            if out.returncode:
                print(f"{name}: {out.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                break
            told = json.loads(out.stdout.splitlines()[-1])
            found[name] = min(found.get(name, told), told, key=lambda one: one["build"])
    return found


def main() -> None:
    """Read the arguments, run the contenders, print the table and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", choices=CONTENDERS)
    parser.add_argument("--peers", default="", help="the Python of the peers' environment")
    parser.add_argument("--processes", type=int, default=1700)
    parser.add_argument("--solve", action="store_true", help="solve as well (fansipan and arrays only)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--smoke", action="store_true", help="a small system, one run")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one, asked.processes, asked.solve)))
        return
    names = ["arrays", "fansipan"] + (["linopy", "pyomo"] if asked.peers and not asked.solve else [])
    size, runs = (30, 1) if asked.smoke else (asked.processes, asked.runs)
    found = compare(names, asked.peers, size, asked.solve, runs)
    floor = found["arrays"]
    print(f"{floor['columns']:,} variables, {floor['rows']:,} rows, {floor['nonzeros']:,} coefficients")
    for name, told in found.items():
        whole = ""
        if "whole" in told:
            ratio = told["whole"] / floor["whole"]
            whole = f", whole {told['whole']:.2f} s ({ratio:.2f} x arrays), objective {told['objective']:.4f}"
        print(
            f"{name:9} build {told['build']:8.3f} s ({told['build'] / floor['build']:.2f} x arrays), "
            f"memory {told['memory']:7.1f} MB ({told['memory'] / max(floor['memory'], 1):.2f} x arrays){whole}"
        )
    for name in (name for name in ("linopy", "pyomo") if name in found):
        print(f"fansipan builds {found[name]['build'] / found['fansipan']['build']:.1f} times as fast as {name}")


if __name__ == "__main__":
    main()
