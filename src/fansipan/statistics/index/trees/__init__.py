"""statistics/index/trees."""
