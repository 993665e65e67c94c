"""The earliest lawful day of a cluster, by the clocks of the decree; what is under way against what is missing."""

from datetime import date

import polars as pl
import pytest

from fansipan.delivery.targets.pipeline import Candidate, candidates, day_words, earliest, outlook
from fansipan.province import Province
from fansipan.texts import Words

ON = date(2024, 5, 31)


@pytest.mark.parametrize(
    ("state", "since", "on", "day"),
    [
        # begun on Friday 31 May: notice to 7 June; dossiers to Saturday 22, moved to 24 June; sent by 1 July;
        # appraisal to 26 July; decision by 6 August
        (None, None, ON, date(2024, 8, 6)),
        ("listed", date(2023, 1, 1), ON, date(2024, 8, 6)),
        ("planned", date(2022, 1, 1), ON, date(2024, 8, 6)),
        # in appraisal since 6 May: 25 days end on 31 May, decision on 11 June
        ("appraised", date(2024, 5, 6), ON, date(2024, 6, 11)),
        # the same, seen when every term has passed: not before the day of looking
        ("appraised", date(2024, 5, 6), date(2024, 8, 1), date(2024, 8, 12)),
        # begun before the decree: no clock is carried
        ("appraised", date(2024, 4, 1), ON, None),
        (None, None, date(2024, 4, 30), None),
    ],
)
def test_earliest_day(state, since, on, day):
    assert earliest(state, since, on) == (day, "sure")


def test_an_earliest_day_counted_over_days_off_from_memory_says_so():
    # in appraisal since Monday 12 August: 25 days end on 6 September, over 3 September, which is from memory
    day, certainty = earliest("appraised", date(2024, 8, 12), date(2024, 8, 12))
    assert (day, certainty) == (date(2024, 9, 17), "memory")
    told = Candidate("z", "appraised", day, certainty=certainty).evidence
    assert "theo trí nhớ, cần xác nhận" in told.sentence("vi")
    assert "from memory, to be confirmed" in told.sentence("en")
    assert day_words(None).vi == "chưa xác định"


def made(state: str, day: date | None, zone: str = "z") -> Candidate:
    return Candidate(zone, state, day)


@pytest.mark.parametrize(
    ("found", "missing", "due", "kind", "verdict"),
    [
        ([made("appraised", date(2024, 12, 31))], 1, date(2024, 12, 31), "cluster", "on-track"),
        ([made("appraised", date(2025, 1, 2))], 1, date(2024, 12, 31), "cluster", "at-risk"),
        ([made("listed", date(2024, 8, 5))], 1, date(2024, 12, 31), "cluster", "at-risk"),
        ([], 1, date(2024, 12, 31), "cluster", "at-risk"),
        ([], 1, date(2024, 8, 6), "cluster", "at-risk"),
        ([], 1, date(2024, 8, 5), "cluster", "off-track"),
        ([], 1, None, "cluster", "at-risk"),
        ([], 1, date(2024, 12, 31), "park", "off-track"),
        ([made("proposed", None), made("planned", None, "y")], 2, date(2024, 12, 31), "park", "at-risk"),
        ([made("proposed", None), made("proposed", None, "y")], 2, date(2024, 12, 31), "park", "on-track"),
    ],
)
def test_outlook(found, missing, due, kind, verdict):
    assert outlook(found, missing, due, kind, ON)[0] == verdict


def test_candidates_leave_out_what_is_formed_or_withdrawn_and_rank_the_rest():
    states = {"a": "operating", "b": "listed", "c": "appraised", "d": "withdrawn", "e": "proposed"}
    events = pl.DataFrame(
        [{"zone": z, "happened_on": date(2024, 5, 6), "state": s, "source": "illustrative"} for z, s in states.items()]
    )
    zones = pl.DataFrame([{"zone": z, "name": f"Cụm {z}", "kind": "cluster", "source": "illustrative"} for z in states])
    province = Province({"zones": zones, "zone_events": events})
    found = candidates(province, list(states), "cluster", ON)
    assert [c.zone for c in found] == ["c", "e", "b"]
    assert found[0].evidence.sentence("vi") == "Cụm c: đang thẩm định; ngày sớm nhất: 11/06/2024"


def test_an_unknown_day_is_said_in_words():
    assert day_words(None) == Words("chưa xác định", "not known")
