"""tables/reading."""
