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


def test_the_manual_needs_all():
    assert groups_for(["manual"]) == list(GROUPS)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["frob"], ["--lang"], ["--lang", "measure"]])
def test_names_alone_need_none(arguments):
    assert groups_for(arguments) == []


def test_names_alone_say_what_the_commands_say():
    short, whole = (typer.main.get_command(build(groups)).commands for groups in ((), GROUPS))
    assert {name: command.help for name, command in short.items()} == {n: c.help for n, c in whole.items()}


def test_an_unknown_command_is_told_with_the_nearest(fansipan):
    run = fansipan("mesure", "p")
    assert run.returncode == 2
    assert "measure" in run.stderr
    assert fansipan("--help").stdout.count("\n  measure ") == 1


def test_build_takes_all_by_default():
    commands = typer.main.get_command(build()).commands
    assert set(commands) == {name for names in GROUPS.values() for name in names}
