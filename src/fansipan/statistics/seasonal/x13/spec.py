"""What the X-13 program is asked: a series, the program's own sections and arguments, and regressors (Rule SA1).

Sections and arguments are those of the X-13ARIMA-SEATS Reference Manual (U.S. Census Bureau, version 1.1, chapter 7);
a `Spec` only writes them down. Missing figures are NaN and become the program's missing-value code.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Refused
from fansipan.periods import Month

Argument: TypeAlias = str | int | float | tuple[str | int | float, ...]
Sections: TypeAlias = Mapping[str, Mapping[str, Argument]]

LINE = 120  # the program reads 132 characters of a line and drops the rest without a word
LONGEST = 1020  # elements of a vector in the program, the forecast included
LONGEST_FORECAST = 60  # months
SHORTEST = 36  # months: the program refuses fewer
MOST_REGRESSORS = 52
AIRLINE = "(0 1 1)(0 1 1)"


@dataclass(frozen=True, eq=False)
class Regressors:
    """User-defined regressors: `values` has a row a month from `start` and a column a name.

    `kind` is the program's ``usertype`` (``holiday`` is taken out of the adjusted series, ``user`` is not), one for
    all or one a column.
    """

    names: tuple[str, ...]
    start: Month
    values: NDArray[np.float64]
    kind: str | tuple[str, ...] = "holiday"

    @property
    def last(self) -> Month:
        """The last month covered."""
        return self.start + (len(self.values) - 1)


@dataclass(frozen=True, eq=False)
class Spec:
    """One call of the program: monthly `series` from `start` (NaN where missing) and the sections to run.

    `sections` are written as they stand, ``{"x11": {"mode": "mult", "save": ("d11",)}}``; numbers and tuples are
    formatted, text is taken verbatim. Every saved table comes back in `Output.tables` by its extension.
    """

    series: NDArray[np.float64]
    start: Month
    sections: Sections = field(default_factory=dict)
    regressors: Regressors | None = None

    @property
    def last(self) -> Month:
        """The last month of the series."""
        return self.start + (len(self.series) - 1)

    @property
    def horizon(self) -> int:
        """Months forecast (the program's own default is 12, and 36 for SEATS)."""
        default = 36 if "seats" in self.sections else 12
        asked = self.sections.get("forecast", {}).get("maxlead", default)
        return int(asked) if isinstance(asked, int | float | str) else default

    def text(self) -> str:
        """The spec file. Raises Refused as `check` does."""
        check(self)
        sections = {"series": {}, **{name: dict(arguments) for name, arguments in self.sections.items()}}
        sections["series"] = _series_arguments(self.series, self.start) | sections["series"]
        if self.regressors is not None:
            needed = _cut(self.regressors, self.start, self.last + LONGEST_FORECAST)
            sections.setdefault("regression", {}).update(_user_arguments(needed))
        return "".join(_section(name, arguments) for name, arguments in sections.items())


def check(spec: Spec) -> None:
    """Refuse what the program would misread, in words, before it is started.

    Raises Refused: ``x13.too-short`` (under 36 months), ``x13.too-long`` (over 1,020 months with the forecast),
    ``x13.not-finite``, ``x13.too-many-regressors`` (over 52), ``x13.regressors-short`` (regressors must cover the
    series and its forecast).
    """
    months = len(spec.series)
    if months < SHORTEST:
        raise Refused("x13.too-short", months=months, least=SHORTEST)
    if months + spec.horizon > LONGEST:
        raise Refused("x13.too-long", months=months, most=LONGEST - spec.horizon)
    if np.isinf(spec.series).any() or np.isnan(spec.series).all():
        raise Refused("x13.not-finite")
    given = spec.regressors
    if given is None:
        return
    if len(given.names) > MOST_REGRESSORS:
        raise Refused("x13.too-many-regressors", count=len(given.names), most=MOST_REGRESSORS)
    if given.start > spec.start or given.last < spec.last + spec.horizon:
        raise Refused(
            "x13.regressors-short", first=spec.start, last=spec.last + spec.horizon, start=given.start, end=given.last
        )
    if not np.isfinite(given.values).all():
        raise Refused("x13.not-finite")


def regarima(
    series: NDArray[np.float64],
    start: Month,
    *,
    transform: str = "log",
    model: str | None = AIRLINE,
    horizon: int = 12,
    outliers: bool = False,
    variables: tuple[str, ...] = (),
    regressors: Regressors | None = None,
) -> Spec:
    """A regARIMA model with its forecast: `model` None lets ``automdl`` choose, `outliers` looks for AO and LS.

    `transform` is ``log``, ``none`` or ``auto``; `variables` are the program's own regressors (``td``, ``ao2020.4``);
    `horizon` is months ahead, 0 for none. The forecast stands in `Output.forecast`. Source: Reference Manual 7.1-7.13.
    """
    sections: dict[str, dict[str, Argument]] = {"transform": {"function": transform}}
    if variables:
        sections["regression"] = {"variables": variables}
    sections["automdl" if model is None else "arima"] = {} if model is None else {"model": model}
    if outliers:
        sections["outlier"] = {}
    sections["estimate"] = {}
    sections["forecast"] = {"maxlead": horizon}
    if horizon:
        sections["forecast"]["save"] = ("fct",)
    return Spec(series, start, sections, regressors)


def _series_arguments(series: NDArray[np.float64], start: Month) -> dict[str, Argument]:
    """Gaps get a code that no figure has, and start at the median: the program's own 1e9 may be far off."""
    missing = np.isnan(series)
    code = -99999.0
    while code in series:
        code *= 10
    start_value = {"missingval": float(np.median(series[~missing]))} if missing.any() else {}
    data = tuple(np.where(missing, code, series).tolist())
    return {"start": _date(start), "missingcode": code, **start_value, "data": data}


def _cut(given: Regressors, first: Month, last: Month) -> Regressors:
    """The months the program can use: it takes no more than a number of them that a century of dates exceeds."""
    begin = max(first.ordinal - given.start.ordinal, 0)
    end = last.ordinal - given.start.ordinal + 1
    return replace(given, start=given.start + begin, values=given.values[begin:end])


def _user_arguments(given: Regressors) -> dict[str, Argument]:
    """The program sees ``user1``, ``user2``: names of any letters and length are put back when the answer is read."""
    kinds = (given.kind,) * len(given.names) if isinstance(given.kind, str) else given.kind
    return {
        "user": tuple(f"user{place + 1}" for place in range(len(given.names))),
        "usertype": kinds,
        "start": _date(given.start),
        "data": tuple(given.values.ravel().tolist()),
    }


def _date(month: Month) -> str:
    return f"{month.year}.{month.month}"


def _section(name: str, arguments: Mapping[str, Argument]) -> str:
    lines = [f"  {key}={_value(value)}" for key, value in arguments.items()]
    return "\n".join([f"{name}{{", *lines, "}\n"])


def _value(value: Argument) -> str:
    if isinstance(value, tuple):
        words = " ".join(item if isinstance(item, str) else repr(item) for item in value)
        return textwrap.fill(f"({words})", LINE, subsequent_indent="    ", break_on_hyphens=False)
    return value if isinstance(value, str) else repr(value)
