"""report/drawings."""
