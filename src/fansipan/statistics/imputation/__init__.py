"""Filling what is missing: methods, effect, changes of state."""
