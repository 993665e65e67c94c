"""Files and columns of a folder that the engine does not read: refused by name, or left out knowingly (rule E16).

A row that is passed over makes "optimal" untrue: it may be a limit. Files without rows, and files of results, mean
nothing for the plan and are warnings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from fansipan.errors import Fault, NotFound, Place
from fansipan.interop.osemosys.declared import PARAMETERS, RESULTS, SECOND_REGION, SETS, SHORT_NAMES
from fansipan.interop.osemosys.rows import open_sheet
from fansipan.tables.reading.sheet import Sheet
from fansipan.texts import Words

ALL = "all"  # leaves every file out that is not read
OF_FOLDER = {"_REGION", "default_values"}


def unread_files(files: Mapping[str, Path], results: Collection[str], left_out: Collection[str]) -> list[Fault]:
    """A fault for each of `files` that is neither set, parameter nor result and has rows; a warning where it is empty.

    Those named in `left_out` (with or without ``.csv``; ``all`` for every one) are warnings too. Raises NotFound for a
    name in `left_out` that is no such file.
    """
    known = {*SETS, *PARAMETERS, *SHORT_NAMES, *OF_FOLDER}
    unread = {name: file for name, file in files.items() if name not in known}
    chosen = {name.removesuffix(".csv") for name in left_out}
    for name in sorted(chosen - {ALL} - set(unread)):
        kind = Words("tệp không được đọc", "file that is not read")
        raise NotFound("name.unknown", kind=kind, name=name, near=", ".join(unread) or "-")
    ignored = {*RESULTS, *results}
    return [
        fault
        for name, file in unread.items()
        for fault in _faults(name, file, name in ignored, bool(chosen & {ALL, name}))
    ]


def _faults(name: str, file: Path, result: bool, chosen: bool) -> list[Fault]:
    place, params = Place(file.name), {"file": file.name}
    sheet, unreadable = (None, []) if result else open_sheet(file)
    if not chosen and any(fault.severity == "error" for fault in unreadable):
        return unreadable
    count = 0 if sheet is None else len(sheet.frame)
    if not count:
        return [Fault("plan.file-ignored", params, place, severity="warning")]
    if chosen:
        return [Fault("plan.file-left-out", {**params, "count": count}, place, severity="warning")]
    read = {known.casefold(): known for known in (*PARAMETERS, *SETS)}
    near = [read[word] for word in get_close_matches(name.casefold(), read, n=1, cutoff=0.87)]
    code = "plan.file-misspelt" if near else "plan.file-unread"
    return [Fault(code, {**params, "count": count, "name": name} | ({"near": near[0]} if near else {}), place)]


def unread_columns(sheet: Sheet, dims: tuple[str, ...]) -> list[Fault]:
    """A fault for each column of a parameter that is named like a set the parameter does not run over.

    Limits by mode in a file of limits by technology would otherwise be read as limits of all modes together.
    """
    headers = [header.strip().upper() for header in sheet.headers]
    extra = [header for header in headers if header in set(SETS) and header not in dims]
    if dims.count("REGION") == 1:
        extra += [header for header in headers if header in SECOND_REGION and "REGION" in headers]
    return [
        Fault("plan.column-unread", {"column": column, "dims": ", ".join(dims)}, Place(sheet.file, column=column))
        for column in extra
    ]
