"""statistics/seasonal/model."""
