"""Standard output is for answers: the solver is silent whatever its version prints when it is made."""

from fansipan.linear.highs import new_solver


def test_nothing_is_printed_when_a_solver_is_made_and_run(capfd):
    solver = new_solver()
    solver.addVar(0.0, 1.0)
    solver.run()
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
    assert solver.getInfo().objective_function_value == 0.0
