"""The law's tests of every zone as a table: outcome, figures against the rule, what is missing, article, certainty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.province import Province
from fansipan.report.content import Column, Table, Words, same, table, words
from fansipan.report.naming import Names
from fansipan.texts import Language
from fansipan.zones.law import rules_in_state
from fansipan.zones.standing import verdicts
from fansipan.zones.verdicts import Verdict

COLUMNS = ("zone", "rule", "outcome", "figures", "missing", "articles", "certainty")


def law_table(province: Province, stand: pl.DataFrame, names: Names, on: date) -> Table:
    """The tests that decide what each zone may do next; a day on which no rule is carried is said, not left out."""
    rows = []
    for zone, kind, state in stand.select("zone", "kind", "state").iter_rows():
        rules = rules_in_state(kind, state)
        for found in verdicts(province, zone, on, rules) if rules else ():
            if isinstance(found, Refused) or found.outcome != "waived":
                rows.append([names.of("zone", zone), *_row(found)])
    heads = [Column(words(f"zones-page.law.{name}"), "text") for name in COLUMNS]
    return table(words("zones-page.law.caption", day=on), heads, rows, name="Điều kiện pháp luật")


def _row(found: Verdict | Refused) -> list[Words]:
    if isinstance(found, Refused):
        rule = words(f"norm.name.{found.params['name']}")
        told = Words(found.describe("vi"), found.describe("en"))
        return [rule, words("zones-page.law.refused"), told, same("–"), same("–"), same("–")]
    missing = [words(f"fact.{name}") for name in found.all_missing()]
    return [
        _both(found.label),
        words(f"outcome.{found.outcome}"),
        _both(lambda lang: "; ".join(leaf.measured(lang) for leaf in found.leaves() if leaf.measured(lang)) or "–"),
        _both(lambda lang: ", ".join(name.of(lang) for name in missing) or "–"),
        same(", ".join(found.articles)),
        words(f"norm.certainty.{found.certainty}"),
    ]


def _both(say: Callable[[Language], str]) -> Words:
    return Words(say("vi"), say("en"))
