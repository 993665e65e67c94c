"""Read a province's planning system: tables, scenario, contradictions refused (method rules E25, E28)."""

from __future__ import annotations

from pathlib import Path

from fansipan.errors import Fault
from fansipan.expansion.checks.contradictions import check
from fansipan.expansion.system.definition import System
from fansipan.expansion.system.scenarios import in_scenario
from fansipan.expansion.system.slices import with_slices
from fansipan.province import Province


def read_system(
    path: Path | str, scenario: str | None = None, part: str | None = None
) -> tuple[System, tuple[Fault, ...]]:
    """The system in the folder, workbook or file `path`, as `scenario` changes it, and its warnings.

    `part` (``month``, ``quarter``, ``year``) puts its slices together.

    Raises InvalidInput with every fault of the tables, then with every contradiction; NotFound for the scenario;
    Refused where the slices cannot be put together so.
    """
    system = in_scenario(System.of(Province.read(path)), scenario)
    warnings = check(system)
    return with_slices(system, part), warnings
