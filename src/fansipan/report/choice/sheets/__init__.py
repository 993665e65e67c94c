"""report/choice/sheets."""
