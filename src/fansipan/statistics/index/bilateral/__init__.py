"""statistics/index/bilateral."""
