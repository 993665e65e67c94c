"""Rankings and weights against pymcdm, textbook tables and a published SMAA example."""

import numpy as np
import pytest

from fansipan.appraisal.methods.objective_weights import critic_weights, entropy_weights
from fansipan.appraisal.methods.pairwise import weights_from_comparisons
from fansipan.appraisal.methods.promethee import Preference, promethee
from fansipan.appraisal.methods.smaa import smaa
from fansipan.appraisal.methods.topsis import topsis
from fansipan.appraisal.methods.vikor import vikor
from fansipan.appraisal.methods.weight_draws import simplex

pytestmark = pytest.mark.filterwarnings("ignore:Alternatives with indices")  # pymcdm's remark on dominated ones
CASES = [(5, 3, 1), (12, 6, 2), (40, 10, 3), (3, 2, 4)]


def random_case(alternatives, criteria, seed):
    random = np.random.default_rng(seed)
    matrix = random.uniform(0.5, 90, (alternatives, criteria)).round(3)
    weights = random.dirichlet(np.ones(criteria))
    return matrix, weights, random.random(criteria) < 0.6


@pytest.fixture(scope="module")
def pymcdm():
    return pytest.importorskip("pymcdm", reason="pymcdm is not installed")


@pytest.mark.parametrize("case", CASES)
def test_topsis_equals_pymcdm(pymcdm, case):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    matrix, weights, maximise = random_case(*case)
    theirs = TOPSIS(vector_normalization)(matrix, weights, np.where(maximise, 1, -1))
    assert topsis(matrix, weights, maximise).closeness == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_vikor_equals_pymcdm(pymcdm, case):
    from pymcdm.methods import VIKOR

    matrix, weights, maximise = random_case(*case)
    # Their VIKOR reads every criterion as a benefit unless normalised: the sign is turned for it.
    turned = np.where(maximise, matrix, -matrix)
    theirs = VIKOR()(turned, weights, np.ones(len(weights)))
    assert vikor(matrix, weights, maximise).compromise == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("usual", "usual"), ("u-shape", "ushape"), ("v-shape", "vshape"), ("level", "level"), ("linear", "vshape_2")],
)
def test_promethee_equals_pymcdm(pymcdm, case, ours, theirs):
    from pymcdm.methods import PROMETHEE_II

    matrix, weights, maximise = random_case(*case)
    q, p = np.full(len(weights), 4.0), np.full(len(weights), 21.0)
    expected = PROMETHEE_II(theirs, p=p, q=q)(matrix, weights, np.where(maximise, 1, -1))
    preferences = [Preference(ours, 4.0, 21.0)] * len(weights)
    assert promethee(matrix, weights, maximise, preferences).net == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_entropy_and_critic_equal_pymcdm(pymcdm, case):
    from pymcdm.weights import critic_weights as their_critic
    from pymcdm.weights import entropy_weights as their_entropy

    matrix, weights, _ = random_case(*case)
    assert entropy_weights(matrix) == pytest.approx(their_entropy(matrix), abs=1e-9)
    everything = np.ones(len(weights), dtype=bool)
    assert critic_weights(matrix, everything) == pytest.approx(their_critic(matrix), abs=1e-9)


@pytest.mark.parametrize("count", [3, 4, 7, 10])
def test_ahp_equals_pymcdm(pymcdm, count):
    from pymcdm.weights.subjective import AHP

    random = np.random.default_rng(count)
    upper = np.triu(random.choice([1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5], (count, count)), 1)
    matrix = np.eye(count) + upper + np.where(upper.T > 0, 1 / np.where(upper.T > 0, upper.T, 1), 0)
    theirs = AHP(matrix=matrix)
    found = weights_from_comparisons(matrix, AHP.RI_M[2:])
    assert found.weights == pytest.approx(theirs(), abs=1e-9)
    assert found.ratio == pytest.approx(theirs.get_cr(), abs=1e-9)


def test_ahp_of_saaty_s_school_example():
    """Saaty (1980), choosing a high school: the six weights as printed, and that the judgements are not consistent."""
    matrix = np.array(
        [
            [1, 4, 3, 1, 3, 4],
            [1 / 4, 1, 7, 3, 1 / 5, 1],
            [1 / 3, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 6],
            [1, 1 / 3, 5, 1, 1, 1 / 3],
            [1 / 3, 5, 5, 1, 1, 3],
            [1 / 4, 1, 6, 3, 1 / 3, 1],
        ]
    )
    found = weights_from_comparisons(matrix)
    assert found.weights == pytest.approx([0.32, 0.14, 0.03, 0.13, 0.24, 0.14], abs=0.01)
    assert not found.acceptable


THROMBOPROPHYLAXIS = {  # alternative: Beta(events, others) of proximal thrombosis, distal thrombosis, major bleeding
    "heparin": [(20, 116), (40, 96), (1, 135)],
    "enoxaparin": [(8, 121), (32, 97), (5, 124)],
}
RANGES = np.array([[0.0, 0.25], [0.15, 0.40], [0.0, 0.10]])
DRAWS = 100_000
PRINTED = 10_000  # draws behind the printed figures


@pytest.fixture(scope="module")
def thromboprophylaxis():
    random = np.random.default_rng(11)
    shapes = np.array(list(THROMBOPROPHYLAXIS.values()), dtype=float)
    risks = random.beta(shapes[:, :, 0], shapes[:, :, 1], (DRAWS, 2, 3))
    values = 1 - (risks - RANGES[:, 0]) / (RANGES[:, 1] - RANGES[:, 0])
    return lambda start, stop: values[start:stop]


def error(share):
    return np.sqrt(share * (1 - share) * (1 / PRINTED + 1 / DRAWS))


def test_smaa_equals_the_published_thromboprophylaxis_example(thromboprophylaxis):
    """The example printed with the R package smaa (van Valkenhoef and Tervonen, CRAN), on the data of Lynd and O'Brien
    (2004), Journal of Clinical Epidemiology 57: acceptability, central weights, confidence factors; no preferences.
    """
    found = smaa(np.zeros((2, 3)), simplex(DRAWS, 3, np.random.default_rng(12)), thromboprophylaxis)
    assert found.first == pytest.approx([0.3504, 0.6496], abs=4 * error(0.35))
    printed = [[0.1865097, 0.2772205, 0.5362698], [0.4073100, 0.3641477, 0.2285423]]
    # A weight's standard deviation on the simplex is 0.236; heparin's mean is over 3,504 draws.
    assert found.central_weights == pytest.approx(np.array(printed), abs=4 * 0.236 / np.sqrt(3504))
    # The confidence factors move with the central weights: 4 errors of each.
    assert found.confidence == pytest.approx([0.6682, 0.8956], abs=0.035)


def test_smaa_with_given_weights_equals_the_published_example(thromboprophylaxis):
    """The same source, weights 0.5, 0.2, 0.3."""
    found = smaa(np.zeros((2, 3)), np.tile([0.5, 0.2, 0.3], (DRAWS, 1)), thromboprophylaxis)
    assert found.first == pytest.approx([0.1279, 0.8721], abs=4 * error(0.1279))
