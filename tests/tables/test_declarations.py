"""What holds for every declared table: labels in both languages, one meaning a header, references that exist."""

import polars as pl
import pytest

from fansipan.tables import REGISTRY
from fansipan.tables.reading.parsing import fold
from fansipan.tables.reading.rows import conform
from fansipan.tables.reading.sheet import sheet_of_frame


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_no_header_can_mean_two_columns(name):
    table, owner = REGISTRY[name], {}
    for column, meaning in table.meanings().items():
        for words in {fold(column), fold(meaning.vi), fold(meaning.en)}:
            assert owner.setdefault(words, column) == column, f"{words!r} names {owner[words]} and {column}"


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_references_name_a_column_that_exists(name):
    for meaning in REGISTRY[name].meanings().values():
        if meaning.reference:
            table, _, column = meaning.reference.partition(".")
            assert column in REGISTRY[table].column_names()


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_labels_stand_in_both_languages_and_every_table_has_a_key(name):
    table = REGISTRY[name]
    assert table.vi
    assert table.en
    assert table.primary_key()
    assert table.__doc__
    assert all(m.vi.strip() and m.en.strip() for m in table.meanings().values())


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_required_column_is_required_of_a_frame(name):
    table = REGISTRY[name]
    blank = pl.DataFrame({c: [None] for c in table.column_names()}, schema=table.create_empty().schema)
    faults = conform(sheet_of_frame(blank), table).faults
    empty = {fault.place.column for fault in faults if fault.code == "cell.empty"}
    assert empty == {column for column in table.column_names() if table.required(column)}


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_scales_are_such_that_a_worksheet_keeps_the_figure(name):
    assert all(m.scale is None or 0 <= m.scale <= 9 for m in REGISTRY[name].meanings().values())
    assert all(m.scale is not None for m in REGISTRY[name].meanings().values() if m.kind == "number")


def test_a_column_with_a_default_may_be_left_out_and_holds_the_default():
    table = REGISTRY["obstacle_events"]
    row = pl.DataFrame({"obstacle": ["o"], "happened_on": ["2024-05-06"], "act": ["noted"], "source": ["reported"]})
    read = conform(sheet_of_frame(row), table)
    assert not read.faults
    assert read.frame["entry"].to_list() == [1]
    assert not table.required("entry")
    assert not table.nullable("entry")


def test_a_default_does_not_hide_what_could_not_be_read():
    row = pl.DataFrame(
        {"obstacle": ["o"], "happened_on": ["2024-05-06"], "act": ["noted"], "source": ["reported"], "entry": ["hai"]}
    )
    faults = conform(sheet_of_frame(row), REGISTRY["obstacle_events"]).faults
    assert [(fault.code, fault.place.column) for fault in faults if fault.severity == "error"] != []
