"""Every declared table is whole: labels in both languages, references that lead somewhere, keys."""

import pytest

from fansipan.tables import REGISTRY
from fansipan.tables.columns import Table


@pytest.mark.parametrize("table", REGISTRY.values(), ids=lambda t: t.name)
def test_a_table_has_words_a_key_and_columns_with_words(table: type[Table]):
    assert table.vi.strip()
    assert table.en.strip()
    assert table.__doc__
    assert table.__doc__.startswith("A row ")
    assert table.primary_key()
    for name, meaning in table.meanings().items():
        assert meaning.vi.strip(), name
        assert meaning.en.strip(), name
        assert len({choice.value for choice in meaning.choices}) == len(meaning.choices), name


@pytest.mark.parametrize("table", REGISTRY.values(), ids=lambda t: t.name)
def test_a_reference_leads_to_a_column_of_a_table(table: type[Table]):
    for name, meaning in table.meanings().items():
        if meaning.reference:
            other, column = meaning.reference.split(".")
            assert column in REGISTRY[other].column_names(), f"{table.name}.{name} refers to {meaning.reference}"


@pytest.mark.parametrize("table", REGISTRY.values(), ids=lambda t: t.name)
def test_labels_tell_the_columns_of_a_table_apart(table: type[Table]):
    for lang in ("vi", "en"):
        labels = [meaning.label(lang) for meaning in table.meanings().values()]
        assert len(set(labels)) == len(labels), [label for label in labels if labels.count(label) > 1]
