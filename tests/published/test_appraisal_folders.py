"""Whole decision folders against pymcdm and against formulas written out again: mixed preferences, random figures."""

import csv
import io
from itertools import pairwise

import numpy as np
import pytest

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import rank

# pymcdm remarks on alternatives that dominate or are dominated.
pytestmark = pytest.mark.filterwarnings("ignore:Alternatives with indices")

SHAPES = ("usual", "u-shape", "v-shape", "level", "linear", "gaussian")
SEEDS = range(12)


def random_folder(tmp_path, seed, *, whole):
    """Write a random decision with a preference function of its own for each criterion; `whole` figures tie often."""
    random = np.random.default_rng(seed)
    count, criteria = int(random.integers(2, 14)), int(random.integers(1, 9))
    drawn = random.integers(1, 12, (count, criteria)) if whole else random.uniform(0.5, 90, (count, criteria))
    matrix = drawn.astype(float)
    rows = []
    for k in range(criteria):
        low = float(random.integers(0, 4))
        rows.append(
            {
                "criterion": f"c{k}",
                "weight": repr(float(random.uniform(0.1, 5))),
                "direction": random.choice(["max", "min"]),
                "q": low,
                "p": low + float(random.integers(1, 20)),
                "preference": SHAPES[(k + seed) % 6],
            }
        )
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "criteria.csv").write_text(made.getvalue())
    lines = "".join(f"A{i},{','.join(map(repr, map(float, row)))}\n" for i, row in enumerate(matrix))
    (tmp_path / "alternatives.csv").write_text(f"alternative,{','.join(r['criterion'] for r in rows)}\n{lines}")
    weights = np.array([float(row["weight"]) for row in rows])
    return matrix, weights / weights.sum(), rows


def scores(tmp_path, method):
    return [standing.score for standing in rank(read_decision(tmp_path), method).standings]


def preference(row, d):
    """Brans, Vincke and Mareschal (1986), table of the six types, on one difference."""
    q, p = row["q"], row["p"]
    if row["preference"] == "usual":
        return float(d > 0)
    if row["preference"] == "u-shape":
        return float(d > q)
    if row["preference"] == "v-shape":
        return 0.0 if d <= 0 else min(d / p, 1.0)
    if row["preference"] == "level":
        return 0.0 if d <= q else 0.5 if d <= p else 1.0
    if row["preference"] == "linear":
        return 0.0 if d <= q else 1.0 if d > p else (d - q) / (p - q)
    return 0.0 if d <= 0 else 1 - np.exp(-(d**2) / (2 * p**2))


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_promethee_with_a_function_for_each_criterion(tmp_path, seed, whole):
    matrix, weights, rows = random_folder(tmp_path, seed, whole=whole)
    count = len(matrix)
    flows = np.zeros(count)
    for a in range(count):
        for b in range(count):
            for k, row in enumerate(rows):
                ahead = (matrix[a, k] - matrix[b, k]) * (1 if row["direction"] == "max" else -1)
                share = weights[k] * preference(row, ahead) / (count - 1)
                flows[a] += share
                flows[b] -= share
    assert scores(tmp_path, "promethee2") == pytest.approx(flows.tolist(), abs=1e-9)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_topsis_and_vikor_equal_pymcdm(tmp_path, seed, whole):
    pytest.importorskip("pymcdm", reason="pymcdm is not installed")
    from pymcdm.methods import TOPSIS, VIKOR
    from pymcdm.normalizations import vector_normalization

    matrix, weights, rows = random_folder(tmp_path, seed, whole=whole)
    types = np.array([1 if row["direction"] == "max" else -1 for row in rows])
    theirs = TOPSIS(vector_normalization)(matrix, weights, types)
    assert scores(tmp_path, "topsis") == pytest.approx(theirs.tolist(), abs=1e-9)
    constant = np.ptp(matrix, axis=0) == 0
    if not constant.any():  # of a constant column theirs divides by zero
        vikor = VIKOR()(matrix * types, weights, np.ones(len(types)))
        if np.isfinite(vikor).all():
            assert scores(tmp_path, "vikor") == pytest.approx(vikor.tolist(), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_value_written_out_again(tmp_path, seed):
    matrix, weights, rows = random_folder(tmp_path, seed, whole=False)
    turned = matrix * np.array([1 if row["direction"] == "max" else -1 for row in rows])
    values = (turned - turned.min(axis=0)) / np.ptp(turned, axis=0)
    assert scores(tmp_path, "value") == pytest.approx((values @ weights).tolist(), abs=1e-9)


def uniform_first(values, low, high):
    """First-rank acceptability of two criteria with the first weight uniform in low to high, on a fine exact grid."""
    ends = {low, high}
    for one in values:
        for other in values:
            tilt = (one[0] - one[1]) - (other[0] - other[1])
            if abs(tilt) > 1e-15:
                ends.add((other[1] - one[1]) / tilt)
    cuts = sorted(end for end in ends if low <= end <= high)
    found = np.zeros(len(values))
    for a, b in pairwise(cuts):
        t = (a + b) / 2
        found[int(np.argmax(values @ np.array([t, 1 - t])))] += (b - a) / (high - low)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_smaa_of_two_criteria_within_bounds_equals_the_closed_form(tmp_path, seed):
    random = np.random.default_rng(seed)
    values, draws = random.random((7, 2)), 20_000
    low, high = sorted(random.uniform(0.05, 0.95, 2).tolist())
    lines = "".join(f"A{i},{x!r},{y!r}\n" for i, (x, y) in enumerate(values.tolist()))
    (tmp_path / "alternatives.csv").write_text("alternative,x,y\n" + lines)
    (tmp_path / "criteria.csv").write_text(
        f"criterion,weight_min,weight_max,direction,scale\nx,{low!r},{high!r},max,0-1\ny,,,max,0-1\n"
    )
    found = np.array([s.score for s in rank(read_decision(tmp_path), "smaa", draws=draws, seed=seed).standings])
    expected = uniform_first(values, low, high)
    error = np.sqrt(expected * (1 - expected) / draws) + 1e-9
    assert (np.abs(found - expected) <= 4 * error).all()
