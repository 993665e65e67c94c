"""Which regARIMA model a series gets: automatic model, outliers and trading days, and what is tried next (Rule SA5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import FansipanError, Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.x13.output import Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Regressors, Sections, Spec

AUTOMATIC_TIMEOUT = 300.0  # seconds; mixed models with a seasonal AR part may take ten
ORDERS = re.compile(r"\(\s*(\d)[ ,]+(\d)[ ,]+(\d)\s*\)")


@dataclass(frozen=True, slots=True)
class Model:
    """An ARIMA model in the program's words, its fixed regressors (constant, trading days, outliers), and its step.

    `step` tells how it was found: ``automatic``, ``airline`` (the automatic search failed), ``plain`` (the airline
    model without outliers and trading days) or ``given``.
    """

    arima: str
    variables: tuple[str, ...] = ()
    step: str = "automatic"


@dataclass(frozen=True, slots=True)
class Search:
    """What of a model is looked for: a `model` that is given is not, nor are outliers and trading days unless asked.

    `model` is in the program's words, ``(0 1 1)(0 1 1)``; see `arima_words`. `known` outliers (``ao2020.4``; see
    `outlier_words`) are always in the model and stay in the adjusted series.
    """

    model: str | None = None
    outliers: bool = True
    trading_days: bool = True
    known: tuple[str, ...] = ()

    def steps(self) -> tuple[tuple[str, Sections], ...]:
        """What is tried one after the other; nothing stands in for a model that was given."""
        known: Sections = {"regression": {"variables": self.known}} if self.known else {}
        tested: Sections = (
            {"regression": {**known.get("regression", {}), "aictest": "(td)"}} if self.trading_days else known
        )
        outliers: Sections = {"outlier": {}} if self.outliers else {}
        if self.model is not None:
            return (("given", {**tested, "arima": {"model": self.model}, **outliers}),)
        return (
            ("automatic", {**tested, "automdl": {"acceptdefault": "yes"}, **outliers}),
            ("airline", {**tested, "arima": {"model": AIRLINE}, **outliers}),
            ("plain", {**known, "arima": {"model": AIRLINE}}),
        )


EVERYTHING = Search()


def arima_words(words: str) -> str:
    """An ARIMA model as the program writes it, ``(0 1 1)(0 1 1)``, from that or ``(0,1,1)(0,1,1)12``.

    Raises Refused ``seasonal.model-words`` for anything else.
    """
    parts = [" ".join(orders) for orders in ORDERS.findall(words)]
    rest = ORDERS.sub("", words).strip()
    if len(parts) not in (1, 2) or rest not in ("", "12"):
        raise Refused("seasonal.model-words", words=words)
    return "".join(f"({part})" for part in parts)


def identify(
    series: NDArray[np.float64],
    start: Month,
    *,
    logged: bool,
    regressors: Regressors | None = None,
    search: Search = EVERYTHING,
) -> Model:
    """The model of a monthly series, its Tết or other regressors held in.

    The airline model where its residuals pass the program's Ljung-Box test, else the automatic model; AO and LS
    outliers and the AICc test of trading days by the program's defaults; never Easter. `search` fixes parts of it.
    Raises Refused with the program's reason where not even the airline model, or the one given, can be estimated.
    Source: Gómez and Maravall (2001), Automatic modeling methods for univariate series; Reference Manual 7.2, 7.11.
    """
    refusal: Refused | None = None
    for step, sections in search.steps():
        try:
            answer = _estimate(series, start, logged, regressors, sections)
        except Refused as failed:
            refusal = failed  # the last model is the simplest, and so are the words about it
        else:
            return Model(answer.model, _with_known(search.known, _variables(answer)), step)
    assert refusal is not None
    raise refusal


def reidentify(
    model: Model,
    series: NDArray[np.float64],
    start: Month,
    *,
    logged: bool,
    regressors: Regressors | None,
    known: tuple[str, ...] = (),
) -> Model:
    """The same ARIMA model, constant and trading days with the outliers looked for again, after the regressors changed.

    Where that fails the model stands as it was.
    """
    kept = (*(name for name in model.variables if not _is_outlier(name)), *known)
    if model.step == "plain":
        return model
    fixed: Sections = {"regression": {"variables": kept}} if kept else {}
    sections: Sections = {**fixed, "arima": {"model": model.arima}, "outlier": {}}
    try:
        answer = _estimate(series, start, logged, regressors, sections)
    except Refused:
        return model
    return replace(model, variables=_with_known(kept, answer.outliers))


def _estimate(
    series: NDArray[np.float64], start: Month, logged: bool, regressors: Regressors | None, sections: Sections
) -> Output:
    whole = {
        "transform": {"function": "log" if logged else "none"},
        **sections,
        "estimate": {},
        "forecast": {"maxlead": 0},
    }
    return run(Spec(series, start, whole, regressors), timeout=AUTOMATIC_TIMEOUT)


def _variables(answer: Output) -> tuple[str, ...]:
    constant = ("const",) if any(one.group == "Constant" for one in answer.regression) else ()
    tested = answer.diagnostics.get("aictest.td", "no")
    return constant + (() if tested == "no" else (tested,)) + answer.outliers


OUTLIER = re.compile(r"^(ao|ls|tc)\s*(\S+)$|^(rp)\s*(\S+?)\s*[:/]\s*(\S+)$", re.IGNORECASE)
DATED = re.compile(r"(\d{4})\.(\d{1,2})")


def outlier_words(words: str) -> str:
    """A known outlier as the program writes it, ``ao2020.4``, from ``AO2020-04``; a ramp is ``RP2020-04:2020-09``.

    AO is one month, LS a shift of level, TC a shock that fades, RP a ramp. Raises Refused ``seasonal.outlier-words``.
    """
    found = OUTLIER.match(words.strip())
    kind, *written = [part for part in found.groups() if part] if found else ("", "")
    try:
        months = [Month.parse(text) for text in written]
    except FansipanError:
        months = []
    if not found or not months or months != sorted(set(months)):
        raise Refused("seasonal.outlier-words", words=words)
    return kind.lower() + "-".join(f"{month.year}.{month.month}" for month in months)


def within(known: tuple[str, ...], first: Month, last: Month) -> tuple[str, ...]:
    """The known outliers whose months lie within a series."""
    dates = {one: [Month(int(year), int(month)) for year, month in DATED.findall(one)] for one in known}
    return tuple(one for one in known if all(first <= month <= last for month in dates[one]))


def _with_known(known: tuple[str, ...], variables: tuple[str, ...]) -> tuple[str, ...]:
    """Both, a known outlier that the program tells in its own letters (``AO2020.Apr``) once."""
    told = {_plain(name) for name in known}
    return (*known, *(name for name in variables if _plain(name) not in told))


def _plain(variable: str) -> str:
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    plain = variable.lower()
    for number, name in enumerate(months, 1):
        plain = plain.replace(f".{name}", f".{number}")
    return plain


def _is_outlier(variable: str) -> bool:
    return variable[:2] in ("AO", "LS", "TC", "SO", "RP", "TL")
