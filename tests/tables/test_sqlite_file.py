"""A SQLite file: its shape, and files that are not what they should be."""

import sqlite3
from contextlib import closing

import pytest

from fansipan.errors import FansipanError
from fansipan.province import Province, survey
from fansipan.tables import REGISTRY
from fansipan.tables.files.sqlite_file import create_statement
from support.sound_province import sound_province


@pytest.fixture
def path(tmp_path):
    return sound_province().write(tmp_path / "p.sqlite")


def changed(path, *statements):
    with closing(sqlite3.connect(path)) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()
    return [(f.code, f.place.sheet, f.place.row, f.place.column) for f in survey(path).faults]


def test_other_programs_find_keys_types_and_what_must_be_filled(path):
    with closing(sqlite3.connect(path)) as base:
        columns = {row[1]: row[2:6] for row in base.execute("PRAGMA table_info(returns)")}
        first = base.execute("SELECT month, recorded_at, quantity FROM returns").fetchone()
    assert columns["quantity"] == ("REAL", 0, None, 0)
    assert columns["product"] == ("TEXT", 1, None, 2)
    assert first == ("2024-01", "2024-02-03 08:30:00", 1001.5)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_table_can_be_made(name):
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(create_statement(REGISTRY[name]))


def test_faults_of_cells_have_their_row(path):
    assert changed(
        path,
        "UPDATE returns SET quantity = 'nhiều' WHERE rowid = 3",
        "UPDATE returns SET value = x'00ff' WHERE rowid = 4",
    ) == [("cell.binary", "returns", 4, "value"), ("cell.not-number", "returns", 3, "quantity")]


def test_views_are_not_run(path):
    endless = "CREATE VIEW zones AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    assert changed(path, endless) == []


def test_unknown_tables_are_told_and_labels_understood(path):
    assert changed(path, 'ALTER TABLE areas RENAME TO "Đơn vị hành chính"', "CREATE TABLE x (y)") == [
        ("table.unknown", "x", None, None)
    ]
    assert Province.read(path).areas.height == 2


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(4096)])
def test_a_file_that_is_no_database_is_told(tmp_path, content):
    path = tmp_path / "p.db"
    path.write_bytes(content)
    assert [fault.code for fault in survey(path).faults] in (["database.damaged"], ["database.no-tables"])


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(FansipanError, match="cannot be written"):
        sound_province().write(tmp_path / "x" / "p.sqlite")
