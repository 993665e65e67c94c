"""cli/province."""
