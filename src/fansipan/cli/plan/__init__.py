"""cli/plan."""
