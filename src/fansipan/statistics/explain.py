"""From a printed figure down to the returns, edits and imputations that it came from (Rules X1 to X3).

    explain(province, month=Month(2024, 5), known_on=date(2024, 5, 31), scope={"section": "C"})

gives the figure, its parts one level down, every row that was summed,
the returns behind each row (the one that held and those
it replaced), the edits that hold, and what each imputed value was computed from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fansipan.classification import LEVELS
from fansipan.errors import NotFound
from fansipan.periods import Month
from fansipan.statistics.imputation.filling import DEFAULT_METHODS
from fansipan.statistics.measures import TOTAL, check_dimension, gross_output, growth_of_output, select
from fansipan.statistics.output_value import Output, Tables, compile_output
from fansipan.statistics.records import KEY, end_of

PAIR = ("establishment", "product")
RULES = ("G1", "G2", "G4", "G5", "G7", "G9")
# What a figure is broken down by next: the first of these that its scope does not fix.
DESCENT = ("section", "division", "class", "product", "establishment")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure and where it came from; frames are sorted by what matters most.

    `value` and `base` (the same month last year) in billion đồng at constant 2010 prices,
    `growth` in percent. `parts`: the
    parts by `parted_by`, with level, base, growth and contribution. `rows`: one a return summed, with `share` of the
    figure in percent. `returns`: every recorded return behind the rows, `holds` true for the one that was used.
    `edits`: those that hold. `imputed`: each imputed value with its method, the quantity and month it was made from,
    the movement applied and the level whose movement that is.
    """

    month: Month
    known_on: date | None
    scope: Mapping[str, str]
    value: float
    base: float | None
    growth: float | None
    parted_by: str
    parts: pl.DataFrame
    rows: pl.DataFrame
    returns: pl.DataFrame
    edits: pl.DataFrame
    imputed: pl.DataFrame

    def as_dict(self) -> dict[str, Any]:
        """The explanation as plain data, for JSON."""
        frames = {name: getattr(self, name).to_dicts() for name in ("parts", "rows", "returns", "edits", "imputed")}
        return {
            "indicator": "gross-output",
            "price_basis": "constant-2010",
            "unit": "billion đồng",
            "month": str(self.month),
            "known_on": self.known_on,
            "scope": dict(self.scope),
            "value": self.value,
            "base": self.base,
            "growth": self.growth,
            "rules": list(RULES),
            "parted_by": self.parted_by,
            **frames,
        }


def explain(
    province: Tables,
    *,
    month: Month,
    known_on: date | None = None,
    scope: Mapping[str, str] | None = None,
    methods: Sequence[str] = DEFAULT_METHODS,
    output: Output | None = None,
) -> Explanation:
    """Explain the gross output of a month in a scope (Rule X1: the rows add up to the figure).

    `methods` are those of imputation, as in `compile_output`; `output` is what that gives, where it is at hand.
    Raises NotFound ``scope.unknown`` for a dimension that output cannot be summed by, ``explain.nothing`` if nothing
    lies in the scope in that month.
    """
    wanted = dict(scope or {})
    for dimension in wanted:
        check_dimension(dimension)
    if output is None:
        output = compile_output(province, until=month, known_on=known_on, methods=methods)
    rows = select(output, wanted).filter(pl.col("month") == str(month))
    if rows.is_empty():
        named = ", ".join(f"{k}={v}" for k, v in wanted.items()) or TOTAL
        raise NotFound("explain.nothing", scope=named, month=month)
    figure = growth_of_output(output, month, "yoy", scope=wanted).row(0, named=True)
    parted_by = next((d for d in DESCENT if d not in wanted and not _fixed(d, wanted)), "establishment")
    return Explanation(
        month,
        known_on,
        wanted,
        figure["level"],
        figure["base"],
        figure["growth"],
        parted_by,
        _parts(output, month, parted_by, wanted),
        _shares(rows, figure["level"]),
        _returns(province, rows, month, known_on),
        _edits(province, rows, month, known_on),
        _imputed(rows),
    )


def _fixed(dimension: str, scope: Mapping[str, str]) -> bool:
    """Whether a scope at a lower level of the classification fixes this one."""
    lower = [d for d in LEVELS if d in scope]
    return dimension in LEVELS and any(LEVELS.index(dimension) < LEVELS.index(d) for d in lower)


def _parts(output: Output, month: Month, by: str, scope: Mapping[str, str]) -> pl.DataFrame:
    grown = growth_of_output(output, month, "yoy", by=by, scope=scope)
    present = gross_output(output, by=by, scope=scope)[by].unique()
    return grown.filter(pl.col(by).is_in(present.implode(), nulls_equal=True)).sort(
        "level", descending=True, nulls_last=True
    )


def _shares(rows: pl.DataFrame, whole: float) -> pl.DataFrame:
    columns = [*PAIR, "quantity", "constant", "current", "status", "recorded_at", "method", "edited"]
    share = (pl.col("constant") / whole * 100) if whole else pl.lit(None, dtype=pl.Float64)
    return rows.select(*columns).with_columns(share.alias("share")).sort("constant", descending=True, nulls_last=True)


def _returns(province: Tables, rows: pl.DataFrame, month: Month, known_on: date | None) -> pl.DataFrame:
    """Every return recorded for the rows, oldest first; `holds` is true for the one that was used (Rule X2)."""
    returns = _known(province["returns"], month, known_on).join(rows.select(PAIR), on=PAIR, how="semi")
    last = pl.col("recorded_at") == pl.col("recorded_at").max().over(*KEY)
    return returns.with_columns(last.alias("holds")).sort(*PAIR, "recorded_at")


def _edits(province: Tables, rows: pl.DataFrame, month: Month, known_on: date | None) -> pl.DataFrame:
    """The edits of rows that were edited, oldest first."""
    edited = rows.filter(pl.col("edited")).select(PAIR)
    return _known(province["edits"], month, known_on).join(edited, on=PAIR, how="semi").sort("recorded_at")


def _known(frame: pl.DataFrame, month: Month, known_on: date | None) -> pl.DataFrame:
    of_month = frame.filter(pl.col("month") == str(month))
    return of_month if known_on is None else of_month.filter(pl.col("recorded_at") < end_of(known_on))


def _imputed(rows: pl.DataFrame) -> pl.DataFrame:
    """Imputed values with the quantity and month they were made from and the movement applied to it (Rule X3)."""
    filled = rows.filter(pl.col("method").is_not_null())
    movement = pl.when(pl.col("base_quantity") > 0).then(pl.col("quantity") / pl.col("base_quantity"))
    columns = (*PAIR, "class", "method", "base_month", "base_quantity", "moved_by", "movement", "quantity", "constant")
    found = filled.with_columns(movement.alias("movement")).select(columns)
    return found.sort("constant", descending=True, nulls_last=True)
