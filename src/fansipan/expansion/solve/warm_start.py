"""Start a search from the builds of an earlier answer (method rule E40): next month's plan is near this month's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from fansipan.errors import Fault, InvalidInput, NotFound, Place
from fansipan.expansion.network.arrays import Network
from fansipan.linear.keys import Floats
from fansipan.linear.model import Arrays, Block, Model
from fansipan.linear.solver import Options, solve_arrays

Decided = Mapping[tuple[str, int], float]  # lumps or openings by code and year
TABLES = {"builds": ("process",), "openings": ("zone", "stage")}


def read_decisions(folder: Path | str) -> dict[str, Decided]:
    """The lumps and openings in the tables of an earlier answer, as ``plan solve -o`` writes them.

    Raises NotFound where the folder has no such answer, InvalidInput where a column is missing or cannot be read.
    """
    found: dict[str, Decided] = {}
    for name, keys in TABLES.items():
        file = Path(folder) / f"{name}.csv"
        if not file.is_file():
            raise NotFound("plan.start.missing", path=file)
        frame = pl.read_csv(file, infer_schema=False)
        lost = [column for column in (*keys, "year") if column not in frame.columns]
        if lost:
            raise InvalidInput([Fault("column.missing", {"column": lost[0], "label": name}, Place(file.name))])
        found[name] = _decided(frame, name, keys, file.name)
    return found


def _decided(frame: pl.DataFrame, name: str, keys: tuple[str, ...], file: str) -> Decided:
    decided: dict[tuple[str, int], float] = {}
    for number, row in enumerate(frame.iter_rows(named=True), 2):
        try:
            place = "|".join(row[key] for key in keys), int(row["year"])
            decided[place] = decided.get(place, 0.0) + float(row.get("lumps") or 1.0)
        except (TypeError, ValueError) as error:
            fault = Fault("cell.not-number", {"column": "year"}, Place(file, row=number), row["year"])
            raise InvalidInput([fault]) from error
    return decided


def start_from(
    network: Network, model: Model, arrays: Arrays, decisions: Mapping[str, Decided], options: Options | None = None
) -> Floats | None:
    """Every column of the plan that builds what `decisions` say as far as it can be built now; None where none can.

    What no longer may be built, or in no such year, is left out; what follows from the builds is solved for.
    """
    lower, upper = arrays.lower.copy(), arrays.upper.copy()
    years = {year: code for code, year in enumerate(network.horizon.years)}
    for name, table in (("units", "builds"), ("stage", "openings")):
        block = model.variables.get(name)
        if block is not None and block.size:
            value = _values(block, model.labels[block.keys.dims[0]], years, decisions.get(table, {}))
            lower[block.span] = upper[block.span] = np.clip(value, arrays.lower[block.span], arrays.upper[block.span])
    answer = solve_arrays(replace(arrays, lower=lower, upper=upper), replace(options or Options(), start=None))
    return answer.columns if answer.objective is not None else None


def _values(block: Block, labels: Iterable[str], years: Mapping[int, int], decided: Decided) -> Floats:
    codes = {label: code for code, label in enumerate(labels)}
    value = np.zeros(block.size)
    for (label, year), amount in decided.items():
        place = block.keys.find(np.array([codes.get(label, -1)]), np.array([years.get(year, -1)]))[0]
        if label in codes and year in years and place >= 0:
            value[place] = round(amount)
    return value
