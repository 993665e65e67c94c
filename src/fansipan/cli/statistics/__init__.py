"""cli/statistics."""
