"""scenario/forecast/models."""
