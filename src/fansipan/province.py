"""Province: the validated tables together, and what was known of them by a date.

    province = Province.read("laocai")
    province.returns                                # a Polars frame of the declared columns
    province.replace(returns=more).write("laocai.xlsx")
    province.known_on(date(2024, 5, 31))            # without what was recorded or published later

A province is read from and written to a folder of CSV or Parquet files, one Excel workbook (``.xlsx``) or one SQLite
file (``.sqlite``, ``.db``); the three hold the same, to the last digit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import polars as pl

from fansipan.errors import FansipanError, Fault, InvalidInput, NotFound, refuse
from fansipan.tables import REGISTRY
from fansipan.tables.files.container import read_contents, write_container
from fansipan.tables.files.folder import Format
from fansipan.tables.reading.contents import Gathered, gather
from fansipan.tables.reading.rows import conform
from fansipan.tables.reading.sheet import sheet_of_frame
from fansipan.texts import Words

# The columns that say when a row became known, the most telling first; the first that is filled decides.
LOG = logging.getLogger(__name__)
KNOWN_COLUMNS = ("recorded_at", "published_on", "issued_on", "happened_on", "as_of")


class Province(Mapping[str, pl.DataFrame]):
    """The tables of a province, by name, each a validated Polars frame; nothing in it changes.

    A table that was not given is an empty frame of its declared columns.
    """

    __slots__ = ("_frames",)
    _frames: Mapping[str, pl.DataFrame]

    def __init__(self, frames: Mapping[str, pl.DataFrame] | None = None) -> None:
        """Take frames by table name; columns are cast, figures kept to their declared scale, empty text is null.

        Raises NotFound for an unknown table, InvalidInput with every fault of every frame, a column that the table
        does not have included.
        """
        object.__setattr__(self, "_frames", MappingProxyType(_validated(frames or {})))

    @classmethod
    def _of(cls, frames: Mapping[str, pl.DataFrame]) -> Self:
        """A province of frames that are known to be valid."""
        province = cls.__new__(cls)
        object.__setattr__(province, "_frames", MappingProxyType(dict(frames)))
        return province

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Read a folder, workbook or SQLite file. Raises InvalidInput with every fault; warnings do not raise."""
        return cls.surveyed(survey(path))

    @classmethod
    def surveyed(cls, found: Gathered) -> Self:
        """The province of what `survey` found. Raises InvalidInput with every fault; warnings do not raise."""
        refuse(found.faults)
        return cls._of(found.frames)

    def write(self, path: Path | str, form: Format = "csv") -> Path:
        """Write the whole province by the ending of `path` (no ending: a folder of `form` files) and return the path.

        The write happens wholly or not at all; tables without rows are left out. Raises FansipanError
        ``file.format-unknown`` or ``file.unwritable``.
        """
        path = Path(path)
        write_container(dict(self), path, form)
        LOG.info("log.written", {"path": str(path), "rows": sum(frame.height for frame in self.values())})
        return path

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The frame of table `name`; raises NotFound with the nearest names."""
        if name not in REGISTRY:
            raise _no_table(name)
        return self._frames[name] if name in self._frames else empty(name)

    def __getattr__(self, name: str) -> pl.DataFrame:
        if name not in REGISTRY:
            raise AttributeError(f"a province has no table {name!r}")
        return self[name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a province does not change; use replace")

    def __iter__(self) -> Iterator[str]:
        return iter(REGISTRY)

    def __len__(self) -> int:
        return len(REGISTRY)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Province) and all(self[name].equals(other[name]) for name in REGISTRY)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {self[name].height}" for name in REGISTRY if self[name].height)
        return f"Province({rows})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self._frames),)

    def replace(self, **frames: pl.DataFrame) -> Self:
        """A province with these tables in place of its own; raises as the constructor does."""
        return self._of({**self._frames, **_validated(frames)})

    def setting(self, name: str, default: str | None = None) -> str | None:
        """The value of a setting, or `default`."""
        found = self["settings"].filter(pl.col("setting") == name)["value"]
        return found[0] if len(found) else default

    def known_on(self, day: date) -> Self:
        """The province as it was known at the end of `day`: without the rows recorded or published later.

        The first filled of `KNOWN_COLUMNS` says when a row became known; where none is filled, the day on which the
        document that it cites was issued; a row without any is known from the start. This is apart from the dates
        between which a row is in force (`valid_from`, `valid_to`), which are left as they are.
        """
        issued = self["documents"].select("document", pl.col("issued_on").alias("@issued"))
        return self._of({name: _known(frame, issued, day) for name, frame in self._frames.items()})

    def last_recorded(self) -> date | None:
        """The last day on which something was recorded, in any table; None where nothing says when it was."""
        found = [frame["recorded_at"].max() for frame in self._frames.values() if "recorded_at" in frame.columns]
        moments = [moment.date() for moment in found if isinstance(moment, datetime)]
        return max(moments, default=None)


def survey(path: Path | str) -> Gathered:
    """Everything that can be read at `path`, with every fault and where each row stands; never raises for bad input."""
    found = gather(read_contents(Path(path)))
    rows = sum(frame.height for frame in found.frames.values())
    LOG.info("log.read", {"path": str(path), "tables": len(found.frames), "rows": rows})
    return found


@cache
def empty(name: str) -> pl.DataFrame:
    """The frame without rows of table `name`."""
    return REGISTRY[name].create_empty()


def _validated(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    faults: list[Fault] = []
    checked = {}
    for name, frame in frames.items():
        if name not in REGISTRY:
            raise _no_table(name)
        reading = conform(sheet_of_frame(frame, name=name), REGISTRY[name])
        checked[name] = reading.frame
        faults += [f for f in reading.faults if f.severity == "error" or f.code == "column.unknown"]
    if faults:
        raise InvalidInput(faults)
    return checked


def _no_table(name: str) -> FansipanError:
    near = ", ".join(get_close_matches(name, REGISTRY, n=3) or REGISTRY)
    return NotFound("name.unknown", kind=Words("bảng", "table"), name=name, near=near)


def _known(frame: pl.DataFrame, issued: pl.DataFrame, day: date) -> pl.DataFrame:
    moments = [pl.col(name).cast(pl.Date) for name in KNOWN_COLUMNS if name in frame.columns]
    if "document" in frame.columns and "issued_on" not in frame.columns:
        frame = frame.join(issued, on="document", how="left", maintain_order="left")
        moments.append(pl.col("@issued"))
    if not moments:
        return frame
    known = pl.coalesce(moments)
    return frame.filter(known.is_null() | (known <= day)).drop("@issued", strict=False)
