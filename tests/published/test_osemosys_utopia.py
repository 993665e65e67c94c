"""UTOPIA, the OSeMOSYS reference model: the objective and results printed in the project's own tests.

Source: OSeMOSYS_GNU_MathProg, tests/test_gnu_mathprog.py (long, short and fast formulations agree).
"""

import json

import polars as pl
import pytest


@pytest.fixture(scope="module")
def solved(reference_data, tmp_path_factory):
    from fansipan.expansion.answers.results import value_frames
    from fansipan.expansion.constraints.build import build
    from fansipan.interop.osemosys.convert import network_of
    from fansipan.interop.osemosys.folder import read_folder
    from fansipan.linear.solver import solve_arrays

    model = build(network_of(read_folder(reference_data / "osemosys_utopia")))
    answer = solve_arrays(model.arrays())
    return answer, value_frames(model, answer)


def test_the_objective_is_the_published_one(solved, reference_data):
    expected = json.loads((reference_data / "osemosys_utopia" / "expected.json").read_text())
    assert solved[0].status == "optimal"
    assert solved[0].objective == pytest.approx(expected["objective"], rel=expected["relative_tolerance"])


@pytest.mark.parametrize(
    ("technology", "built"),
    [("E01", 2.279801), ("E31", 0.11), ("RHE", 46.867723), ("RHO", 46.135248), ("SRE", 0.1), ("TXD", 17.79)],
)
def test_new_capacity_is_the_published_one(solved, technology, built):
    total = solved[1]["new"].filter(pl.col("process") == technology)["value"].sum()
    assert total == pytest.approx(built, abs=1e-5)


def test_the_command_prints_json_alone(fansipan, reference_data):
    run = fansipan("plan", "solve", reference_data / "osemosys_utopia", "--format", "otoole", "--json")
    told = json.loads(run.stdout)
    assert run.returncode == 0
    assert list(told) == [
        "status",
        "objective",
        "bound",
        "gap",
        "seconds_build",
        "seconds_solve",
        "variables",
        "constraints",
        "integers",
        "messages",
    ]
    assert told["objective"] == pytest.approx(29446.86269434, rel=1e-6)
    assert told["status"] == "optimal"
    assert told["gap"] == 0
    assert told["integers"] == 0
