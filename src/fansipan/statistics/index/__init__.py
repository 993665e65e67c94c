"""Index arithmetic: means, formulas, aggregation on a tree, chaining, splicing, contributions (Rules S1 to S21)."""

from fansipan.statistics.index.bilateral.chaining import rebase
from fansipan.statistics.index.bilateral.matched_sample import sample_index
from fansipan.statistics.index.bilateral.series import bilateral_series
from fansipan.statistics.index.bilateral.splicing import splice
from fansipan.statistics.index.sister_indexes import inventory_index, labour_index, shipment_index
from fansipan.statistics.index.trees.aggregation import aggregate_index
from fansipan.statistics.index.trees.chain_linking import chain_linked_index
from fansipan.statistics.index.trees.classifications import aggregate_classifications, weighting_tree
from fansipan.statistics.index.trees.product_changes import settle_product_changes
from fansipan.statistics.index.trees.weight_updating import update_weights

__all__ = [
    "aggregate_classifications",
    "aggregate_index",
    "bilateral_series",
    "chain_linked_index",
    "inventory_index",
    "labour_index",
    "rebase",
    "sample_index",
    "settle_product_changes",
    "shipment_index",
    "splice",
    "update_weights",
    "weighting_tree",
]
