"""Charts in one style, drawn with Altair and turned to SVG or PNG with letters that Vietnamese needs.

Every function takes a small Polars frame and gives an Altair chart; `to_svg` and `to_png` draw it without a browser.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import polars as pl

from fansipan.texts import Language

FONT = "Be Vietnam Pro"
# Colours told apart by readers with any colour vision, and in grey print: Okabe and Ito (2008), darkened for white
# paper.
PALETTE = ("#0b6e8c", "#d98b1d", "#3f8f5b", "#a64d79", "#5b6abf", "#8c6d31", "#c0504d", "#6b6b6b")
GOOD, BAD, QUIET, INK = "#2f855a", "#c0392b", "#9aa5b1", "#22303c"
WIDTH = 780
# A place with more digits than a screen has points: the last ones differ from run to run with the order of sums.
LONG = re.compile(r"-?\d+\.\d{7,}(?:e[+-]?\d+)?")

VIETNAMESE_FORMAT = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
ENGLISH_FORMAT = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["₫", ""]}


@cache
def _renderer() -> Any:
    """vl-convert with the font registered: a missing font makes text vanish from pictures without a word."""
    from importlib.util import find_spec
    from pathlib import Path

    import vl_convert

    spec = find_spec("fontpkg_be_vietnam_pro")
    if spec is not None and spec.submodule_search_locations:
        for folder in {path.parent for path in Path(spec.submodule_search_locations[0]).rglob("*.ttf")}:
            vl_convert.register_font_directory(str(folder))
    return vl_convert


def styled(chart: Any, *, width: int | str = WIDTH, height: int | None = None) -> Any:
    """The chart in the house's style: one font, quiet grid, no frame."""
    size = {"width": width} | ({"height": height} if height else {})
    return (
        chart.properties(**size)
        .configure(font=FONT, background="white")
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            titleColor=INK,
            labelColor=INK,
            gridColor="#e6eaee",
            domainColor="#b8c2cc",
            tickColor="#b8c2cc",
            labelLimit=420,
        )
        .configure_legend(labelFontSize=12, titleFontSize=12, orient="top", title=None, labelLimit=420, columns=4)
        .configure_range(category=list(PALETTE))
    )


def to_svg(chart: Any, lang: Language) -> str:
    """The chart as SVG text, numbers in the style of `lang`."""
    drawn = _renderer().vegalite_to_svg(chart.to_dict(), format_locale=_locale(lang))
    return LONG.sub(lambda number: f"{round(float(number[0]), 4) + 0.0:.4f}".rstrip("0").rstrip("."), drawn)


def to_png(chart: Any, lang: Language, scale: float = 2) -> bytes:
    """The chart as a PNG picture."""
    return _renderer().vegalite_to_png(chart.to_dict(), format_locale=_locale(lang), scale=scale)


def _locale(lang: Language) -> dict[str, Any]:
    return VIETNAMESE_FORMAT if lang == "vi" else ENGLISH_FORMAT


def stacked_months(frame: pl.DataFrame, *, unit: str, order: list[str], height: int = 280) -> Any:
    """Monthly levels stacked by part: `frame` has month (``2024-05``), `part` (label) and `value`."""
    import altair as alt

    data = frame.with_columns((pl.col("month") + "-01").str.to_date())
    return styled(
        alt.Chart(data)
        .mark_area(opacity=0.92, line=False)
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format="%m/%Y", tickCount=8, labelOverlap=True)),
            y=alt.Y("value:Q", title=unit, axis=alt.Axis(format=",.0f")),
            color=alt.Color("part:N", sort=order, scale=alt.Scale(domain=order)),
            order=alt.Order("rank:Q"),
        ),
        height=height,
    )


def lines(frame: pl.DataFrame, *, unit: str, order: list[str], height: int = 260, number: str = ",.0f") -> Any:
    """Monthly lines: `frame` has month (``2024-05``), `part` (label) and `value`; gaps stay gaps."""
    import altair as alt

    data = frame.with_columns((pl.col("month") + "-01").str.to_date())
    return styled(
        alt.Chart(data)
        .mark_line(strokeWidth=2)
        .encode(
            x=alt.X("month:T", title=None, axis=alt.Axis(format="%m/%Y", tickCount=8, labelOverlap=True)),
            y=alt.Y("value:Q", title=unit, axis=alt.Axis(format=number), scale=alt.Scale(zero=False)),
            color=alt.Color("part:N", sort=order, scale=alt.Scale(domain=order)),
        ),
        height=height,
    )


def signed_bars(frame: pl.DataFrame, *, unit: str, number: str = "+.2f") -> Any:
    """Bars left and right of zero, each with its figure: `frame` has `part` (label) and `value`, in order."""
    import altair as alt

    order = frame["part"].to_list()
    base = alt.Chart(frame).encode(y=alt.Y("part:N", sort=order, title=None, axis=alt.Axis(labelPadding=6)))
    x = alt.X("value:Q", title=unit, axis=alt.Axis(format=number, tickCount=7), scale=alt.Scale(padding=34))
    colour = alt.condition("datum.value >= 0", alt.value(GOOD), alt.value(BAD))
    label = alt.Text("value:Q", format=number)
    up = base.transform_filter("datum.value >= 0").mark_text(align="left", dx=4, fontSize=12).encode(x=x, text=label)
    down = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-4, fontSize=12).encode(x=x, text=label)
    bars = base.mark_bar(height={"band": 0.66}).encode(x=x, color=colour)
    return styled(bars + up + down, height=max(90, 26 * len(order)))


def shares(frame: pl.DataFrame, *, unit: str, order: list[str], number: str = ".1f") -> Any:
    """Whole bars of 100 % by period, cut into parts: `frame` has `period`, `part`, `share` (percent) and `rank`."""
    import altair as alt

    periods = frame["period"].unique(maintain_order=True).to_list()
    x = alt.X("share:Q", stack="zero", title=unit, scale=alt.Scale(domain=[0, 100]))
    base = alt.Chart(frame).encode(y=alt.Y("period:N", sort=periods, title=None), x=x, order=alt.Order("rank:Q"))
    bars = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.Color("part:N", sort=order, scale=alt.Scale(domain=order))
    )
    middle = alt.X("share:Q", stack="zero", bandPosition=0.5)
    figures = (
        base.transform_filter("datum.share >= 5")
        .mark_text(color="white", fontSize=12)
        .encode(x=middle, text=alt.Text("share:Q", format=number), detail="part:N")
    )
    return styled(bars + figures, height=34 * len(periods))


def progress(frame: pl.DataFrame, *, unit: str, mark: float, number: str = ".1f") -> Any:
    """How much of each plan is filled, with a line where even progress would stand: `part`, `percent`."""
    import altair as alt

    order = frame["part"].to_list()
    top = max(100.0, float(frame["percent"].max() or 0))  # type: ignore[arg-type]
    base = alt.Chart(frame).encode(y=alt.Y("part:N", sort=order, title=None))
    x = alt.X("percent:Q", title=unit, scale=alt.Scale(domain=[0, top]))
    track = base.mark_bar(height={"band": 0.6}, color="#edf1f4").encode(x=alt.datum(top))
    bars = base.mark_bar(height={"band": 0.6}, color=PALETTE[0]).encode(x=x)
    figures = base.mark_text(align="left", dx=5, fontSize=12).encode(x=x, text=alt.Text("percent:Q", format=number))
    rule = alt.Chart().mark_rule(strokeDash=[4, 3], color=BAD, strokeWidth=1.5).encode(x=alt.datum(mark))
    return styled(track + bars + rule + figures, height=34 * len(order))
