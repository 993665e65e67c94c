"""The sets of criteria that come with Fansipan, by date, and that the decree's scale is the law's."""

from datetime import date

import pytest

from fansipan.appraisal.criteria.sets import criteria_set, criteria_sets
from fansipan.appraisal.decision.law import figure
from fansipan.appraisal.decision.reading import read_decision
from fansipan.errors import InvalidInput, NotFound, Refused


@pytest.mark.parametrize("entry", criteria_sets(), ids=lambda entry: entry.file)
def test_every_set_reads_and_names_everything_in_both_languages(entry):
    tree = entry.tree()
    assert tree.weights().sum() == pytest.approx(1)
    assert all(criterion.label_vi and criterion.label_en for criterion in tree.criteria)
    assert all(leaf.evidence.vi and leaf.evidence.en for leaf in tree.leaves)
    assert entry.title("vi") != entry.title("en")


@pytest.mark.parametrize("on", [date(2022, 1, 1), date(2024, 6, 20), date(2026, 1, 1)])
def test_developer_scale_is_the_law_s(on):
    tree = criteria_set("cluster-developer", on).tree()
    for leaf, weight in zip(tree.leaves, tree.weights(), strict=True):
        points = figure(f"cluster.score.{leaf.name}", on).figure
        assert weight * 100 == pytest.approx(points)
        assert leaf.scale.ends == (0, points)
    (gate,) = tree.named("total").gates
    assert (gate.sign, gate.figure) == (">=", figure("cluster.score.least", on).figure)


def test_province_s_five_criteria():
    entry = criteria_set("province-investors", date(2024, 6, 20))
    tree = entry.tree()
    assert [child.label("vi") for child in tree.children("total")] == [
        "Năng lực tài chính",
        "Công nghệ hiện đại, tiên tiến",
        "Sản phẩm cạnh tranh trong và ngoài nước",
        "Tiết kiệm tài nguyên, năng lượng",
        "Thân thiện với môi trường",
    ]
    assert not tree.weights_are_exact
    assert "giả định" in entry.note


def test_set_in_force_on_a_day():
    assert criteria_set("cluster-developer", date(2024, 4, 30)).file == "cluster-developer-2020.csv"
    assert criteria_set("cluster-developer", date(2024, 5, 1)).file == "cluster-developer-2024.csv"
    with pytest.raises(Refused, match="did not hold"):
        criteria_set("cluster-developer", date(2019, 1, 1))
    with pytest.raises(NotFound, match="cluster-developer"):
        criteria_set("cluster-developers", date(2024, 1, 1))


def test_decision_without_criteria_of_its_own_takes_the_set_of_its_heading(folder):
    rows = "alternative,infrastructure,environment,capacity,finance\nA,12,12,25,30\nB,10,9,15,20\n"
    heading = 'criteria_set = "cluster-developer"\non = 2024-06-20\n'
    decision = read_decision(folder(rows, None, heading=heading))
    assert [leaf.name for leaf in decision.leaves] == ["infrastructure", "environment", "capacity", "finance"]


def test_set_without_a_day_is_refused(folder):
    with pytest.raises(InvalidInput, match="depends on the day"):
        read_decision(folder(criteria=None, heading='criteria_set = "cluster-developer"\n'))
