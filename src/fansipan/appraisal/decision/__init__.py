"""A decision put together: applicants, marks, gates, fit."""
