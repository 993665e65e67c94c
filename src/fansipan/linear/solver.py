"""Hand a model over to HiGHS and bring back the answer (method rule E13)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from fansipan.errors import Refused
from fansipan.linear.highs import new_solver
from fansipan.linear.keys import Flags, Floats
from fansipan.linear.model import Arrays

if TYPE_CHECKING:
    from highspy import Highs

LOG = logging.getLogger(__name__)

Status = Literal["optimal", "feasible", "infeasible", "unbounded"]

ROUNDING = 1e-9  # a difference of objectives that means nothing
SMALL_COST = 1e-4  # below it the solver's tolerance on reduced costs is more than a thousandth of a cost
LEAST_COEFFICIENT = 1e-12  # HiGHS leaves out what is no larger: by its own choice 1e-9, at the least this
PROVEN = 1e-6  # a plan is called optimal when its gap is proven to be no larger


@dataclass(frozen=True)
class Options:
    """How long and how closely to solve: seconds, relative gap at which to stop, threads, a solution to start from.

    `progress` is called with seconds, best value and bound whenever the search reports.
    """

    time_limit: float | None = None
    gap: float = PROVEN
    threads: int = 0
    seed: int = 0
    start: Floats | None = None
    progress: Callable[[float, float, float], None] | None = None


@dataclass(frozen=True)
class Answer:
    """What the solver found: values of columns and rows, and prices where the model has no integers.

    `objective` counts constants; `bound` is the best proven; `gap` is relative; they are None where none is proven.
    Without a solution all numbers are None and the arrays empty. `price` (rows) is the change of the objective for
    one more unit on the right-hand side.
    """

    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    columns: Floats
    rows: Floats
    price: Floats
    reduced: Floats


def hand_over(arrays: Arrays) -> Highs:
    """A HiGHS instance that holds the model and prints nothing.

    Raises Refused for coefficients so small that the solver would leave them out in silence.
    """
    import highspy

    small = vanishing(arrays)
    if small.size:
        raise Refused("plan.coefficients-vanish", count=small.size, least=f"{small.min():.3g}")
    highs = new_solver()
    highs.setOptionValue("small_matrix_value", LEAST_COEFFICIENT)
    sense = highspy.ObjSense.kMaximize if arrays.maximise else highspy.ObjSense.kMinimize
    larger = cost_scale(arrays.cost)
    status = highs.passModel(
        len(arrays.cost),
        len(arrays.row_lower),
        len(arrays.value),
        int(highspy.MatrixFormat.kRowwise),
        int(sense),
        arrays.offset * larger,
        arrays.cost * larger,
        arrays.lower,
        arrays.upper,
        arrays.row_lower,
        arrays.row_upper,
        arrays.start,
        arrays.index,
        arrays.value,
        arrays.integer,
    )
    if status == highspy.HighsStatus.kError:
        raise ValueError("the solver refused the model's arrays")
    return highs


def vanishing(arrays: Arrays) -> Floats:
    """The sizes of the coefficients that the solver would leave out; what sums of others left by rounding is none."""
    size = np.abs(arrays.value)
    place = np.flatnonzero((size > 0) & (size <= LEAST_COEFFICIENT))
    row = np.searchsorted(arrays.start, place, side="right") - 1
    largest = np.array([size[arrays.start[k] : arrays.start[k + 1]].max() for k in row], np.float64)
    return size[place[size[place] > 2 * np.finfo(np.float64).eps * largest]]


def cost_scale(cost: Floats) -> float:
    """The power of two by which costs are multiplied for the solver, so that the smallest count for something.

    HiGHS takes reduced costs below an absolute 1e-7 for zero: with costs of 1e-5 a tonne it called plans best that were
    not. Where the smallest cost is below 1e-4 it becomes 1, or as much as leaves the largest below 2^20.
    """
    size = np.abs(cost[cost != 0])
    if not size.size or size.min() >= SMALL_COST:
        return 1.0
    return float(2.0 ** max(min(np.ceil(-np.log2(size.min())), np.floor(20 - np.log2(size.max()))), 0))


def solve(highs: Highs, arrays: Arrays, options: Options | None = None) -> Answer:
    """Solve what `highs` holds; an unclear ending (infeasible or unbounded) is cleared up by a second solve."""
    import highspy

    if not len(arrays.cost):
        return _nothing_to_decide(arrays)
    chosen = options or Options()
    _set(highs, arrays, chosen)
    LOG.info(
        "log.solving",
        {"columns": len(arrays.cost), "rows": len(arrays.row_lower), "whole": int((arrays.integer != 0).sum())},
    )
    highs.run()
    status = highs.getModelStatus()
    LOG.debug("log.solved", {"status": status.name})
    kinds = highspy.HighsModelStatus
    if status == kinds.kInfeasible:
        return _without("infeasible")
    if status in (kinds.kUnbounded, kinds.kUnboundedOrInfeasible):
        feasible = solve_arrays(replace(arrays, cost=np.zeros_like(arrays.cost)), replace(chosen, start=None))
        return _without("unbounded" if feasible.objective is not None else "infeasible")
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return _without("feasible", _bound(highs, arrays))
    return _with(highs, arrays)


def _nothing_to_decide(arrays: Arrays) -> Answer:
    """Without columns every row stands at zero: a plan that does nothing, or none."""
    if (arrays.row_lower > 0).any() or (arrays.row_upper < 0).any():
        return _without("infeasible")
    none, rows = np.empty(0), np.zeros(len(arrays.row_lower))
    return Answer("optimal", arrays.offset, arrays.offset, 0.0, none, rows, rows, none)


def solve_arrays(arrays: Arrays, options: Options | None = None) -> Answer:
    """Hand `arrays` over and solve them."""
    return solve(hand_over(arrays), arrays, options)


def fix_integers(arrays: Arrays, columns: Floats) -> Arrays:
    """The same model with the integer columns held at their (rounded) values, so that it has prices again."""
    whole: Flags = arrays.integer != 0
    value = np.round(columns)
    return replace(
        arrays,
        lower=np.where(whole, value, arrays.lower),
        upper=np.where(whole, value, arrays.upper),
        integer=np.zeros_like(arrays.integer),
    )


def known_answer(arrays: Arrays, columns: Floats, value: float, bound: float | None) -> Answer:
    """An answer whose columns are known, with the bound that is."""
    from scipy.sparse import csr_array

    matrix = csr_array((arrays.value, arrays.index, arrays.start), shape=(len(arrays.row_lower), len(arrays.cost)))
    gap = None if bound is None else _relative(abs(value - bound), abs(value))
    status: Status = "optimal" if gap is not None and gap <= PROVEN else "feasible"
    return Answer(status, value, bound, gap, columns, matrix @ columns, np.empty(0), np.empty(0))


def tightened(answer: Answer, bound: float | None, maximise: bool) -> Answer:
    """The answer with the better of its own bound and `bound`, which holds too."""
    if bound is None:
        return answer
    own = answer.bound
    best = bound if own is None else min(own, bound) if maximise else max(own, bound)
    if answer.objective is None:
        return replace(answer, bound=best)
    gap = _relative(abs(answer.objective - best), abs(answer.objective))
    return replace(answer, bound=best, gap=gap, status="optimal" if gap <= PROVEN else answer.status)


def _set(highs: Highs, arrays: Arrays, options: Options) -> None:
    import highspy

    highs.setOptionValue("mip_rel_gap", options.gap)
    highs.setOptionValue("mip_abs_gap", 1e-9)
    highs.setOptionValue("random_seed", options.seed)
    highs.setOptionValue("threads", options.threads)
    if options.threads:
        # HiGHS keeps one pool of threads a process and refuses to solve with another number than it began with.
        highs.resetGlobalScheduler(True)
    if options.time_limit is not None:
        highs.setOptionValue("time_limit", float(options.time_limit))
    if options.start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(options.start)
        highs.setSolution(solution)
    if options.progress is not None:
        _listen(highs, options.progress, cost_scale(arrays.cost))


def _listen(highs: Highs, progress: Callable[[float, float, float], None], scale: float) -> None:
    def tell(event: object) -> None:
        data = event.data_out  # type: ignore[attr-defined]
        progress(data.running_time, data.mip_primal_bound / scale, data.mip_dual_bound / scale)

    # Without output HiGHS tells callbacks nothing either; the console stays quiet.
    highs.setOptionValue("log_to_console", False)
    highs.setOptionValue("output_flag", True)
    highs.cbMipLogging.subscribe(tell)


def _without(status: Status, bound: float | None = None) -> Answer:
    none = np.empty(0)
    return Answer(status, None, bound, None, none, none, none, none)


def _bound(highs: Highs, arrays: Arrays) -> float | None:
    """The best bound proven by a search over integers; None where there is none yet."""
    bound = highs.getInfo().mip_dual_bound / cost_scale(arrays.cost) if arrays.integer.any() else np.inf
    return float(bound) if np.isfinite(bound) else None


def _with(highs: Highs, arrays: Arrays) -> Answer:
    import highspy

    info, solution = highs.getInfo(), highs.getSolution()
    scale = cost_scale(arrays.cost)
    objective = info.objective_function_value / scale
    ended = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = _bound(highs, arrays) if arrays.integer.any() else (objective if ended else None)
    gap = None if bound is None else _relative(abs(objective - bound), abs(objective))
    done = ended and gap is not None and gap <= PROVEN
    valid = solution.dual_valid and not arrays.integer.any()
    duals = (solution.row_dual, solution.col_dual)
    price, reduced = (np.asarray(side) / scale if valid else np.empty(0) for side in duals)
    return Answer(
        "optimal" if done else "feasible",
        objective,
        bound,
        gap,
        np.asarray(solution.col_value),
        np.asarray(solution.row_value),
        price,
        reduced,
    )


def _relative(difference: float, size: float) -> float:
    """A difference as a share of `size`; what is only rounding counts as none."""
    return 0.0 if difference <= ROUNDING else difference / max(size, ROUNDING)
