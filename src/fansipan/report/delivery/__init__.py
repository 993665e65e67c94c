"""report/delivery."""
