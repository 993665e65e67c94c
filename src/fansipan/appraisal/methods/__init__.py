"""Ranking and weighting methods as pure arithmetic."""
