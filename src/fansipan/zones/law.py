"""Every test of the law by name."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from fansipan.errors import NotFound
from fansipan.zones.cluster_law import CLUSTER_RULES
from fansipan.zones.park_law import PARK_RULES
from fansipan.zones.situation import Situation
from fansipan.zones.verdicts import Verdict

RULES = {**CLUSTER_RULES, **PARK_RULES}


def rules_of(kind: str) -> tuple[str, ...]:
    """The names of the tests that a zone of `kind` (``cluster``, ``park``) is put to; none for an economic zone."""
    return tuple(CLUSTER_RULES) if kind == "cluster" else tuple(PARK_RULES) if kind == "park" else ()


def test(rule: str, facts: Situation, on: date) -> Verdict:
    """The verdict of the test `rule` on the facts, by the law in force on `on` (Rule Z6).

    Raises NotFound for an unknown rule and Refused ``norm.no-regime`` for a date that the law carried does not cover.
    """
    if rule not in RULES:
        near = get_close_matches(rule, RULES, n=3, cutoff=0.4)
        raise NotFound("name.unknown", kind="rule", name=rule, near=", ".join(near or RULES))
    return RULES[rule](facts, on)
