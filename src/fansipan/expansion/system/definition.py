"""The planning system of a province: its tables, its settings, and the codes by which its parts are known.

Method rule E25. A system is read from the same folder, workbook or file as the province: a project of the register
becomes a candidate by a row of ``candidates`` that names its process; a zone is a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import polars as pl

from fansipan.errors import Fault, refuse
from fansipan.expansion.system.accounting import SINKING_FUND, STRAIGHT_LINE
from fansipan.expansion.system.register import completed
from fansipan.linear.keys import Floats
from fansipan.notation import unit_in_print
from fansipan.province import Province
from fansipan.tables import names_of
from fansipan.texts import Words, same

TABLES = (
    "commodities",
    "commodity_elements",
    "processes",
    "availability",
    "process_flows",
    "deposits",
    "hydro_inflow",
    "markets",
    "links",
    "candidates",
    "zone_stages",
    "limits",
    "plan_slices",
    "plan_settings",
    "plan_scenarios",
    "projects",
    "zones",
    "areas",
    "products",
    "scenarios",
)
Objective = Literal["value", "cost"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Settings:
    """Years, discount rate, conventions and choices of a system, with Fansipan's own defaults.

    `market_year` is the year from which the amounts of markets grow; `depreciation` is 1 for a sinking fund, 2 for
    straight line; `zone_life` the years over which a zone's works are
    written off; `reserve_margin` the production of `reserve_commodity` that capacity must cover, 0 for none.
    """

    first_year: int = 2024
    last_year: int = 2035
    discount_rate: float = 0.1
    depreciation: int = SINKING_FUND
    objective: Objective = "value"
    hydrology: str = "normal"
    price_year: int = 2024
    market_year: int = 2024
    zone_life: int = 50
    process_life: int = 30
    reserve_margin: float = 0.0
    reserve_commodity: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """Every year of the plan."""
        return tuple(range(self.first_year, self.last_year + 1))


@dataclass(frozen=True)
class System:
    """Frames by table name, as the province's tables declare them, and the settings read from them."""

    settings: Settings
    frames: Mapping[str, pl.DataFrame]
    delays: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, province: Province) -> System:
        """The planning system in a province's tables, what they leave empty taken from the register (rule E38).

        Raises InvalidInput where a setting cannot be read or a figure is missing.
        """
        settings = read_settings(province["plan_settings"])
        return cls(settings, completed(dict(province), TABLES, settings.price_year))

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of `table`."""
        return self.frames[table].iter_rows(named=True)

    def column(self, table: str, key: str, value: str) -> dict[str, Any]:
        """`value` by `key` for every row of `table`."""
        return dict(self.frames[table].select(key, value).iter_rows())

    @cached_property
    def commodities(self) -> dict[str, Row]:
        """Commodities by code."""
        return {row["commodity"]: row for row in self.rows("commodities")}

    @cached_property
    def processes(self) -> dict[str, Row]:
        """Processes by code, in the order of the table."""
        return {row["process"]: row for row in self.rows("processes")}

    @cached_property
    def modes(self) -> dict[tuple[str, str], list[Row]]:
        """The flows of each process and mode."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.rows("process_flows"):
            found.setdefault((row["process"], row["mode"]), []).append(row)
        return found

    @cached_property
    def candidates(self) -> dict[str, Row]:
        """Candidates by process, each with its project (its own code where it has none) and the capital of a lump."""
        capital = self.column("projects", "project", "capital")
        found = {}
        for row in self.rows("candidates"):
            whole = row["capital"] if row["capital"] is not None else capital.get(row["project"] or "")
            lump = whole if row["capital"] is not None else (whole or 0.0) / max(row["max_lumps"], 1)
            found[row["process"]] = row | {"project": row["project"] or row["candidate"], "capital": lump or 0.0}
        return found

    @cached_property
    def slices(self) -> tuple[Row, ...]:
        """The slices of the year in order; one whole year where the table is empty."""
        rows = sorted(self.rows("plan_slices"), key=lambda row: row["order"])
        return tuple(rows) or ({"slice": "year", "hours": 8760.0, "months": ";".join(map(str, range(1, 13)))},)

    @cached_property
    def length(self) -> Floats:
        """The share of the year of each slice, (L)."""
        hours = np.array([row["hours"] for row in self.slices])
        return hours / hours.sum()

    def months(self, slice_row: Row) -> list[int]:
        """The months of a slice; a slice whose code is a month's number is that month."""
        words = slice_row["months"] or slice_row["slice"]
        return [int(word) for word in words.replace(",", ";").split(";") if word.strip().isdigit()]

    def window(self, row: Row, first: str = "first_year", last: str = "last_year") -> np.ndarray:
        """Whether each year of the plan lies between the years of `row`, (Y)."""
        years = np.asarray(self.settings.years)
        low = row[first] if row[first] is not None else years[0]
        high = row[last] if row[last] is not None else years[-1]
        return (years >= low) & (years <= high)

    def name(self, table: str, key: str, code: str | None) -> Words:
        """The name of `code` in a table with names, the code itself where there is none."""
        return names_of(self.frames[table].filter(pl.col(key) == code), key).get(code or "", same(code or "?"))

    def site(self, code: str | None) -> Words:
        """The name of a site: a zone, else an area."""
        zone = self.name("zones", "zone", code)
        return zone if zone.vi != code else self.name("areas", "area", code)

    def process(self, code: str) -> Words:
        """The name of a process."""
        return self.name("processes", "process", code)

    def commodity(self, code: str | None) -> Words:
        """The name of a commodity."""
        return self.name("commodities", "commodity", code)

    def scenario(self, code: str) -> Words:
        """The name of a scenario: that of the province's scenario of the same code."""
        return self.name("scenarios", "scenario", code)

    def unit(self, commodity: str) -> Words:
        """The unit of a commodity as print has it; in English by the same unit of another where it says none itself."""
        row = self.commodities[commodity]
        written = str(row["unit"] or "")
        english = row.get("unit_en") or self._units.get(written, written)
        return Words(unit_in_print(written), unit_in_print(english))

    @cached_property
    def _units(self) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for table in ("commodities", "products"):
            frame = self.frames.get(table)
            if frame is not None and "unit_en" in frame.columns:
                pairs |= dict(frame.select("unit", "unit_en").drop_nulls().iter_rows())
        return pairs

    def project(self, code: str) -> Words:
        """The name of a project, else of the process of the candidate of that code."""
        found = self.name("projects", "project", code)
        if found.vi != code:
            return found
        process = next((p for p, row in self.candidates.items() if row["project"] == code), None)
        return self.process(process) if process else found


