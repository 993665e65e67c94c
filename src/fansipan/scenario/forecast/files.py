"""The files of ``fansipan scenario forecast``: series in, forecasts out (Rules F1, F17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fansipan.errors import Fault, InvalidInput, Place, refuse
from fansipan.periods import Month
from fansipan.scenario.forecast.history import History
from fansipan.scenario.forecast.outcome import Outcome
from fansipan.statistics.seasonal.files import SeriesFile
from fansipan.tables import columns as column
from fansipan.tables.columns import declared
from fansipan.tables.reading.delimited import read_delimited
from fansipan.tables.reading.parsing import without_signs
from fansipan.tables.reading.rows import conform, match_headers
from fansipan.tables.reading.sheet import Sheet

Values = NDArray[np.float64]


@declared("forecast_series", vi="Chuỗi cần dự báo", en="Series to forecast", registered=False)
class ForecastSeries(SeriesFile):
    """A row is one month of one series; `capacity` is the most that a month can have, from that month on."""

    capacity = column.number("Công suất", "Capacity", scale=None, nullable=True, min=0)


def read_histories(path: Path | str, horizon: int) -> tuple[list[History], tuple[Fault, ...]]:
    """The histories of a file `series,period,value[,capacity]`, in the order they first stand there, and the warnings.

    An absent month and an empty value (or NA, NaN) are gaps; the history ends with its last figure. A capacity holds
    until the next one stated; a row without a value may state the capacity of a month to come. Raises InvalidInput with
    every fault.
    """
    sheet, faults = read_delimited(Path(path))
    if sheet is None or any(fault.severity == "error" for fault in faults):
        raise InvalidInput(faults)
    reading = conform(_blanked(sheet), ForecastSeries)
    faults = (*faults, *_without_values(sheet))
    if reading.frame.is_empty() and not any(fault.severity == "error" for fault in (*faults, *reading.faults)):
        raise InvalidInput([Fault("forecast.no-rows", {}, Place(sheet.file))])
    warnings = refuse((*faults, *reading.faults))
    grouped = reading.frame.group_by("series", maintain_order=True)
    return [_history(str(name), rows.sort("period"), horizon) for (name,), rows in grouped], warnings


def forecast_frame(outcomes: Iterable[Outcome], levels: Sequence[float]) -> pl.DataFrame:
    """The forecasts as `series,period,mean,lo_80,hi_80,...,model`, unrounded, levels ascending.

    A series without any figure has rows whose figures are empty.
    """
    bounds = [f"{side}_{level:g}" for level in sorted(levels) for side in ("lo", "hi")]
    types = {"series": pl.String, "period": pl.String} | dict.fromkeys(["mean", *bounds], pl.Float64)
    schema = pl.Schema(types | {"model": pl.String})
    frames = [pl.DataFrame(_columns(one, bounds), schema=schema) for one in outcomes]
    return pl.concat([pl.DataFrame(schema=schema), *frames]).with_columns(pl.col("mean", *bounds).fill_nan(None))


def _columns(outcome: Outcome, bounds: list[str]) -> dict[str, object]:
    months = len(outcome.mean)
    return {
        "series": [outcome.name] * months,
        "period": [str(outcome.start + ahead) for ahead in range(months)],
        "mean": outcome.mean,
        **dict(zip(bounds, outcome.bounds, strict=True)),
        "model": [outcome.model] * months,
    }


def _blanked(sheet: Sheet) -> Sheet:
    """The sheet with empty figures where a sign for none stands; a series may well be named NA."""
    found = match_headers(sheet, ForecastSeries)[0]
    figures = [without_signs(sheet.frame[found[name]]) for name in ("value", "capacity") if name in found]
    return replace(sheet, frame=sheet.frame.with_columns(figures))


def _without_values(sheet: Sheet) -> list[Fault]:
    """A value may be empty, its column may not be absent."""
    if "value" in match_headers(sheet, ForecastSeries)[0]:
        return []
    return [
        Fault("column.missing", {"column": "value", "label": ForecastSeries.meaning("value").vi}, Place(sheet.file))
    ]


def _history(name: str, rows: pl.DataFrame, horizon: int) -> History:
    months = np.array([Month.parse(word).ordinal for word in rows["period"]])
    values = rows["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    figures = np.flatnonzero(~np.isnan(values))
    if len(figures):
        first, last = months[figures[0]], months[figures[-1]]
    else:
        first, last = months[-1] + 1, months[-1]
    dense = np.full(last - first + 1, np.nan)
    dense[months[figures] - first] = values[figures]
    stated = rows["capacity"].cast(pl.Float64).to_numpy()
    capacity = _ceiling(months, stated, np.arange(last + 1, last + 1 + horizon))
    return History(name, Month.from_ordinal(int(first)), dense, capacity)


def _ceiling(months: NDArray[np.int64], stated: Values, ahead: NDArray[np.int64]) -> Values:
    """The last capacity stated up to each month ahead; infinite before any."""
    known = np.flatnonzero(~np.isnan(stated))
    place = np.searchsorted(months[known], ahead, side="right") - 1
    return np.where(place >= 0, stated[known][np.maximum(place, 0)] if len(known) else np.inf, np.inf)
