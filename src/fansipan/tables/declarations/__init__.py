"""tables/declarations."""
