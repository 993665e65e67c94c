"""The registry of named figures: each with unit, scope, how it is computed, and the rows it rests on."""

from fansipan.indicators.figure import Evidence, Figure, Scope, Source, Span
from fansipan.indicators.registry import INDICATORS, compute

__all__ = ["INDICATORS", "Evidence", "Figure", "Scope", "Source", "Span", "compute"]
