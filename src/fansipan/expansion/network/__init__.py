"""expansion/network."""
