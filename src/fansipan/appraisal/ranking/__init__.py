"""appraisal/ranking."""
