"""zones/allocation."""
