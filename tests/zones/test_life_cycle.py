"""The state map by kind of zone: what may follow what, and the reason where a step is refused."""

import itertools

import pytest

from fansipan.errors import Refused
from fansipan.texts import catalogue
from fansipan.zones.life_cycle import KINDS, NEVER_FIRST, STATES, following, path, step, transitions

WAY = ["planned", "listed", "proposed", "appraised", "established", "construction", "operating", "expanded"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_from_plan_to_expansion_is_open(kind):
    for before, after in itertools.pairwise(WAY):
        assert step(kind, before, after, "QĐ 01") is not None


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_is_either_allowed_or_refused_with_a_reason_in_words(kind):
    for before, after in itertools.product(STATES, STATES):
        if (kind, before, after) in transitions():
            assert step(kind, before, after, "QĐ 01").act
            continue
        with pytest.raises(Refused) as caught:
            step(kind, before, after, "QĐ 01")
        assert caught.value.code in ("zone.step", "zone.end", "zone.no-way")
        assert "không thể chuyển" in caught.value.describe("vi").lower()


def test_a_step_that_skips_others_names_them():
    with pytest.raises(
        Refused, match="planned → on the approved list → proposed → in appraisal → established"
    ) as caught:
        step("cluster", "planned", "established", "QĐ 01")
    assert "trong quy hoạch → trong danh mục được duyệt" in caught.value.describe("vi")


def test_a_step_back_names_what_may_follow():
    with pytest.raises(Refused, match='after "operating" only: expanded, withdrawn'):
        step("cluster", "operating", "planned", "QĐ 01")


def test_nothing_follows_a_withdrawal():
    with pytest.raises(Refused, match='nothing follows "withdrawn"'):
        step("park", "withdrawn", "planned", "QĐ 01")


def test_a_step_without_its_document_is_refused_with_the_act_it_takes():
    with pytest.raises(Refused, match=r"it takes: decision of establishment, Decree 32/2024/NĐ-CP, Art\. 10") as caught:
        step("cluster", "appraised", "established", None)
    assert "cần: quyết định thành lập" in caught.value.describe("vi")


def test_a_park_is_formed_by_its_investment_policy_approval():
    assert step("park", "appraised", "established", "QĐ 01").act == "policy-approval"


def test_an_economic_zone_may_operate_without_works_of_its_own_but_a_cluster_not():
    assert step("economic-zone", "established", "operating", "QĐ 01") is not None
    with pytest.raises(Refused, match="established → under construction → operating"):
        step("cluster", "established", "operating", "QĐ 01")


@pytest.mark.parametrize("state", STATES)
def test_the_first_entry(state):
    if state in NEVER_FIRST:
        with pytest.raises(Refused, match="cannot enter the register"):
            step("cluster", None, state, "QĐ 01")
    else:
        assert step("cluster", None, state, None) is None


def test_paths():
    assert path("cluster", "planned", "operating") == tuple(WAY[:7])
    assert path("cluster", "withdrawn", "planned") == ()
    assert following("cluster", "proposed") == ("appraised", "listed")


def test_every_act_has_words_and_every_state_is_reached():
    assert all(f"act.{t.act}" in catalogue() for t in transitions().values())
    for kind in KINDS:
        reached = {after for zone, _, after in transitions() if zone == kind}
        assert reached | {"planned"} >= set(STATES) - {"withdrawn"}
