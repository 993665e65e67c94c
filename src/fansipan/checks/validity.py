"""Rule C3: rows fit the dates between which things were there.

An establishment reports between the days on which it opened and closed; an area holds establishments while it is in
force; a period ends after it begins; a thing is of one kind at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from fansipan.checks.subject import Subject, at_most
from fansipan.errors import Fault
from fansipan.notation import day as printed_day
from fansipan.notation import decimals
from fansipan.tables import REGISTRY
from fansipan.texts import Quantity, Words

ORDERED = (("valid_from", "valid_to"), ("opened_on", "closed_on"), ("start", "due"), ("received_on", "done_on"))
REPORTED = {"returns": ("quantity", "sales", "value"), "establishment_returns": ("labour", "revenue")}
FIGURES = {"returns": ("quantity", "sales", "stock", "value"), "establishment_returns": ("labour", "revenue")}
FIRST_DAY = pl.col("month").str.to_date("%Y-%m", strict=False)


def reversed_dates(subject: Subject) -> Iterator[Fault]:
    """Rows that end before they begin."""
    for name in subject.gathered.frames:
        columns = REGISTRY[name].column_names()
        for first, last in ORDERED:
            if first in columns and last in columns:
                rows = subject.rows(name).with_row_index("@row").filter(pl.col(last) < pl.col(first))
                for row in rows.iter_rows(named=True):
                    params = {"first": _day(row[first]), "last": _day(row[last])}
                    yield subject.fault("dates.reversed", name, row["@row"], last, params)


def returns_outside_life(subject: Subject) -> Iterator[Fault]:
    """Returns with figures above zero for a month that ended before the establishment opened or began after its end."""
    lives = (
        subject.everything("establishments").select("establishment", "opened_on", "closed_on").unique("establishment")
    )
    for name, figures in REPORTED.items():
        working = pl.any_horizontal(pl.col(figure).fill_null(0) > 0 for figure in figures)
        rows = subject.latest(name).join(lives, on="establishment", maintain_order="left")
        rows = rows.filter(working).with_columns(FIRST_DAY.alias("@from"))
        early = rows.filter(pl.col("@from").dt.month_end() < pl.col("opened_on"))
        late = rows.filter(pl.col("@from") > pl.col("closed_on"))
        yield from at_most(_told(subject, "dates.not-open-yet", name, "month", early, "opened_on"))
        yield from at_most(_told(subject, "dates.closed", name, "month", late, "closed_on"))


def recorded_too_soon(subject: Subject) -> Iterator[Fault]:
    """Returns recorded before their month began: they cannot be observations of it."""
    for name in REPORTED:
        rows = subject.rows(name).with_row_index("@row").with_columns(FIRST_DAY.alias("@from"))
        soon = rows.filter(pl.col("recorded_at") < pl.col("@from"))
        yield from at_most(_told(subject, "dates.recorded-too-soon", name, "recorded_at", soon, "@from", subject.doubt))


def blanks_over_figures(subject: Subject) -> Iterator[Fault]:
    """Rule C13: a later record that leaves blank a figure which an earlier one gave; the figure stays (Rule G1)."""
    for name, figures in FIGURES.items():
        keys = [key for key in REGISTRY[name].primary_key() if key != "recorded_at"]
        rows = subject.rows(name).with_row_index("@row")
        known = subject.beside[name].select(*keys, "recorded_at", *figures)
        every = pl.concat([known, rows], how="diagonal").sort("recorded_at", maintain_order=True)
        for figure in figures:
            before = pl.col(figure).forward_fill().shift(1).over(keys)
            marked = every.with_columns(before.alias("@before"))
            blank = pl.col("@row").is_not_null() & pl.col(figure).is_null()
            wiped = marked.filter(blank & pl.col("@before").is_not_null())
            yield from at_most(_kept(subject, name, figure, wiped.sort("@row")))


def _kept(subject: Subject, name: str, figure: str, rows: pl.DataFrame) -> Iterator[Fault]:
    for row in rows.iter_rows(named=True):
        what = ", ".join(str(row[key]) for key in REGISTRY[name].primary_key() if key != "recorded_at")
        params = {"thing": what, "figure": Quantity(row["@before"], decimals(row["@before"]))}
        yield subject.fault("record.blank-kept", name, row["@row"], figure, params, severity="warning")


def areas_not_in_force(subject: Subject) -> Iterator[Fault]:
    """Establishments, zones and projects in an area that had ended before they began, or began after they had ended."""
    areas = subject.everything("areas").select(
        pl.col("area"), pl.col("valid_from").alias("@from"), pl.col("valid_to").alias("@to"), "successor"
    )
    rows = (
        subject.rows("establishments")
        .with_row_index("@row")
        .join(areas.unique("area"), on="area", maintain_order="left")
    )
    ended = rows.filter(pl.col("opened_on") > pl.col("@to"))
    yield from at_most(_told(subject, "dates.area-ended", "establishments", "area", ended, "@to"))
    early = rows.filter(pl.col("closed_on") < pl.col("@from"))
    yield from at_most(_told(subject, "dates.area-not-begun", "establishments", "area", early, "@from"))
    yield from _reporting_after_area(subject, rows)


def overlapping_periods(subject: Subject) -> Iterator[Fault]:
    """Rows of the same thing whose dates of validity overlap (a line of industry in two portfolio groups at once)."""
    for name in subject.gathered.frames:
        table = REGISTRY[name]
        keys = table.primary_key()
        if "valid_from" not in keys or "valid_to" not in table.column_names():
            continue
        thing = [key for key in keys if key != "valid_from"]
        rows = subject.rows(name).with_row_index("@row").sort(*thing, "valid_from")
        before = pl.col("valid_to").shift(1).over(thing)
        follows = pl.col("valid_from").shift(1).over(thing).is_not_null()
        over = rows.filter(follows & (before.is_null() | (before >= pl.col("valid_from"))))
        for row in over["@row"].sort():
            value = ", ".join(str(subject.rows(name)[key][row]) for key in thing)
            yield subject.fault("dates.overlap", name, row, "valid_from", {"thing": value}, severity=subject.doubt)


def _reporting_after_area(subject: Subject, establishments: pl.DataFrame) -> Iterator[Fault]:
    last = subject.everything("returns").group_by("establishment").agg(FIRST_DAY.max().alias("@last"))
    after = establishments.join(last, on="establishment", maintain_order="left").filter(pl.col("@last") > pl.col("@to"))
    yield from at_most(_told(subject, "dates.area-ended-since", "establishments", "area", after, "@to", subject.doubt))


def _told(
    subject: Subject, code: str, name: str, column: str, rows: pl.DataFrame, day: str, severity: str = "error"
) -> Iterator[Fault]:
    for row in rows.sort("@row").iter_rows(named=True):
        who = row.get("establishment")
        params = {"day": _day(row[day]), "establishment": who, "successor": row.get("successor") or "?"}
        yield subject.fault(code, name, row["@row"], column, params, severity=severity)


def _day(value: Any) -> Words:
    return Words(printed_day(value, "vi"), printed_day(value, "en"))
