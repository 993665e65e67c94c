"""Rankings and how firmly they stand."""
