"""cli/delivery."""
