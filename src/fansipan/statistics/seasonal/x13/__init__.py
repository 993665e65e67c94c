"""statistics/seasonal/x13."""
