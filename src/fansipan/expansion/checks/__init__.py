"""expansion/checks."""
