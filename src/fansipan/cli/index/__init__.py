"""cli/index."""
