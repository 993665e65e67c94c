"""zones/law."""
