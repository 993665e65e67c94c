"""Adjustments as plain data, for the JSON file beside the adjusted series (Rule SA11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from math import isfinite
from typing import Any

import numpy as np

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.decompose import Method
from fansipan.statistics.seasonal.many import Outcome
from fansipan.statistics.seasonal.verdict import verdict
from fansipan.statistics.seasonal.x13.output import Coefficient
from fansipan.texts import Language


def record(outcomes: Mapping[str, Outcome], method: Method, lang: Language) -> dict[str, Any]:
    """Status, model, Tết effect and diagnostics of every series; reasons in `lang`, figures that do not exist null.

    `status` is ``adjusted``, ``unchanged`` (nothing seasonal was found) or ``refused``; `reason` says why it was
    refused or what to know about the adjustment.
    """
    return {
        "series": {
            name: _adjusted(done, lang) if isinstance(done, Adjustment) else _refused(done, method, lang)
            for name, done in outcomes.items()
        }
    }


def coefficient_name(one: Coefficient) -> str:
    """``MA-Nonseasonal-01`` for the ARIMA part, the regressor's own name otherwise."""
    if one.group not in ("AR", "MA"):
        return one.name
    part, _, lag = one.name.partition("$")
    return f"{one.group}-{part}-{lag.split('$')[-1]}"


def _adjusted(done: Adjustment, lang: Language) -> dict[str, Any]:
    told = {
        "status": "unchanged" if done.unchanged else "adjusted",
        "seasonal": done.seasonal,
        "verdict": verdict(done).in_language(lang),
        "reason": " ".join(note.message(lang) for note in done.notes),
        "method": done.method,
        "mode": done.mode,
        "model": done.model.arima if done.model else None,
        "holiday": "+".join(done.holiday) or "none",
        "coefficients": [
            {"name": coefficient_name(one), "estimate": one.estimate, "standard_error": one.standard_error, "t": one.t}
            for one in done.coefficients
        ],
        "aicc": {"with_holiday": done.aicc_with, "without_holiday": done.aicc_without},
        "outliers": list(done.outliers),
        "diagnostics": _diagnostics(done),
    }
    return plain(told)


def _refused(refusal: Refused, method: Method, lang: Language) -> dict[str, Any]:
    return {
        "status": "refused",
        "reason": refusal.describe(lang),
        "method": method,
        "mode": None,
        "model": None,
        "holiday": None,
        "coefficients": [],
        "aicc": {"with_holiday": None, "without_holiday": None},
        "outliers": [],
        "diagnostics": {"code": refusal.code},
    }


def _diagnostics(done: Adjustment) -> dict[str, Any]:
    found = asdict(done.diagnostics)
    estimates = dict(zip(done.months, done.parts.complete.tolist(), strict=True))
    return {
        **found,
        "residual_seasonality": done.seasonality_left,
        "sliding_spans": asdict(done.spans) | {"stable": done.spans.stable} if done.spans else None,
        "revision_history": _flat(done.history) if done.history else None,
        "gaps": [{"period": month, "estimate": estimates[month]} for month in done.gaps],
        "windows_tried": [
            {"windows": "+".join(window.name for window in trial.windows) or "none", "aicc": trial.aicc}
            for trial in (done.choice.trials if done.choice else ())
        ],
        "notes": [note.code for note in done.notes],
    }


def _flat(found: Any) -> dict[str, Any]:
    """The fields of a result as they are: `asdict` would take its months apart."""
    return {field.name: getattr(found, field.name) for field in fields(found)}


def plain(value: Any) -> Any:
    """Only what JSON has: months as text, figures that are not finite as null."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float | np.floating):
        return float(value) if isfinite(value) else None
    return str(value) if isinstance(value, Month) else value
