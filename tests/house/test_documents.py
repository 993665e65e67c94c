"""The documents do not rot: rules that are cited stand in `docs/methods`, commands that are named exist."""

import re
import shlex
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from fansipan.cli import build

ROOT = Path(__file__).parents[2]
RULE = re.compile(r"\*\*([A-Z]{1,2}\d+)[. ]")
CITED = re.compile(r"\b[Rr]ules? ((?:[A-Z]{1,2}\d+)(?:(?:, | and | to |-)[A-Z]{1,2}\d+)*)")
METHODS = sorted((ROOT / "docs" / "methods").glob("*.md"))
# The manual of commands is made from the commands themselves.
MADE = ("commands.vi.md", "commands.en.md")
DOCUMENTS = [ROOT / "README.md", *(p for p in sorted((ROOT / "docs").rglob("*.md")) if p.name not in MADE)]


def rules() -> list[str]:
    return [rule for path in METHODS for rule in RULE.findall(path.read_text(encoding="utf8"))]


def cited(folder: str) -> dict[str, set[str]]:
    """Every rule that a docstring or comment cites by number, and the modules that do."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for group in CITED.findall(path.read_text(encoding="utf8")):
            for rule in re.findall(r"[A-Z]{1,2}\d+", group):
                found.setdefault(rule, set()).add(str(path.relative_to(ROOT)))
    return found


def test_a_number_names_one_rule():
    assert [rule for rule, times in Counter(rules()).items() if times > 1] == []


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks"])
def test_every_rule_that_is_cited_is_written_down(folder):
    unknown = {rule: places for rule, places in cited(folder).items() if rule not in set(rules())}
    assert unknown == {}


@cache
def command_line() -> Any:
    return typer.main.get_command(build())


def commands() -> list[tuple[str, str]]:
    """Every `fansipan ...` that a document shows, with the document."""
    found = []
    for path in DOCUMENTS:
        words = path.read_text(encoding="utf8")
        shown = re.findall(r"`fansipan ([a-z][^`]*)`|^ *fansipan ([a-z].*)$", words, re.MULTILINE)
        found += [(path.name, "".join(command).split("#")[0]) for command in shown]
    return sorted(set(found))


@pytest.mark.parametrize(("document", "command"), commands())
def test_every_command_that_is_shown_exists_and_takes_what_it_is_given(document, command):
    known, words = command_line(), shlex.split(re.sub(r"[\\\[\]…]", " ", re.sub(r"\s*\\?\|\s*\S+", "", command)))
    while words and words[0] in getattr(known, "commands", {}):
        known = known.commands[words.pop(0)]
    missing = words and hasattr(known, "commands") and re.fullmatch("[a-z-]+", words[0])
    assert not missing, f"{document} shows fansipan {command}"
    try:
        known.make_context("fansipan", list(words))
    except Exception as refused:
        # What is left out (a required option) is the reader's to add; what is too much cannot be called.
        told = getattr(refused, "format_message", lambda: "")()
        assert "No such option" not in told, f"{document} shows fansipan {command}"
        assert "extra argument" not in told, f"{document} shows fansipan {command}"
