"""Small files that would cost gigabytes or the program's life are refused in words."""

import subprocess
import sys

import pytest

from fansipan.foreign import Death, fence, read_fenced
from fansipan.tables.files.container import read_contents
from fansipan.tables.reading.contents import gather
from support.crafted_files import CRAFTED, HARMLESS


@pytest.fixture
def most_memory(monkeypatch):
    """The most that the reader's process was seen to hold."""
    seen = [0]

    def watched(process, real=fence.memory_of):
        seen.append(real(process))
        return seen[-1]

    monkeypatch.setattr(fence, "memory_of", watched)
    return lambda: max(seen)


@pytest.mark.parametrize("kind", CRAFTED)
def test_crafted_files_are_refused_in_bounded_words(tmp_path, kind, most_memory):
    faults = gather(read_contents(CRAFTED[kind](tmp_path))).faults
    assert any(fault.severity == "error" for fault in faults)
    assert all(len(fault.line(lang)) < 2_000 for fault in faults for lang in ("vi", "en"))
    assert len(faults) < 100
    assert most_memory() < 500_000_000


@pytest.mark.parametrize("kind", HARMLESS)
def test_odd_files_that_cost_nothing_are_answered(tmp_path, kind, most_memory):
    gather(read_contents(HARMLESS[kind](tmp_path)))
    assert most_memory() < 500_000_000


def test_after_a_death_the_next_file_is_read(tmp_path):
    with pytest.raises(Death, match="memory"):
        read_fenced("workbook", CRAFTED["a shared string of 9 MB in 2,000 cells"](tmp_path))
    assert read_fenced("parquet", CRAFTED["20 million rows"](tmp_path)).code == "file.too-large"


def test_what_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(fence, "SECONDS", -1.0)
    with pytest.raises(Death, match="time"):
        read_fenced("workbook", CRAFTED["20,000 sheets on one part"](tmp_path))


def test_the_reader_has_no_network_and_writes_no_file(tmp_path):
    code = (
        "import socket, sys; from fansipan.foreign.server import _forbid; sys.addaudithook(_forbid)\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: open(sys.argv[1], 'w')):\n"
        "    try: act()\n"
        "    except PermissionError: print('refused')\n"
    )
    told = subprocess.run([sys.executable, "-c", code, str(tmp_path / "x")], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["refused", "refused"]
