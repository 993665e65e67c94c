"""The law's gates on an application: deposit, technology, environment group, equity, land, trade. Rule A2.

Each refusal carries the figure of the law in force on the day, or the zone's own condition, and what would cure it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fansipan.appraisal.criteria.gates import Refusal
from fansipan.appraisal.decision.law import figure
from fansipan.texts import Words

Row = Mapping[str, Any]


def deposit_due(capital: float, on: date) -> float | None:
    """The deposit that secures `capital` (both billion đồng), by slices of capital; None where no law is carried.

    Decree 31/2021, Article 26: a rate on capital up to the first limit, a lower one on the part up to the second, a
    third on the rest.
    """
    found = [
        figure(f"project.deposit.{name}", on)
        for name in ("tier1.limit", "tier1.rate", "tier2.limit", "tier2.rate", "tier3.rate")
    ]
    if any(norm is None for norm in found):
        return None
    first, rate1, second, rate2, rate3 = (norm.figure for norm in found if norm)
    slices = (min(capital, first), max(min(capital, second) - first, 0.0), max(capital - second, 0.0))
    return sum(part * rate / 100 for part, rate in zip(slices, (rate1, rate2, rate3), strict=True))


def legal_refusals(application: Row, place: Row | None, on: date) -> Iterator[Refusal]:
    """The refusals of one row of ``applications.csv`` for the zone of ``place.csv`` (None where there is none).

    A blank is not tested: it is for the criteria to say what missing evidence means.
    """
    yield from _deposit(application, on)
    yield from _technology(application, on)
    yield from _equity(application, place, on)
    if place is not None:
        yield from _environment(application, place)
        yield from _land(application, place)
        yield from _trade(application, place)


def _deposit(application: Row, on: date) -> Iterator[Refusal]:
    capital, paid = application["capital"], application["deposit"]
    if capital is None or paid is None:
        return
    due = deposit_due(capital, on)
    if due is not None and paid < due * (1 - 1e-9):
        rule = figure("project.deposit.tier1.rate", on)
        params = (("due", due), ("short", due - paid), ("capital", capital))
        yield Refusal("gate.deposit", "deposit", paid, rule=rule or "", params=params)


def _technology(application: Row, on: date) -> Iterator[Refusal]:
    if application["technology"] == "prohibited":
        rule = figure("project.technology.lists", on)
        yield Refusal("gate.technology", "technology", application["technology"], rule=rule or "")


def _equity(application: Row, place: Row | None, on: date) -> Iterator[Refusal]:
    capital, equity, land = application["capital"], application["equity"], application["land"]
    if not capital or equity is None:
        return
    large = figure("investor.equity.large_from", on)
    size = "large" if large and land is not None and large.allows(land) else "small"
    rule = figure(f"investor.equity.{size}", on)
    least = max(rule.figure if rule else 0.0, (place or {}).get("equity_share") or 0.0)
    share = equity / capital * 100
    if share < least * (1 - 1e-9):
        params = (("least", least), ("more", capital * least / 100 - equity))
        own = rule is None or least > rule.figure
        yield Refusal("gate.equity", "equity", share, rule="" if own or rule is None else rule, params=params)


def _environment(application: Row, place: Row) -> Iterator[Refusal]:
    group, admitted = application["environment_group"], _words(place["environment_groups"])
    if group is not None and admitted and group not in admitted:
        params = (("zone", place["name"] or place["zone"]), ("admitted", ", ".join(admitted)))
        rule = Words(
            "Luật Bảo vệ môi trường 72/2020/QH14, Điều 28; Nghị định 08/2022/NĐ-CP",
            "Law on Environmental Protection 72/2020/QH14, Art. 28; Decree 08/2022/NĐ-CP",
        )
        yield Refusal("gate.environment", "environment_group", group, rule=rule, params=params)


def _land(application: Row, place: Row) -> Iterator[Refusal]:
    wanted = application["land"]
    if wanted is None:
        return
    for column, code in (("land_left", "gate.land"), ("largest_plot", "gate.plot")):
        room = place[column]
        if room is not None and wanted > room * (1 + 1e-9):
            params = (("zone", place["name"] or place["zone"]), ("room", room))
            yield Refusal(code, "land", wanted, params=params)
            return


def _trade(application: Row, place: Row) -> Iterator[Refusal]:
    industry, admitted = application["industry"], _words(place["trades"])
    if industry is not None and admitted and not any(industry.startswith(trade) for trade in admitted):
        params = (("zone", place["name"] or place["zone"]), ("admitted", ", ".join(admitted)))
        yield Refusal("gate.trade", "industry", industry, params=params)


def _words(written: str | None) -> list[str]:
    return [word.strip() for word in re.split(r"[|/,;]", written or "") if word.strip()]
