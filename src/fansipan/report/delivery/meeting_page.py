"""The page a leader chairs a meeting with: obstacles desk by desk, room for conclusions, what is late, what moved.

It prints on A4 across; every table repeats its head on the next sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from fansipan.delivery.obstacles import LEVELS, ObstacleStanding, standings, valid_events
from fansipan.delivery.targets import schedule
from fansipan.delivery.targets.evaluation import evaluate
from fansipan.delivery.tasks import tasks_on
from fansipan.province import Province
from fansipan.report.content import (
    Block,
    Column,
    Page,
    Paragraph,
    Section,
    Table,
    Words,
    known_words,
    same,
    table,
    words,
)
from fansipan.report.delivery.due_words import moved_words
from fansipan.report.delivery.page import things_blocked
from fansipan.report.naming import Names
from fansipan.report.zones.page import choice
from fansipan.tables import names_of
from fansipan.zones.events import in_force

# What happened within so many days is told as news.
NEWS = 30
WORRYING = ("missed", "off-track", "at-risk")


def meeting_page(
    province: Province,
    on: date,
    *,
    prices: Mapping[str, tuple[float, str]] | None = None,
    chances: Mapping[str, float] | None = None,
    days: int = NEWS,
) -> Page:
    """Obstacles as of `on` desk by desk, those of the highest desk first; late tasks and steps; targets at risk; news.

    `prices` gives what an obstacle costs a month by a plan or scenario, `chances` the chance of a target; `days` is how
    far back the news goes.
    """
    known = province.known_on(on)
    names = Names(known)
    still = [o for o in standings(known, on, prices=prices) if o.state != "resolved"]
    ordered = sorted(still, key=lambda o: -LEVELS.index(o.level))
    numbers = {o.obstacle: number for number, o in enumerate(ordered, 1)}
    desks = dict.fromkeys(o.level for o in ordered)
    sections = [_desk(known, names, [o for o in ordered if o.level == desk], numbers) for desk in desks]
    sections += [
        Section("late", words("meeting.late"), _late(known, on)),
        Section("targets", words("meeting.targets"), (_targets(known, on, chances),)),
        Section("news", words("meeting.news", days=days), (_news(known, names, on, days),)),
    ]
    made_up = known.setting("nature") == "illustrative"
    subtitle = words("meeting.subtitle", province=known.setting("name") or "–", day=on)
    notes = (words("delivery-page.note"),) if made_up else ()
    return Page("meeting", words("meeting.title"), subtitle, tuple(sections), notes=notes, illustrative=made_up)


def _desk(province: Province, names: Names, still: list[ObstacleStanding], numbers: Mapping[str, int]) -> Section:
    level = still[0].level
    titles = names_of(province["obstacles"], "obstacle", "title", "title_en")
    projects, programmes = names_of(province["projects"], "project"), names_of(province["programmes"], "programme")
    columns = ("number", "obstacle", "blocks", "owner", "due", "moved", "late", "price", "proposal", "conclusion")
    heads = [
        Column(
            words(f"meeting.column.{n}"),
            "number" if n in ("number", "late", "price") else "text",
            1 if n == "price" else 0,
        )
        for n in columns
    ]
    rows = []
    for o in still:
        blocked = things_blocked(o, {"project": projects, "programme": programmes}, names)
        what, kind = titles[o.obstacle], choice("obstacles", "kind", o.kind)
        title = Words(f"{what.vi} ({kind.vi})", f"{what.en} ({kind.en})")
        rows.append(
            [
                numbers[o.obstacle],
                title,
                blocked,
                same(o.owner),
                o.due,
                moved_words(o.moves, o.slip),
                o.late,
                o.price,
                same(o.proposal or "–"),
                same(""),
            ]
        )
    shown = table(words("meeting.desk.caption", count=len(rows)), heads, rows, name=words(f"level.{level}").vi)
    return Section(f"desk-{level}", words("meeting.desk", level=words(f"level.{level}")), (shown,))


def _late(province: Province, on: date) -> tuple[Block, ...]:
    titles = names_of(province["tasks"], "task")
    rows: list[list[object]] = [
        [titles[r["task"]], same(r["office"]), r["due"], moved_words(r["moves"], r["slip"]), r["late"]]
        for r in tasks_on(province["tasks"], on).filter(pl.col("state") == "late").iter_rows(named=True)
    ]
    steps = names_of(province["programme_steps"].unique("name", keep="last"), "name")
    programmes = names_of(province["programmes"], "programme")
    for programme in province["programmes"]["programme"]:
        for s in schedule.standing(province["programme_steps"], programme, on):
            if s.state == "late":
                what = Words(
                    f"{programmes[programme].vi}: {steps[s.name].vi}", f"{programmes[programme].en}: {steps[s.name].en}"
                )
                rows.append([what, same(s.office or "–"), s.due, moved_words(s.moved.moves, s.moved.slip), s.late])
    if not rows:
        return (Paragraph(words("meeting.nothing-late"), "good"),)
    heads = [
        Column(words(f"meeting.column.{n}"), "number" if n == "late" else "text", 0)
        for n in ("what", "office", "due", "moved", "late")
    ]
    return (table(words("meeting.late.caption"), heads, rows, name="late"),)


def _targets(province: Province, on: date, chances: Mapping[str, float] | None) -> Table:
    titles = names_of(province["targets"], "target")
    rows = []
    for v in sorted(
        evaluate(province, on, chances=chances), key=lambda v: WORRYING.index(v.verdict) if v.verdict in WORRYING else 9
    ):
        if v.verdict in WORRYING:
            told = Words(*("; ".join(e.sentence(lang) for e in v.evidence[:3]) for lang in ("vi", "en")))
            reading = known_words(f"reading.{v.reading}", same(v.reading or "–"))
            rows.append([titles[v.target], reading, words(f"target.{v.verdict}"), told])
    heads = [Column(words(f"targets.column.{n}"), "text") for n in ("target", "reading", "verdict", "evidence")]
    return table(words("meeting.targets.caption"), heads, rows, name="targets")


def _news(province: Province, names: Names, on: date, days: int) -> Table:
    first = on - timedelta(days=days)
    titles = names_of(province["obstacles"], "obstacle", "title", "title_en")
    rows: list[list[object]] = []
    steps = in_force(province["zone_events"]).filter(pl.col("happened_on").is_between(first, on))
    for r in steps.iter_rows(named=True):
        state = choice("zone_events", "state", r["state"])
        rows.append([r["happened_on"], names.of("zone", r["zone"]), state, same(r["recorded_by"] or "–")])
    acts = valid_events(province["obstacle_events"]).filter(pl.col("happened_on").is_between(first, on))
    for r in acts.iter_rows(named=True):
        act = choice("obstacle_events", "act", r["act"])
        rows.append(
            [r["happened_on"], titles.get(r["obstacle"], same(r["obstacle"])), act, same(r["recorded_by"] or "–")]
        )
    raised = province["obstacles"].filter(pl.col("raised_on").is_between(first, on))
    rows += [
        [r["raised_on"], titles[r["obstacle"]], words("meeting.raised"), same(r["owner"])]
        for r in raised.iter_rows(named=True)
    ]
    heads = [Column(words(f"meeting.column.{n}"), "text") for n in ("day", "what", "act", "by")]
    rows.sort(key=lambda row: str(row[0]), reverse=True)
    return table(words("meeting.news.caption"), heads, rows, name="course")
