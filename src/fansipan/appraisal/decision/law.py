"""Figures of the law that only choosing investors needs, by date of effect, beside those of `fansipan.norms`."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from fansipan.norms import registry
from fansipan.norms.norm import Norm


@cache
def _own() -> tuple[Norm, ...]:
    with (files("fansipan.appraisal") / "data" / "investors.csv").open(encoding="utf8") as lines:
        return tuple(registry.parse_row(row) for row in csv.DictReader(lines))


def figure(name: str, on: date) -> Norm | None:
    """The norm `name` as in force on `on`, from here or from the registry; None where no regime is carried for then.

    Raises NotFound for a name that nobody carries.
    """
    own = [norm for norm in _own() if norm.name == name]
    if own:
        return next((norm for norm in own if norm.holds_on(on)), None)
    return registry.find(name, on)
