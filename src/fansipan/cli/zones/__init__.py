"""cli/zones."""
