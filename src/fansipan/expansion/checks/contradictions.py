"""What is refused before anything is solved: contradictions in a system, all at once (method rule E28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fansipan.errors import Fault, Place, refuse
from fansipan.expansion.checks.candidates import candidate_without_lump, process_of_two_candidates, raises_nothing
from fansipan.expansion.checks.flows import from_nothing, from_nothing_by_element, unmade, unreachable, untaken
from fansipan.expansion.checks.limits import target_out_of_reach
from fansipan.expansion.checks.musts import budget_below_must, exclusive_musts, no_window, zone_too_late
from fansipan.expansion.checks.supply import licence_below_load, water_below_load
from fansipan.expansion.system.definition import Row, System, codes
from fansipan.tables import REGISTRY
from fansipan.texts import Words

Check = Callable[[System], Iterator[Fault]]

NOT_NEGATIVE = {
    "processes": (
        "capacity",
        "fixed_cost",
        "variable_cost",
        "min_load",
        "jobs",
        "activity_per_capacity",
        "land",
        "power",
        "water",
        "waste_water",
        "life",
    ),
    "candidates": ("lump", "capital", "raises_by"),
    "links": ("capacity", "cost"),
    "deposits": ("tonnes", "licence_per_year"),
    "zone_stages": ("cost", "hectares"),
    "markets": ("minimum", "maximum"),
    "limits": ("value", "relief"),
    "commodities": ("accounting_price", "price_2010", "stock_limit"),
}
TAKEN_KINDS = ("waste", "by-product", "emission")


def unknown_codes(system: System) -> Iterator[Fault]:
    """A row that names a commodity, process or slice that no table has."""
    known = {
        "commodity": set(system.commodities),
        "process": set(system.processes),
        "slice": {row["slice"] for row in system.slices},
        "reference_commodity": set(system.commodities),
    }
    for table in (
        "process_flows",
        "markets",
        "links",
        "deposits",
        "candidates",
        "availability",
        "hydro_inflow",
        "processes",
        "commodity_elements",
        "limits",
    ):
        for number, row in enumerate(system.rows(table), 2):
            for column in set(known) & set(row) - ({"process"} if table == "processes" else set()):
                if row[column] is not None and row[column] not in known[column]:
                    yield Fault("plan.check.unknown", {"table": table}, Place(table, None, number, column), row[column])


def nothing_to_plan(system: System) -> Iterator[Fault]:
    """A system without processes or without flows."""
    for table in ("commodities", "processes", "process_flows"):
        if system.frames[table].is_empty():
            yield Fault("plan.check.empty", {"table": table}, Place(table))


def unknown_projects(system: System) -> Iterator[Fault]:
    """A candidate that requires or excludes a project that is no candidate; a limit on a process that is not there."""
    known = {row["project"] for row in system.candidates.values()}
    for number, row in enumerate(system.rows("candidates"), 2):
        for column in ("requires", "excludes"):
            for other in codes(row[column]):
                if other not in known:
                    yield Fault(
                        "plan.check.unknown", {"table": "candidates"}, Place("candidates", None, number, column), other
                    )
    for number, row in enumerate(system.rows("limits"), 2):
        lost = row["scope"] == "process" and row["item"] not in system.processes
        bare = row["measure"] in ("production", "emission") and row["commodity"] is None
        if lost or bare:
            column = "item" if lost else "commodity"
            yield Fault("plan.check.unknown", {"table": "limits"}, Place("limits", None, number, column), row[column])


def negative_figures(system: System) -> Iterator[Fault]:
    """A capacity, amount or cost below zero."""
    for table, columns in NOT_NEGATIVE.items():
        for number, row in enumerate(system.rows(table), 2):
            for column in columns:
                if row[column] is not None and row[column] < 0:
                    params = {"item": _item(system, table, row), "column": _label(table, column)}
                    yield Fault("plan.check.negative", params, Place(table, None, number, column), row[column])


def _item(system: System, table: str, row: Row) -> Words:
    """What a row is about, by its name."""
    if table == "processes":
        return system.process(row["process"])
    if table == "candidates":
        return system.project(row["project"] or row["candidate"])
    if table in ("markets", "commodities"):
        return system.commodity(row["commodity"])
    if table == "limits":
        return system.name("limits", "limit", row["limit"])
    if table == "links":
        ends = system.site(row["from_site"]), system.site(row["to_site"])
        return Words(f"{ends[0].vi} – {ends[1].vi}", f"{ends[0].en} – {ends[1].en}")
    return system.site(row["zone"]) if table == "zone_stages" else Words(row["deposit"], row["deposit"])


def _label(table: str, column: str) -> Words:
    quoted = REGISTRY[table].meaning(column).quoted
    return Words(quoted.vi, quoted.en)


def negative_prices(system: System) -> Iterator[Fault]:
    """A price below zero; a fee for disposal is a positive price with the direction ``dispose``."""
    for number, row in enumerate(system.rows("markets"), 2):
        if row["price"] < 0:
            params = {"commodity": system.commodity(row["commodity"]), "site": system.site(row["site"])}
            yield Fault("plan.check.negative-price", params, Place("markets", None, number, "price"), row["price"])


def units_differ(system: System) -> Iterator[Fault]:
    """A flow stated in another unit than its commodity's."""
    for number, row in enumerate(system.rows("process_flows"), 2):
        good = system.commodities.get(row["commodity"])
        if good and row["unit"] and row["unit"] != good["unit"]:
            params = {
                "process": system.process(row["process"]),
                "commodity": system.commodity(row["commodity"]),
                "unit": good["unit"],
                "stated": row["unit"],
            }
            yield Fault("plan.check.unit", params, Place("process_flows", None, number, "unit"), row["unit"])


def no_output(system: System) -> Iterator[Fault]:
    """A process that gives nothing, takes nothing that must be got rid of, and makes room for nothing."""
    for code in system.processes:
        flows = [row for (process, _), rows in system.modes.items() if process == code for row in rows]
        gives = any(row["quantity"] > 0 for row in flows) or bool(system.candidates.get(code, {}).get("raises"))
        kinds = {system.commodities.get(row["commodity"], {}).get("kind") for row in flows}
        if not gives and not kinds & set(TAKEN_KINDS):
            yield Fault("plan.check.no-output", {"process": system.process(code)}, value=code)


CHECKS: tuple[Check, ...] = (
    nothing_to_plan,
    unknown_codes,
    unknown_projects,
    negative_figures,
    negative_prices,
    units_differ,
    no_output,
    candidate_without_lump,
    process_of_two_candidates,
    raises_nothing,
    exclusive_musts,
    no_window,
)
# These read the figures of a system whose codes and signs are in order.
DEEPER: tuple[Check, ...] = (
    unmade,
    unreachable,
    untaken,
    from_nothing,
    from_nothing_by_element,
    zone_too_late,
    licence_below_load,
    water_below_load,
    budget_below_must,
    target_out_of_reach,
)


def contradictions(system: System) -> tuple[Fault, ...]:
    """Every contradiction found, errors and warnings; the deeper checks only where all codes are known."""
    found = [fault for check in CHECKS for fault in check(system)]
    if not any(fault.code in ("plan.check.unknown", "plan.check.empty") for fault in found):
        found += [fault for check in DEEPER for fault in check(system)]
    return tuple(found)


def check(system: System) -> tuple[Fault, ...]:
    """Refuse a system that contradicts itself, with everything found; return the warnings of one that does not.

    Raises InvalidInput.
    """
    return refuse(contradictions(system))
