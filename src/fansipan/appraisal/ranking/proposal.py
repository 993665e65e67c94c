"""Who is proposed: the first, or on a tie the one of the tied that the chair proposes. Rule A10."""

from __future__ import annotations

from typing import Any

from fansipan.appraisal.decision.decision import Decision
from fansipan.errors import Fault, Place
from fansipan.texts import LANGUAGES, Words


def proposal(decision: Decision, first: list[str]) -> tuple[str | None, tuple[Fault, ...]]:
    """Who is proposed when `first` share the first rank, and what must be said of it."""
    idle = _idle_proposal(decision, first)
    if not first:
        return None, (Fault("appraisal.none-left", severity="warning"), *idle)
    if len(first) == 1:
        return first[0], idle
    proposed = decision.heading.chair_proposes
    names = ", ".join(first)
    if proposed in first:
        return proposed, (Fault("appraisal.tie-proposed", {"names": names, "chosen": proposed}, severity="warning"),)
    return None, (Fault("appraisal.tie", {"names": names}, severity="warning"), *idle)


def _idle_proposal(decision: Decision, first: list[str]) -> tuple[Fault, ...]:
    """A warning for a proposal of the chair that cannot count: of nobody, of one refused, of one not first."""
    proposed = decision.heading.chair_proposes
    if not proposed or proposed in first:
        return ()
    params: dict[str, Any] = {"name": proposed}
    if proposed not in decision.alternatives:
        code = "appraisal.proposed-unknown"
    elif refused := decision.refused[decision.alternatives.index(proposed)]:
        code = "appraisal.proposed-refused"
        params["reason"] = Words(*(" ".join(one.message(lang) for one in refused) for lang in LANGUAGES))
    else:
        code, params["first"] = "appraisal.proposed-behind", ", ".join(first)
    return (Fault(code, params, Place("decision.toml", None, None, "chair_proposes"), severity="warning"),)
