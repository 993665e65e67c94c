"""What an .xlsx file is, before its cells are read: safe to unpack or not, its sheets, and what the cells cannot tell.

An .xlsx file is a zip of XML parts (ECMA-376). Every part is unpacked once here, within bounds, so that a bomb, a cut
or a sheet of absurd size is refused in words before any reader allots memory for it. Merged ranges and formulas
without a stored value are found in the XML, since readers of cells give neither.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from fansipan.errors import Fault, Place

MOST_UNPACKED = 4_000_000_000
MOST_PART = 1_500_000_000
# Deflate packs at most about 1,030 to 1; a sheet of blank styled rows some 40 to 1.
MOST_RATIO, RATIO_FROM = 250, 10_000_000
# Readers hold the whole box around the cells: one that is full may be large, one that is nearly empty less so.
MOST_CELLS, MOST_SPARSE, SPARSE = 60_000_000, 10_000_000, 20
ROWS, COLUMNS = 1_048_576, 16_384
BROKEN = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError)

CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
REFERENCE = re.compile(rb"""(?:^|\s)r\s*=\s*["']\s*([A-Za-z]+)\s*(\d+)""")
FAR_COLUMN = re.compile(rb"""\sr\s*=\s*["']\s*[A-Za-z]{2,}\s*\d+\s*["'][^>]*(?<!/)>""")
FAR_ROW = re.compile(rb"""\sr\s*=\s*["']\s*[A-Za-z]+\s*\d{7,}""")
FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
FORMULA_HINT = re.compile(rb"<(?:\w+:)?f[\s>/]")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass(frozen=True, slots=True)
class Part:
    """A worksheet of the package: its name, whether it is hidden, its first column with content (from 0).

    `merged` are the (first row, last row, first column, last column) of merged ranges, rows from 1 and columns from 0;
    `unvalued` the (row, column) of formulas without a stored value.
    """

    name: str
    hidden: bool
    first_column: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unvalued: tuple[tuple[int, int], ...] = ()


def inspect(path: Path) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """The worksheets of the package and what forbids reading it; with any fault it is not to be read at all."""
    try:
        with zipfile.ZipFile(path) as package:
            faults = _sizes(package, path.name)
            if faults:
                return (), faults
            return _parts(package, path.name)
    except (*BROKEN, ElementTree.ParseError, zipfile.LargeZipFile, zlib.error) as error:
        return (), (Fault("workbook.damaged", {"file": path.name}, Place(path.name), str(error) or None),)


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    before, letter = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + letter)


def column_number(name: str) -> int:
    """The inverse of `letters`."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _sizes(package: zipfile.ZipFile, file: str) -> tuple[Fault, ...]:
    entries = package.infolist()
    packed = any(e.file_size > RATIO_FROM and e.file_size > MOST_RATIO * max(e.compress_size, 1) for e in entries)
    if packed or sum(e.file_size for e in entries) > MOST_UNPACKED or max(e.file_size for e in entries) > MOST_PART:
        return (Fault("workbook.bomb", {"file": file}, Place(file)),)
    if len({e.filename for e in entries}) < len(entries):
        return (Fault("workbook.damaged", {"file": file}, Place(file)),)
    return ()


def _parts(package: zipfile.ZipFile, file: str) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    where = _sheet_parts(package)
    parts, faults = [], []
    for name, hidden, entry in where:
        part, far = _examined(package.read(entry), name, hidden)
        parts.append(part)
        if far:
            faults.append(Fault("sheet.too-large", {"sheet": name}, Place(file, name)))
    read = {entry for _, _, entry in where}
    for entry in package.namelist():
        # Unpacking the rest proves that its sizes are what they say.
        if entry not in read:
            _unpack(package, entry)
    return tuple(parts), tuple(faults)


def _unpack(package: zipfile.ZipFile, entry: str) -> None:
    with package.open(entry) as part:
        while part.read(1 << 20):
            pass


def _sheet_parts(package: zipfile.ZipFile) -> list[tuple[str, bool, str]]:
    """Name, hidden or not, and zip entry of every worksheet, in the order of the tabs."""
    relations = _xml(package, "xl/_rels/workbook.xml.rels")
    targets = {
        r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", ""))).lstrip("/")
        for r in relations.iter()
        if r.get("Type", "").endswith("/worksheet")
    }
    found = []
    for sheet in _xml(package, "xl/workbook.xml").iter():
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and relation in targets:
            found.append((sheet.get("name", ""), sheet.get("state", "visible") != "visible", targets[relation]))
    if not found:
        raise KeyError("no worksheet")
    if len({part for _, _, part in found}) < len(found):
        raise ValueError("sheets that share a part")
    return found


def _xml(package: zipfile.ZipFile, entry: str) -> ElementTree.Element:
    words = package.read(entry)
    if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
        raise ValueError("DOCTYPE")
    return ElementTree.fromstring(words)


def _examined(words: bytes, name: str, hidden: bool) -> tuple[Part, bool]:
    """The worksheet's part, and whether the box around its cells is too large to read."""
    far = _too_far(words)
    merged = tuple(
        (int(top), int(bottom), column_number(left.decode()), column_number(right.decode()))
        for left, top, right, bottom in MERGED.findall(words)
    )
    return Part(name, hidden, _first_column(words), merged, tuple(_unvalued(words))), far


def _unvalued(words: bytes) -> Iterator[tuple[int, int]]:
    for cell in FORMULA.finditer(words) if FORMULA_HINT.search(words) else ():
        # A formula whose result is empty text has a stored value: that one.
        place = REFERENCE.search(cell[1])
        if place and not (b't="str"' in cell[1] and cell[2]):
            yield int(place[2][:9]), column_number(place[1][:9].decode())


def _first_column(words: bytes) -> int:
    """The first column with content; nearly always A or B, so that the first searches find it."""
    for column in range(26):
        filled = re.compile(rb'\sr="%s\d+"[^>]*(?<!/)>' % letters(column).encode())
        if filled.search(words):
            return column
    return _box(words)[0]


def _too_far(words: bytes) -> bool:
    """Whether the box around the cells is larger than can be held; exact only where a first look is not enough."""
    if not FAR_ROW.search(words) and not FAR_COLUMN.search(words):
        return False
    left, right, deepest = _box(words)
    wide = right - left + 1
    most = MOST_CELLS if words.count(b"<c ") * SPARSE > deepest * wide else MOST_SPARSE
    return deepest > ROWS or wide > COLUMNS or deepest * wide > most


def _box(words: bytes) -> tuple[int, int, int]:
    """First and last column (from 0) and last row of the cells with content; (0, 0, 0) where there is none."""
    columns, deepest = set(), 0
    for cell in CELL.finditer(words):
        place = None if cell[2] else REFERENCE.search(cell[1])
        if place:
            columns.add(place[1][:9])
            deepest = max(deepest, int(place[2][:9]))
    numbers = [column_number(name.decode()) for name in columns] or [0]
    return min(numbers), max(numbers), deepest
