"""scenario/paths."""
