"""One time limit for a question that means solving many times over (method rule E31)."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from fansipan.linear.solver import Options

LEAST = 0.5  # seconds that a solve has in any case


class SharedTime:
    """Options for one solve after another: each may take an even share of the time that is left for all.

    What a solve leaves of its share is there for those after it. Without a time limit nothing is shared.
    """

    def __init__(self, options: Options | None, solves: int) -> None:
        self.options, self.left, self.begun = options or Options(), max(solves, 1), perf_counter()

    def next(self) -> Options:
        """The options of the next solve."""
        limit, solves = self.options.time_limit, self.left
        self.left = max(solves - 1, 1)
        if limit is None:
            return self.options
        return replace(self.options, time_limit=max((limit - (perf_counter() - self.begun)) / solves, LEAST))
