"""Read an otoole folder: one CSV file a set or parameter, and a config.yaml that may say the defaults.

The folder's layout and config are those of otoole (Barnes and Usher, https://otoole.readthedocs.io). An absent file or
row has the default of config.yaml, else OSeMOSYS's own.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml

from fansipan.errors import Fault, NotFound, Place, refuse
from fansipan.interop.osemosys.declared import PARAMETERS, SETS, SHORT_NAMES
from fansipan.interop.osemosys.rows import Labels, Raw, open_sheet, read_parameter, read_set, sort_labels
from fansipan.interop.osemosys.unread import unread_columns, unread_files
from fansipan.linear.keys import Codes, Floats
from fansipan.tables.reading.sheet import Sheet

DEFAULTS = "default_values.csv"
AT_MOST, EQUAL, OFF = 0.0, 1.0, 2.0  # values of UDCTag


@dataclass(frozen=True)
class Parameter:
    """The rows of a parameter that stand in its file; every other combination has `default`."""

    name: str
    shape: tuple[int, ...]
    codes: tuple[Codes, ...]
    values: Floats
    default: float

    def dense(self) -> Floats:
        """Every value, an axis an index."""
        full = np.full(self.shape, self.default)
        full[self.codes] = self.values
        return full

    def nonzero(self) -> tuple[tuple[Codes, ...], Floats]:
        """Codes and values of all that is not zero, without laying out the rest where the default is zero."""
        if self.default == 0:
            some = self.values != 0
            return tuple(code[some] for code in self.codes), self.values[some]
        full = self.dense()
        codes = np.nonzero(full)
        return tuple(np.asarray(code, np.int64) for code in codes), full[codes]


@dataclass(frozen=True)
class Folder:
    """The sets and parameters of a model, and what was noticed while reading."""

    sets: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Parameter]
    messages: tuple[Fault, ...]

    def dense(self, name: str) -> Floats:
        """All values of the parameter `name`, an axis an index."""
        return self.parameters[name].dense()


@dataclass(frozen=True)
class Config:
    """What config.yaml says: names of files for each set and parameter, and defaults."""

    names: Mapping[str, str]
    defaults: Mapping[str, float]
    ignored: frozenset[str]


def read_folder(path: Path | str, left_out: Collection[str] = ()) -> Folder:
    """Read the model in the folder `path` (its files, or those of its folder ``data``).

    Files that are not read are refused, except those named in `left_out` (``all`` for every one).
    Raises InvalidInput with every fault of every file; NotFound where there is no such folder, no model in it or no
    such file to leave out.
    """
    files = _files(Path(path))
    config, faults = _config(Path(path), next(iter(files.values())).parent)
    known, trouble = _by_parameter(files, config)
    faults += trouble
    faults += unread_files(known, config.ignored, left_out)
    sheets: dict[str, Sheet] = {}
    for name, file in known.items():
        if name in SETS or name in PARAMETERS:
            sheet, trouble = open_sheet(file)
            faults += trouble
            if sheet is not None:
                sheets[name] = sheet
    raw, trouble = _raw_parameters(sheets)
    sets, more = _sets(sheets, raw)
    faults += trouble + more
    parameters = {}
    for name in PARAMETERS:
        parameters[name], trouble = _coded(name, raw.get(name), sets, config)
        faults += trouble
    faults += _unknown_tags(parameters["UDCTag"], sets["UDC"])
    messages = refuse(faults)
    return Folder(sets, _idv(parameters), messages)


def _by_parameter(files: Mapping[str, Path], config: Config) -> tuple[dict[str, Path], list[Fault]]:
    """The file of each set and parameter by its full name; a second file for the same is a fault."""
    known: dict[str, Path] = {}
    faults = []
    for stem, file in files.items():
        first = known.setdefault(config.names.get(stem, SHORT_NAMES.get(stem, stem)), file)
        if first != file:
            faults.append(Fault("plan.file-twice", {"file": file.name, "first": first.name}, Place(file.name)))
    return known, faults


def _files(path: Path) -> dict[str, Path]:
    """CSV files by name without ending; the first folder that has a file of a known name."""
    if not path.is_dir():
        raise NotFound("plan.folder-missing", path=path)
    named = set(SETS) | set(PARAMETERS) | set(SHORT_NAMES)
    for folder in (path, path / "data", path / "inputs"):
        files = {file.stem: file for file in sorted(folder.glob("*.[cC][sS][vV]"))} if folder.is_dir() else {}
        if named & set(files):
            return files
    raise NotFound("plan.folder-empty", path=path)


def _config(path: Path, data: Path) -> tuple[Config, list[Fault]]:
    places = [data, path] + ([path.parent] if path.name in ("data", "inputs") else [])
    found = (folder / name for folder in places for name in ("config.yaml", "config.yml"))
    file = next((place for place in found if place.is_file()), None)
    if file is None:
        return _default_values(data / DEFAULTS)
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8-sig")) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Config({}, {}, frozenset()), [
            Fault(
                "file.unreadable",
                {"file": file.name, "reason": f"{str(error).partition(chr(10))[0]:.200}"},
                Place(file.name),
            )
        ]
    if not isinstance(content, dict):
        return Config({}, {}, frozenset()), [Fault("plan.config-shape", {"file": file.name}, Place(file.name))]
    return _config_of(content, file.name)


def _default_values(file: Path) -> tuple[Config, list[Fault]]:
    """The defaults in default_values.csv (name, default_value), which older folders have in place of a config.yaml."""
    sheet, faults = open_sheet(file) if file.is_file() else (None, [])
    if sheet is None:
        return Config({}, {}, frozenset()), faults
    headers = [header.strip().lower() for header in sheet.headers]
    if {"name", "default_value"} - set(headers):
        return Config({}, {}, frozenset()), [Fault("plan.config-shape", {"file": file.name}, Place(file.name))]
    names, values = (sheet.frame.to_series(headers.index(name)) for name in ("name", "default_value"))
    content = {name: {"type": "param", "default": value} for name, value in zip(names, values, strict=True) if name}
    return _config_of(content, file.name)


def _config_of(content: dict, file: str) -> tuple[Config, list[Fault]]:
    names, defaults, ignored, faults = {}, {}, set(), []
    for name, entry in content.items():
        if not isinstance(entry, dict):
            continue
        known = SHORT_NAMES.get(str(name), str(name))
        if entry.get("type") == "result" or known not in PARAMETERS:
            ignored |= {str(name)} if entry.get("type") == "result" else set()
            continue
        names[str(name)] = names[str(entry.get("short_name", name))] = known
        if "default" in entry:
            try:
                defaults[known] = float(entry["default"])
            except (TypeError, ValueError):
                place = Place(file, column=str(name))
                faults.append(Fault("cell.not-number", {"column": f"{name}.default"}, place, entry["default"]))
    return Config(names, defaults, frozenset(ignored)), faults


def _raw_parameters(sheets: Mapping[str, Sheet]) -> tuple[dict[str, Raw], list[Fault]]:
    raw: dict[str, Raw] = {}
    faults: list[Fault] = []
    for name in (name for name in sheets if name in PARAMETERS):
        read, trouble = read_parameter(sheets[name], name, PARAMETERS[name][0])
        faults += trouble + unread_columns(sheets[name], PARAMETERS[name][0])
        if read is not None:
            raw[name] = read
    return raw, faults


def _sets(sheets: Mapping[str, Sheet], raw: Mapping[str, Raw]) -> tuple[Labels, list[Fault]]:
    """Each set from its file, else from the labels that parameters use, in the order first seen."""
    sets: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for name in SETS:
        labels: tuple[str, ...] = ()
        if name in sheets:
            labels, trouble = read_set(sheets[name], name)
            faults += trouble
        if name not in sheets:
            labels = tuple(dict.fromkeys(label for one in raw.values() for label in one.labels_of(name)))
            if labels:
                faults.append(Fault("plan.set-gathered", {"set": name, "count": len(labels)}, severity="warning"))
        sets[name], trouble = sort_labels(name, labels)
        faults += trouble
    faults += [Fault("plan.set-empty", {"set": name}) for name in ("REGION", "YEAR", "TIMESLICE") if not sets[name]]
    return sets, faults


def _coded(name: str, raw: Raw | None, sets: Labels, config: Config) -> tuple[Parameter, list[Fault]]:
    dims, default = PARAMETERS[name]
    shape = tuple(len(sets[dim]) for dim in dims)
    default = config.defaults.get(name, default)
    if raw is None:
        return Parameter(name, shape, tuple(np.empty(0, np.int64) for _ in dims), np.empty(0), default), []
    codes, values, faults = raw.coded(sets)
    return Parameter(name, shape, codes, values, default), faults


def _idv(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
    """A technology without a rate of its own has its region's."""
    own = parameters["DiscountRateIdv"]
    if not math.isnan(own.default):
        return parameters
    region = np.broadcast_to(parameters["DiscountRate"].dense()[:, None], own.shape).copy()
    region[own.codes] = own.values
    codes = tuple(np.asarray(code, np.int64) for code in np.indices(own.shape).reshape(2, -1))
    parameters["DiscountRateIdv"] = replace(own, codes=codes, values=region.ravel(), default=0.0)
    return parameters


def _unknown_tags(parameter: Parameter, labels: tuple[str, ...]) -> list[Fault]:
    """A fault for each user-defined constraint whose UDCTag is not 0 (at most), 1 (equal) or 2 (not in force)."""
    (_, constraint), tags = parameter.codes, parameter.values
    return [
        Fault("plan.udc-tag", {"name": labels[code]}, Place("UDCTag.csv"), f"{tag:g}")
        for code, tag in zip(constraint, tags, strict=True)
        if tag not in (AT_MOST, EQUAL, OFF)
    ]
