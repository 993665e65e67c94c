"""Charts of a plan: output by year and section, and the frontier between two measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from fansipan.report.content import Words, words
from fansipan.report.drawings.charts import PALETTE, styled
from fansipan.texts import Language


def stacked_years(by_group: pl.DataFrame, name: Callable[[str], Words], lang: Language) -> Any:
    """Gross output of each year as a bar cut into sections: `by_group` has `section`, `year` and `output`."""
    import altair as alt

    grouped = by_group.group_by("section", "year", maintain_order=True).agg(pl.col("output").sum())
    summed = grouped.filter(pl.col("output") > 0).sort("section", "year")
    sections = summed.group_by("section", maintain_order=True).agg(pl.col("output").sum())
    largest = sections.sort("output", descending=True, maintain_order=True)["section"]
    order = [name(code).in_language(lang) for code in largest]
    told = pl.col("section").map_elements(lambda code: name(code).in_language(lang), return_dtype=pl.String)
    data = summed.with_columns(told.alias("part"), pl.col("year").cast(pl.String))
    return styled(
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("output:Q", title=words("plan-page.unit.value").in_language(lang), axis=alt.Axis(format=",.0f")),
            color=alt.Color("part:N", sort=order, scale=alt.Scale(domain=order)),
        ),
        height=280,
    )


def frontier_chart(points: pl.DataFrame, x: str, y: str) -> Any:
    """The frontier as a line with its points; hollow ones are not proven best."""
    import altair as alt

    base = alt.Chart(points).encode(
        x=alt.X("x:Q", title=x, scale=alt.Scale(zero=False, padding=20), axis=alt.Axis(format=",.0f")),
        y=alt.Y("y:Q", title=y, scale=alt.Scale(zero=False, padding=20), axis=alt.Axis(format=",.0f")),
    )
    line = base.mark_line(color=PALETTE[0], strokeWidth=2)
    dots = base.mark_point(size=80, color=PALETTE[0], filled=True, opacity=1).encode(
        fill=alt.condition("datum.proven", alt.value(PALETTE[0]), alt.value("white"))
    )
    return styled(line + dots, height=300)
