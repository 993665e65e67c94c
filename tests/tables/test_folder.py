"""A folder of tables: what is read, what an interrupted write leaves, what is left alone."""

from pathlib import Path

import polars as pl
import pytest

from fansipan.errors import FansipanError
from fansipan.province import Province, survey
from fansipan.tables.files import folder as module
from support.sound_province import sound_province


class Cut(BaseException):
    """Stands for the end of the process: nobody catches it."""


def codes(path):
    return [(fault.code, fault.place.file) for fault in survey(path).faults]


@pytest.mark.parametrize("moves", range(5))
def test_a_write_cut_off_among_its_moves_is_read_as_done_and_finished_by_the_next(tmp_path, monkeypatch, moves):
    old = sound_province()
    new = Province({name: old[name].reverse() for name in old if old[name].height and name != "areas"})
    folder = old.write(tmp_path / "p")
    real, left = Path.replace, [moves]

    def replace(self, target):
        if left[0] == 0:
            raise Cut
        left[0] -= 1
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Cut):
        new.write(folder)
    assert (folder / ".ready").is_dir()
    monkeypatch.undo()
    assert Province.read(folder) == new
    old.write(folder)
    assert Province.read(folder) == old
    assert not (folder / ".ready").exists()


def test_a_write_cut_off_before_it_is_ready_changes_nothing(tmp_path, monkeypatch):
    folder = sound_province().write(tmp_path / "p")

    def write(frame, path):
        raise Cut

    monkeypatch.setattr(module, "_write", write)
    with pytest.raises(Cut):
        Province().write(folder, "parquet")
    monkeypatch.undo()
    assert Province.read(folder) == sound_province()
    assert not list(folder.glob(".writing-*"))


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"written": []}', '{"written": 5, "removed": []}'])
def test_what_a_write_left_is_not_guessed_at_once_it_was_changed(tmp_path, manifest):
    folder = sound_province().write(tmp_path / "p")
    (folder / ".ready").mkdir()
    (folder / ".ready" / "manifest.json").write_text(manifest)
    assert codes(folder) == [("folder.half-written", "p")]
    with pytest.raises(FansipanError, match="cut off"):
        sound_province().write(folder)


def test_leftovers_of_a_killed_write_are_swept_by_the_next(tmp_path):
    folder = sound_province().write(tmp_path / "p")
    (folder / ".writing-x").mkdir()
    (folder / ".writing-x" / "returns.csv").write_text("half")
    assert Province.read(folder) == sound_province()
    sound_province().write(folder)
    assert not (folder / ".writing-x").exists()


def test_a_table_that_is_a_folder_or_a_link_to_nowhere_is_told_not_passed_over(tmp_path):
    folder = sound_province().write(tmp_path / "p")
    (folder / "returns.csv").unlink()
    (folder / "returns.csv").mkdir()
    (folder / "zones.csv").symlink_to(folder / "nowhere")
    assert codes(folder) == [("file.unreadable", "returns.csv"), ("file.missing", "zones.csv")]
    with pytest.raises(FansipanError, match="cannot be written"):
        sound_province().write(folder)
    assert not (folder / ".ready").exists()


def test_a_parquet_file_that_is_none_is_told(tmp_path):
    (tmp_path / "returns.parquet").write_bytes(b"PAR1 and no more")
    assert codes(tmp_path) == [("file.unreadable", "returns.parquet")]


def test_rows_without_end_in_a_small_parquet_file_are_refused(tmp_path):
    pl.select(pl.repeat("x", 2_000_000).alias("setting"), value=pl.lit("x")).write_parquet(
        tmp_path / "settings.parquet"
    )
    assert codes(tmp_path) == [("file.too-large", "settings.parquet")]


def test_a_table_without_rows_keeps_the_file_that_it_has(tmp_path):
    folder = sound_province().write(tmp_path / "p")
    sound_province().replace(areas=pl.DataFrame(schema=sound_province().areas.schema)).write(folder)
    assert (folder / "areas.csv").read_text(encoding="utf-8-sig").startswith("area,name")
    assert not (folder / "zones.csv").exists()
