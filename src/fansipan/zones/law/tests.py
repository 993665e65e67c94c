"""Every test of the law by name."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from fansipan.errors import NotFound
from fansipan.texts import Words
from fansipan.zones.law.clusters import CLUSTER_RULES
from fansipan.zones.law.parks import PARK_RULES
from fansipan.zones.law.situation import Situation
from fansipan.zones.law.verdicts import Verdict
from fansipan.zones.life_cycle import FORMED

RULES = {**CLUSTER_RULES, **PARK_RULES}


def rules_of(kind: str) -> tuple[str, ...]:
    """The names of the tests that a zone of `kind` (``cluster``, ``park``) is put to; none for an economic zone."""
    return tuple(CLUSTER_RULES) if kind == "cluster" else tuple(PARK_RULES) if kind == "park" else ()


def rules_in_state(kind: str, state: str | None) -> tuple[str, ...]:
    """The tests that decide what a zone of `kind` may do next: be formed while it is not, be expanded once it is.

    A zone formed long ago is not put to the conditions of forming one, which came after it.
    """
    if state in FORMED:
        return {"cluster": ("cluster.expand", "cluster.services_share"), "park": ("park.trade_share",)}.get(kind, ())
    if state == "withdrawn":
        return ()
    return {"cluster": ("cluster.size", "cluster.establish"), "park": ("park.establish",)}.get(kind, ())


def test(rule: str, facts: Situation, on: date) -> Verdict:
    """The verdict of the test `rule` on the facts, by the law in force on `on` (Rule Z6).

    Raises NotFound for an unknown rule and Refused ``norm.no-regime`` for a date that the law carried does not cover.
    """
    if rule not in RULES:
        near = get_close_matches(rule, RULES, n=3, cutoff=0.4)
        raise NotFound("name.unknown", kind=Words("điều kiện", "rule"), name=rule, near=", ".join(near or RULES))
    return RULES[rule](facts, on)
