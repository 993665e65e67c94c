"""What looks odd in an OSeMOSYS model without making it wrong: told as warnings, since published models hold such."""

from __future__ import annotations

import numpy as np

from fansipan.errors import Fault
from fansipan.interop.osemosys.folder import Folder

MOST_NAMED = 8


def oddities(folder: Folder) -> tuple[Fault, ...]:
    """Warnings: technologies that make nothing, fuels that nobody makes, slices that do not fill the year, levels."""
    faults = [_idle(folder), _unmade(folder), _slices(folder), *_negative(folder)]
    return tuple(fault for fault in faults if fault is not None)


def _idle(folder: Folder) -> Fault | None:
    makes = np.zeros((len(folder.sets["REGION"]), len(folder.sets["TECHNOLOGY"])), bool)
    for name in ("OutputActivityRatio", "TechnologyToStorage", "EmissionActivityRatio"):
        codes, _ = folder.parameters[name].nonzero()
        makes[codes[0], codes[1]] = True
    idle = [folder.sets["TECHNOLOGY"][code] for code in np.flatnonzero(~makes.any(axis=0))]
    return _named("plan.warn.no-output", idle)


def _unmade(folder: Folder) -> Fault | None:
    shape = (len(folder.sets["REGION"]), len(folder.sets["FUEL"]))
    made, wanted = np.zeros(shape, bool), np.zeros(shape, bool)
    (r, _, f, _, _), _ = folder.parameters["OutputActivityRatio"].nonzero()
    made[r, f] = True
    (r, _, f, _), _ = folder.parameters["TradeRoute"].nonzero()
    made[r, f] = True
    (r, _, f, _, _), _ = folder.parameters["InputActivityRatio"].nonzero()
    wanted[r, f] = True
    for name in ("SpecifiedAnnualDemand", "AccumulatedAnnualDemand"):
        wanted |= (folder.dense(name) > 0).any(axis=2)
    missing = (wanted & ~made).any(axis=0)
    return _named("plan.warn.unmade", [folder.sets["FUEL"][code] for code in np.flatnonzero(missing)])


def _slices(folder: Folder) -> Fault | None:
    total = folder.dense("YearSplit").sum(axis=0)
    off = [f"{folder.sets['YEAR'][y]} ({total[y]:.4f})" for y in np.flatnonzero(np.abs(total - 1) > 1e-4)]
    return _named("plan.warn.year-split", off)


def _negative(folder: Folder) -> list[Fault | None]:
    """Parameters in which a negative value means something other than what is usual."""
    names = ("ResidualCapacity", "CapitalCost", "FixedCost", "VariableCost", "OperationalLife", "CapacityFactor")
    low = [name for name in names if (folder.parameters[name].values < 0).any()]
    return [_named("plan.warn.negative", low)]


def _named(code: str, names: list[str]) -> Fault | None:
    if not names:
        return None
    more = "" if len(names) <= MOST_NAMED else f" … (+{len(names) - MOST_NAMED})"
    return Fault(code, {"names": ", ".join(names[:MOST_NAMED]) + more, "count": len(names)}, severity="warning")
