"""The law's gates that could not be tested, because a figure, the zone or the law of the day is not at hand. Rule A2.

A gate that nobody could test is not a gate passed: each is told by name, for each applicant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fansipan.appraisal.criteria.decision_tables import Applications
from fansipan.appraisal.decision.law import figure
from fansipan.errors import Fault, Place
from fansipan.texts import LANGUAGES, Words, text

Row = Mapping[str, Any]

# The columns of applications.csv that each gate reads, and those of place.csv of which it needs one.
NEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "deposit": (("capital", "deposit"), ()),
    "technology": (("technology",), ()),
    "equity": (("capital", "equity"), ()),
    "environment": (("environment_group",), ("environment_groups",)),
    "land": (("land",), ("land_left", "largest_plot")),
    "trade": (("industry",), ("trades",)),
}


def untested_gates(alternative: str, application: Row | None, place: Row | None, on: date) -> Iterator[Fault]:
    """A warning for each gate of `NEEDS` that `application` (None where there is no row) leaves untested.

    A zone that sets no condition of a kind has no such gate; without ``place.csv`` it is not known whether it does.
    """
    for gate, (columns, conditions) in NEEDS.items():
        if conditions and place is not None and all(place[column] is None for column in conditions):
            continue
        if application is None:
            reason = _words("gate.untested.no-application")
        elif lacking := [column for column in columns if application[column] is None]:
            reason = _labels(lacking)
        elif conditions and place is None:
            reason = _words("gate.untested.no-place")
        elif gate == "deposit" and figure("project.deposit.tier1.rate", on) is None:
            reason = _words("gate.untested.no-law")
        else:
            continue
        params = {"alternative": alternative, "gate": _words(f"gate.name.{gate}"), "reason": reason}
        yield Fault("gate.untested", params, Place("applications.csv"), severity="warning")


def _words(code: str) -> Words:
    return Words(*(text(code, lang) for lang in LANGUAGES))


def _labels(columns: list[str]) -> Words:
    found = [Applications.meaning(column) for column in columns]
    named = ((lang, ", ".join(meaning.label(lang).lower() for meaning in found)) for lang in LANGUAGES)
    return Words(*(text("gate.untested.lacks", lang, figures=figures) for lang, figures in named))
