"""What turns when one member's marks are left out: beside leaving out an applicant. Rule A16."""

from __future__ import annotations

from dataclasses import dataclass

from fansipan.appraisal.decision.assembling import without_member
from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.ranking.ranking import Method, rank, turned
from fansipan.errors import InvalidInput


@dataclass(frozen=True)
class MemberTurn:
    """Without the marks of `left_out`: pairs (before, behind) that stand the other way round, who then falls at a gate
    and who then passes; `unmarked` where a criterion has no other mark, so that nothing can be said.
    """

    left_out: str
    turned: tuple[tuple[str, str], ...] = ()
    falls: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    unmarked: bool = False


def member_turns(decision: Decision, method: Method) -> list[MemberTurn]:
    """For each member whose marks decide something, what turns without them."""
    if decision.marks is None or decision.parts is None:
        return []
    before = rank(decision, method).places
    found = []
    for judge in decision.marks.judges:
        try:
            after = rank(without_member(decision, judge), method).places
        except InvalidInput:
            found.append(MemberTurn(judge, unmarked=True))
            continue
        falls = tuple(name for name in before if name not in after)
        passes = tuple(name for name in after if name not in before)
        pairs = tuple(turned(before, after))
        if pairs or falls or passes:
            found.append(MemberTurn(judge, pairs, falls, passes))
    return found
