"""The page of a choice among applicants."""
