"""Indicators of output: gross output of a span, an industry's share of it."""

from __future__ import annotations

import polars as pl

from fansipan.indicators.figure import Evidence, Figure, Scope, Source, Span
from fansipan.statistics.measures import select
from fansipan.texts import Words

# Which dimension of output a scope's kind means; an industry is a section by its letter, else a division.
DIMENSION = {"area": "area", "zone": "zone", "product": "product", "portfolio": "portfolio", "ownership": "ownership"}


def gross_output(source: Source, scope: Scope, span: Span) -> Figure:
    """Gross output of the span's months that have returns, constant 2010 prices, billion đồng."""
    value, months = _sum(source, _selected(scope), span)
    if value is None:
        return Figure(None)
    params = {"first": _written(months[0]), "last": _written(months[-1]), "count": len(months)}
    return Figure(value, (Evidence("returns", f"{months[0]}..{months[-1]}", "evidence.months", params),))


def share_of_output(source: Source, scope: Scope, span: Span) -> Figure:
    """The share of the scope in gross output of the span, percent, constant 2010 prices."""
    part, months = _sum(source, _selected(scope), span)
    whole, _ = _sum(source, {}, span)
    if part is None or not whole:
        return Figure(None)
    params = {"first": _written(months[0]), "last": _written(months[-1]), "count": len(months)}
    return Figure(100 * part / whole, (Evidence("returns", f"{months[0]}..{months[-1]}", "evidence.months", params),))


def _written(month: str) -> Words:
    return Words(f"{month[5:]}/{month[:4]}", month)


def _selected(scope: Scope) -> dict[str, str]:
    if scope.kind == "province":
        return {}
    if scope.kind == "industry":
        return {"section" if scope.code.isalpha() else "division": scope.code}
    return {DIMENSION.get(scope.kind, scope.kind): scope.code}


def _sum(source: Source, scope: dict[str, str], span: Span) -> tuple[float | None, list[str]]:
    """Output of the months that lie wholly or partly in the span and have returns, and which months those are."""
    if source.output is None or source.last_month is None:
        return None, []
    first, last = f"{span.start:%Y-%m}", min(f"{span.end:%Y-%m}", str(source.last_month))
    rows = select(source.output, scope).filter(pl.col("month").is_between(pl.lit(first), pl.lit(last)))
    months = sorted(set(rows["month"]))
    return (float(rows["constant"].sum()), months) if months else (None, [])
