"""Index arithmetic: means, formulas, aggregation on a tree, chaining, splicing, contributions."""

from fansipan.statistics.index.aggregation import aggregate_index

__all__ = ["aggregate_index"]
