"""From the rows of one CSV file to labels and numbers, with every fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from fansipan.errors import Fault, Place
from fansipan.interop.osemosys.declared import SECOND_REGION
from fansipan.linear.keys import Codes, Floats
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.sheet import Sheet

Labels = Mapping[str, tuple[str, ...]]

# Sets whose labels are whole numbers in an order.
ORDERED = {"YEAR", "SEASON", "DAYTYPE", "DAILYTIMEBRACKET", "MODE_OF_OPERATION"}
MOST_TOLD = 20  # faults of one kind that are told row by row


@dataclass(frozen=True)
class Raw:
    """The rows of a parameter as text labels and numbers, with the row each stood in."""

    file: str
    dims: tuple[str, ...]
    labels: pl.DataFrame
    values: Floats
    rows: pl.Series

    def labels_of(self, name: str) -> list[str]:
        """The labels of the set `name` that the rows use, in the order first seen."""
        found: dict[str, None] = {}
        for position, dim in enumerate(self.dims):
            if dim == name:
                found |= dict.fromkeys(self.labels.to_series(position).unique(maintain_order=True).to_list())
        return list(found)

    def coded(self, sets: Labels) -> tuple[tuple[Codes, ...], Floats, list[Fault]]:
        """Codes of the labels, the values, and faults: labels outside their set, two values for one place."""
        faults: list[Fault] = []
        codes = []
        known = np.ones(len(self.values), bool)
        for position, dim in enumerate(self.dims):
            column = self.labels.to_series(position)
            place = {label: code for code, label in enumerate(sets[dim])}
            code = column.replace_strict(place, default=-1, return_dtype=pl.Int64).to_numpy()
            known &= code >= 0
            codes.append(code)
            faults += self._outside(dim, column, code)
        values = self.values[known]
        kept = tuple(np.asarray(code[known], np.int64) for code in codes)
        kept, values, twice = self._once(kept, values, self.rows.filter(pl.Series(known)))
        return kept, values, faults + twice

    def _outside(self, dim: str, column: pl.Series, code: Codes) -> list[Fault]:
        """A year outside the horizon is told and left out; any other unknown label is an error."""
        missing = np.flatnonzero(code < 0)
        told = dict.fromkeys(column[int(row)] for row in missing)
        severity = "warning" if dim == "YEAR" else "error"
        place = {label: next(int(r) for r in missing if column[int(r)] == label) for label in list(told)[:MOST_TOLD]}
        return [
            Fault("plan.label-unknown", {"set": dim}, Place(self.file, row=self.rows[row], column=dim), label, severity)
            for label, row in place.items()
        ]

    def _once(
        self, codes: tuple[Codes, ...], values: Floats, rows: pl.Series
    ) -> tuple[tuple[Codes, ...], Floats, list[Fault]]:
        """Each place once; the same value said twice is harmless, two values are an error."""
        if not len(values):
            return codes, values, []
        table = np.stack(codes)
        _, first, inverse = np.unique(table, axis=1, return_index=True, return_inverse=True)
        if len(first) == len(values):
            return codes, values, []
        differ = np.flatnonzero(values != values[first[inverse.ravel()]])[:MOST_TOLD]
        faults = [Fault("plan.row-twice", {}, Place(self.file, row=rows[int(row)]), values[row]) for row in differ]
        return tuple(code[first] for code in codes), values[first], faults


def open_sheet(file: Path) -> tuple[Sheet | None, list[Fault]]:
    """The cells of a file; one without anything in it counts as absent, with a warning."""
    sheet, faults = read_delimited(file)
    if sheet is None and [fault.code for fault in faults] == ["file.empty"]:
        return None, [Fault("plan.file-blank", {"file": file.name}, Place(file.name), severity="warning")]
    return sheet, list(faults)


def read_set(sheet: Sheet, name: str) -> tuple[tuple[str, ...], list[Fault]]:
    """The labels of a set: the column VALUE, or the only column."""
    headers = [header.upper() for header in sheet.headers]
    if "VALUE" not in headers and len(headers) != 1:
        return (), [Fault("column.missing", {"column": "VALUE", "label": name}, Place(sheet.file))]
    column = sheet.frame.to_series(headers.index("VALUE") if "VALUE" in headers else 0)
    labels = [_label(name, text) for text in column.fill_null("") if text.strip()]
    if "VALUE" not in headers and sheet.headers[0].upper() != name:
        labels.insert(0, _label(name, sheet.headers[0]))
    return tuple(dict.fromkeys(labels)), []


def sort_labels(name: str, labels: tuple[str, ...]) -> tuple[tuple[str, ...], list[Fault]]:
    """Labels that are whole numbers in ascending order; a year that is not one is an error."""
    if name not in ORDERED:
        return labels, []
    numbers = {label: _whole(label) for label in labels}
    bad = [label for label, number in numbers.items() if number is None]
    if not bad:
        return tuple(sorted(labels, key=lambda label: numbers[label] or 0)), []
    return labels, [Fault("plan.year-unreadable", {"set": name}, value=label) for label in bad if name == "YEAR"]


def read_parameter(sheet: Sheet, name: str, dims: tuple[str, ...]) -> tuple[Raw | None, list[Fault]]:
    """The rows of a parameter; faults for a missing column and for values that are no finite numbers."""
    places, faults = _columns(sheet, name, dims)
    if faults:
        return None, faults
    frame = sheet.frame
    text = frame.to_series(places["VALUE"]).fill_null("").str.strip_chars()
    numbers = text.cast(pl.Float64, strict=False).fill_null(float("nan"))
    bad = ~numbers.is_finite()
    faults = [
        Fault(
            "cell.not-number",
            {"column": "VALUE"},
            Place(sheet.file, row=sheet.rows[int(row)], column="VALUE"),
            text[int(row)],
        )
        for row in bad.arg_true().head(MOST_TOLD)
    ]
    labels = pl.DataFrame(
        {str(position): _labels(dim, frame.to_series(places[f"{position}"])) for position, dim in enumerate(dims)}
    )
    raw = Raw(sheet.file or name, dims, labels.filter(~bad), numbers.filter(~bad).to_numpy(), sheet.rows.filter(~bad))
    return raw, faults


def _columns(sheet: Sheet, name: str, dims: tuple[str, ...]) -> tuple[dict[str, int], list[Fault]]:
    """Where each index and the value stand; a trade without a second region is a region's trade with itself."""
    headers = [header.strip().upper() for header in sheet.headers]
    regions = [i for i, header in enumerate(headers) if header == "REGION" or header in SECOND_REGION]
    places: dict[str, int] = {}
    faults = []
    seen: dict[str, int] = {}
    for position, dim in enumerate(dims):
        turn = seen.get(dim, 0)
        seen[dim] = turn + 1
        found = regions if dim == "REGION" else [i for i, header in enumerate(headers) if header == dim]
        if found:
            places[str(position)] = found[min(turn, len(found) - 1)]
        else:
            faults.append(Fault("column.missing", {"column": dim, "label": name}, Place(sheet.file)))
    if "VALUE" in headers:
        places["VALUE"] = headers.index("VALUE")
    else:
        faults.append(Fault("column.missing", {"column": "VALUE", "label": name}, Place(sheet.file)))
    return places, faults


def _labels(dim: str, column: pl.Series) -> pl.Series:
    text = column.fill_null("").str.strip_chars()
    return text.str.replace(r"^([+-]?\d+)\.0*$", "$1") if dim in ORDERED else text


def _label(name: str, text: str) -> str:
    return _labels(name, pl.Series([text]))[0]


def _whole(label: str) -> int | None:
    try:
        return int(label)
    except ValueError:
        return None
