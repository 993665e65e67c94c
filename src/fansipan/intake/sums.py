"""The file's own totals held against its rows."""

from __future__ import annotations

from dataclasses import dataclass

from fansipan.errors import Place

# What a total may be off, in units of its last printed digit a row that was added, and beside that of its size.
ROUNDED, RELATIVE = 0.5, 1e-7


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of the file: what it is of, what it says, what its rows make."""

    place: Place
    words: str
    said: float
    made: float
    rows: int
    places: int

    @property
    def holds(self) -> bool:
        """Whether the total is the sum of its rows but for rounding."""
        most = ROUNDED * 10.0**-self.places * (self.rows + 1) + RELATIVE * abs(self.said)
        return abs(self.said - self.made) <= most


def places_of(figure: float) -> int:
    """How many decimals a figure was written with, at most six."""
    text = f"{figure:.6f}".rstrip("0")
    return len(text.partition(".")[2])
