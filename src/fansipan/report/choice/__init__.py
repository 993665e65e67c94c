"""report/choice."""
