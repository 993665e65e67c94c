"""expansion/system."""
