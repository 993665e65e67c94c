"""How a search goes on: shown while it runs, kept as the curve of gap against time (method rule E13)."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from fansipan.cli.language import current_language, say
from fansipan.notation import number
from fansipan.tables.files.writing import write_csv

SCHEMA = dict.fromkeys(("seconds", "best", "bound", "gap"), pl.Float64)
Told = Callable[[float, float, float], None]


class Search:
    """What the solver reported: a row a report, with seconds since the start, best value, bound and relative gap."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self.begun, self.show = time.perf_counter(), show
        self.rows: list[tuple[float, float | None, float | None, float | None]] = []

    def record(self, seconds: float, best: float, bound: float) -> None:
        """Take down one report; values that are not finite are none. `seconds` of the solver start anew each solve."""
        known = [value if math.isfinite(value) else None for value in (best, bound)]
        gap = None if None in known else abs(best - bound) / max(abs(best), 1e-9)
        self.rows.append((time.perf_counter() - self.begun, known[0], known[1], gap))
        shown = ["–" if value is None else number(value, 2, current_language()) for value in known]
        self.show(
            say(
                "plan.search.told",
                seconds=number(self.rows[-1][0], 0, current_language()),
                best=shown[0],
                bound=shown[1],
                gap="–" if gap is None else number(100 * gap, 2, current_language()),
            )
        )

    def frame(self) -> pl.DataFrame:
        """The curve of gap against time."""
        return pl.DataFrame(self.rows, schema=SCHEMA, orient="row")

    def write(self, folder: Path) -> None:
        """Write the curve beside the answer's tables, where the solver searched at all."""
        if self.rows:
            write_csv(self.frame(), folder / "search.csv")


@contextmanager
def searching() -> Iterator[Search]:
    """A search whose reports stand on standard error while it runs; nothing is shown where that is no terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield Search(lambda words: None)
        return
    with console.status(say("plan.search.begun")) as status:
        yield Search(status.update)
