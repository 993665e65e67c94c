"""Freezing a month as a vintage, with a digest that tells whether anybody touched it (Rules V1 and V2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from fansipan.errors import NotFound, Refused
from fansipan.notation import rounded
from fansipan.periods import Month
from fansipan.statistics.comparison import COMPARISONS, Comparison
from fansipan.statistics.measures import TOTAL, growth_of_output
from fansipan.statistics.output_value import Tables, compile_output
from fansipan.texts import Words

KEY = ("indicator", "scope_kind", "scope", "period", "measure")
SCALE = 9
# Of each comparison, the measure under which its level and its growth are published.
MEASURES: Mapping[Comparison, tuple[str | None, str]] = {
    "mom": ("level", "mom"),
    "yoy": (None, "yoy"),
    "ytd": ("ytd", "ytd-yoy"),
}
SCOPES = ((TOTAL, "province"), ("section", "industry"), ("kind", "kind"), ("portfolio", "portfolio"))


@dataclass(frozen=True, slots=True)
class Vintage:
    """A publication about to be recorded: `row` for the table vintages, `figures` for vintage_figures."""

    row: pl.DataFrame
    figures: pl.DataFrame


def headline_figures(province: Tables, month: Month, known_on: date) -> pl.DataFrame:
    """The figures that a month's publication consists of: output and growth of all, sections, kinds, portfolio groups.

    Returns the columns of `vintage_figures` without the vintage; values are kept to nine decimals.
    """
    output = compile_output(province, until=month, known_on=known_on)
    frames = []
    for by, scope_kind in SCOPES:
        for comparison in (c for c in COMPARISONS if c in MEASURES):
            grown = growth_of_output(output, month, comparison, by=by).filter(pl.col(by).is_not_null())
            level, growth = MEASURES[comparison]
            for column, measure in (("level", level), ("growth", growth)):
                if measure is not None:
                    frames.append(_figures(grown, by, scope_kind, month, column, measure))
    figures = pl.concat(frames).filter(pl.col("value").is_not_null())
    return figures.with_columns(pl.col("value").round(SCALE)).sort(KEY)


def _figures(grown: pl.DataFrame, by: str, scope_kind: str, month: Month, column: str, measure: str) -> pl.DataFrame:
    scope = pl.lit("province") if by == TOTAL else pl.col(by)
    return grown.select(
        pl.lit("gross-output").alias("indicator"),
        pl.lit(scope_kind).alias("scope_kind"),
        scope.alias("scope"),
        pl.lit(str(month)).alias("period"),
        pl.lit(measure).alias("measure"),
        pl.lit("constant-2010").alias("price_basis"),
        pl.col(column).alias("value"),
    )


def digest(figures: pl.DataFrame) -> str:
    """SHA-256 of the figures, whatever the order of rows and the file they were kept in.

    A line a figure: indicator, kind of scope, scope, period, measure, value to nine decimals, parted by tabs, sorted.
    """
    lines = sorted(
        "\t".join([*row[:5], str(rounded(row[5], SCALE))]) for row in figures.select(*KEY, "value").iter_rows()
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def publish(province: Tables, *, vintage: str, month: Month, known_on: date, published_on: date) -> Vintage:
    """Freeze the month's figures as known on a day under the name `vintage` (Rule V1).

    The caller appends both frames to the province's tables. Raises Refused ``vintage.frozen`` if the name is taken: a
    vintage is never changed; publish anew under another name. Raises Refused ``vintage.from-the-future`` if the figures
    would be known later than they are published.
    """
    if vintage in province["vintages"]["vintage"].to_list():
        raise Refused("vintage.frozen", vintage=vintage)
    if known_on > published_on:
        raise Refused("vintage.from-the-future", known_on=known_on.isoformat(), published_on=published_on.isoformat())
    figures = headline_figures(province, month, known_on)
    row = pl.DataFrame(
        {
            "vintage": [vintage],
            "month": [str(month)],
            "as_known_on": [known_on],
            "published_on": [published_on],
            "digest": [digest(figures)],
            "source": ["reported"],
        }
    )
    return Vintage(row, figures.select(pl.lit(vintage).alias("vintage"), *figures.columns))


def verify(province: Tables, vintage: str) -> bool:
    """Whether the figures of a vintage are still those that were published (Rule V2).

    Raises NotFound ``name.unknown`` for a vintage that is not there.
    """
    rows = province["vintages"].filter(pl.col("vintage") == vintage)
    if rows.is_empty():
        known = ", ".join(province["vintages"]["vintage"]) or "–"
        raise NotFound("name.unknown", kind=Words("lần công bố", "vintage"), name=vintage, near=known)
    return rows["digest"][0] == digest(province["vintage_figures"].filter(pl.col("vintage") == vintage))
