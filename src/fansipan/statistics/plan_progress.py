"""How far the year's plan is filled (Rule G12)."""

from __future__ import annotations

from datetime import date

import polars as pl

from fansipan.periods import Month
from fansipan.statistics.comparison import sum_over
from fansipan.statistics.measures import TOTAL, gross_output
from fansipan.statistics.output_value import Output

INDICATOR = "gross-output"


def planned(plans: pl.DataFrame, year: int, scope_kind: str, known_on: date | None = None) -> pl.DataFrame:
    """The year's planned gross output at constant 2010 prices by scope: `scope` and `plan` (billion đồng)."""
    known = plans
    if known_on is not None:
        known = plans.filter(pl.col("published_on").is_null() | (pl.col("published_on") <= known_on))
    wanted = known.filter(
        (pl.col("indicator") == INDICATOR)
        & (pl.col("scope_kind") == scope_kind)
        & (pl.col("period") == str(year))
        & (pl.col("price_basis") == "constant-2010")
    )
    return wanted.select("scope", pl.col("value").alias("plan"))


def percent_of_plan(output: Output, plans: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Output from January to `month` against the year's plan, by section and in all.

    Returns `scope` (a section, or ``total``), `done` and `plan` (billion đồng, constant 2010 prices), `percent` and
    `remaining` (billion đồng). The total's plan is the province's own row; where there is none, the sum of the
    sections'.
    """
    months = month.since_january()
    sections = sum_over(gross_output(output, by="section"), months, "section", "value").rename({"section": "scope"})
    total = sum_over(gross_output(output), months, TOTAL, "value").rename({TOTAL: "scope"})
    of_sections = planned(plans, month.year, "industry", output.known_on)
    of_total = planned(plans, month.year, "province", output.known_on).with_columns(pl.lit(TOTAL).alias("scope"))
    if of_total.is_empty() and not of_sections.is_empty():
        of_total = pl.DataFrame({"scope": [TOTAL], "plan": [of_sections["plan"].sum()]})
    done = pl.concat([sections.sort("scope"), total]).rename({"value": "done"})
    return done.join(pl.concat([of_sections, of_total]), on="scope", how="left", maintain_order="left").with_columns(
        (pl.col("done") / pl.col("plan") * 100).alias("percent"), (pl.col("plan") - pl.col("done")).alias("remaining")
    )
