"""A decision: the alternatives, their figures, the criteria, the marks and everything refused. Rules A1 to A9."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from fansipan.appraisal.criteria.comparison_reading import Consistency
from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion
from fansipan.appraisal.criteria.gates import Refusal
from fansipan.appraisal.criteria.scale import ValueFunction
from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.decision.marks import MarkBook
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.spreads import Spreads
from fansipan.appraisal.methods.value import Flags, Floats
from fansipan.errors import Fault
from fansipan.tables.reading.sheet import Sheet
from fansipan.texts import Language


@dataclass(frozen=True)
class Heading:
    """What the decision is about: titles, council, day and place, who proposes on a tie, and whether it is made up.

    `quorum` is how many members must have marked (5, ``2/3`` or ``60%`` of the council); `opens` and `closes` are the
    window in which applications are handed in, days or moments.
    """

    title_vi: str = ""
    title_en: str = ""
    body_vi: str = ""
    body_en: str = ""
    on: date | None = None
    place: str = ""
    chair: str = ""
    chair_proposes: str = ""
    illustrative: bool = False
    criteria_set: str = ""
    quorum: int | str = ""
    opens: date | None = None
    closes: date | None = None

    def title(self, lang: Language) -> str:
        """The title in `lang`, or in the other language where there is only that."""
        return (self.title_vi if lang == "vi" else self.title_en) or self.title_vi or self.title_en

    def body(self, lang: Language) -> str:
        """The council or office that decides."""
        return (self.body_vi if lang == "vi" else self.body_en) or self.body_vi or self.body_en


@dataclass(frozen=True)
class Parts:
    """What a decision is made of, as read: `table` is the alternatives with their figures, `sheet` where they stood.

    `legal` holds refusals found before, by alternative, `untested` the gates nobody could test; `uncertain` and
    `conflicts` are empty without their files.
    """

    table: pl.DataFrame
    sheet: Sheet
    tree: CriteriaTree
    book: MarkBook | None = None
    heading: Heading = field(default_factory=Heading)
    plans: dict[str, Plan] = field(default_factory=dict)
    spreads: dict[str, Spreads] = field(default_factory=dict)
    fits: dict[str, Fit] = field(default_factory=dict)
    legal: dict[str, tuple[Refusal, ...]] = field(default_factory=dict)
    untested: dict[str, tuple[Fault, ...]] = field(default_factory=dict)
    uncertain: pl.DataFrame = field(default_factory=pl.DataFrame)
    conflicts: pl.DataFrame = field(default_factory=pl.DataFrame)
    consistency: tuple[Consistency, ...] = ()
    notes: tuple[Fault, ...] = ()
    quorum: int = 0


@dataclass(frozen=True)
class Decision:
    """One choice to be made.

    `figures` is alternatives x leaves with missing evidence filled as the criteria say (`absent` marks where) and
    categories turned into their values; `written` holds what stood in the file. `refused` has a row's refusals by
    position and `untested` the gates that could not be tested. `uncertain` holds rows of alternative, criterion,
    distribution, a, b; `plans` the financial assumptions of those that gave them, `spreads` how far
    their drivers may go (empty: as assumed), `fits` how they fit the portfolio and the plan.
    `consistency` tells of the pairwise comparisons behind the weights, if there were any. `own_means` are the figures
    with each alternative's own mean mark, where these are not what compares them (rule A9); `parts` is what it was
    made of.
    """

    alternatives: tuple[str, ...]
    tree: CriteriaTree
    figures: Floats
    absent: Flags
    written: pl.DataFrame
    refused: tuple[tuple[Refusal, ...], ...]
    untested: tuple[tuple[Fault, ...], ...] = ()
    marks: MarkBook | None = None
    uncertain: pl.DataFrame = field(default_factory=pl.DataFrame)
    conflicts: pl.DataFrame = field(default_factory=pl.DataFrame)
    heading: Heading = field(default_factory=Heading)
    plans: dict[str, Plan] = field(default_factory=dict)
    spreads: dict[str, Spreads] = field(default_factory=dict)
    fits: dict[str, Fit] = field(default_factory=dict)
    consistency: tuple[Consistency, ...] = ()
    notes: tuple[Fault, ...] = ()
    own_means: Floats | None = None
    parts: Parts | None = field(default=None, repr=False, compare=False)

    @property
    def leaves(self) -> list[Criterion]:
        """The measured criteria, in the order of the columns of `figures`."""
        return self.tree.leaves

    @property
    def eligible(self) -> list[int]:
        """The positions of the alternatives that no gate refused."""
        return [place for place, refusals in enumerate(self.refused) if not refusals]

    def untested_of(self, place: int) -> tuple[Fault, ...]:
        """The gates that could not be tested for the alternative at `place`."""
        return self.untested[place] if self.untested else ()

    def value_functions(self, among: list[int] | None = None) -> list[ValueFunction]:
        """Each leaf's value function; local scales run from the worst to the best of the alternatives `among`."""
        rows = self.figures[self.eligible if among is None else among]
        return [value_function(leaf, rows[:, place]) for place, leaf in enumerate(self.leaves)]

    def values(self, functions: list[ValueFunction] | None = None) -> Floats:
        """Values of all alternatives, refused ones too, alternatives x leaves."""
        found = functions or self.value_functions()
        return np.stack([f(self.figures[:, place]) for place, f in enumerate(found)], axis=1)


def value_function(leaf: Criterion, figures: Floats) -> ValueFunction:
    """The value function of `leaf`, its local ends (if the scale is local) those of `figures`. Rule A3."""
    if leaf.scale.kind == "linear":
        low, high = leaf.scale.ends
    else:
        low, high = (float(figures.min()), float(figures.max())) if len(figures) else (0.0, 0.0)
    return ValueFunction(leaf.scale, *((low, high) if leaf.maximise else (high, low)))
