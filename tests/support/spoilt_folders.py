"""Folders and SQLite files spoilt in every way: each function takes a folder and a random source and returns a path."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl

from support.sound_province import sheets, sound_province

ODD_BYTES = [
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"\r",
    b"\n\n\n",
    b"\xc3",
    b";" * 50,
    b'""",',
    b"\x1a",
    b",," * 40,
    b"\xef\xbb\xbf",
]


def sound(folder: Path, form: str = "csv") -> Path:
    """The sound province as a folder."""
    return sound_province().write(folder / "tỉnh", form)


def flipped_text(folder: Path, chance: random.Random) -> Path:
    """Odd bytes put into the text of a table."""
    path = sound(folder)
    file = chance.choice(sorted(path.glob("*.csv")))
    content = file.read_bytes()
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(content))
        content = content[:at] + chance.choice(ODD_BYTES) + content[at + chance.randint(0, 2) :]
    file.write_bytes(content)
    return path


def encodings(folder: Path, chance: random.Random) -> Path:
    """Tables in other encodings, separators and line ends."""
    path = sound(folder)
    for file in path.glob("*.csv"):
        words = file.read_text(encoding="utf-8-sig")
        words = words.replace(",", chance.choice([",", ";", "\t", "|", " "]))
        words = words.replace("\n", chance.choice(["\n", "\r\n", "\r"]))
        file.write_bytes(
            words.encode(chance.choice(["utf-8", "utf-16", "utf-16-be", "cp1258", "utf-8-sig"]), "replace")
        )
    return path


def torn_rows(folder: Path, chance: random.Random) -> Path:
    """Rows too long, too short, cut, repeated; headers said twice, cut or gone."""
    path = sound(folder)
    file = chance.choice(sorted(path.glob("*.csv")))
    lines = file.read_text(encoding="utf-8-sig").split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        lines[at] = chance.choice(
            [line + ",x,y", line[: len(line) // 2], f"{line}\n{line}", "", line.upper(), "Tiêu đề\n" + line]
        )
    file.write_text("\n".join(lines), encoding="utf8")
    return path


def strange_files(folder: Path, chance: random.Random) -> Path:
    """Files that are empty, folders, links to nowhere or to themselves, of another kind than their name."""
    path = sound(folder)
    file = path / "returns.csv"
    kind = chance.randrange(7)
    if kind < 5:
        file.unlink()
    if kind == 0:
        file.mkdir()
    elif kind == 1:
        file.symlink_to(path / "nowhere.csv")
    elif kind == 2:
        file.symlink_to(file)
    elif kind == 3:
        file.write_bytes(b"")
    elif kind == 4:
        sound_province().returns.write_parquet(file)
    elif kind == 5:
        file.rename(path / "returns.parquet")
    else:
        file.rename(
            path / chance.choice(["Returns (2).CSV", "reutrns.csv", "returns .csv", "BÁO CÁO SẢN PHẨM THÁNG.csv"])
        )
    return path


def broken_parquet(folder: Path, chance: random.Random) -> Path:
    """Parquet files cut, with bytes changed, or with columns of other types."""
    path = sound(folder, "parquet")
    file = chance.choice(sorted(path.glob("*.parquet")))
    content = bytearray(file.read_bytes())
    kind = chance.randrange(3)
    if kind == 0:
        file.write_bytes(content[: chance.randrange(len(content))])
    elif kind == 1:
        for _ in range(chance.randint(1, 10)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content)
    else:
        frame = pl.read_parquet(file)
        column = chance.choice(frame.columns)
        odd = [
            pl.lit([1, 2]),
            pl.lit(b"x"),
            pl.struct(a=pl.lit(1)),
            pl.lit(float("nan")),
            pl.lit(None),
            pl.duration(days=1),
        ]
        frame.with_columns(chance.choice(odd).alias(column)).write_parquet(file)
    return path


def half_written(folder: Path, chance: random.Random) -> Path:
    """What a write that was cut off leaves, its list of moves sound, cut or wrong."""
    path = sound(folder)
    ready = path / chance.choice([".ready", ".writing-abc"])
    ready.mkdir()
    (path / "returns.csv").rename(ready / "returns.csv")
    good = '{"written": ["returns.csv"], "removed": []}'
    (ready / "manifest.json").write_text(
        chance.choice([good, good[:20], "[]", '{"written": 5}', '{"written": ["../x"], "removed": [1]}'])
    )
    return path


def broken_sqlite(folder: Path, chance: random.Random) -> Path:
    """SQLite files cut, with bytes changed, or with tables of another shape."""
    path = sound_province().write(folder / chance.choice(["tỉnh.sqlite", "tỉnh.db"]))
    content = bytearray(path.read_bytes())
    kind = chance.randrange(4)
    if kind == 0:
        path.write_bytes(content[: chance.randrange(len(content))])
    elif kind == 1:
        for _ in range(chance.randint(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
    else:
        with closing(sqlite3.connect(path)) as base:
            for statement in chance.sample(STATEMENTS, 2):
                base.execute(statement)
            base.commit()
    return path


STATEMENTS = [
    "CREATE VIEW zones AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS zone FROM n",
    "ALTER TABLE returns RENAME TO reutrns",
    "ALTER TABLE returns RENAME COLUMN product TO san_pham",
    'CREATE TABLE "Báo cáo sản phẩm tháng" (x)',
    "UPDATE returns SET quantity = 'nhiều' WHERE rowid = 3",
    "UPDATE returns SET quantity = x'00ff', value = '12,5'",
    "UPDATE establishments SET name = CAST(x'ff00fe' AS TEXT)",
    "DROP TABLE areas",
    "DELETE FROM products",
    'CREATE TABLE "settings" ("setting", "setting value", "value")',
]


def one_table(folder: Path, chance: random.Random) -> Path:
    """A single CSV file by itself, of a name that says its table or not, perhaps with rows of its own."""
    rows = sheets()["returns"]
    name = chance.choice(["returns.csv", "tháng 5.csv", "x.txt", "y"])
    lines = [chance.choice([",", ",", ";"]).join("" if cell is None else str(cell) for cell in row) for row in rows]
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf8")
    return path


SPOILERS = (flipped_text, encodings, torn_rows, strange_files, broken_parquet, half_written, broken_sqlite, one_table)
