"""Units of measure as they are written, and how one is turned into another.

``1000 tấn``, ``nghìn tấn`` and ``Nghìn T`` are one unit; ``Tr. kWh`` is a million kWh; m³ is m3. Two units can be
turned into each other where they count the same thing: tấn and kg, m3 and lít, kWh and MWh; never cái and tấn.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from fansipan.tables.reading.parsing import fold

TIMES = {
    "1000": 1000,
    "nghin": 1000,
    "ngan": 1000,
    "1000000": 10**6,
    "trieu": 10**6,
    "tr": 10**6,
    "ty": 10**9,
    "ti": 10**9,
    "tram": 100,
    "100": 100,
    "10": 10,
    "chuc": 10,
}
# Base units by what they measure: the one all are counted in first.
MEASURES: dict[str, dict[str, str]] = {
    "mass": {"tan": "1", "t": "1", "kg": "1/1000", "ta": "1/10", "yen": "1/100", "gam": "1/1000000", "g": "1/1000000"},
    "volume": {"m3": "1", "met khoi": "1", "khoi": "1", "lit": "1/1000", "l": "1/1000"},
    "area": {"m2": "1", "met vuong": "1", "ha": "10000", "km2": "1000000"},
    "length": {"m": "1", "met": "1", "km": "1000"},
    "energy": {"kwh": "1", "mwh": "1000", "gwh": "1000000"},
    "power": {"mw": "1", "kw": "1/1000", "mwp": "1", "kwp": "1/1000"},
    "money": {"dong": "1", "vnd": "1", "d": "1"},
    "dollars": {"usd": "1", "do la my": "1"},
    "piece": {"cai": "1", "chiec": "1"},
    "product": {"san pham": "1", "sp": "1"},
    "brick": {"vien": "1"},
    "pair": {"doi": "1"},
    "page": {"trang": "1"},
    "packet": {"bao": "1"},
    "box": {"hop": "1"},
    "bottle": {"chai": "1"},
    "set": {"bo": "1"},
    "head": {"con": "1"},
    "person": {"nguoi": "1", "lao dong": "1"},
    "percent": {"%": "1", "phan tram": "1"},
}
_BASES = {word: (measure, Fraction(size)) for measure, words in MEASURES.items() for word, size in words.items()}
_TIMES_FORM = re.compile(rf"^({'|'.join(sorted(TIMES, key=len, reverse=True))})\b\.?\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and its size in that measure's first unit."""

    measure: str
    size: Fraction

    def per(self, other: Unit) -> Fraction | None:
        """How many of `other` one of this is; None where they count different things."""
        return self.size / other.size if self.measure == other.measure else None


@lru_cache(maxsize=5_000)
def read_unit(words: str) -> Unit | None:
    """The unit that `words` name; None where it is not known."""
    text = fold(unicodedata.normalize("NFKC", words)).replace(".000.000", "000000").replace(".000", "000")
    text = " ".join(re.sub(r"[.,*()]", " ", text).split())
    text = re.sub(r"^(\d+)(?=[a-z])", r"\1 ", text)
    size = Fraction(1)
    while found := _TIMES_FORM.match(text):
        if not found[2]:
            break
        size *= TIMES[found[1]]
        text = found[2].strip()
    if text not in _BASES:
        return None
    measure, base = _BASES[text]
    return Unit(measure, size * base)
