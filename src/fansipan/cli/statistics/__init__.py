"""The commands of measurement."""
