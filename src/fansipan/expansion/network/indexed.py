"""The codes of a system numbered: processes, modes, nodes, years, slices (method rule E25)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fansipan.expansion.system.definition import Row, System, codes
from fansipan.linear.keys import Codes, Floats

KWH_PER_UNIT = {"kWh": 1.0, "MWh": 1e3, "GWh": 1e6, "TWh": 1e9}


@dataclass(frozen=True)
class Indexed:
    """A system with the numbers by which the engine knows its parts."""

    system: System

    @cached_property
    def processes(self) -> dict[str, int]:
        """The number of each process."""
        return {code: number for number, code in enumerate(self.system.processes)}

    @cached_property
    def modes(self) -> dict[tuple[str, str], int]:
        """The number of each process and mode, an activity; only of processes that exist."""
        known = (mode for mode in self.system.modes if mode[0] in self.processes)
        return {mode: number for number, mode in enumerate(known)}

    @cached_property
    def owner(self) -> Codes:
        """The process of each activity, (A)."""
        return np.array([self.processes[process] for process, _ in self.modes], np.int64)

    @cached_property
    def nodes(self) -> dict[tuple[str, str], int]:
        """The number of each site and commodity that something flows through."""
        pairs = [
            (self.system.processes[p]["site"], row["commodity"]) for p, m in self.modes for row in self.flows((p, m))
        ]
        pairs += [(row["site"], row["commodity"]) for row in self.system.rows("markets")]
        for row in self.system.rows("links"):
            pairs += [(row["from_site"], row["commodity"]), (row["to_site"], row["commodity"])]
        return {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}

    def flows(self, mode: tuple[str, str]) -> list[Row]:
        """The flows of a process and mode."""
        return self.system.modes[mode]

    @cached_property
    def years(self) -> dict[int, int]:
        """The number of each year."""
        return {year: number for number, year in enumerate(self.system.settings.years)}

    @cached_property
    def length(self) -> Floats:
        """The share of the year of each slice, (L, Y)."""
        return np.repeat(self.system.length[:, None], len(self.years), axis=1)

    def column(self, name: str, default: float = 0.0) -> Floats:
        """A figure of every process, `default` where it is empty, (P)."""
        values = (row[name] for row in self.system.processes.values())
        return np.array([default if value is None else float(value) for value in values])

    def attributes(self, name: str) -> np.ndarray:
        """A code of every process, empty text where there is none, (P)."""
        return np.array([row[name] or "" for row in self.system.processes.values()], dtype=object)

    def raised(self, code: str | None) -> list[tuple[int, float]]:
        """The processes whose building makes more room under the limit or link `code`, and by how much a unit."""
        found = []
        for process, row in self.system.candidates.items():
            if code and process in self.processes and row["raises_by"] and row["lump"] and code in codes(row["raises"]):
                found.append((self.processes[process], row["raises_by"] / row["lump"]))
        return found

    def energy_unit(self, commodity: str) -> float:
        """How many kWh one unit of an energy commodity is; 1,000,000 (GWh) where its unit is none of energy."""
        return KWH_PER_UNIT.get(self.system.commodities[commodity]["unit"], 1e6)
