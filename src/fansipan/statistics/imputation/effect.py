"""What imputation and grossing up do to the total: without, as is, and with every other method (Rules ED14, ED15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.comparison import growth
from fansipan.statistics.imputation.filling import CHOICES, DEFAULT_METHODS, methods_from
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import Output, Tables, complete_output, expected_rows

REPORTED_ONLY = "reported-only"
DEFAULT = "default"


def imputation_effect(
    province: Tables, month: Month, *, known_on: date | None = None, choices: Sequence[str] = CHOICES
) -> pl.DataFrame:
    """The month's gross output and its growth under each treatment of what is missing.

    One row a treatment: ``reported-only`` (missing left missing, in both months compared), ``default``, and each of
    `choices` put first. Columns: `treatment`, `value` (billion đồng, constant prices), `imputed` (how many values it
    filled), `imputed_value`, `missing` (that it could not fill), `growth` on the same month last year (percent), and
    `value_difference` and `growth_difference` from the default (billion đồng; percentage points). Rule ED14. Raises
    what `compile_output` raises, and NotFound ``imputation.unknown``.
    """
    treatments = {REPORTED_ONLY: (), DEFAULT: DEFAULT_METHODS} | {choice: methods_from(choice) for choice in choices}
    grid = expected_rows(province, month, known_on)
    rows = [
        {"treatment": name, **_figures(complete_output(grid, province, month, known_on, methods), month)}
        for name, methods in treatments.items()
    ]
    default = next(row for row in rows if row["treatment"] == DEFAULT)
    for row in rows:
        row["value_difference"] = row["value"] - default["value"]
        both = row["growth"] is not None and default["growth"] is not None
        row["growth_difference"] = row["growth"] - default["growth"] if both else None
    numbers = ("value", "imputed_value", "growth", "value_difference", "growth_difference")
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(numbers, pl.Float64))


def _figures(output: Output, month: Month) -> dict:
    rows = output.rows.filter(pl.col("month") == str(month))
    value = dict(gross_output(output).select("month", "value").iter_rows())
    filled = rows.filter(pl.col("method").is_not_null())
    return {
        "value": value.get(str(month), 0.0),
        "imputed": filled.height,
        "imputed_value": filled["constant"].sum(),
        "missing": rows["quantity"].null_count(),
        "growth": growth(value.get(str(month)), value.get(str(month - 12))),
    }


def grossing_up(output: Output, months: Sequence[Month]) -> pl.DataFrame:
    """What sampling weights add over `months`, billion đồng at constant prices (Rule ED15).

    Columns: `month`, `weighted` (rows with a weight other than 1), `value`, `sampled` (what the rows themselves made)
    and `grossed` (the difference).
    """
    rows = output.rows.filter(pl.col("month").is_in([str(m) for m in months]))
    own = pl.col("constant") / pl.col("weight")
    return (
        rows.group_by("month")
        .agg(
            (pl.col("weight") != 1.0).sum().alias("weighted"),
            pl.col("constant").sum().alias("value"),
            own.sum().alias("sampled"),
            (pl.col("constant") - own).sum().alias("grossed"),
        )
        .sort("month")
    )
