"""Only the module of the command that is asked for is imported."""

from importlib import import_module

import pytest
import typer

from fansipan.cli import GROUPS, build, groups_for


@pytest.mark.parametrize("name", GROUPS)
def test_the_commands_of_a_module_are_those_named(name):
    app = typer.Typer()
    app.callback()(lambda: None)
    import_module(f"fansipan.cli.{name}").register(app)
    assert set(typer.main.get_command(app).commands) == set(GROUPS[name])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["measure", "p", "--by", "section"], ["statistics.measure"]),
        (["--lang", "en", "measure", "p"], ["statistics.measure"]),
        (["--lang=en", "projects", "list"], ["delivery.group"]),
        (["import", "gso"], ["province.imports"]),
    ],
)
def test_one_module(arguments, expected):
    assert groups_for(arguments) == expected


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["--version"], ["frob"], ["--lang"], ["--lang", "measure"], ["manual"]]
)
def test_all_modules(arguments):
    assert groups_for(arguments) == list(GROUPS)


def test_build_takes_all_by_default():
    commands = typer.main.get_command(build()).commands
    assert set(commands) == {name for names in GROUPS.values() for name in names}
