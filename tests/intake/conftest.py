"""Taking a made-up department's file in."""

import pytest

from fansipan.intake import take_in
from support.department import write_book
from support.intake import AT, Outcome, province_of


@pytest.fixture
def outcome(tmp_path):
    def of(sheets, department, answers=None, name="bao-cao.xlsx"):
        path = write_book(sheets, tmp_path / name)
        return Outcome(take_in([path], province_of(department), answers or {}, AT), department)

    return of
