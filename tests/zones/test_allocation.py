"""The allocation of projects to zones: readable cases, refusals, and the command."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fansipan.errors import InvalidInput, Refused
from fansipan.zones.allocation import assignment as allocation
from fansipan.zones.allocation.assignment import AllocationProblem, allocate
from fansipan.zones.allocation.model import Solved
from fansipan.zones.allocation.tables import read_allocation

CAPACITIES = "zone,capacity,opening_cost\nTằng Loỏng,10,5\nVõ Lao,10,1\n"
DEMANDS = "project,demand\nTuyển đồng,6\nSợi,4\nLinh kiện,5\n"
COSTS = """project,zone,cost
Tuyển đồng,Tằng Loỏng,1
Tuyển đồng,Võ Lao,3
Sợi,Tằng Loỏng,2
Sợi,Võ Lao,2
Linh kiện,Tằng Loỏng,9
Linh kiện,Võ Lao,1
"""
COSTS_OF_ONE = "project,zone,cost\nSợi,Võ Lao,1\n"


@pytest.fixture
def files(tmp_path):
    def write(capacities=CAPACITIES, demands=DEMANDS, costs=COSTS):
        paths = []
        for name, words in (("capacities", capacities), ("demands", demands), ("costs", costs)):
            path = tmp_path / f"{name}.csv"
            path.write_bytes(words if isinstance(words, bytes) else words.encode())
            paths.append(path)
        return paths

    return write


def faults_of(paths):
    with pytest.raises(InvalidInput) as caught:
        read_allocation(*paths)
    return [(f.code, f.place.file, f.place.row, f.place.column) for f in caught.value.faults if f.severity == "error"]


def test_both_zones_open_when_one_cannot_hold_all(files):
    answer = allocate(read_allocation(*files()))
    placed = dict(answer.assignments.select("project", "zone").iter_rows())
    assert placed["Tuyển đồng"] != placed["Linh kiện"]
    assert answer.objective == 5 + 1 + 1 + 2 + 1


def test_divided_project_fills_the_cheaper_zone_first(files):
    paths = files("zone,capacity\na,3\nb,10\n", "project,demand\np,6\n", "project,zone,cost\np,a,0\np,b,6\n")
    answer = allocate(read_allocation(*paths), divisible=True)
    assert answer.objective == pytest.approx(3)
    assert answer.assignments.rows() == [("p", "a", pytest.approx(0.5)), ("p", "b", pytest.approx(0.5))]


def test_second_resource_forbids_what_the_first_allows(files):
    paths = files(
        "zone,capacity,capacity_water\na,10,1\nb,10,\n",
        "project,demand,demand_water\np,5,2\n",
        "project,zone,cost\np,a,1\np,b,4\n",
    )
    assert allocate(read_allocation(*paths)).assignments["zone"].to_list() == ["b"]


def test_use_overrides_demand_where_it_stands(files):
    paths = files("zone,capacity\na,4\nb,9\n", "project,demand\np,9\n", "project,zone,cost,use\np,a,1,4\np,b,5,\n")
    assert allocate(read_allocation(*paths)).objective == 1


def test_maximise_takes_opening_costs_off(files):
    paths = files(
        "zone,capacity,opening_cost\na,4,10\nb,4,1\n", "project,demand\np,1\n", "project,zone,cost\np,a,12\np,b,5\n"
    )
    answer = allocate(read_allocation(*paths), maximise=True)
    assert (answer.objective, answer.assignments["zone"].item()) == (4, "b")


@pytest.mark.parametrize(
    ("capacities", "demands", "costs", "code"),
    [
        ("zone,capacity\na,5\n", "project,demand\np,3\nq,3\n", "project,zone,cost\np,a,1\nq,a,1\n", "too-little"),
        ("zone,capacity\na,5\nb,5\n", "project,demand\np,7\n", "project,zone,cost\np,a,1\np,b,1\n", "too-large"),
        ("zone,capacity\na,5\n", "project,demand\np,1\nq,1\n", "project,zone,cost\np,a,1\n", "no-zone"),
        (
            "zone,capacity\na,5\nb,5\n",
            "project,demand\np,3\nq,3\nr,3\n",
            "project,zone,cost\n" + "".join(f"{p},{z},1\n" for p in "pqr" for z in "ab"),
            "none-fits",
        ),
    ],
)
def test_infeasible_says_why(files, capacities, demands, costs, code):
    answer = allocate(read_allocation(*files(capacities, demands, costs)))
    assert (answer.status, answer.objective, answer.assignments.height) == ("infeasible", None, 0)
    assert [m.code for m in answer.messages] == [f"allocation.{code}"]


def test_every_fault_of_the_three_files_at_once(files):
    paths = files("zone,capacity\na,-1\n,3\n", "project,demand\np,mười\n", "project,zone,cost\np,a,\np,b,2\np,b,3\n")
    assert faults_of(paths) == [
        ("cell.too-small", "capacities.csv", 2, "capacity"),
        ("cell.empty", "capacities.csv", 3, "zone"),
        ("cell.not-number", "demands.csv", 2, "demand"),
        ("cell.empty", "costs.csv", 2, "cost"),
        ("row.duplicate", "costs.csv", 3, None),
        ("row.duplicate", "costs.csv", 4, None),
    ]


def test_names_that_other_files_do_not_have(files):
    paths = files(costs=COSTS + "Sợi,Cam Cọn,1\nGiấy,Võ Lao,1\n")
    assert faults_of(paths) == [
        ("allocation.unknown-project", "costs.csv", 9, "project"),
        ("allocation.unknown-zone", "costs.csv", 8, "zone"),
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"capacities": ""}, "file.empty"),
        ({"capacities": "zone,capacity\n"}, "allocation.no-rows"),
        ({"capacities": "zone\na\n", "costs": "project,zone,cost\nSợi,a,1\n"}, "allocation.no-capacity"),
        ({"demands": "project\nTuyển đồng\nSợi\nLinh kiện\n"}, "allocation.use-unknown"),
        ({"demands": "project,demand,demand_water\nSợi,4,1\n", "costs": COSTS_OF_ONE}, "allocation.no-such-capacity"),
        ({"costs": "project,cost\nSợi,1\n"}, "column.missing"),
        ({"costs": COSTS.replace(",9", ",9;5")}, "cell.not-number"),
    ],
)
def test_refused(files, changed, code):
    assert code in {fault[0] for fault in faults_of(files(**changed))}


def test_byte_order_mark_windows_lines_semicolons_and_extra_columns(files):
    plain = allocate(read_allocation(*files()))
    costs = COSTS.replace("cost\n", "cost,note\n", 1).replace("\n", "\r\n").replace(",", ";")
    odd = files(b"\xef\xbb\xbf" + CAPACITIES.encode(), DEMANDS.replace("\n", "\r\n"), costs)
    assert allocate(read_allocation(*odd)).objective == plain.objective


def test_time_that_ends_without_a_solution_is_refused(files, monkeypatch):
    monkeypatch.setattr(allocation, "solve_pairs", lambda *_: Solved("stopped"))
    with pytest.raises(Refused, match=r"2 seconds passed"):
        allocate(read_allocation(*files()), time_limit=2)


def test_time_that_ends_with_a_solution_says_the_gap(files, monkeypatch):
    import numpy as np

    monkeypatch.setattr(allocation, "solve_pairs", lambda *_: Solved("feasible", np.array([1.0, 0, 1, 0, 0, 1]), 10, 9))
    answer = allocate(read_allocation(*files()), time_limit=2)
    assert (answer.status, answer.gap) == ("feasible", pytest.approx(0.1))


def test_command_tells_the_answer_in_words(files, fansipan):
    run = fansipan("zones", "allocate", *files())
    assert run.returncode == 0
    assert "Optimal: 10.000; proven (gap 0)." in run.stdout
    assert "Võ Lao:" in run.stdout
    assert "Tối ưu" in fansipan("zones", "allocate", *files(), lang="vi").stdout


def test_command_json_infeasible_is_status_two(files, fansipan):
    run = fansipan("zones", "allocate", *files(capacities="zone,capacity\nTằng Loỏng,1\nVõ Lao,1\n"), "--json")
    told = json.loads(run.stdout)
    assert (run.returncode, told["status"], told["objective"], told["assignments"]) == (2, "infeasible", None, [])
    assert "larger than every zone" in told["messages"][0]


def test_command_json_invalid_is_status_one(files, fansipan):
    run = fansipan("zones", "allocate", *files(demands="project,demand\nSợi,x\n"), "--json")
    told = json.loads(run.stdout)
    assert (run.returncode, told["status"]) == (1, "invalid")
    assert "demands.csv, row 2, column demand" in told["messages"][0]
    missing = fansipan("zones", "allocate", "nothing.csv", *files()[1:])
    assert (missing.returncode, "Traceback" in missing.stderr, "nothing.csv" in missing.stderr) == (1, False, True)


CASES = sorted((Path(__file__).parents[1] / "cases/allocation").glob("*_input.csv"))


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem.removesuffix("_input"))
def test_case(case, tmp_path):
    """Each case is one file of costs with the zone's capacity and the project's demand beside them."""
    rows = pl.read_csv(case, comment_prefix="#")
    columns = {
        "capacities": ["zone", "capacity", "opening_cost"],
        "demands": ["project", "demand"],
        "costs": ["project", "zone", "cost"],
    }
    for name, wanted in columns.items():
        rows.select(wanted).unique(maintain_order=True).write_csv(tmp_path / f"{name}.csv")
    answer = allocate(read_allocation(*(tmp_path / f"{name}.csv" for name in columns)))
    expected = pl.read_csv(case.with_name(case.name.replace("_input", "_output")), comment_prefix="#")
    assert answer.assignments.select("project", "zone").sort("project").rows() == expected.sort("project").rows()


def test_a_project_that_uses_nothing_still_pays_for_the_zone_it_opens():
    """2,400 pairs, more than are linked at once: 118 projects without demand go where the two with demand already are.

    Opening costs 50 a zone, every place costs 1: two zones of 5 hold the two projects of 5, so 2 x 50 + 120.
    """
    projects, zones = 120, 20
    project, zone = (code.ravel() for code in np.indices((projects, zones)))
    demand = np.where(np.arange(projects) < 2, 5.0, 0.0)
    problem = AllocationProblem(
        tuple(f"p{k}" for k in range(projects)),
        tuple(f"z{k}" for k in range(zones)),
        ("capacity",),
        np.full((1, zones), 5.0),
        np.full(zones, 50.0),
        project,
        zone,
        np.ones(len(project)),
        demand[project][None],
    )
    for divisible in (False, True):
        answer = allocate(problem, divisible=divisible)
        assert (answer.status, answer.objective) == ("optimal", pytest.approx(220.0))
        assert answer.assignments["zone"].n_unique() == 2


def test_what_is_not_proven_is_not_called_optimal(files, monkeypatch):
    found = Solved("optimal", np.array([1.0, 0, 0, 1.0, 0, 1.0]), 10.0, 9.0)
    monkeypatch.setattr(allocation, "solve_pairs", lambda *_: found)
    assert allocate(read_allocation(*files())).status == "feasible"
