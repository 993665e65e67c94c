"""The sets of criteria that come with Fansipan, each with its span of dates and its source. Rule A1."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

from fansipan.appraisal.criteria.criteria import CriteriaTree
from fansipan.appraisal.criteria.reading import read_criteria
from fansipan.errors import NotFound, Refused
from fansipan.texts import Language, Words


@dataclass(frozen=True)
class CriteriaSet:
    """One set in one span of dates, both ends included; `file` holds its rows in the form of ``criteria.csv``."""

    name: str
    valid_from: date
    valid_to: date | None
    file: str
    title_vi: str
    title_en: str
    source: str
    certainty: str
    note: str

    def title(self, lang: Language) -> str:
        """The title in `lang`."""
        return self.title_vi if lang == "vi" else self.title_en

    @property
    def path(self) -> Traversable:
        """The file of its criteria."""
        return _folder() / self.file

    def tree(self) -> CriteriaTree:
        """Its criteria."""
        with as_file(self.path) as path:
            return read_criteria(path)[0]


def _folder() -> Traversable:
    return files("fansipan.appraisal") / "data" / "sets"


@cache
def criteria_sets() -> tuple[CriteriaSet, ...]:
    """Every set in every span, in the order of the index."""
    with (_folder() / "sets.csv").open(encoding="utf8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(
        CriteriaSet(
            row["set"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            row["file"],
            row["title_vi"],
            row["title_en"],
            row["source"],
            row["certainty"],
            row["note"],
        )
        for row in rows
    )


def criteria_set(name: str, on: date) -> CriteriaSet:
    """The set `name` as it held on `on`. Raises NotFound for an unknown name, Refused for a day that no span covers."""
    named = [entry for entry in criteria_sets() if entry.name == name]
    if not named:
        known = sorted({entry.name for entry in criteria_sets()})
        near = get_close_matches(name, known, n=3, cutoff=0.3) or known
        raise NotFound("name.unknown", kind=Words("bộ tiêu chí", "criteria set"), name=name, near=", ".join(near))
    for entry in named:
        if entry.valid_from <= on and (entry.valid_to is None or on <= entry.valid_to):
            return entry
    raise Refused("criteria.no-set", name=name, on=on)
