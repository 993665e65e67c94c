"""What a cash flow is worth and when it pays back. Rules A30 to A33."""

from __future__ import annotations

import numpy as np

from fansipan.appraisal.finance.rates import Floats


def per_period(annual: float, periods_a_year: int) -> float:
    """The rate per period that compounds to the `annual` rate (0.1 is 10 %)."""
    return float((1 + annual) ** (1 / periods_a_year) - 1)


def net_present_value(flows: Floats, rate: Floats | float) -> Floats:
    """Net present value of each row of `flows` (flows x periods); the first period is not discounted. Rule A30.

    `rate` is per period, one for all or one a flow, above -1.
    """
    flows = np.atleast_2d(np.asarray(flows, dtype=np.float64))
    factor = 1 / (1 + np.asarray(rate, dtype=np.float64))
    if factor.ndim == 0:
        return np.asarray(flows @ factor ** np.arange(flows.shape[1]), dtype=np.float64)
    value = np.zeros(len(flows))
    for column in flows.T[::-1]:
        value = value * factor + column
    return value


def payback(flows: Floats, rate: float = 0.0) -> Floats:
    """Periods until the discounted sum of each row stays at or above zero, within the last period by proportion.

    nan where it never does. A later loss that takes the sum below zero again starts the wait anew. Rule A32.
    """
    flows = np.atleast_2d(np.asarray(flows, dtype=np.float64))
    worth = flows / (1 + rate) ** np.arange(flows.shape[1])
    total = np.cumsum(worth, axis=1)
    short = total < -1e-12 * np.abs(worth).sum(axis=1, keepdims=True)
    last = flows.shape[1] - 1 - np.argmax(short[:, ::-1], axis=1)
    rows = np.arange(len(flows))
    following = np.minimum(last + 1, flows.shape[1] - 1)
    gain = worth[rows, following]
    part = np.divide(-total[rows, last], gain, out=np.zeros(len(flows)), where=gain > 0)
    found = np.where(short.any(axis=1), last + part, 0.0)
    return np.where(short[:, -1], np.nan, found)


def debt_cover(available: Floats, service: Floats) -> Floats:
    """Cash available over interest and principal, period by period; nan where nothing is due. Rule A33."""
    return np.asarray(np.divide(available, service, out=np.full_like(available, np.nan), where=service > 0))
