"""Every option that a message names exists: in the command the message belongs to, where that can be told."""

import re
from functools import cache
from pathlib import Path

import pytest
import typer

import fansipan.cli
from fansipan.cli import GROUPS, build
from fansipan.texts import catalogue

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
# A call written out in a message, to its closing mark or the end of the sentence.
CALL = re.compile(r"(?:fansipan|\{program\}) ([a-z][a-z-]*(?: [a-z][a-z-]*)*)((?:(?!\. |; )[^”»`\n])*)")
ROOT = Path(fansipan.cli.__file__).parent


@cache
def options() -> dict[tuple[str, ...], frozenset[str]]:
    """The options of every command by its path."""
    found: dict[tuple[str, ...], frozenset[str]] = {}

    def walk(command, path):
        own = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        found[path] = frozenset(name for name in own if name.startswith("--")) | {"--help", "--lang"}
        for name, below in getattr(command, "commands", {}).items():
            walk(below, (*path, name))

    walk(typer.main.get_command(build()), ())
    return found


def below(path: tuple[str, ...]) -> frozenset[str]:
    """The options of a command and of all below it."""
    return frozenset().union(*(own for other, own in options().items() if other[: len(path)] == path))


@cache
def owners() -> dict[str, set[tuple[str, ...]]]:
    """The commands whose modules, and no others, say a code."""
    sources = {path: path.read_text(encoding="utf8") for path in ROOT.parent.rglob("*.py")}
    modules = {ROOT.joinpath(*name.split(".")).with_suffix(".py"): commands for name, commands in GROUPS.items()}
    found: dict[str, set[tuple[str, ...]]] = {}
    for code in catalogue():
        saying = [path for path, source in sources.items() if f'"{code}"' in source]
        if saying and all(path in modules for path in saying):
            found[code] = {(command,) for path in saying for command in modules[path]}
    return found


def sentences():
    return [(code, key) for code, entry in catalogue().items() for key in entry if OPTION.search(entry[key])]


@pytest.mark.parametrize(("code", "key"), sentences())
def test_an_option_named_in_a_message_exists(code, key):
    words = catalogue()[code][key]
    for called, rest in CALL.findall(words):
        path = tuple(called.split())
        while path not in options() and path:
            path = path[:-1]
        if path:
            missing = set(OPTION.findall(rest)) - below(path)
            assert not missing, f"fansipan {' '.join(path)} has no {missing}"
    known = [below(path) for path in owners().get(code, ())] or [below(())]
    for option in OPTION.findall(CALL.sub("", words)):
        assert any(option in one for one in known), f"no command has {option}"


def test_a_message_that_names_no_option_is_not_read_as_one():
    assert OPTION.findall("a -- b, --missing drop, x--y, --by-area.") == ["--missing", "--by-area"]
    assert "--by" in below(("measure",))
    assert "--reason" not in options()[("measure",)]
