"""The data dictionary and the Data Package descriptor follow the declarations."""

import json
from pathlib import Path

import pytest

from fansipan.cli import main
from fansipan.tables import REGISTRY
from fansipan.tables.forms.dictionary import SCHEMA_TYPES, data_dictionary, data_package
from fansipan.texts import LANGUAGES

KEPT = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_kept_dictionary_is_that_of_the_declarations():
    assert KEPT.read_text(encoding="utf8") == data_dictionary(), "run fansipan dictionary -o docs/data-dictionary.md"


@pytest.mark.parametrize("table", REGISTRY.values(), ids=REGISTRY)
def test_every_column_is_told_in_both_languages(table):
    told = data_dictionary([table])
    for name, meaning in table.meanings().items():
        assert f"`{name}`" in told
        assert all(meaning.label(lang) in told for lang in LANGUAGES)


@pytest.mark.parametrize("resource", data_package("lao-cai")["resources"], ids=lambda found: found["name"])
def test_the_descriptor_has_each_field_once_and_keys_among_them(resource):
    schema, table = resource["schema"], REGISTRY[Path(resource["path"]).stem]
    names = [field["name"] for field in schema["fields"]]
    assert names == list(table.column_names())
    assert set(schema["primaryKey"]) <= set(names)
    assert {field["type"] for field in schema["fields"]} <= set(SCHEMA_TYPES.values())
    for field in schema["fields"]:
        assert field.get("constraints", {}).get("required", False) is not table.nullable(field["name"])


def test_references_are_to_whole_keys_of_the_package():
    package = data_package("lao-cai")
    keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in package["resources"]}
    foreign = [key for resource in package["resources"] for key in resource["schema"].get("foreignKeys", [])]
    assert foreign
    assert all(keys[key["reference"]["resource"]] == [key["reference"]["fields"]] for key in foreign)
    alone = data_package("lao-cai", [REGISTRY["returns"]])["resources"][0]["schema"]
    assert "foreignKeys" not in alone


def test_choices_and_bounds_are_constraints():
    schema = data_package("p", [REGISTRY["returns"]])["resources"][0]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["status"]["constraints"]["enum"] == ["estimate", "preliminary", "final"]
    assert fields["month"]["constraints"]["pattern"].startswith("^")


def run(monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["fansipan", "dictionary", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return stopped.value.code or 0


def test_the_command_writes_either_form(monkeypatch, tmp_path, capsys):
    assert run(monkeypatch, "returns", "products", "-o", str(tmp_path / "datapackage.json"), "--name", "lao-cai") == 0
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf8"))
    assert [resource["path"] for resource in package["resources"]] == ["returns.csv", "products.csv"]
    assert run(monkeypatch, "returns", "-o", str(tmp_path / "d.md")) == 0
    assert (tmp_path / "d.md").read_text(encoding="utf8").startswith("# Từ điển dữ liệu")
    assert run(monkeypatch, "products") == 0
    assert "Mã sản phẩm" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"), [(("-o", "d.pdf"), "Dùng một trong các đuôi: .md, .json"), (("returnz",), "returns")]
)
def test_the_command_refuses(monkeypatch, capsys, arguments, words):
    assert run(monkeypatch, *arguments) == 1
    assert words in capsys.readouterr().err
