"""Solve a network: targets first by priority, then value or cost; prices from the plan with its integers fixed.

Method rules E13 and E26.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from fansipan.expansion.constraints.build import build
from fansipan.expansion.network.arrays import Network
from fansipan.expansion.solve.relaxation import can_be_coarse, with_choices_of, yearly
from fansipan.linear.keys import Codes, Floats
from fansipan.linear.model import Arrays, Model
from fansipan.linear.solver import PROVEN, Answer, Options, fix_integers, known_answer, solve_arrays, tightened

STARTS = 1e-6  # how far a row of a start that is given may be broken, relative
ROUGH_SHARE = 0.2  # of the gap asked for: the yearly model is small, and the finer one lives on its builds and bound
SLACK = 1e-6  # how far a later priority may leave the best of an earlier one


@dataclass(frozen=True)
class Plan:
    """A solved network: the model, its arrays with the targets' best held, the answer, shortfalls by priority.

    `missed` is the least sum of shortfalls of each priority, each in the scale of its limit; `prices` is the plan
    solved again with its integers fixed, None where it was not asked for or there is no plan.
    """

    network: Network
    model: Model
    arrays: Arrays
    answer: Answer
    missed: dict[int, float]
    prices: Answer | None = None

    @property
    def solved(self) -> bool:
        """Whether there is a plan."""
        return self.answer.objective is not None

    def values(self, block: str) -> Floats:
        """The values of a block of variables; empty where the network has none."""
        found = self.model.variables.get(block)
        return self.answer.columns[found.span] if found else np.empty(0)


def solve_network(network: Network, options: Options | None = None, *, prices: bool = True) -> Plan:
    """Build `network` and solve it: each priority of targets in turn, then the objective, then prices if asked for."""
    model = build(network)
    return solve_model(network, model, model.arrays(), options, prices=prices)


def solve_model(
    network: Network, model: Model, arrays: Arrays, options: Options | None = None, *, prices: bool = True
) -> Plan:
    """As `solve_network`, for a model that is built.

    With whole decisions and several slices the yearly model is solved first: it is a relaxation, so its best is a
    bound, and its builds are where the finer model starts; if they are good enough there, nothing more is searched.
    """
    chosen, begun = options or Options(), perf_counter()
    rough = None
    if arrays.integer.any() and can_be_coarse(network):
        rough = _rough(network, arrays, chosen)
    if rough is not None and not rough.solved:
        return Plan(network, model, arrays, rough.answer, rough.missed)
    start = _start(network, model, arrays, rough, _left(chosen, begun)) if rough else None
    held, missed, failed = _targets(network, model, arrays, _left(chosen, begun), rough, start)
    if failed:
        return Plan(network, model, held, failed, missed)
    answer = _search(held, _left(chosen, begun), rough if _same(missed, rough) else None, start)
    plan = Plan(network, model, held, answer, missed)
    if not prices or answer.objective is None:
        return plan
    return replace(plan, prices=priced(held, answer))


def _left(options: Options, begun: float) -> Options:
    """The options with the time that is left of their limit, a second at least."""
    if options.time_limit is None:
        return options
    return replace(options, time_limit=max(options.time_limit - (perf_counter() - begun), 1.0))


def _rough(network: Network, arrays: Arrays, options: Options) -> Plan | None:
    """The plan of the yearly model, in a third of the time; None where it tells nothing of the finer model.

    That it is infeasible does tell something, that nothing bounds it does not.
    """
    share = None if options.time_limit is None else options.time_limit / 3
    small = yearly(network)
    model = build(small)
    if int(model.arrays().integer.sum()) != int(arrays.integer.sum()):
        return None
    closer = replace(
        options, time_limit=share, start=None, gap=max(options.gap * ROUGH_SHARE, min(options.gap, PROVEN))
    )
    found = solve_model(small, model, model.arrays(), closer, prices=False)
    sure = found.solved or found.answer.status == "infeasible"
    return found if sure else None


def _start(network: Network, model: Model, arrays: Arrays, rough: Plan, options: Options) -> Floats | None:
    """The finer model run with the builds of the yearly plan; None where they cannot be, or miss more targets."""
    held = _holding(network, model, arrays, rough.missed)
    answer = solve_arrays(with_choices_of(held, model, rough.model, rough.answer.columns), options)
    return answer.columns if answer.status == "optimal" else None


def _holding(network: Network, model: Model, arrays: Arrays, missed: dict[int, float]) -> Arrays:
    """The arrays with a row a priority that holds its shortfall at `missed`."""
    for priority, least in missed.items():
        weight = shortfall_weight(network, model, arrays, priority)
        arrays = with_row(arrays, weight, -np.inf, least + SLACK * max(1.0, least))
    return arrays


def _targets(
    network: Network, model: Model, arrays: Arrays, options: Options, rough: Plan | None, start: Floats | None
) -> tuple[Arrays, dict[int, float], Answer | None]:
    """Targets first; what the yearly plan must miss is the least there is, and is held where the start misses
    no more.
    """
    if rough is None or start is None:
        return targets_first(network, model, arrays, options)
    return _holding(network, model, arrays, rough.missed), dict(rough.missed), None


def _same(missed: dict[int, float], rough: Plan | None) -> bool:
    return rough is not None and missed == rough.missed


def _search(arrays: Arrays, options: Options, rough: Plan | None, start: Floats | None) -> Answer:
    """Search from `start`, with the yearly plan's bound where it is one for these very targets."""
    bound = rough.answer.bound if rough else None
    start = _better(arrays, start, options.start)
    if start is None:
        return solve_arrays(arrays, options)
    value = float(arrays.cost @ start) + arrays.offset
    if bound is not None and abs(value - bound) <= options.gap * abs(value):
        return known_answer(arrays, start, value, bound)
    answer = solve_arrays(arrays, replace(options, start=start))
    if answer.objective is None or (answer.objective - value) * (1 if arrays.maximise else -1) < 0:
        answer = known_answer(arrays, start, value, answer.bound if answer.bound is not None else bound)
    return tightened(answer, bound, arrays.maximise)


