"""What looks odd in an OSeMOSYS model without making it wrong: told as warnings, since published models hold such."""

from __future__ import annotations

import numpy as np

from fansipan.errors import Fault
from fansipan.interop.osemosys.folder import AT_MOST, EQUAL, Folder
from fansipan.linear.keys import Flags

MOST_NAMED = 8
NO_LIMIT = -1.0


def oddities(folder: Folder) -> tuple[Fault, ...]:
    """Warnings: what makes nothing or nobody makes, slices and profiles that do not fill the year, crossed bounds."""
    faults = [_idle(folder), _unmade(folder), _slices(folder), *_negative(folder), _profiles(folder), *_crossed(folder)]
    faults += [_loose_stores(folder), *_flowless(folder), _tags(folder)]
    return tuple(fault for fault in faults if fault is not None)


def acting(folder: Folder) -> Flags:
    """Whether each region, technology and mode takes, makes, stores or emits anything in a year (R, T, M, Y)."""
    dims = ("REGION", "TECHNOLOGY", "MODE_OF_OPERATION", "YEAR")
    acts = np.zeros(tuple(len(folder.sets[name]) for name in dims), bool)
    for name in ("InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio"):
        (r, t, _, m, y), _ = folder.parameters[name].nonzero()
        acts[r, t, m, y] = True
    for name in ("TechnologyToStorage", "TechnologyFromStorage"):
        (r, t, _, m), _ = folder.parameters[name].nonzero()
        acts[r, t, m] = True
    return acts


def least_activity(folder: Folder) -> Flags:
    """Where a least activity is stated, of the year or of the whole period (R, T, Y)."""
    least: Flags = folder.dense("TotalTechnologyAnnualActivityLowerLimit") > 0
    return least | (folder.dense("TotalTechnologyModelPeriodActivityLowerLimit") > 0)[:, :, None]


def _technologies(folder: Folder, flags: Flags) -> list[str]:
    """The technologies for which `flags` (R, T, Y) holds in some region and year."""
    return [folder.sets["TECHNOLOGY"][code] for code in np.flatnonzero(flags.any(axis=(0, 2)))]


def _flowless(folder: Folder) -> list[Fault | None]:
    """Modes without flows: they neither earn nor meet a least activity, unless the technology has no other mode."""
    acts, least = acting(folder), least_activity(folder)
    (r, t, m, y), cost = folder.parameters["VariableCost"].nonzero()
    earns = np.zeros_like(acts)
    earns[r[cost < 0], t[cost < 0], m[cost < 0], y[cost < 0]] = True
    some: Flags = np.asarray(acts.any(axis=2))
    every: Flags = np.asarray(acts.all(axis=2))
    idle: Flags = np.asarray((earns & ~acts).any(axis=2))
    return [
        _named("plan.warn.earns-idle", _technologies(folder, idle)),
        _named("plan.warn.least-idle", _technologies(folder, least & some & ~every)),
        _named("plan.warn.runs-idle", _technologies(folder, least & ~some)),
    ]


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


# A floor, the ceiling that it must not pass, and the index that names them.
BOUNDS = (
    ("TotalAnnualMinCapacity", "TotalAnnualMaxCapacity", "TECHNOLOGY"),
    ("ResidualCapacity", "TotalAnnualMaxCapacity", "TECHNOLOGY"),
    ("TotalAnnualMinCapacityInvestment", "TotalAnnualMaxCapacityInvestment", "TECHNOLOGY"),
    ("TotalTechnologyAnnualActivityLowerLimit", "TotalTechnologyAnnualActivityUpperLimit", "TECHNOLOGY"),
    ("TotalTechnologyModelPeriodActivityLowerLimit", "TotalTechnologyModelPeriodActivityUpperLimit", "TECHNOLOGY"),
    ("AnnualExogenousEmission", "AnnualEmissionLimit", "EMISSION"),
    ("ModelPeriodExogenousEmission", "ModelPeriodEmissionLimit", "EMISSION"),
)


def _crossed(folder: Folder) -> list[Fault | None]:
    """Floors above their ceilings, which leave no plan."""
    found = []
    for least, most, index in BOUNDS:
        low, high = folder.dense(least), folder.dense(most)
        over = (low > high * (1 + 1e-9)) & (high != NO_LIMIT)
        named = over.any(axis=tuple(axis for axis in range(over.ndim) if axis != 1))
        names = [folder.sets[index][code] for code in np.flatnonzero(named)]
        found.append(_named("plan.warn.crossed", names, least=least, most=most))
    return found


def _profiles(folder: Folder) -> Fault | None:
    """Demands whose profile does not add up to the demand of the year."""
    demand = folder.dense("SpecifiedAnnualDemand") > 0
    total = folder.dense("SpecifiedDemandProfile").sum(axis=2)
    off = (demand & (np.abs(total - 1) > 1e-4)).any(axis=(0, 2))
    return _named("plan.warn.profile", [folder.sets["FUEL"][code] for code in np.flatnonzero(off)])


def _loose_stores(folder: Folder) -> Fault | None:
    """Slices of no season, day type or bracket: what a store takes and gives in them is counted nowhere."""
    used = [folder.parameters[f"Technology{way}Storage"].nonzero()[1] for way in ("To", "From")]
    if not any(len(rates) for rates in used):
        return None
    belongs = np.ones(len(folder.sets["TIMESLICE"]), bool)
    for name in ("Conversionls", "Conversionld", "Conversionlh"):
        belongs &= folder.dense(name).sum(axis=1) > 0
    return _named("plan.warn.loose-store", [folder.sets["TIMESLICE"][code] for code in np.flatnonzero(~belongs)])


def _tags(folder: Folder) -> Fault | None:
    """How the signs of user-defined constraints were read: other versions of the model number them otherwise."""
    tags = folder.dense("UDCTag")
    signs = {AT_MOST: "≤", EQUAL: "="}
    held = [
        f"{name} ({', '.join(found)})"
        for code, name in enumerate(folder.sets["UDC"])
        if (found := [sign for tag, sign in signs.items() if (tags[:, code] == tag).any()])
    ]
    return _named("plan.warn.udc-tags", held)


def _named(code: str, names: list[str], **more_params: str) -> Fault | None:
    if not names:
        return None
    more = "" if len(names) <= MOST_NAMED else f" … (+{len(names) - MOST_NAMED})"
    params = {"names": ", ".join(names[:MOST_NAMED]) + more, "count": len(names), **more_params}
    return Fault(code, params, severity="warning")
