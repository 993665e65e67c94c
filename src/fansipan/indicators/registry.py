"""Every indicator by name: unit, what kinds of scope it takes, and the function that computes it (Rule D1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from fansipan.errors import NotFound
from fansipan.indicators import output_figures, promise_figures, zone_figures
from fansipan.indicators.figure import Figure, Scope, Source, Span
from fansipan.texts import Language, text

Compute = Callable[[Source, Scope, Span], Figure]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named figure: its unit and its nature.

    `cumulative`: it grows within its span; `done`: it is a yes or no; `from_returns`: it reaches as far as returns do.
    """

    name: str
    unit: str
    compute: Compute
    cumulative: bool = False
    done: bool = False
    from_returns: bool = False

    def label(self, lang: Language) -> str:
        """What it measures, in words."""
        return text(f"indicator.{self.name}", lang)


INDICATORS: dict[str, Indicator] = {
    indicator.name: indicator
    for indicator in (
        Indicator("clusters-formed", "cụm", zone_figures.clusters_formed, cumulative=True),
        Indicator("clusters", "cụm", zone_figures.clusters),
        Indicator("parks-implemented", "khu", zone_figures.parks_formed, cumulative=True),
        Indicator("parks", "khu", zone_figures.parks),
        Indicator("programme-submitted", "", promise_figures.programme_submitted, done=True),
        Indicator("programme-done", "", promise_figures.programme_done, done=True),
        Indicator("clocks-kept", "%", promise_figures.clocks_kept),
        Indicator("gross-output", "tỷ đồng", output_figures.gross_output, cumulative=True, from_returns=True),
        Indicator("share-of-output", "%", output_figures.share_of_output, from_returns=True),
    )
}


def compute(name: str, source: Source, scope: Scope, span: Span) -> Figure:
    """The figure `name` of `scope` over `span`.

    Raises NotFound ``indicator.unknown`` with the nearest names.
    """
    if name not in INDICATORS:
        near = get_close_matches(name, INDICATORS, n=3, cutoff=0.4)
        raise NotFound("indicator.unknown", name=name, near=", ".join(near or INDICATORS))
    return INDICATORS[name].compute(source, scope, span)
