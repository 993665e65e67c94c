"""scenario/baseline."""
