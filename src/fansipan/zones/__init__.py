"""Economic zones, parks and clusters - life cycle, land, the law's tests, allocation and matching."""
