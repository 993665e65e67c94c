"""The log of steps: append-only, refused with reasons, corrected by cancelling, read as of any day."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.errors import Refused
from fansipan.zones.events import Step, check_log, empty_log, formed_between, record, state_on, states_on


def made(state, day, *, zone="ccn-a", document="QĐ 01/QĐ-UBND", **more) -> Step:
    return Step(
        zone=zone,
        state=state,
        happened_on=day,
        document=document,
        recorded_by="Sở Công Thương",
        recorded_at=datetime(2024, 5, 31, 8),
        **more,
    )


@pytest.fixture
def log() -> pl.DataFrame:
    found = empty_log()
    for state, day in [
        ("listed", date(2023, 3, 1)),
        ("proposed", date(2024, 1, 8)),
        ("appraised", date(2024, 2, 20)),
        ("established", date(2024, 4, 2)),
    ]:
        found = record(found, "cluster", made(state, day))
    return found


def test_state_as_of_a_day(log):
    assert state_on(log, "ccn-a", date(2023, 2, 28)) is None
    assert state_on(log, "ccn-a", date(2024, 1, 7)) == "listed"
    assert state_on(log, "ccn-a", date(2024, 4, 2)) == "established"
    assert states_on(log, date(2024, 3, 1)).rows() == [("ccn-a", "appraised", date(2024, 2, 20), "QĐ 01/QĐ-UBND")]


def test_a_step_fills_in_the_state_it_left_and_leaves_the_log_given_as_it_was(log):
    longer = record(log, "cluster", made("construction", date(2024, 5, 6)))
    assert (log.height, longer.height) == (4, 5)
    assert longer["state_from"].to_list() == [None, "listed", "proposed", "appraised", "established"]
    assert longer.head(4).equals(log)


@pytest.mark.parametrize(
    ("state", "day", "document", "words"),
    [
        ("operating", date(2024, 5, 6), "QĐ 02", "the way is established → under construction → operating"),
        ("listed", date(2024, 5, 6), "QĐ 02", 'after "established" only'),
        ("construction", date(2024, 5, 6), None, "has no document"),
        ("construction", date(2024, 4, 1), "QĐ 02", "earlier than its last one on 2024-04-02"),
    ],
)
def test_a_forbidden_step_is_refused_with_its_reason(log, state, day, document, words):
    with pytest.raises(Refused, match=words):
        record(log, "cluster", made(state, day, document=document))
    assert log.height == 4


def test_a_wrong_step_is_cancelled_by_a_later_row_and_stays_in_the_log(log):
    wrong = record(log, "cluster", made("construction", date(2024, 5, 6)))
    right = record(wrong, "cluster", made("construction", date(2024, 5, 20), cancels="construction@2024-05-06"))
    assert right.height == 6
    assert state_on(right, "ccn-a", date(2024, 5, 10)) == "established"
    assert state_on(right, "ccn-a", date(2024, 5, 20)) == "construction"


def test_cancelling_what_is_not_there_is_refused(log):
    with pytest.raises(Refused, match="has no step operating@2024-05-06 to cancel"):
        record(log, "cluster", made("construction", date(2024, 5, 20), cancels="operating@2024-05-06"))


def test_zones_formed_in_a_span(log):
    both = record(log, "cluster", made("established", date(2019, 1, 1), zone="ccn-b"))
    assert formed_between(both, date(2024, 1, 1), date(2024, 12, 31))["zone"].to_list() == ["ccn-a"]
    assert formed_between(both, date(2024, 4, 3), date(2024, 12, 31)).is_empty()
    assert formed_between(both, date(2019, 1, 1), date(2024, 4, 2))["zone"].to_list() == ["ccn-a", "ccn-b"]


def test_a_zone_first_seen_operating_was_formed_on_a_day_nobody_recorded(log):
    seen = record(log, "cluster", made("operating", date(2024, 3, 1), zone="ccn-c"))
    assert formed_between(seen, date(2024, 1, 1), date(2024, 12, 31))["zone"].to_list() == ["ccn-a"]


def test_a_log_read_from_elsewhere_is_checked_step_by_step(log):
    zones = pl.DataFrame({"zone": ["ccn-a"], "kind": ["cluster"]})
    assert check_log(log, zones) == ()
    skipped = log.filter(pl.col("state") != "appraised")
    codes = [fault.code for fault in check_log(skipped, zones)]
    assert codes == ["zone.other-state", "zone.step"]
    assert [f.code for f in check_log(log, zones.clear())] == ["zone.unknown"]


def test_a_published_step_without_document_is_a_warning(log):
    zones = pl.DataFrame({"zone": ["ccn-a"], "kind": ["cluster"]})
    silent = log.with_columns(pl.lit(None, dtype=pl.String).alias("document"))
    assert {(f.code, f.severity) for f in check_log(silent, zones)} == {("zone.no-document", "warning")}
