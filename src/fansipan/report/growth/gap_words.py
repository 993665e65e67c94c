"""The gap told as officials word it, in Vietnamese and English (Rule GA14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fansipan.periods import Quarter, parse_period
from fansipan.report.content import Quantity, Words, same, words
from fansipan.report.naming import Names
from fansipan.scenario.gap.measured import ALL, Gap, required, table
from fansipan.scenario.gap.openers import unallotted


def told(gap: Gap, names: Names) -> Iterator[Words]:
    """What came so far, the year, what the remaining months need, the quarters, what no product carries, sections."""
    yield from so_far(gap)
    yield whole_year(gap)
    yield from rest(gap)
    yield from quarters(gap)
    yield from not_carried(gap)
    yield from sections(gap, names)


def _side(gap: float) -> str:
    return "below" if gap < 0 else "above"


def _share(value: float | None, places: int = 1) -> Quantity:
    return Quantity(value, places, percent=True)


def _rate(value: float | None, places: int = 2) -> Quantity:
    return Quantity(value, places, sign=True, percent=True)


def _figures(row: dict[str, Any], points: str = "points") -> dict[str, Quantity]:
    size = None if row[points] is None else abs(row[points])
    return {
        "percent": _share(row["percent"]),
        "gap": Quantity(abs(row["gap"]), 1),
        "points": Quantity(size, 2),
        "outcome": Quantity(row["outcome"], 1),
    }


def so_far(gap: Gap) -> Iterator[Words]:
    """The months reported against the plan of the same months; nothing in January of the year before it begins."""
    known = gap.course.known
    if not 0 < known < len(gap.course.months):
        return
    row = required(gap).row(0, named=True)
    short, base = row["done"] - row["plan_so_far"], float(gap.course.before.sum())
    if row["plan_so_far"] <= 0 or base <= 0:
        return
    yield words(
        f"gap.say.done-{_side(short)}",
        months=known,
        year=gap.course.year,
        done=Quantity(row["done"], 1),
        percent=_share(100 * row["done"] / row["plan_so_far"]),
        gap=Quantity(abs(short), 1),
        points=Quantity(100 * abs(short) / base, 2),
    )


def whole_year(gap: Gap) -> Words:
    """The year against its plan; as done where every month is reported."""
    row = table(gap, (), "year").row(0, named=True)
    kind = "over" if gap.course.known == len(gap.course.months) else "year"
    return words(
        f"gap.say.{kind}-{_side(row['gap'])}",
        year=gap.course.year,
        growth=_rate(row["growth"]),
        planned=_rate(row["growth_planned"]),
        **_figures(row),
    )


def rest(gap: Gap) -> Iterator[Words]:
    """What growth the remaining months need for the year's plan."""
    months = len(gap.course.months) - gap.course.known
    row = required(gap).row(0, named=True)
    if not months:
        return
    given = {"plan": Quantity(row["plan"], 1), "months": months}
    if row["rest"] <= 0:
        yield words("gap.say.rest-done", plan=given["plan"])
    elif row["required"] is None:
        yield words("gap.say.rest-no-base", months=months, rest=Quantity(row["rest"], 1))
    else:
        rates = {"so_far": _rate(row["so_far"]), "expected": _rate(row["expected"])}
        up = row["required"] > 0
        asked = {"required": _share(row["required"], 2)} if up else {"level": _share(100 + row["required"], 2)}
        yield words(f"gap.say.rest-{'up' if up else 'down'}", **given, **rates, **asked)


def quarters(gap: Gap) -> Iterator[Words]:
    """Each quarter: done, estimated or expected."""
    for row in table(gap, (), "quarter").iter_rows(named=True):
        period = parse_period(row["period"])
        assert isinstance(period, Quarter)
        state = "reported" if not row["expected"] else "expected" if not row["reported"] else "partly"
        if row["plan"] > 0:
            yield words(
                f"gap.say.quarter-{_side(row['gap'])}",
                quarter=_roman(period),
                state=words(f"gap.state.{state}"),
                **_figures(row),
            )


def _roman(quarter: Quarter) -> Words:
    return Words(("I", "II", "III", "IV")[quarter.quarter - 1], str(quarter.quarter))


def not_carried(gap: Gap) -> Iterator[Words]:
    """What sections plan beyond the plans of products, or less."""
    value = float(unallotted(gap)["plan"].sum())
    if value > 0.05:
        yield words("gap.say.unallotted", value=Quantity(value, 1))
    elif value < -0.05:
        yield words("gap.say.over-allotted", value=Quantity(-value, 1))


def sections(gap: Gap, names: Names, by: str = "section") -> Iterator[Words]:
    """Each section: percent of the scenario, đồng, points, and the growth that its remaining months need."""
    asked = {row[by]: row for row in required(gap, by).iter_rows(named=True)}
    for row in table(gap, (by,), "year").iter_rows(named=True):
        code = row[by]
        if code is not None and row["plan"] > 0:
            yield words(
                f"gap.say.part-{_side(row['gap'])}",
                part=names.of(by, code),
                rest=_part_rest(gap, asked[code]),
                **_figures(row),
            )


def _part_rest(gap: Gap, row: dict[str, Any]) -> Words:
    if row["rest"] <= 0:
        return words("gap.say.part-rest-done")
    if row["required"] is None or gap.course.known == len(gap.course.months):
        return words("gap.say.part-rest-none")
    if row["required"] > 0:
        return words("gap.say.part-rest-up", required=_share(row["required"], 2))
    return words("gap.say.part-rest-down", level=_share(100 + row["required"], 2))


def part_of(names: Names, by: str, row: dict[str, Any]) -> Words:
    """The name of a part, or that no product carries it, with the plan that it comes from."""
    if row.get("origin") == "unallotted" or (row.get(by) is None and by not in (ALL, "zone", "portfolio")):
        kind, _, code = (row.get("of") or "").partition(":")
        if not code:
            return words("gap.unallotted")
        dimension = "section" if kind == "industry" else kind
        return words("gap.unallotted-of", part=names.of(dimension, code))
    return names.of(by, row[by])


def line_name(names: Names, row: dict[str, Any]) -> Words:
    """An establishment (or project) with its product."""
    owner = same(row["project"]) if row.get("project") else names.of("establishment", row["establishment"])
    product = names.of("product", row["product"])
    return Words(f"{owner.vi} · {product.vi}", f"{owner.en} · {product.en}")
