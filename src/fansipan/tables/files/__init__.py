"""tables/files."""
