"""Every table of a province, declared once."""
