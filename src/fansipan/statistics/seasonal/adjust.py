"""Seasonal adjustment of one monthly series: settle its model, take it apart, judge the result (Rules SA2-SA9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import nan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fansipan.errors import Fault, Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjustment import Adjustment, TetEffect, moves
from fansipan.statistics.seasonal.decompose import HORIZON, Method, Parts, decompose, decomposition_spec
from fansipan.statistics.seasonal.diagnostics import Diagnostics, read_diagnostics
from fansipan.statistics.seasonal.model.given import LEAST_AHEAD, carried_on, refuse_unfit_regressors, without_zero_mean
from fansipan.statistics.seasonal.model.identify import EVERYTHING, Search, within
from fansipan.statistics.seasonal.model.settle import Holiday, Settled, settle
from fansipan.statistics.seasonal.stability import revision_history, sliding_spans
from fansipan.statistics.seasonal.verdict import is_seasonal
from fansipan.statistics.seasonal.x13.output import Coefficient, Output
from fansipan.statistics.seasonal.x13.program import run
from fansipan.statistics.seasonal.x13.spec import Regressors, Spec, check

Mode = Literal["multiplicative", "additive"]

MOST_GAPS = 0.25  # the largest share of months that may be missing
MOST_OUTLIERS = 0.05  # of the months: more say that the model does not fit (ESS)
MOST_MONTHS = 6  # named of those that a note is about
SHORT_FOR_TET = 60  # months: five Tết; under that the effect of a named longer series is taken where one is given


def adjust(
    series: NDArray[np.float64],
    start: Month,
    *,
    method: Method = "x11",
    holiday: Holiday = "tet",
    mode: Mode | None = None,
    lent: TetEffect | None = None,
    search: Search = EVERYTHING,
    stability: bool = True,
) -> Adjustment:
    """Adjust a monthly `series` from `start` (NaN where missing; blanks before the first and after the last are cut).

    `holiday` is ``tet`` (windows chosen by AICc, none included), ``none``, or regressors that always stay in and must
    cover the series and 12 months after it (for SEATS `carried_on` adds the others). `mode` None is multiplicative, or
    additive where a figure is not positive. `lent` is the Tết effect of a longer series, used where this one has under
    five Tết. `search` gives the ARIMA model or known outliers, or leaves out outliers or trading days. `stability` adds
    sliding spans and revision history where the series is long enough.

    Raises Refused: ``x13.too-short``, ``seasonal.gaps``, ``seasonal.month-without-figure``, ``seasonal.constant``,
    ``seasonal.not-positive``, ``tet.years``, and as `refuse_unfit_regressors`, `spec.check` and `x13.run` do.
    Source: ESS guidelines on seasonal adjustment (Eurostat, 2015).
    """
    first, kept = trimmed(series, start)
    logged = mode == "multiplicative" or (mode is None and bool(np.nanmin(kept, initial=np.inf) > 0))
    _refuse_unfit(kept, first, HORIZON[method], holiday, logged)
    if not moves(kept, float(np.abs(np.nanmedian(kept)))):
        return _nearly_constant(kept, first, method, logged)
    search = replace(search, known=within(search.known, first, first + (len(kept) - 1)))
    if isinstance(holiday, Regressors):
        lasting = carried_on(holiday, first + (len(kept) - 1 + HORIZON[method]))
        settled = settle(kept, first, holiday=lasting, logged=logged, horizon=HORIZON[method], search=search)
        done = _taken_apart(kept, first, method, logged, settled, stability)
        return replace(done, forecast=done.forecast and done.forecast.until(holiday.last))
    if lent is not None and holiday == "tet" and logged and len(kept) < SHORT_FOR_TET:
        return _with_lent(kept, first, method, lent, search, stability)
    settled = settle(kept, first, holiday=holiday, logged=logged, horizon=HORIZON[method], search=search)
    return _taken_apart(kept, first, method, logged, settled, stability)


def trimmed(series: NDArray[np.float64], start: Month) -> tuple[Month, NDArray[np.float64]]:
    """The series from its first figure to its last, and the month of the first."""
    present = np.flatnonzero(~np.isnan(series))
    if not len(present):
        return start, series[:0]
    return start + int(present[0]), series[present[0] : present[-1] + 1]


def _refuse_unfit(kept: NDArray[np.float64], first: Month, horizon: int, holiday: Holiday, logged: bool) -> None:
    given = holiday if isinstance(holiday, Regressors) else None
    check(Spec(kept, first, {"forecast": {"maxlead": horizon}}))
    check(Spec(kept, first, {"forecast": {"maxlead": LEAST_AHEAD}}, given))
    missing = int(np.isnan(kept).sum())
    if missing > MOST_GAPS * len(kept):
        raise Refused("seasonal.gaps", missing=missing, months=len(kept), most=int(MOST_GAPS * 100))
    empty = [month for month in range(12) if np.isnan(kept[(month + 1 - first.month) % 12 :: 12]).all()]
    if empty:
        raise Refused("seasonal.month-without-figure", month=empty[0] + 1)
    if np.nanmax(kept) == np.nanmin(kept):
        raise Refused("seasonal.constant", value=float(np.nanmax(kept)))
    if logged and np.nanmin(kept) <= 0:
        raise Refused("seasonal.not-positive", least=f"{np.nanmin(kept):.6g}")
    if given is not None:
        refuse_unfit_regressors(given, first, kept)


def _taken_apart(
    kept: NDArray[np.float64], first: Month, method: Method, logged: bool, settled: Settled, stability: bool
) -> Adjustment:
    if settled.model is None and method == "seats":
        raise Refused("seasonal.no-model-for-seats")
    spec = decomposition_spec(
        kept, first, method=method, logged=logged, model=settled.model, regressors=settled.regressors
    )
    parts, answer = decompose(spec)
    aicc_with, aicc_without = _aicc(spec, settled, answer)
    diagnostics = read_diagnostics(answer)
    adjustment = Adjustment(
        start=first,
        method=method,
        multiplicative=logged,
        original=kept,
        parts=parts,
        model=settled.model,
        holiday=settled.regressors.names if settled.regressors else (),
        windows=settled.windows,
        coefficients=tuple(one for one in answer.regression if one.group != "Missing Value") + answer.arma,
        aicc_with=aicc_with,
        aicc_without=aicc_without,
        choice=settled.choice,
        outliers=answer.outliers,
        forecast=answer.forecast if "fct" in answer.tables else None,
        diagnostics=diagnostics,
        spans=sliding_spans(spec) if stability else None,
        history=revision_history(spec) if stability else None,
        notes=(),
    )
    given = settled.regressors if not settled.windows else None
    if not is_seasonal(diagnostics):
        adjustment = replace(
            adjustment, parts=_left_alone(parts, logged, keep=len(kept) >= SHORT_FOR_TET), seasonal=False
        )
    return replace(adjustment, notes=(*_notes(adjustment), *without_zero_mean(given)))


def _left_alone(parts: Parts, logged: bool, *, keep: bool) -> Parts:
    """The parts with nothing seasonal taken out; the calendar and Tết only where `keep` says they can be told."""
    neutral = np.ones_like(parts.complete) if logged else np.zeros_like(parts.complete)
    calendar, holiday = (parts.calendar, parts.holiday) if keep else (neutral, neutral)
    adjusted = parts.complete / calendar / holiday if logged else parts.complete - calendar - holiday
    irregular = adjusted / parts.trend if logged else adjusted - parts.trend
    return replace(parts, seasonal=neutral, calendar=calendar, holiday=holiday, adjusted=adjusted, irregular=irregular)


def _nearly_constant(kept: NDArray[np.float64], first: Month, method: Method, logged: bool) -> Adjustment:
    """A series that hardly moves, returned as it is: what a model would find in its last digits is no season."""
    complete = np.where(np.isnan(kept), np.nanmedian(kept), kept)
    neutral = np.ones_like(complete) if logged else np.zeros_like(complete)
    parts = Parts(complete, neutral, neutral, neutral, complete, complete, neutral)
    return Adjustment(
        start=first,
        method=method,
        multiplicative=logged,
        original=kept,
        parts=parts,
        model=None,
        holiday=(),
        windows=(),
        coefficients=(),
        aicc_with=nan,
        aicc_without=nan,
        choice=None,
        outliers=(),
        forecast=None,
        diagnostics=Diagnostics(None, None, {}, None, None, None),
        spans=None,
        history=None,
        notes=(Fault("seasonal.nearly-constant", severity="warning"),),
        seasonal=False,
    )


def _with_lent(
    kept: NDArray[np.float64], first: Month, method: Method, lent: TetEffect, search: Search, stability: bool
) -> Adjustment:
    """The effect of another series is divided out before the adjustment and put back beside it (Rule SA7)."""
    factor = lent.factor(first, len(kept))
    settled = settle(kept / factor, first, holiday="none", logged=True, horizon=HORIZON[method], search=search)
    done = _taken_apart(kept / factor, first, method, True, settled, stability)
    names = tuple(window.name for window in lent.windows)
    borrowed = tuple(
        Coefficient(lent.source, name, estimate, nan, nan) for name, estimate in zip(names, lent.estimates, strict=True)
    )
    forecast = done.forecast
    if forecast is not None:
        ahead = lent.factor(forecast.start, len(forecast.point))
        forecast = replace(
            forecast, point=forecast.point * ahead, lower=forecast.lower * ahead, upper=forecast.upper * ahead
        )
    return replace(
        done,
        original=kept,
        parts=replace(done.parts, complete=done.parts.complete * factor, holiday=factor),
        holiday=names,
        coefficients=borrowed + done.coefficients,
        forecast=forecast,
        notes=(Fault("seasonal.lent", {"source": lent.source, "months": len(kept)}, severity="warning"), *done.notes),
    )


def _aicc(spec: Spec, settled: Settled, answer: Output) -> tuple[float, float]:
    """AICc with and without the holiday regressors, everything else held (Rule SA4)."""
    if settled.choice is not None:
        return settled.choice.with_windows, settled.choice.without
    if settled.regressors is None:
        return nan, answer.aicc
    bare = {name: arguments for name, arguments in spec.sections.items() if name not in ("x11", "seats")}
    try:
        return answer.aicc, run(replace(spec, sections=bare, regressors=None)).aicc
    except Refused:
        return answer.aicc, nan


def _notes(done: Adjustment) -> Iterator[Fault]:
    """What a reader must know beside the figures, as codes with words."""
    if done.gaps:
        listed = ", ".join(map(str, done.gaps))
        yield Fault("seasonal.gaps-estimated", {"count": len(done.gaps), "listed": listed}, severity="warning")
    if not done.multiplicative and np.nanmin(done.original) <= 0:
        yield Fault("seasonal.additive", {"least": f"{np.nanmin(done.original):.6g}"}, severity="warning")
    step = done.model.step if done.model else "none"
    if step not in ("automatic", "given"):
        yield Fault(f"seasonal.model-{step}", severity="warning")
    if len(done.outliers) > MOST_OUTLIERS * len(done.original):
        told = {"count": len(done.outliers), "months": len(done.original), "most": int(MOST_OUTLIERS * 100)}
        yield Fault("seasonal.many-outliers", told, severity="warning")
    if not done.seasonal:
        yield Fault("seasonal.unchanged" if done.unchanged else "seasonal.only-calendar", severity="warning")
    elif done.seasonality_left:
        yield Fault("seasonal.residual", severity="warning")
    below = done.parts.adjusted < 0
    if below.any() and np.nanmin(done.original) >= 0:
        months = ", ".join(str(done.start + int(k)) for k in np.flatnonzero(below)[:MOST_MONTHS])
        yield Fault("seasonal.below-zero", {"count": int(below.sum()), "months": months}, severity="warning")
    if done.seasonal and done.diagnostics.identifiable is False:
        yield Fault("seasonal.not-identifiable", severity="warning")
    seats = done.diagnostics.seats
    if seats is not None and seats.replaced:
        yield Fault("seasonal.seats-model", {"model": seats.model}, severity="warning")
    if done.choice is not None and len(done.original) < SHORT_FOR_TET:
        yield Fault("seasonal.few-tet", {"months": len(done.original)}, severity="warning")
