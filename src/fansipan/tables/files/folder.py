"""A province as a folder: one CSV or Parquet file a table.

Writing is all or nothing. New files are written into ``.writing-…`` inside the folder; renaming that to ``.ready`` is
the moment at which the new province holds; then the files are moved to their places. A folder left with ``.ready`` by
a write that was cut off is read as if the moves were done, and the next write finishes them. What is cut off before
``.ready`` leaves the old files as they were. Files of the folder that are no tables (notes, letters) are left alone.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from errno import EISDIR
from pathlib import Path
from typing import Literal

import polars as pl

from fansipan.errors import FansipanError, Fault, Place
from fansipan.foreign import Death, ParquetRows, read_fenced
from fansipan.tables.columns import Table
from fansipan.tables.files.writing import neutral
from fansipan.tables.reading.contents import Contents, nearest_tables, split_name, table_named
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.rows import labels_of
from fansipan.tables.reading.sheet import Sheet, sheet_of_frame

Format = Literal["csv", "parquet"]
ENDINGS = (".csv", ".parquet")
STAGING, READY, MANIFEST = ".writing-", ".ready", "manifest.json"
MOMENT = "%Y-%m-%d %H:%M:%S%.f"


def read_folder(folder: Path) -> Contents:
    """The tables of a folder, by the names of its files; CSV and Parquet files that are no table are told."""
    sheets: list[tuple[type[Table], Sheet]] = []
    faults: list[Fault] = []
    try:
        files = _files(folder)
    except _Tampered:
        return Contents(faults=(Fault("folder.half-written", {"folder": folder.name}, Place(folder.name)),))
    except OSError as error:
        reason = error.strerror or "?"
        return Contents(faults=(Fault("file.unreadable", {"file": folder.name, "reason": reason}, Place(folder.name)),))
    seen: dict[tuple[str, int], str] = {}
    for path in sorted(files, key=lambda p: (split_name(p.stem), p.suffix)):
        table = table_named(path.stem)
        if table is None:
            faults.append(_unknown(path))
            continue
        parquet = path.suffix.lower() == ".parquet"
        sheet, told = read_parquet(path) if parquet else read_delimited(path, labels_of(table))
        faults += told
        other = seen.setdefault((table.name, split_name(path.stem)[1]), path.name)
        if other != path.name:
            faults.append(Fault("table.twice", {"table": table.name, "first": other}, Place(path.name)))
        elif sheet is not None:
            sheets.append((table, sheet))
    if not files:
        faults.append(Fault("folder.no-tables", {"folder": folder.name}, Place(folder.name)))
    return Contents(tuple(sheets), tuple(faults))


def write_folder(
    frames: Mapping[str, pl.DataFrame], folder: Path, form: Format = "csv", always: Collection[str] = ()
) -> None:
    """Write the frames, one file a table, whole or not at all.

    Tables without rows are written only where a file of theirs stands, or if named in `always`.
    Raises FansipanError ``file.unwritable``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _finish(folder)
        for leftover in folder.glob(f"{STAGING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
        try:
            _stage(frames, folder, staging, form, always)
            staging.rename(folder / READY)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        _finish(folder)
    except _Tampered as error:
        raise FansipanError("folder.half-written", folder=str(folder)) from error
    except OSError as error:
        raise FansipanError("file.unwritable", file=str(folder), reason=error.strerror or "?") from error


class _Tampered(Exception):
    """What a write left behind is not as it left it."""


def _stage(
    frames: Mapping[str, pl.DataFrame], folder: Path, staging: Path, form: Format, always: Collection[str]
) -> None:
    standing = {path: table for path in folder.iterdir() if (table := _table_of(path))}
    kept = {table.name for table in standing.values()} | set(always)
    if not any(frame.height for frame in frames.values()):
        kept.add("settings")
    written = []
    for name, frame in frames.items():
        if frame.height or name in kept:
            path = staging / f"{name}.{form}"
            _write(frame, path)
            written.append(path.name)
    for name in written:
        if (folder / name).is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    removed = [path.name for path in standing if path.name not in written]
    manifest = staging / MANIFEST
    manifest.write_text(json.dumps({"written": written, "removed": removed}), encoding="utf8")
    for path in staging.iterdir():
        _to_disk(path)


def _finish(folder: Path) -> None:
    """Do the moves that a write has left to do; doing them twice does no harm."""
    ready = folder / READY
    if not ready.is_dir():
        return
    for name in _manifest(ready)["written"]:
        if (ready / name).exists():
            (ready / name).replace(folder / name)
    for name in _manifest(ready)["removed"]:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(ready)


def _files(folder: Path) -> list[Path]:
    """The files of tables as they stand once the moves of a write that was cut off are done."""
    found = {path.name: path for path in folder.iterdir() if _is_data(path)}
    ready = folder / READY
    if ready.is_dir():
        manifest = _manifest(ready)
        found |= {name: ready / name for name in manifest["written"] if (ready / name).exists()}
        found = {name: path for name, path in found.items() if name not in manifest["removed"]}
    return list(found.values())


def _manifest(ready: Path) -> dict[str, list[str]]:
    """What a write has written and removed; without a manifest and without files its moves are done."""
    try:
        manifest = json.loads((ready / MANIFEST).read_text(encoding="utf8"))
        return {key: [Path(name).name for name in manifest[key]] for key in ("written", "removed")}
    except FileNotFoundError as error:
        if any(ready.iterdir()):
            raise _Tampered from error
        return {"written": [], "removed": []}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _Tampered from error


def _is_data(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~"))


def _table_of(path: Path) -> type[Table] | None:
    return table_named(path.stem) if _is_data(path) and not path.is_dir() else None


def _unknown(path: Path) -> Fault:
    params = {"name": path.name, "near": nearest_tables(path.stem)}
    return Fault("table.unknown", params, Place(path.name), severity="warning")


def read_parquet(path: Path) -> tuple[Sheet | None, tuple[Fault, ...]]:
    """The cells of a Parquet file, typed; None, with faults, where it cannot be read."""
    try:
        rows: ParquetRows = read_fenced("parquet", path)
    except (Death, OSError) as error:
        rows = ParquetRows(None, error.code if isinstance(error, Death) else "file.unreadable")
    if rows.frame is None:
        return None, (Fault(rows.code, {"file": path.name, "reason": "Parquet"}, Place(path.name)),)
    return sheet_of_frame(rows.frame, file=path.name), ()


def _write(frame: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        # With the mark Excel reads the Vietnamese letters right.
        neutral(frame).write_csv(path, include_bom=True, datetime_format=MOMENT)


def _to_disk(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())
