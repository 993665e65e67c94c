"""Measures of industry - editing, imputation, output value, index, contributions, seasonal adjustment, vintages."""

from fansipan.statistics.index import aggregate_index

__all__ = ["aggregate_index"]
