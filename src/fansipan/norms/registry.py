"""The figures of the law by date of effect, read from the CSV files beside this module."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from fansipan.errors import NotFound, Refused
from fansipan.norms.norm import Norm
from fansipan.texts import Words, both, joined, same

FILES = ("clusters.csv", "parks.csv", "projects.csv", "classification.csv", "documents.csv", "regimes.csv")


def spans(norms: Sequence[Norm]) -> Words:
    """The spans of dates of one norm's regimes: ``01/05/2024 – 30/06/2025; 01/07/2025 – …``."""
    return joined((joined((norm.valid_from, norm.valid_to or same("…")), " – ") for norm in norms), "; ")


def parse_value(written: str) -> float | str | bool:
    """A value as the files write it: a number, ``true`` or ``false``, or a text."""
    if written in ("true", "false"):
        return written == "true"
    try:
        return float(written)
    except ValueError:
        return written


def parse_row(row: dict[str, str]) -> Norm:
    """One row of a file of norms."""
    return Norm(
        name=row["name"],
        value=row["value"] if row["name"].startswith("classification.") else parse_value(row["value"]),
        unit=row["unit"],
        comparison=row["comparison"],
        instrument=row["instrument"],
        decree=row["document"],
        article=row["article"],
        certainty=row["certainty"],  # type: ignore[arg-type]
        valid_from=date.fromisoformat(row["from"]),
        valid_to=date.fromisoformat(row["to"]) if row["to"] else None,
        note=row["note"],
    )


@cache
def registry() -> dict[str, tuple[Norm, ...]]:
    """Every norm by name, its regimes in the order of their dates."""
    found: dict[str, list[Norm]] = {}
    for file in FILES:
        written = (files(__package__) / "data" / file).read_text(encoding="utf8")
        for row in csv.DictReader(written.splitlines()):
            found.setdefault(row["name"], []).append(parse_row(row))
    return {name: tuple(sorted(norms, key=lambda n: n.valid_from)) for name, norms in found.items()}


def names(prefix: str = "") -> list[str]:
    """The names of the norms that begin with `prefix`, in order."""
    return sorted(name for name in registry() if name.startswith(prefix))


def history(name: str) -> tuple[Norm, ...]:
    """Every regime of the norm `name`, oldest first; NotFound ``name.unknown`` gives the nearest names."""
    if name not in registry():
        near = get_close_matches(name, registry(), n=3, cutoff=0.4)
        raise NotFound("name.unknown", kind=Words("quy định", "norm"), name=name, near=", ".join(near) or "–")
    return registry()[name]


def find(name: str, on: date) -> Norm | None:
    """The norm `name` as in force on `on`, or None where the law is not carried for that date."""
    return next((norm for norm in history(name) if norm.holds_on(on)), None)


def value(name: str, on: date) -> Norm:
    """The norm `name` as in force on `on` (Rule Z1).

    Raises NotFound for an unknown name, and Refused ``norm.no-regime`` for a date that no regime carried here covers:
    a figure of another date is never used in its stead.
    """
    norm = find(name, on)
    if norm is None:
        regimes = history(name)
        raise Refused("norm.no-regime", name=name, on=on, label=both(regimes[0].label), spans=spans(regimes))
    return norm
