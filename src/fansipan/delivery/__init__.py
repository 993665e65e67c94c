"""Targets, milestones, programmes and obstacles."""
