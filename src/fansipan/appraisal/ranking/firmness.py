"""How firmly the first stands, gathered: for the sheets, the JSON and the terminal. Rules A15 to A18."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.ranking.members import MemberTurn, member_turns
from fansipan.appraisal.ranking.ranking import Method
from fansipan.appraisal.ranking.robustness import (
    Needed,
    Reversal,
    WeightMove,
    dominance,
    needed_by_second,
    rank_reversals,
    weight_moves,
)

# Leaving out each of many alternatives in turn takes time and says little; to so many it is tried.
MOST_LEFT_OUT = 40


@dataclass(frozen=True)
class Firmness:
    """Pairs of which the first dominates the second; how far weights may move; what the second needs; what turns when
    one is left out (None where there are too many to try); what turns without one member's marks (None without marks,
    or with too many members to try).
    """

    dominated: list[tuple[str, str]]
    moves: list[WeightMove]
    needed: list[Needed]
    reversals: list[Reversal] | None
    members: list[MemberTurn] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "dominated": [{"better": better, "worse": worse} for better, worse in self.dominated],
            "weight_moves": [asdict(move) for move in self.moves],
            "needed_by_second": [asdict(need) for need in self.needed],
            "rank_reversals": None if self.reversals is None else [asdict(one) for one in self.reversals],
        } | ({} if self.members is None else {"member_turns": [asdict(one) for one in self.members]})

    @property
    def nearest(self) -> tuple[WeightMove, float, str] | None:
        """The weight that must move least for another to draw level: the move, where to, and who that is."""
        ends = [
            (abs(end - move.weight), move, end, name)
            for move in self.moves
            for end, name in ((move.lower, move.lower_first), (move.upper, move.upper_first))
            if end is not None and name is not None
        ]
        return min(ends, key=lambda end: end[0])[1:] if ends else None


def firmness(decision: Decision, method: Method = "value") -> Firmness:
    """Everything that says how firm the first of `method` is; what turns smaa's order is held on the weighted value."""
    steady: Method = "value" if method == "smaa" else method
    few = len(decision.eligible) <= MOST_LEFT_OUT
    heard = decision.marks is not None and len(decision.marks.judges) <= MOST_LEFT_OUT
    return Firmness(
        dominance(decision),
        weight_moves(decision, method),
        needed_by_second(decision, method),
        rank_reversals(decision, steady) if few else None,
        member_turns(decision, steady) if heard else None,
    )
