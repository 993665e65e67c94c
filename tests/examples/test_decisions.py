"""The two example decisions: marked as made up, complete, and worth looking at."""

from pathlib import Path

import pytest

from fansipan.appraisal.criteria.sets import criteria_set
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.ranking.ranking import METHODS, rank
from fansipan.examples.decisions import NAMES, decision_folder


@pytest.mark.parametrize("name", NAMES)
def test_example_is_marked_and_ranks_by_every_method(name):
    decision = read_decision(decision_folder(name))
    assert decision.heading.illustrative
    assert decision.heading.title("vi") != decision.heading.title("en")
    for method in METHODS:
        found = rank(decision, method, draws=500)
        assert min(standing.rank for standing in found.in_order) == 1
        assert any(standing.refused for standing in found.standings)


@pytest.mark.parametrize("name", NAMES)
def test_criteria_of_the_example_are_the_set_of_its_heading(name):
    folder = decision_folder(name)
    heading = read_decision(folder).heading
    entry = criteria_set(heading.criteria_set, heading.on)
    assert (folder / "criteria.csv").read_text(encoding="utf8") == Path(str(entry.path)).read_text(encoding="utf8")


def test_eight_applicants_for_one_park_and_three_developers_for_a_cluster():
    park, cluster = (read_decision(decision_folder(name)) for name in NAMES)
    assert (len(park.alternatives), len(cluster.alternatives)) == (8, 3)
    assert len(park.plans) == 8
    assert cluster.marks is not None
    assert len(cluster.marks.judges) == 5


def test_methods_do_not_all_agree_on_the_park():
    """Otherwise the second opinions would show nothing."""
    decision = read_decision(decision_folder(NAMES[0]))
    assert len({rank(decision, method, draws=500).selected for method in METHODS}) > 1


def test_only_these_examples_are_there():
    with pytest.raises(KeyError):
        decision_folder("another")
