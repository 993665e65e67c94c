"""The words of the column `scale`. Rule A3.

Blank, or a word such as ``linear``: from the worst to the best alternative. ``0-100``, ``[0; 100]``, ``0 đến 10 điểm``,
``thang 100``: from the first figure to the second. ``0:0; 50:0.8; 100:1``: points joined by straight lines.
``I=0; II=0.5; III=1``: categories.
"""

from __future__ import annotations

import re
from itertools import pairwise

from fansipan.appraisal.criteria.scale import Scale
from fansipan.appraisal.criteria.written_figures import NUMBER, written_figure
from fansipan.errors import FansipanError
from fansipan.tables.reading.parsing import fold

# Words before and after the figures of a linear scale: its kind and its unit.
BEFORE = r"(?:linear|tuyến tính|thang(?: điểm)?|scale|likert|từ|from|điểm|points)?\s*[\[({]?\s*"
AFTER = r"\s*[\])}]?(?:[^\W\d_]|[%/.²³ ])*"
BETWEEN = r"\s*%?\s*(?:-|–|—|\.\.\.?|…|:|;|to|đến)\s*"
LINEAR = re.compile(rf"^{BEFORE}({NUMBER}){BETWEEN}({NUMBER}){AFTER}$", re.IGNORECASE)
WHOLE = r"[+-]?(?:\d+\.?\d*|\.\d+)"
BRACKETED = re.compile(rf"^(?:linear|tuyến tính)?\s*[\[(]\s*({WHOLE})\s*,\s*({WHOLE})\s*[\])]{AFTER}$", re.IGNORECASE)
OUT_OF = re.compile(rf"^(?:thang(?: điểm)?|out of|/)\s*({NUMBER})(?:\s*điểm)?$", re.IGNORECASE)
POINT = re.compile(rf"^({NUMBER})\s*:\s*({NUMBER})$")
CATEGORY = re.compile(rf"^(.+?)\s*[=:]\s*({NUMBER})$")
# The digit of a unit or a formula.
IN_A_UNIT = re.compile(r"(?<=[^\W\d_])[234](?![\d.,])(?!\s*[=:])")
# Folded words that say what a blank says.
LOCAL = frozenset(
    (
        "local",
        "relative",
        "linear",
        "ratio",
        "interval",
        "cardinal",
        "quantitative",
        "numeric",
        "min-max",
        "minmax",
        "cuc bo",
        "tuong doi",
        "tuyen tinh",
        "dinh luong",
    )
)


def parse_scale(written: str | None) -> Scale:
    """Read the column `scale`.

    Words without any figure leave the scale local (`is_known` says whether they are understood or taken for a unit).
    Raises FansipanError ``scale.unreadable`` for anything that looks like a scale and is none.
    """
    words = (written or "").strip()
    if not _has_figures(words):
        return Scale()
    if parts := _parts(words, POINT):
        return _piecewise(parts, words)
    if not (found := LINEAR.match(words) or BRACKETED.match(words)) and (parts := _parts(words, CATEGORY, least=1)):
        return _categories(parts, words)
    whole = OUT_OF.match(words)
    if not found and not whole:
        raise FansipanError("scale.unreadable", scale=words)
    low, high = sorted(written_figure(end) for end in (found.groups() if found else ("0", whole[1] if whole else "")))
    if low == high:
        raise FansipanError("scale.unreadable", scale=words)
    return Scale("linear", ((low, 0.0), (high, 1.0)))


def is_known(written: str | None) -> bool:
    """Whether the words name a scale; without any figure that is the local one, other words being a unit or unknown."""
    return fold(written or "") in LOCAL | {""} or _has_figures(written or "")


def _has_figures(words: str) -> bool:
    """Whether there is any digit but those that belong to a unit, as in ``m2`` and ``tCO2``."""
    return any(letter.isdigit() for letter in IN_A_UNIT.sub("", words))


def _parts(words: str, form: re.Pattern[str], least: int = 2) -> list[tuple[str, float]] | None:
    """The parts of a list, joined by ``;``, ``|`` or ``,``, each a name with its figure; None if it is no such list."""
    for separator in (";", "|", ","):
        parts = [part.strip() for part in words.split(separator) if part.strip()]
        found = [match for part in parts if (match := form.match(part)) and (form is POINT or not _is_list(match[1]))]
        if len(found) == len(parts) >= least:
            return [(match[1].strip(), written_figure(match[2])) for match in found]
    return None


def _is_list(name: str) -> bool:
    """Whether what should be one name holds another separator: the list is joined by that one."""
    return any(mark in name for mark in "|;=")


def _piecewise(parts: list[tuple[str, float]], words: str) -> Scale:
    points = tuple((written_figure(name), value) for name, value in parts)
    rising = all(a[0] < b[0] for a, b in pairwise(points))
    if not rising or any(not 0 <= value <= 1 for _, value in points):
        raise FansipanError("scale.unreadable", scale=words)
    return Scale("piecewise", points)


def _categories(parts: list[tuple[str, float]], words: str) -> Scale:
    alike = len({name.casefold() for name, _ in parts}) < len(parts)
    if alike or any(not 0 <= value <= 1 for _, value in parts):
        raise FansipanError("scale.unreadable", scale=words)
    return Scale("categories", words=tuple(parts))
