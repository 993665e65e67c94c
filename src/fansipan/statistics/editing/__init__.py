"""Editing of returns: what looks wrong, why, what it would do to the headline, and what was changed about it."""

from fansipan.statistics.editing.call_list import CallList, compile_calls
from fansipan.statistics.editing.limits import EditLimits
from fansipan.statistics.editing.recording import propose_edits, record_edits

__all__ = ["CallList", "EditLimits", "compile_calls", "propose_edits", "record_edits"]
