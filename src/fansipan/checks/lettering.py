"""Rules C14 and C15: text typed for the fonts of before Unicode; letters that were lost, mistaken or cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from fansipan.checks.subject import Subject, at_most
from fansipan.errors import Fault
from fansipan.tables import REGISTRY
from fansipan.tables.reading.old_fonts import old_text

# Few texts have letters beyond ASCII and none that only Unicode has: only those are looked at closely.
NOT_ASCII, UNICODE_ONLY = r"[^\x00-\x7f]", "[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]"


def text_for_old_fonts(subject: Subject) -> Iterator[Fault]:
    """Rule C14: names and notes in the encoding of TCVN3 or VNI, with the same in Unicode."""
    for name, table in REGISTRY.items():
        rows = subject.rows(name)
        labels = [c for c in table.column_names() if table.meaning(c).kind == "text"] if rows.height else []
        yield from at_most(fault for column in labels for fault in _in_column(subject, name, rows[column], column))


def _in_column(subject: Subject, table: str, texts: pl.Series, column: str) -> Iterator[Fault]:
    doubtful = texts.str.contains(NOT_ASCII) & ~texts.str.contains(UNICODE_ONLY)
    for row in doubtful.fill_null(value=False).arg_true():
        if found := old_text(texts[row]):
            params = {"font": found.font, "converted": found.converted}
            yield subject.fault("lettering.old-font", table, row, column, params, severity="warning")


# Joiners, marks of direction, tags: not to be seen, and yet two names that differ in them are two names.
UNSEEN = re.compile("[\u200c-\u200f\u202a-\u202e\u2061-\u2064\u2066-\u206f\u061c\U000e0000-\U000e007f]")
LOST, ETH = "\ufffd", "\u00d0"
SUSPECT = r"[^\x00-\x7f]"


def letters_gone_wrong(subject: Subject) -> Iterator[Fault]:
    """Rule C15: what cannot be seen, letters that were lost, UTF-8 read as another encoding, Ð in place of Đ."""
    for name, table in REGISTRY.items():
        rows = subject.rows(name)
        labels = [c for c in table.column_names() if table.meaning(c).kind in ("text", "code")] if rows.height else []
        yield from at_most(fault for column in labels for fault in _wrong_in(subject, name, rows[column], column))


def _wrong_in(subject: Subject, table: str, texts: pl.Series, column: str) -> Iterator[Fault]:
    for row in texts.str.contains(SUSPECT).fill_null(value=False).arg_true():
        if found := wrong_letters(texts[row]):
            code, converted = found
            yield subject.fault(code, table, row, column, {"converted": converted}, severity="warning")


def wrong_letters(words: str) -> tuple[str, str] | None:
    """The code of what is wrong with the letters and the text put right where that is known; None where all is well."""
    if LOST in words:
        return "lettering.lost", ""
    if seen := UNSEEN.search(words):
        return "lettering.unseen", f"U+{ord(seen[0]):04X}"
    if right := _read_again(words):
        return "lettering.encoding", right
    if ETH in words and not old_text(words):
        return "lettering.eth", words.replace(ETH, "Đ")
    return None


def _read_again(words: str) -> str | None:
    """The text where its letters are the bytes of UTF-8 read as Windows-1252 (``LÃ o Cai``); else None."""
    try:
        # A no-break space is a byte of à; sheets often make it a plain one.
        right = b"".join(map(_byte, words.replace("Ã ", "Ã\u00a0"))).decode()
    except UnicodeError:
        return None
    return right if right != words else None


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
