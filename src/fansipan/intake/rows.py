"""The rows of a table's body: data, groups, totals, notes; what is left blank or ditto taken from the row above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fansipan.foreign import Cell
from fansipan.intake.headings import plain_words
from fansipan.intake.layout import Block, is_ditto
from fansipan.intake.numbers import evidence

Kind = Literal["data", "group", "total", "note"]

# Words with which a total begins; "Tổng công ty" is a firm, "Công ty" is no "Cộng".
TOTAL = re.compile(r"^(tổng(?!\s+công\s+ty)|cộng|toàn\s+(ngành|tỉnh|bộ))(?=\W|$)", re.IGNORECASE)
PLAIN_TOTAL = re.compile(r"^(tong so|tong cong|tong|cong|toan tinh|toan nganh|total)$")
OF_WHICH = re.compile(r"^(trong đó|chia ra|gồm)\b", re.IGNORECASE)
NOTE = re.compile(r"^(ghi chú|chú thích|nguồn|số liệu|người lập|thủ trưởng|nơi nhận|lưu ý|\(\*\)|\*)", re.IGNORECASE)
KEPT = ("name", "tax", "area")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a body: which, of what kind, its texts by role as meant (ditto and merged cells filled).

    `inherited` are the roles whose text stands in a row above. A total says of what in its `words`.
    """

    at: int
    kind: Kind
    texts: dict[str, str]
    words: str = ""
    inherited: tuple[str, ...] = ()


def rows_of(block: Block) -> Iterator[Row]:
    """The rows of a body that hold something, from the top."""
    roles = [column.role for column in block.columns if column.role and column.role != "order"]
    figures = [column.at for column in block.columns if column.months or column.role in ("quantity", "labour", "price")]
    last: dict[str, str] = {}
    for at in block.body:
        said = {role: _text(cell) for role in roles if (cell := block.cell(at, role)) is not None}
        cells = [block.grid.at(at, column) for column in figures]
        if not said and block.cell(at, "order") is None and not any(cell is not None for cell in cells):
            continue
        kind, words = _kind(block, at, said, figures)
        if kind != "data":
            # What comes below a group or total belongs to no row above it, but for ditto marks.
            last = {role: text for role, text in last.items() if role not in KEPT}
            yield Row(at, kind, {r: t for r, t in said.items() if not is_ditto(t)}, words)
            continue
        texts, inherited = _filled(said, last)
        last = last | texts
        yield Row(at, kind, texts, words, inherited)


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _filled(said: dict[str, str], last: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The texts as meant: ditto marks from the row above; a row without a name goes on with the one above."""
    texts, inherited = {}, []
    for role, text in said.items():
        if is_ditto(text):
            if role in last:
                texts[role] = last[role]
                inherited.append(role)
        else:
            texts[role] = text
    if "name" not in said and "tax" not in said:
        for role in KEPT:
            if role in last and role not in said:
                texts[role] = last[role]
                inherited.append(role)
    return texts, tuple(inherited)


def _kind(block: Block, at: int, said: dict[str, str], figures: list[int]) -> tuple[Kind, str]:
    names = [said[role] for role in ("name", "product") if role in said]
    first = names[0] if names else next(iter(said.values()), "")
    order = block.cell(at, "order")
    if isinstance(order, str) and not names:
        first = order
    for text in (*names, first):
        if TOTAL.search(text) or PLAIN_TOTAL.fullmatch(plain_words(text)):
            has = any(_is_figure(block.grid.at(at, column)) for column in figures)
            return ("total" if has else "group"), text
    if first and NOTE.search(first):
        return "note", first
    if OF_WHICH.search(first):
        return "group", first
    if all(block.grid.at(at, column) is None for column in figures) and not {"tax", "unit"} & said.keys():
        only = len([role for role in said if role != "note"]) <= 1
        if only and "product" not in said:
            return "group", first
    return "data", first


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and evidence(cell) is not None)


def notes_of(block: Block) -> list[str]:
    """The texts around a table that may explain its signs: titles, notes, a document's text."""
    tail = [c for row in block.body for c in block.grid.rows[row][:6] if isinstance(c, str) and len(c) > 12]
    return [*block.titles, *block.grid.beside, *tail]
