"""tables/forms."""
