"""The sections of the growth scenario's page that tell the gap: sentences, waterfall, quarters, openers, measures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from fansipan.notation import number
from fansipan.report.content import Block, Chart, Paragraph, Quantity, Section, Words, words
from fansipan.report.growth.charts import waterfall_chart
from fansipan.report.growth.data import ScenarioData
from fansipan.report.growth.gap_tables import (
    gap_table,
    measures_table,
    openers_table,
    required_table,
    unallotted_table,
    warnings_table,
)
from fansipan.report.growth.gap_words import line_name, not_carried, told
from fansipan.report.naming import Names
from fansipan.scenario.gap.measured import ALL, Gap, required, table
from fansipan.scenario.gap.openers import LINE, openers, unallotted
from fansipan.scenario.gap.pace import warnings
from fansipan.scenario.gap.relief import measures_frame, together
from fansipan.texts import Language

MOST_WARNINGS = 14
STEPS = 5


def gap_sections(data: ScenarioData, by: str = "section", count: int = STEPS) -> list[Section]:
    """The sections of a gap; none for a year without a plan."""
    gap = data.gap
    if gap is None:
        return []
    names = data.names
    found = [
        Section(
            "gap",
            words("outlook-page.gap-section"),
            (*(Paragraph(one) for one in told(gap, names)), *_faults(gap), _waterfall(gap, names)),
        ),
        Section("quarters", words("outlook-page.quarters"), (quarter_table(gap, by, names),)),
        Section(
            "required",
            words("outlook-page.required-section"),
            (required_table(required(gap, by), required(gap), by, names),),
        ),
        Section("openers", words("outlook-page.openers"), tuple(_openers(data, gap, count))),
        Section("warnings", words("outlook-page.warnings"), tuple(_warnings(data, gap))),
    ]
    if data.outlook is not None:
        found.append(Section("measures", words("outlook-page.measures"), tuple(_measures(data, gap))))
    return found


def quarter_table(gap: Gap, by: str, names: Names) -> Block:
    """The quarters and the year, by `by`."""
    keys = () if by == ALL else (by,)
    frames = [pl.concat([table(gap, asked, period) for period in ("quarter", "year")]) for asked in (keys, ())]
    return gap_table(frames[0], frames[1], by, names)


def _faults(gap: Gap) -> Iterator[Block]:
    for fault in gap.planned.faults:
        yield Paragraph(Words(*(f"{fault.message(lang)} {fault.mend(lang)}" for lang in ("vi", "en"))), "warning")
    left = gap.uncovered()
    if left.height:
        value = Quantity(float(left["outcome"].sum()), 1)
        yield Paragraph(words("gap.uncovered", count=left.height, value=value), "warning")


def _waterfall(gap: Gap, names: Names) -> Chart:
    plan, outcome = float(gap.plan.sum()), float(gap.outcome.sum())
    alternative = words("outlook-page.waterfall.alternative", plan=Quantity(plan, 1), outcome=Quantity(outcome, 1))
    steps = waterfall_steps(gap, names)
    return Chart(words("outlook-page.waterfall"), lambda lang: waterfall_chart(_said(steps, lang), lang), alternative)


def waterfall_steps(gap: Gap, names: Names, count: int = STEPS) -> list[tuple[Words, float, float, str]]:
    """From plan to outcome: what no product carries, the largest openers, the others short, the parts above."""
    plan, outcome = float(gap.plan.sum()), float(gap.outcome.sum())
    short = openers(gap, count=1000)
    parts: list[tuple[Words, float]] = []
    nobody = -float(unallotted(gap)["plan"].sum())
    if abs(nobody) > 1e-6:
        parts.append((words("outlook-page.waterfall.unallotted"), nobody))
    parts += [(line_name(names, row), row["gap"]) for row in short.head(count).iter_rows(named=True)]
    if short.height > count:
        parts.append((words("outlook-page.waterfall.other-short"), float(short["gap"].slice(count).sum())))
    above = outcome - plan - sum(value for _, value in parts)
    if abs(above) > 1e-6:
        parts.append((words("outlook-page.waterfall.above"), above))
    ends = plan + np.cumsum([0.0, *(value for _, value in parts)])
    steps = [(words("outlook-page.waterfall.plan"), 0.0, plan, "whole")]
    steps += [
        (name, float(ends[at]), float(ends[at + 1]), "short" if value < 0 else "above")
        for at, (name, value) in enumerate(parts)
    ]
    return [*steps, (words("outlook-page.waterfall.outcome"), 0.0, outcome, "whole")]


def _said(steps: list[tuple[Words, float, float, str]], lang: Language) -> pl.DataFrame:
    rows = [
        (name.in_language(lang), begin, end, kind, number(end - begin, 1, lang, sign=kind != "whole"))
        for name, begin, end, kind in steps
    ]
    return pl.DataFrame(rows, schema=["part", "from", "to", "kind", "label"], orient="row")


def _openers(data: ScenarioData, gap: Gap, count: int) -> Iterator[Block]:
    found = openers(gap, count=count)
    if found.is_empty():
        yield Paragraph(words("gap.none"), "good")
    else:
        yield openers_table(found, data.names, [why(data, row) for row in found.iter_rows(named=True)])
    left = unallotted(gap)
    if left.height:
        for sentence in not_carried(gap):
            yield Paragraph(sentence, "warning")
        yield unallotted_table(left, data.names)


def why(data: ScenarioData, row: dict[str, object]) -> Words:
    """A word on an opener: closed, stopped, water, an obstacle on record, or when it falls short."""
    projection = None if data.outlook is None else data.outlook.projection
    obstacles, own = data.province["obstacles"], pl.col("blocks").is_in([row["establishment"], row["project"]])
    also = data.province["obstacle_blocks"].filter(own)["obstacle"]
    blocked = obstacles.filter(own | pl.col("obstacle").is_in(also.implode()))
    reasons: list[Words] = []
    if projection is not None:
        frame = projection.lines.frame
        same_line = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(row[name], dtype=pl.String)) for name in LINE)
        found = frame.select(same_line).to_series().arg_true()
        model = projection.models[int(found[0])] if len(found) else ""
        if model in ("closed", "stopped", "commissioning"):
            reasons.append(words(f"gap.why.{model}"))
        elif model == "water" and projection.water is not None:
            wet = Quantity(100 * projection.water.wetness, 0, percent=True)
            reasons.append(words("gap.why.water", wetness=wet))
    open_ones = {measure.item for measure in data.measures if measure.kind == "obstacle"}
    for found_one in blocked.filter(pl.col("obstacle").is_in(list(open_ones))).iter_rows(named=True):
        title = Words(found_one["title"], found_one["title_en"] or found_one["title"])
        reasons.append(words("gap.why.obstacle", title=title))
    if not reasons:
        reasons.append(words("gap.why.so-far" if float(row["so_far"]) < float(row["ahead"]) else "gap.why.ahead"))  # type: ignore[arg-type]
    return Words("; ".join(r.vi for r in reasons), "; ".join(r.en for r in reasons))


def _warnings(data: ScenarioData, gap: Gap) -> Iterator[Block]:
    found = warnings(gap, data.thresholds)
    if found.is_empty():
        yield Paragraph(words("gap.no-warnings", watch=Quantity(data.thresholds.watch, 0, percent=True)), "good")
        return
    yield warnings_table(found.head(MOST_WARNINGS), data.names, data.thresholds)
    if found.height > MOST_WARNINGS:
        yield Paragraph(words("outlook-page.warnings.more", count=found.height - MOST_WARNINGS))


def _measures(data: ScenarioData, gap: Gap) -> Iterator[Block]:
    yield Paragraph(measures_sentence(data, gap))
    useful = [measure for measure in data.measures if measure.worth > 0 or measure.monthly > 0]
    if useful and data.outlook is not None:
        scenarios = {scenario.code: scenario for scenario in data.outlook.scenarios}
        yield measures_table(measures_frame(useful, gap), measure_titles(data), scenarios, data.names)


def measures_sentence(data: ScenarioData, gap: Gap) -> Words:
    """What all measures are worth together, and how much of the gap that is."""
    value, short = together(data.measures, gap), float((gap.plan - gap.outcome).sum())
    if value <= 0:
        return words("gap.say.measures-none")
    if short <= 0:
        return words("gap.say.measures-no-gap", value=Quantity(value, 1))
    share = Quantity(100 * value / short, 1, percent=True)
    return words("gap.say.measures", value=Quantity(value, 1), share=share)


def measure_titles(data: ScenarioData) -> dict[tuple[str, str], Words]:
    """The names of obstacles and projects by kind and code."""
    obstacles = data.province["obstacles"].select("obstacle", "title", "title_en").iter_rows()
    found = {("obstacle", code): Words(vi, en or vi) for code, vi, en in obstacles}
    projects = data.province["projects"].select("project", "name", "name_en").iter_rows()
    return found | {("project", code): Words(vi, en or vi) for code, vi, en in projects}
