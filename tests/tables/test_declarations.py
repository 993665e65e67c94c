"""What holds for every declared table: labels in both languages, one meaning a header, references that exist."""

import pytest

from fansipan.tables import REGISTRY
from fansipan.tables.parsing import fold


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
