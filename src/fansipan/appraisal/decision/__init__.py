"""appraisal/decision."""
