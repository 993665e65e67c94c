"""tables/registers."""