def _better(arrays: Arrays, own: Floats | None, given: Floats | None) -> Floats | None:
    """The better of two columns to start from; those given count only if they keep every row."""
    if given is None or len(given) != len(arrays.cost):
        return own
    tried = known_answer(arrays, given, float(arrays.cost @ given) + arrays.offset, None)
    room = STARTS * np.maximum(1.0, np.abs(tried.rows))
    if ((tried.rows < arrays.row_lower - room) | (tried.rows > arrays.row_upper + room)).any():
        return own
    if own is None:
        return given
    return given if (arrays.cost @ (given - own)) * (1 if arrays.maximise else -1) > 0 else own


def priced(arrays: Arrays, answer: Answer) -> Answer:
    """The same plan with its integers fixed, solved as a linear programme so that it has prices."""
    return solve_arrays(fix_integers(arrays, answer.columns)) if arrays.integer.any() else answer


def targets_first(
    network: Network, model: Model, arrays: Arrays, options: Options
) -> tuple[Arrays, dict[int, float], Answer | None]:
    """The arrays with a row that holds the least shortfall of each priority, those shortfalls, and a failed answer."""
    return lexicographic(
        arrays, priorities(network), lambda rank: shortfall_weight(network, model, arrays, rank), options
    )


def priorities(network: Network) -> Codes:
    """The priorities of the network's targets, most important first."""
    if network.limits is None:
        return np.empty(0, np.int64)
    return np.unique(network.limits.priority[network.limits.priority > 0]).astype(np.int64)


def lexicographic(
    arrays: Arrays, ranks: Codes, weight_of: Callable[[int], Floats], options: Options
) -> tuple[Arrays, dict[int, float], Answer | None]:
    """Minimise the shortfall of each priority in turn, holding those before: arrays, shortfalls, a failed answer.

    `weight_of` gives the weight of every column in the shortfall of a priority.
    """
    missed: dict[int, float] = {}
    for rank in ranks:
        weight = weight_of(int(rank))
        answer = solve_arrays(replace(arrays, cost=weight, offset=0.0, maximise=False), options)
        if answer.objective is None:
            return arrays, missed, replace(answer, bound=None)  # its bound is one on the shortfall
        missed[int(rank)] = max(answer.objective, 0.0)
        arrays = with_row(arrays, weight, -np.inf, missed[int(rank)] + SLACK * max(1.0, missed[int(rank)]))
    return arrays, missed, None


def shortfall_weight(network: Network, model: Model, arrays: Arrays, priority: int) -> Floats:
    """The weight of every column in the shortfall of a priority: one over the scale of its limit."""
    weight = np.zeros(len(arrays.cost))
    if network.limits is None or "short" not in model.variables:
        return weight
    block = model.variables["short"]
    elastic = np.flatnonzero(network.limits.priority > 0)
    own = network.limits.priority[elastic] == priority
    weight[block.first + np.flatnonzero(own)] = 1.0 / network.limits.scale[elastic][own]
    return weight


def with_row(arrays: Arrays, weight: Floats, lower: float, upper: float) -> Arrays:
    """The arrays with one more row ``lower <= weight x <= upper``."""
    used = np.flatnonzero(weight)
    return with_rows(arrays, [(used, weight[used], lower, upper)])


def with_rows(arrays: Arrays, rows: Sequence[tuple[Codes, Floats, float, float]]) -> Arrays:
    """The arrays with more rows, each as its columns, their coefficients and its bounds."""
    length = np.cumsum([len(columns) for columns, _, _, _ in rows])
    return replace(
        arrays,
        row_lower=np.concatenate([arrays.row_lower, [low for _, _, low, _ in rows]]),
        row_upper=np.concatenate([arrays.row_upper, [high for _, _, _, high in rows]]),
        start=np.concatenate([arrays.start, arrays.start[-1] + length]).astype(np.int32),
        index=np.concatenate([arrays.index, *(columns for columns, _, _, _ in rows)]).astype(np.int32),
        value=np.concatenate([arrays.value, *(values for _, values, _, _ in rows)]),
    )
