"""Charts, maps and diagrams."""