def codes(words: str | None) -> list[str]:
    """The codes in a cell that holds several, parted by semicolons."""
    return [word.strip() for word in (words or "").split(";") if word.strip()]


def read_settings(frame: pl.DataFrame) -> Settings:
    """Settings from rows of name and value. Raises InvalidInput for a name that nobody knows or a value unread."""
    given = dict(frame.select("setting", "value").iter_rows())
    faults, known = [], {}
    for name, value in given.items():
        kind = type(getattr(Settings, name, None)) if name in Settings.__dataclass_fields__ else None
        try:
            if kind is None:
                faults.append(Fault("plan.setting-unknown", {"name": name}, value=value))
            else:
                known[name] = _setting(name, value, kind)
        except ValueError:
            faults.append(Fault("plan.setting-unreadable", {"name": name}, value=value))
    refuse(faults)
    settings = Settings(**known)
    if settings.last_year < settings.first_year:
        refuse([Fault("plan.setting-unreadable", {"name": "last_year"}, value=settings.last_year)])
    return settings


def _setting(name: str, value: str, kind: type) -> Any:
    words = {"depreciation": {"sinking-fund": SINKING_FUND, "straight-line": STRAIGHT_LINE}}
    allowed = {"objective": ("value", "cost"), "hydrology": ("dry", "normal", "wet")}
    if value in words.get(name, {}):
        return words[name][value]
    if name in allowed and value not in allowed[name]:
        raise ValueError(value)
    return kind(float(value)) if kind is int else kind(value)
