"""The page a leader can chair a meeting with: promises, what is late, what stands in the way, who owes what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from fansipan.delivery.environment import clocks, unsure_days
from fansipan.delivery.licences import licences_on
from fansipan.delivery.milestones import standings as milestone_standings
from fansipan.delivery.obstacles import ObstacleStanding
from fansipan.delivery.obstacles import standings as obstacle_standings
from fansipan.delivery.projects import overview
from fansipan.delivery.targets import schedule
from fansipan.delivery.targets.evaluation import evaluate
from fansipan.delivery.targets.verdicts import TargetVerdict
from fansipan.delivery.tasks import tasks_on
from fansipan.province import Province
from fansipan.report.content import (
    Block,
    Chart,
    Column,
    Headlines,
    KeyFigure,
    Page,
    Paragraph,
    Section,
    Table,
    Tone,
    Words,
    known_words,
    same,
    table,
    words,
)
from fansipan.report.delivery.course import course_table
from fansipan.report.delivery.due_words import moved_words
from fansipan.report.delivery.target_words import measured
from fansipan.report.drawings.gantt import gantt
from fansipan.report.naming import Names
from fansipan.report.zones.page import choice
from fansipan.tables import names_of
from fansipan.texts import Language

TONE: dict[str, Tone] = {"met": "good", "on-track": "good", "at-risk": "warning", "off-track": "bad", "missed": "bad"}


def delivery_page(
    province: Province,
    on: date,
    *,
    prices: Mapping[str, tuple[float, str]] | None = None,
    chances: Mapping[str, float] | None = None,
) -> Page:
    """Targets, obstacles, projects, programmes, tasks and the business environment as of `on`.

    `prices` (what an obstacle costs a month, and its source) and `chances` (of a target) come from a plan or scenario.
    """
    known = province.known_on(on)
    names = Names(known)
    verdicts, obstacles = evaluate(known, on, chances=chances), obstacle_standings(known, on, prices=prices)
    sections = (
        Section("headlines", words("delivery-page.headlines"), (_headlines(verdicts, obstacles),)),
        Section("obstacles", words("delivery-page.obstacles"), _obstacles(known, obstacles, names)),
        Section("targets", words("delivery-page.targets"), (_targets(known, verdicts),)),
        Section("course", words("delivery-page.course"), (course_table(known, on),)),
        Section("units", words("delivery-page.units"), _units(known, verdicts, names)),
        Section("projects", words("delivery-page.projects"), _projects(known, on)),
        Section("programmes", words("delivery-page.programmes"), (_programmes(known, on),)),
        Section("tasks", words("delivery-page.tasks"), (_tasks(known, on),)),
        Section("licences", words("delivery-page.licences"), (_licences(known, on),)),
        Section("clocks", words("delivery-page.clocks"), _clocks(known, on)),
    )
    made_up = known.setting("nature") == "illustrative"
    subtitle = words("delivery-page.subtitle", province=known.setting("name") or "–", day=on)
    return Page(
        "delivery",
        words("delivery-page.title"),
        subtitle,
        sections,
        notes=(words("delivery-page.note"),) if made_up else (),
        illustrative=made_up,
    )


def _headlines(verdicts: list[TargetVerdict], obstacles: list[ObstacleStanding]) -> Headlines:
    counts = {
        v: sum(found.verdict == v for found in verdicts) for v in ("met", "on-track", "at-risk", "off-track", "missed")
    }
    figures = [
        KeyFigure(words(f"target.{v}"), same(str(n)), words("delivery-page.of-targets", count=len(verdicts)), TONE[v])
        for v, n in counts.items()
        if n
    ]
    late = [o for o in obstacles if o.state == "overdue"]
    figures.append(
        KeyFigure(
            words("obstacle.overdue"),
            same(str(len(late))),
            words("delivery-page.of-obstacles", count=sum(o.state != "resolved" for o in obstacles)),
            "bad" if late else "good",
        )
    )
    return Headlines(tuple(figures))


def things_blocked(obstacle: ObstacleStanding, known: Mapping[str, Mapping[str, Words]], names: Names) -> Words:
    """The names of all that an obstacle blocks; `known` has those of kinds whose names the page has read."""
    every = ((obstacle.blocks_kind, obstacle.blocks), *obstacle.also)
    told = [known[kind].get(code, same(code)) if kind in known else names.of(kind, code) for kind, code in every]
    return Words("; ".join(one.vi for one in told), "; ".join(one.en for one in told))


def _obstacles(province: Province, obstacles: list[ObstacleStanding], names: Names) -> tuple[Block, ...]:
    titles = names_of(province["obstacles"], "obstacle", "title", "title_en")
    projects = names_of(province["projects"], "project")
    columns = ("obstacle", "kind", "blocks", "owner", "due", "moved", "late", "level", "price")
    heads = [
        Column(words(f"obstacles.column.{n}"), "number" if n in ("late", "price") else "text", 1 if n == "price" else 0)
        for n in columns
    ]
    heads.append(Column(words("delivery-page.proposal"), "text"))
    rows = []
    for o in (o for o in obstacles if o.state != "resolved"):
        blocked = things_blocked(o, {"project": projects}, names)
        rows.append(
            [
                titles[o.obstacle],
                choice("obstacles", "kind", o.kind),
                blocked,
                same(o.owner),
                o.due,
                moved_words(o.moves, o.slip),
                o.late,
                words(f"level.{o.level}"),
                o.price,
                same(o.proposal or "–"),
            ]
        )
    shown = table(words("delivery-page.obstacles.caption"), heads, rows, name="obstacles")
    told = []
    for o in (o for o in obstacles if o.to_escalate):
        params = {"title": titles[o.obstacle], "level": words(f"level.{o.level}"), "days": o.late}
        told.append(Paragraph(words("delivery-page.escalate", **params), "bad"))
    return (shown, *told)


def _targets(province: Province, verdicts: list[TargetVerdict]) -> Table:
    titles = names_of(province["targets"], "target")
    heads = [
        Column(words(f"targets.column.{n}"), "text")
        for n in ("target", "reading", "verdict", "value", "needed", "due", "evidence")
    ]
    rows = []
    for v in verdicts:
        told = Words(*("; ".join(e.sentence(lang) for e in v.evidence[:4]) for lang in ("vi", "en")))
        reading = known_words(f"reading.{v.reading}", same(v.reading or "–"))
        figures = (measured(v.value, v), measured(v.needed, v))
        rows.append([titles[v.target], reading, words(f"target.{v.verdict}"), *figures, v.due, told])
    return table(words("delivery-page.targets.caption"), heads, rows, name="targets")


def _units(province: Province, verdicts: list[TargetVerdict], names: Names) -> tuple[Block, ...]:
    """Of the first target with units: every unit, its verdict and why."""
    found = next((v for v in verdicts if v.parts), None)
    if found is None:
        return ()
    title = names_of(province["targets"], "target")[found.target]
    heads = [Column(words(f"delivery-page.unit.{n}"), "text") for n in ("unit", "verdict", "why")]
    rows = [
        [
            names.of("area", part.unit),
            words(f"target.{part.verdict}"),
            Words(*("; ".join(r.sentence(lang) for r in part.reasons) for lang in ("vi", "en"))),
        ]
        for part in found.parts
    ]
    return (table(title, heads, rows, name="by-district"),)


def _projects(province: Province, on: date) -> tuple[Block, ...]:
    titles = names_of(province["projects"], "project")
    frame = overview(province, on).drop_nulls("slip")
    columns = (
        "project",
        "standing",
        "capital",
        "realised_rate",
        "expected",
        "slip",
        "moves",
        "forecast",
        "lost_a_month",
    )
    heads = [
        Column(
            words(f"projects.column.{n}"),
            "text" if n in ("project", "standing", "expected", "forecast") else "number",
            0 if n in ("slip", "moves") else 1,
        )
        for n in columns
    ]
    rows = [
        [titles[r["project"]], choice("projects", "standing", r["standing"]), *(r[c] for c in columns[2:])]
        for r in frame.iter_rows(named=True)
    ]
    silent = province["projects"].height - frame.height
    shown = table(words("delivery-page.projects.caption", silent=silent), heads, rows, name="projects")
    if frame.is_empty():
        return (shown,)
    return (
        Chart(
            words("delivery-page.gantt"),
            lambda lang: _gantt(province, on, titles, lang),
            words("delivery-page.gantt.alternative", count=frame.height),
        ),
        shown,
    )


def _gantt(province: Province, on: date, titles: dict[str, Words], lang: Language) -> object:
    rows = [
        {
            "project": titles[s.project].in_language(lang),
            "milestone": choice("milestones", "milestone", s.milestone).in_language(lang),
            "first_planned": s.first_planned,
            "day": on if s.overdue else s.actual or s.forecast or s.planned,
            "done": s.actual is not None,
        }
        for s in milestone_standings(province["milestones"], on)
        if s.first_planned is not None
    ]
    labels = tuple(words(f"delivery-page.gantt.{n}").in_language(lang) for n in ("first", "done", "expected"))
    return gantt(pl.DataFrame(rows), on, labels=labels)  # type: ignore[arg-type]


def _programmes(province: Province, on: date) -> Table:
    titles = names_of(province["programmes"], "programme")
    steps = names_of(province["programme_steps"].unique("name", keep="last"), "name")
    heads = [
        Column(words(f"programmes.column.{n}"), "text")
        for n in ("programme", "step", "office", "due", "moved", "done_on", "state", "forecast")
    ]
    rows = []
    for programme in province["programmes"]["programme"]:
        found = schedule.standing(province["programme_steps"], programme, on)
        rows += [
            [
                titles[programme],
                steps[s.name],
                same(s.office or "–"),
                s.due,
                moved_words(s.moved.moves, s.moved.slip),
                s.done_on,
                words(f"step.{s.state}"),
                s.forecast,
            ]
            for s in found
        ]
        if not found:
            rows.append([titles[programme], words("target.no-evidence"), *[None] * 6])
    return table(words("delivery-page.programmes.caption"), heads, rows, name="programmes")


def _licences(province: Province, on: date) -> Table:
    heads = [
        Column(words(f"licences.column.{n}"), "number" if n == "tonnes_a_year" else "text", 0)
        for n in ("name", "mineral", "province", "stage", "tonnes_a_year", "valid_to", "state")
    ]
    rows = [
        [
            same(r["name"]),
            same(r["mineral"]),
            same(r["province"]),
            choice("licences", "stage", r["stage"]),
            r["tonnes_a_year"],
            r["valid_to"],
            words(f"licence.{r['state']}"),
        ]
        for r in licences_on(province["licences"], on).iter_rows(named=True)
    ]
    return table(words("delivery-page.licences.caption"), heads, rows, name="licences")


def _tasks(province: Province, on: date) -> Table:
    titles, programmes = names_of(province["tasks"], "task"), names_of(province["programmes"], "programme")
    heads = [
        Column(words(f"programmes.column.{n}"), "number" if n == "late" else "text", 0)
        for n in ("task", "programme", "office", "due", "moved", "done_on", "state", "late")
    ]
    rows = [
        [
            titles[r["task"]],
            programmes.get(r["programme"], same("–")),
            same(r["office"]),
            r["due"],
            moved_words(r["moves"], r["slip"]),
            r["done_on"],
            words(f"task.{r['state']}"),
            r["late"],
        ]
        for r in tasks_on(province["tasks"], on).iter_rows(named=True)
    ]
    return table(words("delivery-page.tasks.caption"), heads, rows, name="tasks")


def _clocks(province: Province, on: date) -> tuple[Block, ...]:
    columns = ("procedure", "office", "received", "kept", "missed", "overdue", "running", "stopped", "kept_rate")
    heads = [
        Column(
            words(f"clocks.column.{n}"),
            "text" if n in ("procedure", "office") else "number",
            1 if n == "kept_rate" else 0,
        )
        for n in columns
    ]
    frame = clocks(province, on).select(columns)
    shown = table(words("delivery-page.clocks.caption"), heads, frame.rows(), name="procedures")
    notes = [
        Paragraph(words("clocks.not-sure", certainty=words(f"norm.certainty.{c}"), decisions="; ".join(told)))
        for c, told in unsure_days(province, on).items()
    ]
    return (shown, *notes)
