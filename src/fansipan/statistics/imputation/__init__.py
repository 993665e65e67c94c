"""statistics/imputation."""
