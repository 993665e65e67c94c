"""Every constraint alone, in a text that a person can read, against what was read and found right (rule E2).

To write the texts anew after a change of the mathematics: FANSIPAN_WRITE_GOLDEN=1 pytest tests/expansion, then read the
difference.
"""

import ast
import inspect
import os
from pathlib import Path

import numpy as np
import pytest

from fansipan.expansion.constraints import build as build_module
from fansipan.expansion.constraints.build import CONSTRAINTS, VARIABLES, build
from fansipan.linear.lp import lp_text, rows_text
from fansipan.linear.model import Model
from fansipan.linear.solver import solve_arrays

GOLDEN = Path(__file__).parent / "golden"
ROOM = Path(build_module.__file__).parent


def alone(constraint, network):
    model = Model(network.labels(), maximise=network.maximise)
    for add in VARIABLES:
        add(model, network)
    constraint(model, network)
    return model


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_the_constraint_alone_is_the_golden_one(network, constraint):
    same_as_golden(constraint.__name__, rows_text(alone(constraint, network)))


def test_the_objective_bounds_and_integers_are_the_golden_ones(network):
    same_as_golden("objective", lp_text(alone(lambda model, network: None, network)))


def same_as_golden(name, text):
    file = GOLDEN / f"{name}.lp"
    if os.environ.get("FANSIPAN_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf8")
    assert text == file.read_text(encoding="utf8")


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_the_constraint_states_its_inequality_and_its_source(constraint):
    words = inspect.getdoc(constraint)
    assert any(sign in words for sign in ("<=", ">=", " = "))
    assert any(source in words for source in ("OSeMOSYS", "Howells", "Fansipan's own"))
    assert "``" in words


def test_no_constraint_is_missing():
    """Every public function of the room that takes a model and a network and adds rows is in the list."""
    found = set()
    for path in ROOM.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = [a.arg for a in node.args.args]
                returns = node.returns is not None and ast.unparse(node.returns) == "None"
                if arguments == ["model", "network"] and returns and "variables" not in node.name:
                    found.add(node.name)
    assert found == {constraint.__name__ for constraint in CONSTRAINTS}


def test_no_golden_text_is_left_over():
    assert {file.stem for file in GOLDEN.glob("*.lp")} == {
        "objective",
        *(constraint.__name__ for constraint in CONSTRAINTS),
    }


def test_every_constraint_has_rows_in_the_small_network(network):
    for constraint in CONSTRAINTS:
        assert alone(constraint, network).row_count > 0, constraint.__name__


def test_the_whole_is_all_the_parts(network):
    model = build(network)
    assert model.row_count == sum(alone(constraint, network).row_count for constraint in CONSTRAINTS)
    arrays = model.arrays()
    assert np.isfinite(arrays.value).all()
    assert (arrays.row_lower <= arrays.row_upper).all()
    assert solve_arrays(arrays).status in ("optimal", "infeasible")
