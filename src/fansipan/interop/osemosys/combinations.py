"""User-defined constraints, limits by mode, and growth and decline limits of the OSeMOSYS family (method rule E43)."""

from __future__ import annotations

import numpy as np

from fansipan.expansion.network.parts import Limits
from fansipan.interop.osemosys.folder import EQUAL, OFF, Folder, Parameter
from fansipan.interop.osemosys.modes import Modes
from fansipan.linear.keys import Codes, Floats

KINDS = ("rate", "capacity", "new")
NO_LIMIT = -1.0


class Rows:
    """Rows gathered one by one: a name and year, bounds, and terms over activities, capacity and building."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.codes: list[tuple[int, int, float, float]] = []
        self.terms: dict[str, list[tuple[int, int, int, float]]] = {kind: [] for kind in KINDS}

    def add(self, name: str, year: int, lower: float, upper: float) -> int:
        """The number of a new row."""
        self.codes.append((self.names.setdefault(name, len(self.names)), year, lower, upper))
        return len(self.codes) - 1

    def limits(self) -> Limits | None:
        """The rows as limits of the network, none of them elastic."""
        if not self.codes:
            return None
        limit, year, lower, upper = (np.array(column) for column in zip(*self.codes, strict=True))
        terms = {}
        for kind, rows in self.terms.items():
            columns = [np.array(column) for column in zip(*rows, strict=True)] or [np.empty(0)] * 4
            row, first, when, value = columns
            terms[kind] = (row.astype(np.int64), first.astype(np.int64), when.astype(np.int64), value.astype(float))
        count = len(limit)
        return Limits(
            tuple(self.names),
            limit.astype(np.int64),
            year.astype(np.int64),
            ("combination",) * count,
            lower.astype(float),
            upper.astype(float),
            np.zeros(count, np.int64),
            np.ones(count),
            terms,
        )


def combinations_of(folder: Folder, modes: Modes) -> Limits | None:
    """Every such row of `folder` as limits over activity of the year, total capacity and new capacity."""
    rows = Rows()
    _user_defined(folder, modes, rows)
    _by_mode(folder, modes, rows)
    _growth(folder, modes, rows)
    return rows.limits()


def _user_defined(folder: Folder, modes: Modes, rows: Rows) -> None:
    """``sum_t a total[t,y] + b new[t,y] + c activity[t,y] <= constant`` (UDCTag 0) or ``=`` (UDCTag 1)."""
    tag, constant = folder.dense("UDCTag"), folder.dense("UDCConstant")
    technologies, years = len(folder.sets["TECHNOLOGY"]), range(len(folder.sets["YEAR"]))
    place = {}
    for r, u in zip(*np.nonzero(tag != OFF), strict=True):
        for y in years:
            value = constant[r, u, y]
            lower = value if tag[r, u] == EQUAL else -np.inf
            place[int(r), int(u), y] = rows.add(_label(folder, r, folder.sets["UDC"][u]), y, lower, value)
    for kind, name in (("capacity", "TotalCapacity"), ("new", "NewCapacity"), ("rate", "Activity")):
        for r, t, u, y, factor in _entries(folder.parameters[f"UDCMultiplier{name}"]):
            if (row := place.get((r, u, y))) is not None:
                process = r * technologies + t
                firsts = np.flatnonzero(modes.process == process) if kind == "rate" else [process]
                rows.terms[kind] += [(row, int(first), y, factor) for first in firsts]


def _by_mode(folder: Folder, modes: Modes, rows: Rows) -> None:
    """Activity of a mode in a year at most, or at least, so much; 0 is no limit, as in the family's code."""
    for bound in ("Upper", "Lower"):
        name = f"TechnologyActivityByMode{bound}Limit"
        for r, t, m, y, value in _entries(folder.parameters[name]):
            if value != NO_LIMIT and (activity := int(modes.find(*map(np.asarray, (r, t, m))))) >= 0:
                sides = (-np.inf, value) if bound == "Upper" else (value, np.inf)
                row = rows.add(_mode(folder, r, t, m), y, *sides)
                rows.terms["rate"].append((row, activity, y, 1.0))


def _growth(folder: Folder, modes: Modes, rows: Rows) -> None:
    """``activity[y] <= (1 + growth[y-1]) activity[y-1]`` and ``>= (1 - decline[y-1]) activity[y-1]``, year by year."""
    years = [int(year) for year in folder.sets["YEAR"]]
    for name, sign in (("Increase", 1.0), ("Decrease", -1.0)):
        for r, t, m, y, rate in _entries(folder.parameters[f"TechnologyActivity{name}ByModeLimit"]):
            activity = int(modes.find(*map(np.asarray, (r, t, m))))
            if activity < 0 or y + 1 >= len(years) or years[y + 1] - years[y] != 1:
                continue
            row = rows.add(_mode(folder, r, t, m), y + 1, *((-np.inf, 0.0) if sign > 0 else (0.0, np.inf)))
            rows.terms["rate"] += [(row, activity, y + 1, 1.0), (row, activity, y, -(1 + sign * rate))]


def _entries(parameter: Parameter) -> list[tuple]:
    codes, values = parameter.nonzero()
    return list(zip(*(code.tolist() for code in codes), values.tolist(), strict=True))


def _label(folder: Folder, region: int, own: str) -> str:
    return own if len(folder.sets["REGION"]) == 1 else f"{folder.sets['REGION'][region]}|{own}"


def _mode(folder: Folder, r: int, t: int, m: int) -> str:
    return _label(folder, r, f"{folder.sets['TECHNOLOGY'][t]}|{folder.sets['MODE_OF_OPERATION'][m]}")


def capacity_inputs(folder: Folder) -> tuple[Codes, Codes, Codes, Floats, Floats]:
    """What a unit of new and of total capacity takes of a fuel: node, process, year, a new unit, a unit held."""
    new, held = (folder.dense(f"InputTo{kind}CapacityRatio") for kind in ("New", "Total"))
    r, t, f, y = np.nonzero((new != 0) | (held != 0))
    sizes = len(folder.sets["FUEL"]), len(folder.sets["TECHNOLOGY"])
    return r * sizes[0] + f, r * sizes[1] + t, y, new[r, t, f, y], held[r, t, f, y]
