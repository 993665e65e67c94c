"""Charts of the growth scenario: the fan of the year, cases side by side, the waterfall of the gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
import polars as pl

from fansipan.report.content import words
from fansipan.report.drawings.charts import BAD, GOOD, INK, PALETTE, QUIET, styled
from fansipan.scenario.baseline.lines import Floats
from fansipan.texts import Language

BANDS = {"lo_95": 0.025, "lo_80": 0.1, "hi_80": 0.9, "hi_95": 0.975}
ORDER = ("reported", "expected", "plan", "before")
LETTERS = 52  # in a line of a label of the waterfall; longer names take a second line
LINE, STEP = 14, 30  # pixels of a line of a label, and of a bar with the space around it


@dataclass(frozen=True, eq=False, slots=True)
class Fan:
    """A year month by month, billion đồng: what is expected or reported, the paths, the plan (if any), last year."""

    months: Sequence[str]
    known: int
    outcome: Floats
    paths: Floats
    plan: Floats | None
    before: Floats

    def cumulative(self) -> Fan:
        """The same since January."""
        plan = None if self.plan is None else np.cumsum(self.plan)
        return Fan(
            self.months,
            self.known,
            np.cumsum(self.outcome),
            np.cumsum(self.paths, axis=1),
            plan,
            np.cumsum(self.before),
        )


def fan_chart(fan: Fan, lang: Language, *, height: int = 300) -> Any:
    """The lines with the 80 and 95 % intervals of the months ahead."""
    import altair as alt

    names = {name: words(f"outlook-page.series.{name}").in_language(lang) for name in ORDER}
    lines = _lines(fan, names)
    shown = [names[name] for name in ORDER if names[name] in set(lines["part"])]
    colours = {names["reported"]: INK, names["expected"]: PALETTE[0], names["plan"]: BAD, names["before"]: QUIET}
    dashes = {names["reported"]: [1, 0], names["expected"]: [1, 0], names["plan"]: [6, 4], names["before"]: [2, 3]}
    strokes = [dashes[name] for name in shown]
    x = alt.X("month:T", title=None, axis=alt.Axis(format="%m/%Y", tickCount=12, labelOverlap=True))
    scale = alt.Scale(zero=False)
    bands = alt.Chart(_bands(fan)).encode(x=x)
    wide = bands.mark_area(opacity=0.16, color=PALETTE[0]).encode(y=alt.Y("lo_95:Q", scale=scale), y2="hi_95:Q")
    narrow = bands.mark_area(opacity=0.26, color=PALETTE[0]).encode(y=alt.Y("lo_80:Q", scale=scale), y2="hi_80:Q")
    drawn = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=x,
            y=alt.Y(
                "value:Q", title=words("unit.axis-billion").in_language(lang), axis=alt.Axis(format=",.0f"), scale=scale
            ),
            color=alt.Color("part:N", sort=shown, scale=alt.Scale(domain=shown, range=[colours[n] for n in shown])),
            strokeDash=alt.StrokeDash("part:N", sort=shown, scale=alt.Scale(domain=shown, range=strokes)),
        )
    )
    return styled(wide + narrow + drawn, height=height)


def _lines(fan: Fan, names: dict[str, str]) -> pl.DataFrame:
    """The lines; the expected one begins at the last month reported, so that it hangs on."""
    begin = max(fan.known - 1, 0)
    parts = {
        "reported": (range(fan.known), fan.outcome),
        "expected": (range(begin, len(fan.months)), fan.outcome),
        "before": (range(len(fan.months)), fan.before),
    }
    if fan.plan is not None:
        parts["plan"] = (range(len(fan.months)), fan.plan)
    rows = [
        (fan.months[at], names[name], float(values[at]))
        for name, (places, values) in parts.items()
        for at in places
        if fan.known < len(fan.months) or name != "expected"
    ]
    frame = pl.DataFrame(rows, schema=["month", "part", "value"], orient="row")
    return frame.with_columns((pl.col("month") + "-01").str.to_date())


def _bands(fan: Fan) -> pl.DataFrame:
    begin = max(fan.known - 1, 0)
    quantiles = {name: np.quantile(fan.paths[:, begin:], q, axis=0) for name, q in BANDS.items()}
    months = pl.Series("month", list(fan.months[begin:])) + "-01"
    return pl.DataFrame({"month": months.str.to_date(), **quantiles})


def cases_chart(frame: pl.DataFrame, plan: float | None, lang: Language) -> Any:
    """Mean and interval of the year under each scenario (`part`, `output`, `low`, `high`), the plan as a line."""
    import altair as alt

    order = frame["part"].to_list()
    base = alt.Chart(frame).encode(y=alt.Y("part:N", sort=order, title=None))
    scale = alt.Scale(zero=False, padding=24)
    title = words("unit.axis-billion").in_language(lang)
    bars = base.mark_bar(height=12, opacity=0.35, color=PALETTE[0], cornerRadius=6).encode(
        x=alt.X("low:Q", title=title, scale=scale, axis=alt.Axis(format=",.0f")), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=110, color=PALETTE[0], opacity=1).encode(x=alt.X("output:Q", scale=scale))
    label = base.mark_text(dy=-14, fontSize=12, color=INK).encode(
        x=alt.X("output:Q", scale=scale), text=alt.Text("output:Q", format=",.0f")
    )
    layers = bars + dots + label
    if plan is not None:
        rule = alt.Chart().mark_rule(color=BAD, strokeDash=[5, 4], strokeWidth=1.8)
        layers = layers + rule.encode(x=alt.datum(plan))
    return styled(layers, height=52 * len(order))


def waterfall_chart(steps: pl.DataFrame, lang: Language) -> Any:
    """From plan to forecast: `part`, `from`, `to`, `kind` (``whole``, ``short`` or ``above``), `label`, in order."""
    import altair as alt

    order = ["\n".join(wrap(part, LETTERS)) for part in steps["part"]]
    steps = steps.with_columns(pl.Series("part", order))
    low = float(steps.select(pl.min_horizontal("from", "to").filter(pl.col("kind") != "whole").min()).item() or 0.0)
    high = float(steps.select(pl.max_horizontal("from", "to").max()).item())
    floor = max(low - 0.35 * (high - low), 0.0)
    data = steps.with_columns(pl.when(pl.col("kind") == "whole").then(floor).otherwise("from").alias("from"))
    scale = alt.Scale(domain=[floor, high + 0.12 * (high - floor)], nice=False)
    axis = alt.Axis(labelPadding=6, labelLimit=420, labelExpr="split(datum.value, '\\n')")
    base = alt.Chart(data).encode(y=alt.Y("part:N", sort=order, title=None, axis=axis))
    colours = alt.Scale(domain=["whole", "short", "above"], range=[PALETTE[0], BAD, GOOD])
    bars = base.mark_bar(height={"band": 0.66}).encode(
        x=alt.X(
            "from:Q", title=words("unit.axis-billion").in_language(lang), scale=scale, axis=alt.Axis(format=",.0f")
        ),
        x2="to:Q",
        color=alt.Color("kind:N", scale=colours, legend=None),
    )
    figures = (
        base.transform_calculate(end="max(datum.from, datum.to)")
        .mark_text(align="left", dx=5, fontSize=12, color=INK)
        .encode(x=alt.X("end:Q", scale=scale), text="label:N")
    )
    return styled(
        bars + figures,
        width=520,
        height=len(order) * max(STEP, LINE * (1 + max(part.count("\n") for part in order)) + 4),
    )
