"""expansion/answers."""
