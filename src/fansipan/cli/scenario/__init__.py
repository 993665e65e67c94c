"""cli/scenario."""
