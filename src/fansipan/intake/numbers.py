"""Figures typed as text: which mark divides and which groups is decided for a column or file, from evidence.

``15.473`` is fifteen thousand where people write as in Vietnam and fifteen and a bit where they write as in English.
The cell cannot say; others of its column can: ``798,7`` can only be Vietnamese, ``12.5`` only English, and a row whose
numbers are near 15,000 tells too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log10
from statistics import median
from typing import Literal

Style = Literal["vi", "en"]
Sign = Literal["zero", "missing"]

VI_ONLY = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d+,(\d{1,2}|\d{4,})|0+,\d+|\d{4,},\d+)")
EN_ONLY = re.compile(r"[+-]?(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d+\.(\d{1,2}|\d{4,})|0+\.\d+|\d{4,}\.\d+)")
EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
WHOLE = re.compile(r"[+-]?\d+")
SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?:\D|$))")
# How the statistics office writes that there is nothing, or no figure; a file's own legend goes before.
NOTHING, NO_FIGURE = {"-", "–", "—", "−"}, {"...", "…", "x", "..", "n/a", "na", ":", "*", "chưa có", "k có", "không bc"}
LEGEND = re.compile(r"[(“\"']?([-–—.…xX*]{1,3})[)”\"']?\s*[:=]?\s*((?:không|chưa|k\.|ko|số liệu|cơ sở)[^;.()\n]*)")
# How many times nearer to the others of its row a reading must be, in powers of ten, to be told by them.
NEARER = 1.0


def plain(text: str) -> str:
    """A figure's text without unit marks: composed, one kind of minus, groups set by blanks closed."""
    text = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    return SPACED.sub("", text)


def evidence(text: str) -> Style | Literal["either", "whole"] | None:
    """What a text tells of the style of its figures; None where it is no figure."""
    text = plain(text)
    if WHOLE.fullmatch(text):
        return "whole"
    vi, en = VI_ONLY.fullmatch(text), EN_ONLY.fullmatch(text)
    if vi and not en:
        return "vi"
    if en and not vi:
        return "en"
    return "either" if EITHER.fullmatch(text) else None


def read_number(text: str, style: Style | None) -> float | None:
    """The figure that a text holds in `style`; None where it holds none in it, or the style is lacking and needed."""
    said = evidence(text)
    text = plain(text)
    if said == "whole":
        return float(text)
    if said is None or (said == "either" and style is None):
        return None
    used = style if said == "either" else said
    if style is not None and said in ("vi", "en") and said != style:
        return None
    group, mark = (".", ",") if used == "vi" else (",", ".")
    return float(text.replace(group, "").replace(mark, "."))


def style_of(texts: Iterable[str]) -> tuple[Style | None, bool]:
    """The style that the texts of a column or file are written in, and whether they contradict each other."""
    found = Counter(said for text in texts if (said := evidence(text)) in ("vi", "en"))
    if len(found) == 2:
        return None, True
    return (next(iter(found)), False) if found else (None, False)


def style_by_neighbours(doubtful: Sequence[tuple[str, Sequence[float]]]) -> Style | None:
    """The style in which texts that may be either lie near the numbers of their own rows; None where they do not tell.

    `doubtful` are (text, the other figures of its row). All that can be judged must agree.
    """
    votes: Counter[Style] = Counter()
    for text, others in doubtful:
        sizes = [log10(abs(other)) for other in others if other]
        figure = read_number(text, "en")
        if len(sizes) < 2 or not figure:
            continue
        centre = median(sizes)
        far = {"en": abs(log10(abs(figure)) - centre), "vi": abs(log10(abs(figure)) + 3 - centre)}
        if abs(far["en"] - far["vi"]) >= NEARER and min(far.values()) < 1:
            votes["en" if far["en"] < far["vi"] else "vi"] += 1
    return next(iter(votes)) if len(votes) == 1 else None


def legend_of(notes: Iterable[str]) -> dict[str, Sign]:
    """What signs mean by the file's own notes: ``(-) không phát sinh; (...) chưa có số liệu``."""
    found: dict[str, Sign] = {}
    for note in notes:
        for sign, words in LEGEND.findall(note):
            nothing = re.search(r"không (phát sinh|sản xuất|có sản lượng|hoạt động)|không có$", words.strip())
            found[sign.casefold()] = "zero" if nothing else "missing"
    return found


def sign_of(text: str, legend: dict[str, Sign]) -> Sign | None:
    """What a sign in place of a figure says: nothing was made, or nothing is known; None where it is no sign."""
    text = text.casefold().strip()
    for known, meaning in legend.items():
        if text == known or {text, known} <= {"...", "…", ".."}:
            return meaning
    if text in NOTHING:
        return "zero"
    return "missing" if text in NO_FIGURE else None
