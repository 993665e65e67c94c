"""report/writers."""
