"""What is said of firmness, held against trying everything: every weight on a fine grid, every row struck out."""

from itertools import pairwise

import numpy as np
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank
from fansipan.appraisal.ranking.robustness import needed_by_second, rank_reversals, weight_moves

NAMES = "ABCDE"
STEPS = 500


@pytest.fixture(params=range(4))
def tried(request, folder):
    """A random decision of five by four: its rows, its criteria, and how to read it with others."""
    random = np.random.default_rng(request.param)
    rows = {name: random.uniform(1, 99, 4).round(2).tolist() for name in NAMES}
    weights = random.dirichlet(np.ones(4)).tolist()

    def read(rows=rows, weights=weights):
        lines = "".join(f"{name},{','.join(map(repr, row))}\n" for name, row in rows.items())
        criteria = "".join(f"c{k},{w!r},{('max', 'min')[k % 2]}\n" for k, w in enumerate(weights))
        return read_decision(folder("alternative,c0,c1,c2,c3\n" + lines, "criterion,weight,direction\n" + criteria))

    return rows, weights, read


def first_by_weight(values, weights, at, share):
    others = np.delete(np.arange(4), at)
    moved = np.empty(4)
    moved[at] = share
    moved[others] = (1 - share) * weights[others] / weights[others].sum()
    return int(np.argmax(values @ moved))


def test_no_weight_turns_the_first_before_the_one_that_is_told(tried):
    _, weights, read = tried
    decision, weights = read(), np.array(weights)
    values = decision.values()
    winner = first_by_weight(values, weights, 0, weights[0])
    for at, move in enumerate(weight_moves(decision)):
        shares = np.linspace(0, 1, STEPS)
        held = [share for share in shares if first_by_weight(values, weights, at, share) == winner]
        low, high = min(held), max(held)
        assert (move.lower is None) == (low == 0)
        assert (move.upper is None) == (high == 1)
        assert low == pytest.approx(move.lower or 0, abs=1 / (STEPS - 1))
        assert high == pytest.approx(1 if move.upper is None else move.upper, abs=1 / (STEPS - 1))
        for share, who in ((low - 1 / (STEPS - 1), move.lower_first), (high + 1 / (STEPS - 1), move.upper_first)):
            if 0 <= share <= 1 and who is not None:
                assert NAMES[first_by_weight(values, weights, at, share)] == who


def test_reversals_are_those_of_the_file_without_the_row(tried):
    rows, _, read = tried
    before = {s.alternative: s.rank for s in rank(read()).standings}
    expected = set()
    for left_out in NAMES:
        rest = {name: row for name, row in rows.items() if name != left_out}
        after = {s.alternative: s.rank for s in rank(read(rest)).standings}
        pairs = ((one, other) for one in rest for other in rest)
        expected |= {
            (left_out, one, other) for one, other in pairs if after[one] < after[other] and before[one] > before[other]
        }
    assert {(r.left_out, r.now_before, r.now_behind) for r in rank_reversals(read())} == expected


def test_with_the_figure_needed_the_second_draws_level_and_with_less_it_does_not(tried):
    rows, _, read = tried
    order = [standing.alternative for standing in rank(read()).in_order]

    def behind(criterion, figure):
        changed = rows | {order[1]: [figure if k == criterion else old for k, old in enumerate(rows[order[1]])]}
        scores = {s.alternative: s.score for s in rank(read(changed)).standings}
        return scores[order[0]] - scores[order[1]]

    for criterion, need in enumerate(needed_by_second(read())):
        figures = np.linspace(need.figure, need.needed, 6) if need.needed is not None else [need.figure]
        gaps = [behind(criterion, float(figure)) for figure in figures]
        assert all(one >= other - 1e-9 for one, other in pairwise(gaps))
        assert gaps[0] > 0
        if need.needed is not None:
            assert gaps[-1] == pytest.approx(0, abs=1e-9)
        else:
            assert behind(criterion, 1e5 if criterion % 2 == 0 else -1e5) > 0
