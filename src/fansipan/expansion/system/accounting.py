"""Discounting, salvage and annuities: conventions of a system as data (method rule E15).

Investment is discounted at the start of the year, running costs at mid-year, and what a plant is still worth is
credited at the end of the horizon plus one year. Source: the published OSeMOSYS code (CC1 to SV4); Howells et al.
(2011).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from fansipan.linear.keys import Floats

SINKING_FUND, STRAIGHT_LINE = 1, 2


def discount_factor(rate: ArrayLike, years: Sequence[int], shift: float = 0.0) -> Floats:
    """Present value of one unit of money in each year, ``(1 + rate) ** -(year - first + shift)``.

    `rate` of shape (K) gives (K, Y), a scalar (Y); `shift` is 0 for the start of the year and 0.5 for its middle.
    """
    calendar = np.asarray(years, np.float64)
    return (1.0 + np.asarray(rate, np.float64)[..., None]) ** -(calendar - calendar.min() + shift)


def salvage_share(
    rate: ArrayLike, life: ArrayLike, method: ArrayLike, years: Sequence[int], lead: ArrayLike = 0
) -> Floats:
    """The share of its capital that a plant decided in each year is still worth at the end of the horizon, (K, Y).

    `method` is 1 for a sinking fund (straight line where the rate is zero) and 2 for straight line; a plant whose life
    ends within the horizon is worth nothing. Its life begins `lead` years after the decision (Fansipan's own).
    """
    rates, lives, methods, leads = (np.asarray(v, np.float64)[..., None] for v in (rate, life, method, lead))
    calendar = np.asarray(years, np.float64)
    age = np.maximum(calendar.max() - calendar - leads + 1.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        straight = 1.0 - age / lives
        fund = 1.0 - ((1.0 + rates) ** age - 1.0) / ((1.0 + rates) ** lives - 1.0)
    worth = np.where((methods == SINKING_FUND) & (rates > 0), fund, straight)
    return np.where(calendar + leads + lives - 1.0 > calendar.max(), worth, 0.0)


def capital_present(
    rate: ArrayLike, life: ArrayLike, method: ArrayLike, years: Sequence[int], lead: ArrayLike = 0
) -> Floats:
    """Present value of one unit of money invested in each year, less what is left of it at the end, (K, Y)."""
    calendar = np.asarray(years)
    end = (1.0 + np.asarray(rate, np.float64)) ** -(calendar.max() - calendar.min() + 1.0)
    return discount_factor(rate, years) - salvage_share(rate, life, method, years, lead) * end[..., None]


def hurdle_factor(hurdle: ArrayLike, rate: ArrayLike, life: ArrayLike) -> Floats:
    """How much dearer capital becomes when its yearly payments are set at `hurdle` and discounted at `rate`, (K).

    The recovery factor at the hurdle rate times the value of an annuity due at the discount rate; 1 where they are
    equal. OSeMOSYS, CapitalRecoveryFactor times PvAnnuity.
    """
    hurdles, rates, lives = (np.asarray(value, np.float64) for value in (hurdle, rate, life))
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = _annuity_due(rates, lives) / _annuity_due(hurdles, lives)
    return np.where((hurdles == rates) | (lives <= 0), 1.0, factor)


def _annuity_due(rate: Floats, life: Floats) -> Floats:
    """The present value of one unit of money at the start of each year of `life`; `life` where the rate is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (1.0 - (1.0 + rate) ** -life) * (1.0 + rate) / rate
    return np.where(rate == 0, life, value)
