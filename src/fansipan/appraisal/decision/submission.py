"""The window in which applications may be handed in: late and early ones are refused, undated ones told. Rule A2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from fansipan.appraisal.criteria.gates import Refusal
from fansipan.appraisal.decision.decision import Heading
from fansipan.errors import Fault, Place
from fansipan.texts import LANGUAGES, Words, text

Row = Mapping[str, Any]


def window_refusals(row: Row, heading: Heading) -> Iterator[Refusal]:
    """The refusal of an application handed in before the window opens or after it closes; on its edges it is in time.

    A day without an hour opens at its first moment and closes at its last.
    """
    handed = row.get("submitted")
    if handed is None:
        return
    for code, edge, outside in (
        ("gate.too-early", _moment(heading.opens, time.min), lambda a, b: a < b),
        ("gate.too-late", _moment(heading.closes, time.max), lambda a, b: a > b),
    ):
        if edge is not None and outside(handed, edge):
            rule = Words(*(text("gate.window-rule", lang) for lang in LANGUAGES))
            params = (("handed", f"{handed:%d/%m/%Y %H:%M:%S}"), ("edge", f"{edge:%d/%m/%Y %H:%M:%S}"))
            yield Refusal(code, "submitted", f"{handed:%Y-%m-%d %H:%M:%S}", rule=rule, params=params)


def window_untested(name: str, row: Row | None, heading: Heading) -> Iterator[Fault]:
    """A warning where there is a window and nothing says when the application of `name` was handed in."""
    if (heading.opens is None and heading.closes is None) or (row is not None and row.get("submitted") is not None):
        return
    code = "gate.untested.no-application" if row is None else "gate.untested.no-time"
    params = {"alternative": name, "gate": _words("gate.name.window"), "reason": _words(code)}
    yield Fault("gate.untested", params, Place("applications.csv"), severity="warning")


def window_is_empty(heading: Heading) -> bool:
    """Whether applications would close before they open."""
    opens, closes = _moment(heading.opens, time.min), _moment(heading.closes, time.max)
    return opens is not None and closes is not None and closes < opens


def _words(code: str) -> Words:
    return Words(*(text(code, lang) for lang in LANGUAGES))


def _moment(value: date | None, hour: time) -> datetime | None:
    return value if value is None or isinstance(value, datetime) else datetime.combine(value, hour)
