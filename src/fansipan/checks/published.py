"""Rules C7-C11 on the tables: published figures and plans against each other, a function a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fansipan.checks.arithmetic import Printed, growth_gap, is_ratio, parts_gap, percent_gap, plan_gap
from fansipan.checks.families import Family, families
from fansipan.checks.figures import Entry, Figures, Group, Scope, earlier, year_of
from fansipan.checks.subject import Subject
from fansipan.errors import Fault
from fansipan.periods import Month, parse_period
from fansipan.texts import Quantity

AMOUNTS = ("level", "ytd")
GROWTHS = {"mom": ("level",), "yoy": ("level",), "ytd-yoy": ("ytd",)}
# A growth that no amount contradicts is doubted where it lies about 100 and its neighbours do not.
ABOUT = (50.0, 200.0)


def parts_against_totals(subject: Subject) -> Iterator[Fault]:
    """Rule C7: amounts of the parts sum to the total's, of published figures and of plans.

    Lenient compares only where all parts stand there (or their sum exceeds the total); strict names the missing ones.
    """
    figures = Figures(subject)
    columns = [
        ("official_figures", g.indicator, g.period, s) for g, s in figures.published.items() if g.measure in AMOUNTS
    ]
    columns += [("plans", indicator, period, s) for (indicator, period, _), s in figures.plans.items()]
    for table, indicator, period, scopes in columns:
        if figures.is_sum(indicator):
            for family in families(subject, scopes, period):
                yield from _parts(subject, figures, table, scopes, family)


def percentages_against_amounts(subject: Subject) -> Iterator[Fault]:
    """Rule C8: percentages of the plan, shares and growth against the amounts that they are of."""
    figures = Figures(subject)
    for group, scopes in figures.published.items():
        for scope, entry in scopes.items():
            percent = figures.printed(scopes, scope)
            pairs = list(_amount_pairs(figures, group, scope))
            gaps = [_gap(group, percent, part, whole) for part, whole in pairs]
            if gaps and None not in gaps:
                part, whole = pairs[0]
                if group.measure in GROWTHS and is_ratio(percent, part, whole):
                    continue
                params = {
                    "implied": Quantity(gaps[0], 2),
                    "printed": Quantity(entry.value, 2),
                    "part": Quantity(part.value),
                    "whole": Quantity(whole.value),
                }
                yield subject.fault(
                    "figures.percent", "official_figures", entry.row, "value", params, severity=subject.doubt
                )


def cumulative_against_months(subject: Subject) -> Iterator[Fault]:
    """Rule C9: a cumulative figure, a quarter, a year is the sum of its months, all of one status unless strict."""
    figures = Figures(subject)
    for group, scopes in figures.published.items():
        covered = _covered(group)
        if not covered or not figures.is_sum(group.indicator):
            continue
        months = [_level(figures, group, str(month)) for month in covered]
        for scope, entry in scopes.items():
            if all(scope in level for level in months):
                parts = [figures.printed(level, scope) for level in months]
                gap = parts_gap(figures.printed(scopes, scope), parts)
                if gap is not None:
                    params = {
                        "sum": Quantity(entry.value + gap),
                        "printed": Quantity(entry.value),
                        "gap": Quantity(gap),
                    }
                    yield subject.fault(
                        "figures.cumulative", "official_figures", entry.row, "value", params, severity=subject.doubt
                    )


def _covered(group: Group) -> list[Month]:
    """The months that a printed amount is the sum of; none for the amount of a month itself."""
    period = parse_period(group.period)
    if isinstance(period, Month):
        return period.since_january() if group.measure == "ytd" else []
    return period.months() if group.measure == "level" else []


def plan_against_sections(subject: Subject) -> Iterator[Fault]:
    """Rule C10: a total's percentage of the plan agrees with the plans that the sections' percentages imply."""
    figures = Figures(subject)
    for group, percents in figures.published.items():
        if group.measure != "percent-of-plan":
            continue
        amounts = figures.column(group, "ytd") or figures.column(group, "level")
        both = {scope: entry for scope, entry in percents.items() if scope in amounts and entry.value > 0}
        for family in families(subject, both, group.period):
            parts = [part for part in family.parts if part in both]
            if len(parts) < len(family.parts):
                continue
            pairs = [(figures.printed(amounts, p), figures.printed(percents, p)) for p in parts]
            total = figures.printed(amounts, family.total)
            gap = plan_gap(total, figures.printed(percents, family.total), pairs)
            if gap is not None:
                entry = percents[family.total]
                params = {
                    "printed": Quantity(entry.value, 1),
                    "implied": Quantity(gap.percent, 1),
                    "plan": Quantity(gap.plan),
                    "amount": Quantity(total.value),
                }
                yield subject.fault(
                    "figures.plan", "official_figures", entry.row, "value", params, severity=subject.doubt
                )


def growth_printed_as_ratio(subject: Subject) -> Iterator[Fault]:
    """Rule C11: a growth that is the ratio: 104.75 where the amounts grew by 4.75.

    Without amounts, lenient doubts a growth of 50 to 200 whose neighbours are all far below, strict any of 85 to 130.
    """
    figures = Figures(subject)
    for group, scopes in figures.published.items():
        if group.measure not in GROWTHS:
            continue
        for scope, entry in scopes.items():
            growth = figures.printed(scopes, scope)
            pairs = list(_amount_pairs(figures, group, scope))
            others = [other.value for key, other in scopes.items() if key != scope]
            if any(is_ratio(growth, *pair) for pair in pairs) or (
                not pairs and _looks_like_ratio(subject, growth, others)
            ):
                params = {"printed": Quantity(entry.value, 2), "growth": Quantity(entry.value - 100, 2)}
                yield subject.fault(
                    "figures.ratio", "official_figures", entry.row, "value", params, severity=subject.doubt
                )


def _parts(
    subject: Subject, figures: Figures, table: str, scopes: Mapping[Scope, Entry], family: Family
) -> Iterator[Fault]:
    there = [part for part in family.parts if part in scopes]
    missing = [code for kind, code in family.parts if (kind, code) not in scopes]
    row = scopes[family.total].row
    if missing and subject.strict:
        params = {"missing": ", ".join(missing), "kind": there[0][0]}
        yield subject.fault("figures.parts-missing", table, row, "value", params, severity=subject.doubt)
    gap = parts_gap(figures.printed(scopes, family.total), [figures.printed(scopes, part) for part in there])
    whole = not missing and (family.certain or subject.strict)
    if gap is not None and (whole or gap > 0):
        total = scopes[family.total].value
        codes = ", ".join(code for _, code in there)
        unequal = {
            "sum": Quantity(total + gap, 2),
            "total": Quantity(total, 2),
            "gap": Quantity(gap, 2),
            "parts": codes,
        }
        yield subject.fault("figures.parts", table, row, "value", unequal, severity=subject.doubt)


def _gap(group: Group, percent: Printed, part: Printed, whole: Printed) -> float | None:
    return (growth_gap if group.measure in GROWTHS else percent_gap)(percent, part, whole)


def _amount_pairs(figures: Figures, group: Group, scope: Scope) -> Iterator[tuple[Printed, Printed]]:
    """The amounts that a percentage may be of: (part, whole), (cumulative, plan) or (now, before)."""
    if group.measure in GROWTHS:
        before = earlier(group.period, group.measure)
        for measure in GROWTHS[group.measure]:
            now = figures.column(group, measure)
            for column in figures.amounts(group, measure, before) if before else ():
                yield from _pair(figures, now, scope, column, scope)
    elif group.measure == "share":
        for measure in AMOUNTS:
            column = figures.column(group, measure)
            for total in [other for other in column if other[0] == "province"]:
                yield from _pair(figures, column, scope, column, total)
    elif group.measure == "percent-of-plan":
        now = figures.column(group, "ytd") or figures.column(group, "level")
        for (indicator, period, _), plans in figures.plans.items():
            if (indicator, period) == (group.indicator, year_of(group.period)):
                yield from _pair(figures, now, scope, plans, scope)


def _pair(
    figures: Figures, parts: Mapping[Scope, Entry], part: Scope, wholes: Mapping[Scope, Entry], whole: Scope
) -> Iterator[tuple[Printed, Printed]]:
    if part in parts and whole in wholes and wholes[whole].value > 0:
        yield figures.printed(parts, part), figures.printed(wholes, whole)


def _level(figures: Figures, group: Group, month: str) -> Mapping[Scope, Entry]:
    found: dict[Scope, Entry] = {}
    for other, scopes in figures.published.items():
        same = (other.indicator, other.publisher, other.price_basis) == (
            group.indicator,
            group.publisher,
            group.price_basis,
        )
        if (
            same
            and (other.measure, other.period) == ("level", month)
            and (figures.strict or other.status == group.status)
        ):
            found |= scopes
    return found


def _looks_like_ratio(subject: Subject, growth: Printed, others: list[float]) -> bool:
    if subject.strict:
        return 85 <= growth.value <= 130
    return ABOUT[0] <= growth.value <= ABOUT[1] and bool(others) and max(map(abs, others)) < ABOUT[0]
