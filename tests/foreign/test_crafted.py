"""Small files that would cost gigabytes or the program's life are refused in words."""

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
    with pytest.raises(Death) as death:
        read_fenced("sqlite", CRAFTED["40 texts of 25 MB"](tmp_path).parent / "no" / ".." / "settings.parquet")
    assert death.value.code
    frame = read_fenced("parquet", CRAFTED["20 million rows"](tmp_path))
    assert frame.code == "file.too-large"
