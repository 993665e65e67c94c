"""The day as of which a month is told (Rule P2)."""

from __future__ import annotations

from datetime import date
from math import ceil

import polars as pl

from fansipan.errors import Refused
from fansipan.periods import Month
from fansipan.statistics.output_value import Tables

LATE = 0.5  # share of a month's returns above which they are taken to come in after the month
COME = 0.9  # share of them that must have come in by the day told of


def day_of(province: Tables, month: Month) -> date:
    """The day as of which `month` is told: its last day, or a later one where its returns come in after the month.

    If more than half of the lines that have a return of `month` had none yet on its last day, it is the day by which
    nine of ten had.
    """
    came = (
        province["returns"]
        .filter((pl.col("month") == str(month)) & pl.col("quantity").is_not_null())
        .group_by("establishment", "product")
        .agg(pl.col("recorded_at").min().dt.date())["recorded_at"]
    )
    days: list[date] = sorted(came.to_list())
    if sum(day > month.last_day for day in days) <= LATE * len(days):
        return month.last_day
    return days[ceil(COME * len(days)) - 1]


def check_reported(known: Tables, month: Month, day: date) -> None:
    """Refuse a month of which no return was known on `day`: it would be imputed throughout and taken for reported.

    Raises Refused ``scenario.month-empty`` with the last month that has returns, ``output.no-returns`` without any.
    """
    months = known["returns"].filter(pl.col("quantity").is_not_null())["month"].unique()
    if str(month) in set(months):
        return
    before = sorted(one for one in months if one < str(month))
    if not before:
        raise Refused("output.no-returns", until=month)
    raise Refused("scenario.month-empty", month=month, day=day, last=Month.parse(before[-1]))
