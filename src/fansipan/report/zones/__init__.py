"""report/zones."""
