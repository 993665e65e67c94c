"""The manual names every command and option, in the language it was asked for."""

import re
from pathlib import Path

import pytest

from fansipan.cli.province.manual import walk

ROOT = Path(__file__).parents[2]


def test_every_command_has_its_section_and_every_option_its_line(fansipan):
    told = fansipan("manual").stdout
    headings = re.findall(r"^#{2,} (.+)$", told, re.MULTILINE)
    assert {"demo", "zones allocate", "scenario forecast", "plan solve", "import gso"} <= set(headings)
    assert len(headings) == len(set(headings))
    assert "`fansipan zones allocate [OPTIONS] {CAPACITIES} {DEMANDS} {COSTS}`" in told
    assert "- `--divisible` " in told
    assert "--help`" not in told


def test_in_vietnamese_no_heading_of_the_library_stays_english(fansipan):
    told = fansipan("manual", lang="vi").stdout
    assert told.startswith("# Sổ tay lệnh")
    assert not re.search(r"\[required\]|\[default:|\[OPTIONS\]|COMMAND \[ARGS\]", told)


def test_it_is_written_to_a_file(fansipan, tmp_path):
    file = tmp_path / "lệnh.md"
    assert "lệnh.md" in fansipan("manual", "-o", file, lang="vi").stdout
    assert file.read_text(encoding="utf8").startswith("# Sổ tay lệnh")


def test_hidden_commands_are_left_out():
    class Command:
        def __init__(self, hidden=False, commands=None):
            self.hidden, self.commands = hidden, commands or {}

    root = Command(commands={"seen": Command(commands={"below": Command()}), "secret": Command(hidden=True)})
    assert [path for path, _ in walk(root, ("fansipan",))] == [("fansipan", "seen"), ("fansipan", "seen", "below")]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_kept_manual_is_the_programs_own(fansipan, lang):
    kept = ROOT / "docs" / f"commands.{lang}.md"
    assert fansipan("manual", lang=lang).stdout == kept.read_text(encoding="utf8"), "run make docs"
