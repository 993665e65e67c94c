"""The page of a province's plan with all that is asked about it: bottlenecks, other cases, the frontier, a past year.

The plan itself is solved with the slices asked for; questions that mean solving many times over use the model by years,
which is a relaxation (method rules E26, E29, E33, E35, E42), and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fansipan.errors import Fault
from fansipan.expansion.answers.baseline import baseline, recorded
from fansipan.expansion.answers.bottlenecks import bottleneck_frame, bottlenecks
from fansipan.expansion.answers.comparison import cases_beside, comparison
from fansipan.expansion.answers.frontier import frontier, frontier_frame, measure_weights
from fansipan.expansion.answers.obstacle_prices import obstacle_prices
from fansipan.expansion.answers.outcome import answer_frames
from fansipan.expansion.answers.wording import group_words
from fansipan.expansion.checks.contradictions import check
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import Plan, solve_network
from fansipan.expansion.system.definition import System
from fansipan.expansion.system.slices import with_slices
from fansipan.linear.solver import Options
from fansipan.province import Province
from fansipan.report.content import Column, Page, Paragraph, Quantity, Section, Words, same, table, words
from fansipan.report.plan.page import bottlenecks_section, frontier_section, illustrative, plan_page
from fansipan.texts import LANGUAGES

MOST, SPARE = 5, 2  # bottlenecks on the page; more are tried, since what is promised is not always kept
POINTS = 5  # of the frontier


@dataclass(frozen=True)
class Effort:
    """How closely the page's plans are searched: relative gaps of the plan and of questions, seconds a solve."""

    part: str = "quarter"
    gap: float = 0.01
    seconds: float = 60.0
    question_gap: float = 0.003


@dataclass(frozen=True)
class ProvincePlan:
    """The page of a plan, and what obstacles of the register cost a month by it: price in billion dong and its rule."""

    page: Page
    prices: Mapping[str, tuple[float, str]]


def province_plan(
    province: Province, effort: Effort | None = None, progress: Callable[[str], None] | None = None
) -> ProvincePlan:
    """The plan of `province`; `progress` is called with the code of each step that begins.

    Raises InvalidInput with every contradiction of the tables. Where there is no plan the page says so.
    """
    chosen, tell = effort or Effort(), progress or (lambda code: None)
    system = System.of(province)
    faults = check(system)
    tell("plan-page.step.solve")
    fine = with_slices(system, chosen.part)
    plan = solve_network(network_of(fine), Options(gap=chosen.gap, time_limit=chosen.seconds), prices=False)
    settings = dict(province["settings"].select("setting", "value").iter_rows())
    name = settings.get("name")
    if not plan.solved:
        told = Paragraph(words(f"plan.status.{plan.answer.status}"))
        title = words("plan-page.title", first=system.settings.first_year, last=system.settings.last_year)
        section = Section("overview", words("plan-page.overview"), (told,))
        page = Page("plan", title, same(name or ""), (section,), illustrative=illustrative(system))
        return ProvincePlan(page, {})
    coarse = with_slices(system, "year")
    asked, prices = _asked(coarse, chosen, tell)
    extra = [*_noticed(faults), *asked, _cases(fine, plan, chosen), *_past(province, system), _method(fine, chosen)]
    return ProvincePlan(plan_page(fine, plan, answer_frames(fine, plan), extra=extra, province=name), prices)


def _noticed(faults: tuple[Fault, ...]) -> list[Section]:
    """What the checks noticed in the tables, each with what to do."""
    told = [Words(*(f"{fault.message(lang)} {fault.mend(lang)}" for lang in LANGUAGES)) for fault in faults]
    blocks = tuple(Paragraph(words) for words in told)
    return [Section("noticed", words("plan-page.noticed"), blocks)] if told else []


def _asked(
    system: System, effort: Effort, tell: Callable[[str], None]
) -> tuple[list[Section], Mapping[str, tuple[float, str]]]:
    """The costliest bottlenecks, the frontier of capital, and prices of obstacles, from the model by years."""
    options = Options(gap=effort.question_gap, time_limit=effort.seconds)
    tell("plan-page.step.bottlenecks")
    plan = solve_network(network_of(system), options, prices=False)
    if not plan.solved:
        return [], {}
    reliefs = {row["limit"]: row["relief"] for row in system.rows("limits") if row["relief"]}
    found = bottlenecks(plan, reliefs, rate=system.settings.discount_rate, options=options, most=MOST + SPARE)[:MOST]
    told = [Words(*(group_words(system, one.kind, one.name, lang) for lang in LANGUAGES)) for one in found]
    sections = [bottlenecks_section(system, bottleneck_frame(found), told)]
    tell("plan-page.step.frontier")
    capital, value = (measure_weights(system, plan, name) for name in ("capital", "objective"))
    points = frontier(plan, capital, value, points=POINTS, larger_x=False, options=replace(options, gap=effort.gap))
    if len(points) > 1:
        named = words("plan-page.measure.capital"), words("plan-page.measure.objective")
        sections.append(frontier_section(frontier_frame(points), *named, POINTS))
    priced = obstacle_prices(system, found).select("obstacle", "price", "price_source")
    return sections, {code: (price, rule) for code, price, rule in priced.iter_rows()}


def _cases(system: System, plan: Plan, effort: Effort) -> Section:
    """The plan beside building nothing new and beside the projects as registered."""
    found = comparison(system, cases_beside(system, plan, Options(gap=effort.gap, time_limit=effort.seconds)))
    names = ("objective", "output", "value_added", "jobs", "land")
    rows = [
        [words(f"plan.case.{row['case']}"), words(f"plan.status.{row['status']}"), *(row[name] for name in names)]
        for row in found.iter_rows(named=True)
    ]
    heads = [_text("case"), _text("result"), *(_number(name) for name in names)]
    caption = words("plan-page.cases.caption", year=system.settings.last_year)
    return Section("cases", words("plan-page.cases"), (table(caption, heads, rows, name="comparison"),))


def _past(province: Province, system: System) -> list[Section]:
    """The model on the year before the plan beside what was recorded of it."""
    year = system.settings.first_year - 1
    if province["returns"].is_empty():
        return []
    known = recorded(dict(province), year)
    found = baseline(with_slices(system, "quarter"), known, year)
    if known.is_empty() or not found.plan.solved:
        return []
    names = [
        words(f"name.section.{code}") if code else words("plan.baseline.all") for code in found.sections["section"]
    ]
    figures = found.sections.select("recorded", "model", "difference").rows()
    rows = [[name, *figure] for name, figure in zip(names, figures, strict=True)]
    heads = [_text("section"), _number("recorded", 1), _number("model", 1), _number("difference", 1)]
    caption = words("plan-page.past.caption", year=year)
    return [Section("past", words("plan-page.past", year=year), (table(caption, heads, rows, name="past"),))]


def _method(system: System, effort: Effort) -> Section:
    told = words(
        f"plan-page.method.{effort.part}",
        gap=Quantity(100 * effort.gap, 1, percent=True),
        slices=len(system.slices),
        question=Quantity(100 * effort.question_gap, 1, percent=True),
    )
    return Section("method", words("plan-page.method"), (Paragraph(told),))


def _text(name: str) -> Column:
    return Column(words(f"plan-page.column.{name}"), "text")


def _number(name: str, places: int = 0) -> Column:
    return Column(words(f"plan-page.column.{name}"), places=places)
