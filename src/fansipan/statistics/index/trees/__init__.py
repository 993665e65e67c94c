"""Index arithmetic on a weighting tree."""
