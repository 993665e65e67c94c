"""The words of the column `gate`. Rule A2.

``>=50``, ``<= 3``, ``>0``, ``=1``, ``!=0``; ``at least 50``, ``tối đa 3``; ``1..5`` (both ends pass); ``in II|III``,
``in {II, III}``, ``=II``; ``not in I, II``. Several are joined by ``;``, ``and`` or ``và`` and must all hold.
"""

from __future__ import annotations

import re

from fansipan.appraisal.criteria.gates import Gate
from fansipan.appraisal.criteria.written_figures import NUMBER, written_figure
from fansipan.errors import FansipanError

UNIT = r"(?:%|điểm|points?)?"  # other units could be other than those of the figures
SPLIT_SIGN = re.compile(r"(?<=[<>!=])\s+(?==)")
SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "==": "=", "<>": "!=", "=>": ">=", "=<": "<="}
# Words for a sign, at the head of a condition.
SPOKEN = {
    r"at least|min(?:imum)?|tối thiểu|ít nhất|không dưới|từ": ">=",
    r"at most|max(?:imum)?|tối đa|nhiều nhất|không quá": "<=",
    r"more than|above|trên": ">",
    r"less than|below|dưới": "<",
}
FIGURE = re.compile(rf"^(>=|<=|!=|>|<|=)\s*({NUMBER})\s*{UNIT}$")
RANGE = re.compile(rf"^(?:between\s+)?({NUMBER})\s*(?:\.\.\.?|…|–|-|to|đến)\s*({NUMBER})\s*{UNIT}$", re.IGNORECASE)
BETWEEN = re.compile(
    rf"^(?:between|trong khoảng(?: từ)?)\s+({NUMBER})\s*(?:and|và|đến)\s*({NUMBER})\s*{UNIT}$", re.IGNORECASE
)
LIST = re.compile(r"^(not in|in|không thuộc|thuộc|!=|=)\s*(.+)$", re.IGNORECASE)
NOT_IN = ("not in", "không thuộc", "!=")
# Semicolons within brackets part the words of a list, not conditions.
JOINED = re.compile(r"(?:;|&|\band\b|\bvà\b)(?![^{(\[]*[})\]])")


def parse_gate(written: str | None) -> tuple[Gate, ...]:
    """Read the column `gate`; blank is no gate. Raises FansipanError ``gate.unreadable`` for words that are none."""
    words = (written or "").strip()
    words = SPLIT_SIGN.sub("", words)
    for sign, plain in SIGNS.items():
        words = words.replace(sign, plain)
    if found := BETWEEN.match(words):  # whose own "and" joins no conditions
        return _range(found)
    parts = [part.strip() for part in JOINED.split(words) if part.strip()]
    if words and not parts:
        raise FansipanError("gate.unreadable", gate=written)
    return tuple(gate for part in parts for gate in _conditions(part, written or ""))


def _conditions(part: str, written: str) -> tuple[Gate, ...]:
    for spoken, sign in SPOKEN.items():
        part = re.sub(rf"^(?:{spoken})\s+(?={NUMBER}\s*{UNIT}$)", f"{sign} ", part, flags=re.IGNORECASE)
    if found := FIGURE.match(part):
        return (Gate(found[1], written_figure(found[2])),)
    if found := RANGE.match(part):
        return _range(found)
    found = LIST.match(part)
    words = _words(found[2]) if found else ()
    if not found or not words:
        raise FansipanError("gate.unreadable", gate=written)
    return (Gate("not in" if found[1].lower() in NOT_IN else "in", words=words),)


def _range(found: re.Match[str]) -> tuple[Gate, ...]:
    low, high = sorted((written_figure(found[1]), written_figure(found[2])))
    return (Gate(">=", low), Gate("<=", high))


def _words(written: str) -> tuple[str, ...]:
    inner = written.strip().strip("{}()[]")
    words = (word.strip().strip("'\"“”‘’") for word in re.split(r"[|/,;]", inner))
    return tuple(word for word in words if word)
