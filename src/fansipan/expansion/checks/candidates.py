"""Candidates that cannot be what they say: no size, a process shared, room made for nothing (method rule E28)."""

from __future__ import annotations

from collections.abc import Iterator

from fansipan.errors import Fault, Place
from fansipan.expansion.system.definition import System, codes


def candidate_without_lump(system: System) -> Iterator[Fault]:
    """A lump of no capacity: it would cost nothing and could be any size."""
    for number, row in enumerate(system.rows("candidates"), 2):
        if row["lump"] == 0:
            place = Place("candidates", None, number, "lump")
            yield Fault("plan.check.lump", {"process": system.process(row["process"])}, place, row["lump"])


def process_of_two_candidates(system: System) -> Iterator[Fault]:
    """Two candidates that build the same process: each way to build needs a process of its own."""
    seen: dict[str, str] = {}
    for number, row in enumerate(system.rows("candidates"), 2):
        other = seen.setdefault(row["process"], row["candidate"])
        if other != row["candidate"]:
            params = {"process": system.process(row["process"]), "one": other, "other": row["candidate"]}
            yield Fault("plan.check.process-twice", params, Place("candidates", None, number, "process"))


def raises_nothing(system: System) -> Iterator[Fault]:
    """Works that raise a limit nobody knows, one that is a floor, or by no amount."""
    ceilings = {row["limit"]: row["comparison"] == "at-most" for row in system.rows("limits")}
    known = ceilings | {row["link"]: True for row in system.rows("links") if row["link"]}
    for number, row in enumerate(system.rows("candidates"), 2):
        raised = codes(row["raises"])
        params = {"project": system.project(row["project"] or row["candidate"])}
        for other in raised:
            if not known.get(other):
                code = "plan.check.raises-floor" if other in known else "plan.check.raises-unknown"
                yield Fault(code, params | {"limit": other}, Place("candidates", None, number, "raises"), other)
        if raised and not row["raises_by"]:
            yield Fault("plan.check.raises-by", params, Place("candidates", None, number, "raises_by"))
