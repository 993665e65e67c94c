"""Decisions made up to show how a choice is made: nothing in them is about a real applicant."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

NAMES = ("eight-applicants-one-park", "three-developers-one-cluster")


def decision_folder(name: str) -> Path:
    """The folder of one of `NAMES`, for `appraisal.reading.read_decision`. Raises KeyError for another name."""
    if name not in NAMES:
        raise KeyError(name)
    return Path(str(files(__package__) / name))
