"""expansion/solve."""
