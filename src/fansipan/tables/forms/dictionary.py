"""The data dictionary: every table and column in words, and as a Frictionless Data Package, from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fansipan.tables.columns import MONTH_PATTERN, PERIOD_PATTERN, REGISTRY, Table
from fansipan.tables.forms.template import explained
from fansipan.texts import LANGUAGES, text

# The types of the Table Schema specification, https://specs.frictionlessdata.io/table-schema/, by kind of column.
SCHEMA_TYPES = {
    "code": "string",
    "text": "string",
    "choice": "string",
    "number": "number",
    "integer": "integer",
    "month": "string",
    "period": "string",
    "day": "date",
    "moment": "datetime",
    "flag": "boolean",
}
BOUNDS = {"min": "minimum", "max": "maximum", "min_exclusive": "exclusiveMinimum"}
PROFILE = "tabular-data-package"


def data_dictionary(tables: Iterable[type[Table]] | None = None) -> str:
    """Markdown text with each table's columns: code, Vietnamese and English label and what the column takes.

    `tables` are those of the registry unless given. Keys are set in bold.
    """
    chosen = list(REGISTRY.values() if tables is None else tables)
    heads = [" / ".join(text(f"dictionary.{part}", lang) for lang in LANGUAGES) for part in ("title", "note")]
    return "\n".join([f"# {heads[0]}", "", heads[1], *(line for table in chosen for line in _section(table))]) + "\n"


def _section(table: type[Table]) -> Iterator[str]:
    columns = [" / ".join(text(f"dictionary.{part}", lang) for lang in LANGUAGES) for part in ("label", "takes")]
    yield from ("", f"## {table.vi} / {table.en} (`{table.name}`)", "")
    yield f"| {text('dictionary.code', 'vi')} / {text('dictionary.code', 'en')} | {columns[0]} | {columns[1]} |"
    yield "|---|---|---|"
    for name, meaning in table.meanings().items():
        code = f"**`{name}`**" if name in table.primary_key() else f"`{name}`"
        takes = " / ".join(explained(table, name, lang) for lang in LANGUAGES)
        values = "; ".join(f"`{choice.value}` {choice.vi} / {choice.en}" for choice in meaning.choices)
        yield f"| {code} | {meaning.vi} / {meaning.en} | {_cell(f'{takes} {values}')} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").strip()


def data_package(name: str, tables: Iterable[type[Table]] | None = None) -> dict[str, Any]:
    """The descriptor of a province's folder of CSV files as a Frictionless Tabular Data Package.

    `name` is the package's; `tables` those of the registry unless given. References to tables outside of `tables` are
    left out. Source: Data Package and Table Schema, version 1, https://specs.frictionlessdata.io.
    """
    chosen = {table.name: table for table in (REGISTRY.values() if tables is None else tables)}
    resources = [
        {
            "name": table.name.replace("_", "-"),
            "path": f"{table.name}.csv",
            "profile": "tabular-data-resource",
            "title": f"{table.vi} / {table.en}",
            "encoding": "utf-8",
            "schema": _schema(table, chosen),
        }
        for table in chosen.values()
    ]
    return {"profile": PROFILE, "name": name, "resources": resources}


def _schema(table: type[Table], known: dict[str, type[Table]]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(table, name) for name in table.column_names()],
        "primaryKey": table.primary_key(),
        "missingValues": [""],
    }
    foreign = [_foreign_key(name, meaning.reference, known) for name, meaning in table.meanings().items()]
    if any(foreign):
        schema["foreignKeys"] = [key for key in foreign if key]
    return schema


def _foreign_key(name: str, reference: str | None, known: dict[str, type[Table]]) -> dict[str, Any] | None:
    """The reference, where it is to the whole key of a known table: the specification allows no other."""
    target, _, column = (reference or "").partition(".")
    if target not in known or known[target].primary_key() != [column]:
        return None
    return {"fields": name, "reference": {"resource": target.replace("_", "-"), "fields": column}}


def _field(table: type[Table], name: str) -> dict[str, Any]:
    meaning, column = table.meaning(name), table.columns()[name]
    constraints: dict[str, Any] = {} if table.nullable(name) else {"required": True}
    constraints |= {said: bound for own, said in BOUNDS.items() if (bound := getattr(column, own, None)) is not None}
    if meaning.choices:
        constraints["enum"] = [choice.value for choice in meaning.choices]
    if (pattern := getattr(column, "regex", None)) in (MONTH_PATTERN, PERIOD_PATTERN):
        constraints["pattern"] = pattern
    field: dict[str, Any] = {"name": name, "type": SCHEMA_TYPES[meaning.kind], "title": f"{meaning.vi} / {meaning.en}"}
    optional = {"unit": meaning.unit, "description": meaning.description, "constraints": constraints}
    return field | {said: value for said, value in optional.items() if value}
