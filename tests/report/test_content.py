"""Cells and units as they are printed."""

import pytest

from fansipan.notation import unit_in_print
from fansipan.report.content import Column, cell_text, same

EXACT = Column(same("giá trị"), "exact")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (15000.0, "15.000", "15,000"),
        (1.02, "1,02", "1.02"),
        (0.85, "0,85", "0.85"),
        (3, "3", "3"),
        (1 / 3, "0,333333", "0.333333"),
        (-2.5, "−2,5", "−2.5"),
        (None, "–", "–"),
    ],
)
def test_an_exact_cell_has_as_many_decimals_as_its_figure(value, vi, en):
    assert (cell_text(value, EXACT, "vi"), cell_text(value, EXACT, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("m3", "m³"),
        ("nghìn m3", "nghìn m³"),
        ("thousand m2", "thousand m²"),
        ("km2", "km²"),
        ("tấn", "tấn"),
        ("m3/ngày", "m³/ngày"),
        ("tấn P2O5", "tấn P2O5"),
        ("", ""),
        ("hm2", "hm2"),
        ("m35", "m35"),
    ],
)
def test_units_typed_on_a_keyboard_are_printed_with_raised_figures(typed, printed):
    assert unit_in_print(typed) == printed
