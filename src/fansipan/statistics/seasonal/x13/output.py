"""What the X-13 program answered: diagnostics, coefficients, tables, forecasts as small frozen objects (Rule SA1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fansipan.periods import Month

_DATED = re.compile(r"^\d{6}\t")
_LAGGED = re.compile(r"^\d{1,3}\t")
_OUTLIER = re.compile(r"^(AO|LS|TC|SO|RP|TL)\d{4}\.")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One estimated parameter: its `group` and `name` in the program's words, estimate, standard error and t value."""

    group: str
    name: str
    estimate: float
    standard_error: float
    t: float


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """A saved table: `values` has a row a month from `start` and a column a name."""

    start: Month
    columns: tuple[str, ...]
    values: NDArray[np.float64]

    @property
    def first(self) -> NDArray[np.float64]:
        """The first column, which is the only one of most tables."""
        return self.values[:, 0]


@dataclass(frozen=True, eq=False, slots=True)
class Forecast:
    """Point forecasts from `start` on the scale of the series, with the bounds of the 95 % interval."""

    start: Month
    point: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    def until(self, last: Month) -> Forecast:
        """The forecasts up to the month `last`."""
        kept = max(last.ordinal - self.start.ordinal + 1, 0)
        return Forecast(self.start, self.point[:kept], self.lower[:kept], self.upper[:kept])


@dataclass(frozen=True, eq=False)
class Output:
    """One answer: `diagnostics` is the program's whole ``.udg`` file, `tables` are the saved ones by extension.

    `regression` and `arma` are the estimated coefficients; `lags` are the saved tables whose rows are lags 1, 2, ...
    (``acf``: correlation, standard error, Ljung-Box Q, degrees of freedom, p); `warnings` are the program's own words.
    """

    diagnostics: Mapping[str, str]
    tables: Mapping[str, Table]
    regression: tuple[Coefficient, ...]
    arma: tuple[Coefficient, ...]
    lags: Mapping[str, NDArray[np.float64]]
    warnings: tuple[str, ...]

    @property
    def model(self) -> str:
        """The ARIMA model, ``(0 1 1)(0 1 1)``; empty if none was estimated."""
        return self.diagnostics.get("arimamdl", "")

    @property
    def aicc(self) -> float:
        """AICc on the scale of the series (NaN if no model was estimated)."""
        return self.number("aicc")

    @property
    def logged(self) -> bool:
        """Whether the model is of logarithms, given or chosen."""
        return "Log" in (self.diagnostics.get("aictrans") or self.diagnostics.get("transform", ""))

    @property
    def outliers(self) -> tuple[str, ...]:
        """Names of the outliers in the model, ``AO2020.Apr``."""
        return tuple(one.name for one in self.regression if _OUTLIER.match(one.name))

    @property
    def forecast(self) -> Forecast:
        """The saved forecast. Raises KeyError ``fct`` if none was asked for."""
        table = self.tables["fct"]
        return Forecast(table.start, *table.values.T[:3])

    def number(self, key: str, place: int = 0) -> float:
        """The `place`-th figure of a diagnostic; NaN where the program gives none."""
        words = self.diagnostics.get(key, "").split()
        return _figure(words[place]) if place < len(words) else nan


def read_output(folder: Path, stem: str, names: tuple[str, ...] = ()) -> Output:
    """Read the files the program left in `folder`; `names` are the user regressors' in order.

    Raises OSError where the program left no diagnostics.
    """
    lines = (folder / f"{stem}.udg").read_text(encoding="latin-1").splitlines()
    found = dict(_pair(line) for line in lines if ":" in line)
    given = {f"user{place + 1}": name for place, name in enumerate(names)}
    tables, lags = {}, {}
    for path in sorted(folder.glob(f"{stem}.*")):
        if path.suffix not in (".udg", ".spc", ".out", ".err", ".log"):
            header, dated, lagged = _rows(path)
            if dated:
                tables[path.suffix[1:]] = _table(header, dated)
            elif lagged:
                lags[path.suffix[1:]] = np.array([[_figure(word) for word in row[1:]] for row in lagged])
    return Output(
        diagnostics=found,
        tables=tables,
        regression=_coefficients(lines, "nreg", given),
        arma=_coefficients(lines, "nmodel", {}),
        lags=lags,
        warnings=messages(folder / f"{stem}.err", "WARNING"),
    )


def messages(path: Path, kind: str) -> tuple[str, ...]:
    """The paragraphs of the error file that begin with `kind` (``ERROR``, ``WARNING``), each on one line."""
    if not path.is_file():
        return ()
    text = path.read_text(encoding="latin-1")
    blocks = re.split(r"\n\s*\n|\n\s*(?=(?:ERROR|WARNING|NOTE):)", text)
    marked = (" ".join(block.split()) for block in blocks if f"{kind}:" in block)
    return tuple(dict.fromkeys(block[block.index(f"{kind}:") + len(kind) + 1 :].strip() for block in marked))


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


def _coefficients(lines: list[str], count: str, given: Mapping[str, str]) -> tuple[Coefficient, ...]:
    """The lines that follow ``nreg: 2`` or ``nmodel: 2``: ``group$name: estimate error t``."""
    for place, line in enumerate(lines):
        key, value = _pair(line)
        if key == count:
            return tuple(_coefficient(one, given) for one in lines[place + 1 : place + 1 + int(value)])
    return ()


def _coefficient(line: str, given: Mapping[str, str]) -> Coefficient:
    label, _, figures = line.rpartition(":")
    group, _, name = label.strip().partition("$")
    words = figures.split()
    estimate, error = _figure(words[0]), _figure(words[1])
    t = _figure(words[2]) if len(words) > 2 else (estimate / error if error else nan)
    return Coefficient(group, given.get(name, name), estimate, error, t)


def _figure(word: str) -> float:
    """A figure; NaN where the program had no room for it and wrote stars."""
    try:
        return float(word)
    except ValueError:
        return nan


def _rows(path: Path) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """Header, rows that begin with a month and rows that begin with a lag, of any file the program saved."""
    lines = path.read_text(encoding="latin-1").splitlines() or [""]
    dated = [line.split("\t") for line in lines if _DATED.match(line)]
    lagged = [line.split("\t") for line in lines if _LAGGED.match(line)]
    return lines[0].split("\t"), dated, lagged


def _table(header: list[str], rows: list[list[str]]) -> Table:
    start = Month(int(rows[0][0][:4]), int(rows[0][0][4:]))
    values = np.array([[_figure(word) for word in row[1:]] for row in rows])
    return Table(start, tuple(header[1:]), values)
