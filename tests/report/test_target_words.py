"""The figures of targets in words: with their unit, counts whole, yes or no for what is done."""

from datetime import date

import pytest

from fansipan.delivery.targets.verdicts import Part, TargetVerdict
from fansipan.indicators import INDICATORS
from fansipan.report.delivery.target_words import measured
from fansipan.texts import LANGUAGES


def verdict(indicator: str, *parts: str) -> TargetVerdict:
    units = tuple(Part(unit, "met", 1.0, ()) for unit in parts)
    return TargetVerdict("t", "", indicator, date(2024, 5, 31), None, "met", "figures", 1.0, 2.0, (), units)


@pytest.mark.parametrize(
    ("indicator", "value", "vi", "en"),
    [
        ("clusters", 7.0, "7 cụm", "7 clusters"),
        ("parks-implemented", 0.0, "0 khu", "0 parks"),
        ("share-of-output", 80.7123, "80,71%", "80.71%"),
        ("clocks-kept", 50.0, "50%", "50%"),
        ("gross-output", 60000.0, "60.000 tỷ đồng", "60,000 billion đồng"),
        ("gross-output", 17151.72, "17.151,72 tỷ đồng", "17,151.72 billion đồng"),
        ("programme-submitted", 0.0, "chưa xong", "not done"),
        ("programme-done", 1.0, "đã xong", "done"),
        ("project-progress", 151.0, "lệch 151 ngày", "151 days slipped"),
    ],
)
def test_a_figure_with_its_unit(indicator, value, vi, en):
    found = measured(value, verdict(indicator))
    assert (found.vi, found.en) == (vi, en)


def test_a_target_by_units_counts_units():
    assert measured(3.0, verdict("clusters", "h1", "h2")).vi == "3 đơn vị"


def test_no_figure_is_none():
    assert measured(None, verdict("clusters")) is None


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_prints_without_a_code(indicator):
    for lang in LANGUAGES:
        assert "targets." not in measured(2.0, verdict(indicator)).in_language(lang)
