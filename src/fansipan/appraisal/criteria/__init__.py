"""Criteria, scales and gates, and how their files are read."""
