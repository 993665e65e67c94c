"""appraisal/criteria."""
