"""Registers that are only added to."""
