"""expansion/constraints."""
