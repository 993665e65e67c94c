"""The 2024 targets of the worked example as of each month, with published facts alone and with the stand-ins."""

from datetime import date

import pytest

from fansipan.delivery.targets.evaluation import evaluate, published_only
from fansipan.examples import laocai

MONTHS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)]
RURAL = {"082", "083", "084", "085", "086", "087", "089"}


@pytest.fixture(scope="module")
def province():
    return laocai.build()


@pytest.fixture(scope="module")
def published(province):
    return published_only(province)


def verdicts(given, on, *only):
    return {v.target: v for v in evaluate(given, on, only=only)}


@pytest.mark.parametrize("on", MONTHS, ids=str)
def test_published_facts_alone_show_no_cluster_formed_and_list_all_seven_rural_districts(published, on):
    found = verdicts(published, on, "clusters-2024", "clusters-2024-all-units", "clusters-2024-has-one")
    assert set(found["clusters-2024"].open_units) == RURAL
    assert len(found["clusters-2024-all-units"].open_units) == 9
    # Phố Ràng lies in Bảo Yên and Khánh Yên Thượng in Văn Bàn
    assert set(found["clusters-2024-has-one"].open_units) == RURAL - {"087", "089"}
    assert found["clusters-2024"].verdict == "at-risk"


@pytest.mark.parametrize("on", MONTHS, ids=str)
def test_real_programmes_and_projects_read_no_evidence(published, on):
    found = verdicts(published, on)
    silent = [code for code, v in found.items() if v.verdict == "no-evidence"]
    assert {
        "scheme-2024",
        "regulation-2024",
        "review-2024",
        "options-2024",
        "promotion-2024",
        "speed-up-wire-cable",
        "speed-up-concentrator-3",
        "speed-up-medicinal-centre",
    } <= set(silent)
    assert (found["parks-2024"].verdict, found["parks-2024"].value) == ("at-risk", 0)
    assert found["gross-output-2025"].verdict == "not-started"


@pytest.mark.parametrize(("on", "formed"), list(zip(MONTHS, [0, 0, 0, 1, 1], strict=True)), ids=str)
def test_with_the_stand_ins_a_cluster_is_formed_in_april(province, on, formed):
    found = verdicts(province, on, "clusters-2024")["clusters-2024"]
    assert (found.value, found.needed) == (formed, 7)
    assert set(found.open_units) == (RURAL - {"086"} if formed else RURAL)
    assert all("minh họa" in e.sentence("vi") for e in found.evidence[1:])


def test_in_may_the_clocks_of_decree_32_give_the_earliest_day(province):
    found = verdicts(province, date(2024, 5, 31), "clusters-2024")["clusters-2024"]
    parts = {part.unit: part for part in found.parts}
    assert parts["082"].verdict == "on-track"
    assert "ngày sớm nhất:" in parts["082"].reasons[0].sentence("vi")
    assert parts["085"].verdict == "at-risk"
    assert "chưa xác định" in verdicts(province, date(2024, 4, 30), "clusters-2024")["clusters-2024"].parts[2].reasons[
        0
    ].sentence("vi")


@pytest.mark.parametrize("on", MONTHS, ids=str)
def test_the_directions_of_the_structure_are_read_from_returns(province, on):
    found = verdicts(province, on, "manufacturing-share", "mining-share")
    assert all(v.basis == "direction" and v.evidence for v in found.values())
