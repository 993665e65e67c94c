"""Changes of a scenario tried before they are written: codes that exist, months in order, values that make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from fansipan.errors import Fault, Place, refuse
from fansipan.periods import Month
from fansipan.statistics.output_value import Tables

# Where the codes of a selection stand; `all` and `hydropower` have none.
CODES = {
    "establishment": ("establishments", "establishment"),
    "product": ("products", "product"),
    "industry": ("industries", "industry"),
    "area": ("areas", "area"),
    "zone": ("zones", "zone"),
    "portfolio": ("portfolio", "portfolio_group"),
    "project": ("projects", "project"),
}
PLACE = Place(file="scenario_changes")


def check_changes(province: Tables, changes: Iterable[Mapping[str, Any]]) -> None:
    """Refuse rows of ``scenario_changes`` that could never do what they say.

    Raises InvalidInput with every fault: ``scenario.change-item`` (the code is missing or unknown; the nearest are
    named), ``scenario.change-months`` (the first after the last), ``scenario.change-value``.
    """
    refuse(fault for change in changes for fault in _faults(province, change))


def _faults(province: Tables, change: Mapping[str, Any]) -> Iterator[Fault]:
    order = change["order"]
    if change["select"] in CODES:
        table, column = CODES[change["select"]]
        known = province[table][column].drop_nulls().unique().sort().to_list()
        if change["item"] not in known:
            near = get_close_matches(change["item"] or "", known, 3) or known[:5]
            told = {"order": order, "select": change["select"], "table": table, "item": change["item"] or "–"}
            yield Fault("scenario.change-item", told | {"near": ", ".join(near) or "–"}, PLACE)
    first, last = change["first_month"], change["last_month"]
    if first is not None and last is not None and first > last:
        yield Fault(
            "scenario.change-months", {"order": order, "first": Month.parse(first), "last": Month.parse(last)}, PLACE
        )
    if not _makes_sense(change):
        yield Fault("scenario.change-value", {"order": order, "value": change["value"], "act": change["act"]}, PLACE)


def _makes_sense(change: Mapping[str, Any]) -> bool:
    value = float(change["value"])
    if change["act"] == "add" or (change["act"] == "shift" and change["select"] == "project"):
        return True
    return value >= 0 and (change["act"] != "shift" or value == int(value))
