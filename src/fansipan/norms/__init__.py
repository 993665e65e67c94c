"""The law's figures by date of effect, each with decree and article; days off; legal clocks."""

from fansipan.norms.calendar import add_working_days, is_working_day, next_working_day, working_days_between
from fansipan.norms.clock import Deadline, Stop, deadline, term
from fansipan.norms.norm import CERTAINTIES, Certainty, Norm, least_certain
from fansipan.norms.registry import find, history, names, value

__all__ = [
    "CERTAINTIES",
    "Certainty",
    "Deadline",
    "Norm",
    "Stop",
    "add_working_days",
    "deadline",
    "find",
    "history",
    "is_working_day",
    "least_certain",
    "names",
    "next_working_day",
    "term",
    "value",
    "working_days_between",
]
