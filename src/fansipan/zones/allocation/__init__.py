"""Allocation of projects to zones."""
