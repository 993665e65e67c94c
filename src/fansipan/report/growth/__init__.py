"""The page of the growth scenario."""
