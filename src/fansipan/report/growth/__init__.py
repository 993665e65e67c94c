"""report/growth."""
