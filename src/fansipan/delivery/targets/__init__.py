"""Targets with verdicts, what lies ahead of them, how likely they are."""
