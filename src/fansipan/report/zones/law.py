"""The law's tests of every zone: those decided with their figures, those that wait for facts with what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.norms import find
from fansipan.norms.registry import names
from fansipan.province import Province
from fansipan.report.content import Block, Column, Paragraph, Words, same, table, words
from fansipan.report.naming import Names
from fansipan.texts import LANGUAGES, Language
from fansipan.zones.law.tests import rules_in_state
from fansipan.zones.law.verdicts import Verdict
from fansipan.zones.standing import verdicts

DECIDED = ("zone", "rule", "outcome", "figures", "articles", "certainty")
WAITING = ("rule", "zones", "missing", "articles", "certainty")


def law_blocks(province: Province, stand: pl.DataFrame, names: Names, on: date) -> tuple[Block, ...]:
    """The tests that decide what each zone may do next; a day on which no rule is carried is said, not left out.

    Tests that cannot be decided for want of the same facts are one row with all their zones.
    """
    decided: list[list[Words]] = []
    waiting: dict[tuple[Words, ...], list[Words]] = {}
    for zone, kind, state in stand.select("zone", "kind", "state").iter_rows():
        rules = rules_in_state(kind, state)
        for found in verdicts(province, zone, on, rules) if rules else ():
            if isinstance(found, Verdict) and found.outcome == "undecided":
                waiting.setdefault(_waits(found), []).append(names.of("zone", zone))
            elif isinstance(found, Refused) or found.outcome != "waived":
                decided.append([names.of("zone", zone), *_row(found)])
    missing = not_carried(on)
    told = () if missing is None else (Paragraph(missing),)
    return (*_decided(decided, on), *_waiting(waiting), *told)


def not_carried(on: date) -> Words | None:
    """The laws in force on `on` that no test of Fansipan carries, to be consulted; None where none is known."""
    norms = [norm for name in names("law.") if (norm := find(name, on)) is not None]
    if not norms:
        return None
    told = [Words(*(f"{norm.label(lang)} ({norm.cite(lang)})" for lang in LANGUAGES)) for norm in norms]
    return words("zones.not-carried", laws=Words("; ".join(t.vi for t in told), "; ".join(t.en for t in told)))


def _decided(rows: list[list[Words]], on: date) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph(words("zones-page.law.none-decided", day=on)),)
    heads = [Column(words(f"zones-page.law.{name}"), "text") for name in DECIDED]
    return (table(words("zones-page.law.caption", day=on), heads, rows, name="law"),)


def _waiting(waiting: dict[tuple[Words, ...], list[Words]]) -> tuple[Block, ...]:
    if not waiting:
        return ()
    heads = [Column(words(f"zones-page.law.{name}"), "text") for name in WAITING]
    rows = [
        [rule, _joined(zones), missing, articles, certainty]
        for (rule, missing, articles, certainty), zones in waiting.items()
    ]
    return (table(words("zones-page.law.waiting"), heads, rows, name="law-undecided"),)


def _waits(found: Verdict) -> tuple[Words, ...]:
    missing = _joined([words(f"fact.{name}") for name in found.all_missing()])
    return (_both(found.label), missing, _both(found.sources), words(f"norm.certainty.{found.certainty}"))


def _row(found: Verdict | Refused) -> list[Words]:
    if isinstance(found, Refused):
        rule = words(f"norm.name.{found.params['name']}")
        told = Words(found.describe("vi"), found.describe("en"))
        return [rule, words("zones-page.law.refused"), told, same("–"), same("–")]
    return [
        _both(found.label),
        words(f"outcome.{found.outcome}"),
        _both(lambda lang: "; ".join(leaf.measured(lang) for leaf in found.leaves() if leaf.measured(lang)) or "–"),
        _both(found.sources),
        words(f"norm.certainty.{found.certainty}"),
    ]


def _joined(parts: list[Words]) -> Words:
    return _both(lambda lang: ", ".join(part.in_language(lang) for part in parts) or "–")


def _both(say: Callable[[Language], str]) -> Words:
    return Words(say("vi"), say("en"))
