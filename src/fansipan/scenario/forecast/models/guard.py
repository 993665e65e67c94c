"""Which members' forecasts are absurd and left out (Rule F7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

RECENT = 36  # months that say what is usual
ROOM = 3.0  # times the recent range beyond the recent figures


def absurd(mean: Values, history: Values) -> bool:
    """Whether a forecast is not finite or leaves what the recent past makes credible.

    Credible is up to `ROOM` times the range of the last `RECENT` figures below the least and above the greatest of
    them; where none of the history is negative, the forecast's sum may not be negative either.
    """
    if not np.isfinite(mean).all():
        return True
    recent = history[~np.isnan(history)][-RECENT:]
    low, high = recent.min(), recent.max()
    room = ROOM * (high - low)
    if mean.min() < low - room or mean.max() > high + room:
        return True
    return bool(mean.sum() < 0 <= np.nanmin(history))
