"""How often a due day was moved and how far, as a cell says it (Rule D31)."""

from __future__ import annotations

from fansipan.report.content import Words, same, words


def moved_words(moves: int, slip: int) -> Words:
    """The moves of a due day and the days from the first to the one now in force; a dash where it was never moved."""
    if not moves:
        return same("–")
    how = "later" if slip > 0 else "earlier" if slip < 0 else "back"
    return words(f"due.moved.{how}", count=moves, days=abs(slip))
