"""appraisal/methods."""
