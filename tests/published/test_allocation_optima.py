"""Published optima of facility location and generalised assignment, through the CSV files.

OR-Library (Beasley 1990, Journal of the Operational Research Society 41): cap41, gap1; cap42 to cap74 are cap41 with
other capacities and opening costs, their optima as printed in OR-Library's file capopt. Holmberg, Rönnqvist and Yuan
(1999), European Journal of Operational Research 113: problem 1.
"""

import json

import polars as pl
import pytest

from fansipan.zones.allocation.assignment import allocate
from fansipan.zones.allocation.tables import read_allocation


def figures(path):
    return iter(map(float, path.read_text().split()))


def take(numbers, count):
    return [next(numbers) for _ in range(count)]


def write_files(folder, zones, projects, costs):
    paths = [folder / name for name in ("capacities.csv", "demands.csv", "costs.csv")]
    for path, rows in zip(paths, (zones, projects, costs), strict=True):
        pl.DataFrame(rows).write_csv(path)
    return paths


def from_capacitated(path, folder, capacity=None, opening=None):
    """OR-Library's cap layout: sizes; capacity and opening cost a zone; demand and costs a customer."""
    numbers = figures(path)
    zones, projects = int(next(numbers)), int(next(numbers))
    own = [take(numbers, 2) for _ in range(zones)]
    demand, costs = [], []
    for i in range(projects):
        demand.append({"project": f"p{i}", "demand": next(numbers)})
        costs += [{"project": f"p{i}", "zone": f"z{j}", "cost": c} for j, c in enumerate(take(numbers, zones))]
    rows = [
        {"zone": f"z{j}", "capacity": capacity or c, "opening_cost": (opening or o) if o else 0.0}
        for j, (c, o) in enumerate(own)
    ]
    return write_files(folder, rows, demand, costs)


def from_single_source(path, folder):
    """Sizes; capacities; opening costs; demands; costs, a row a customer."""
    numbers = figures(path)
    zones, projects = int(next(numbers)), int(next(numbers))
    capacity, opening, demand = take(numbers, zones), take(numbers, zones), take(numbers, projects)
    costs = [
        {"project": f"p{i}", "zone": f"z{j}", "cost": c}
        for i in range(projects)
        for j, c in enumerate(take(numbers, zones))
    ]
    rows = [{"zone": f"z{j}", "capacity": capacity[j], "opening_cost": opening[j]} for j in range(zones)]
    return write_files(folder, rows, [{"project": f"p{i}", "demand": d} for i, d in enumerate(demand)], costs)


def from_assignment(numbers, folder):
    """OR-Library's gap layout, one problem: sizes; values and uses, a row an agent; capacities."""
    zones, projects = int(next(numbers)), int(next(numbers))
    value = [take(numbers, projects) for _ in range(zones)]
    use = [take(numbers, projects) for _ in range(zones)]
    costs = [
        {"project": f"p{i}", "zone": f"z{j}", "cost": value[j][i], "use": use[j][i]}
        for i in range(projects)
        for j in range(zones)
    ]
    rows = [{"zone": f"z{j}", "capacity": c} for j, c in enumerate(take(numbers, zones))]
    return write_files(folder, rows, [{"project": f"p{i}"} for i in range(projects)], costs)


CAPACITATED = [
    (5000, 7500, 1040444.375),
    (5000, 12500, 1098000.450),
    (5000, 17500, 1153000.450),
    (5000, 25000, 1235500.450),
    (10000, 17500, 1025208.225),
    (15000, 7500, 932615.750),
    (15000, 12500, 977799.400),
    (15000, 17500, 1014062.050),
    (15000, 25000, 1045650.250),
    (58268, 12500, 977799.400),
    (58268, 17500, 1010641.450),
    (58268, 25000, 1034976.975),
]


@pytest.mark.reference
@pytest.mark.parametrize(("capacity", "opening", "best"), CAPACITATED)
def test_capacitated_divisible(reference_data, tmp_path, capacity, opening, best):
    files = from_capacitated(reference_data / "allocation/cap41.txt", tmp_path, capacity, opening)
    answer = allocate(read_allocation(*files), divisible=True)
    assert answer.status == "optimal"
    assert answer.gap <= 1e-6
    assert answer.objective == pytest.approx(best, rel=1e-9)


@pytest.mark.reference
@pytest.mark.parametrize(("name", "best"), [("p1", 932615.75), ("p9", 796648.44), ("holmberg_p1", 8848)])
def test_single_source(reference_data, tmp_path, name, best):
    answer = allocate(read_allocation(*from_single_source(reference_data / "allocation/sscflp" / name, tmp_path)))
    assert answer.status == "optimal"
    assert answer.gap <= 1e-6
    assert answer.objective == pytest.approx(best, abs=0.005)
    assert answer.assignments["share"].eq(1).all()


@pytest.mark.reference
def test_generalised_assignment(reference_data, tmp_path):
    numbers = figures(reference_data / "allocation/gap1.txt")
    found = []
    for _ in range(int(next(numbers))):
        answer = allocate(read_allocation(*from_assignment(numbers, tmp_path)), maximise=True)
        assert answer.gap <= 1e-6
        found.append(answer.objective)
    assert found == pytest.approx([336, 327, 339, 341, 326], abs=1e-9)


@pytest.mark.reference
def test_command_prints_the_published_optimum(reference_data, tmp_path, fansipan):
    files = from_single_source(reference_data / "allocation/sscflp/p1", tmp_path)
    run = fansipan("zones", "allocate", *files, "--json")
    told = json.loads(run.stdout)
    assert (run.returncode, run.stderr, told["status"]) == (0, "", "optimal")
    assert told["objective"] == pytest.approx(932615.75)
    assert sorted(a["project"] for a in told["assignments"]) == sorted(f"p{i}" for i in range(50))
