"""What is said of plots after allotment: deadlines that come or have passed, grounds for taking land back."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fansipan.report.content import Paragraph, Words, words
from fansipan.zones.plots import TakeBack, reminders, take_back


def plot_paragraphs(plots: pl.DataFrame, on: date) -> list[Paragraph]:
    """A paragraph a reminder, the most urgent first, then one a ground for taking land back, with its article."""
    told = [_reminder(row) for row in reminders(plots, on).iter_rows(named=True)]
    return told + [_ground(found, on) for found in take_back(plots, on) if found.stage != "none"]


def _reminder(row: dict[str, Any]) -> Paragraph:
    past = row["days_left"] < 0
    how = words("reminder.past" if past else "reminder.left")
    told = words(f"reminder.{row['deadline']}", plot=row["plot"], due=row["due"], how=how, days=abs(row["days_left"]))
    return Paragraph(told, "bad" if past else "warning")


def _ground(found: TakeBack, on: date) -> Paragraph:
    reason = words(f"take-back.reason.{found.reason}")
    law = Words(*("; ".join(dict.fromkeys(norm.cite(lang) for norm in found.norms)) for lang in ("vi", "en")))
    params = {"plot": found.plot, "reason": reason, "since": found.since, "until": found.until or on, "law": law}
    return Paragraph(words(f"take-back.{found.stage}", **params), "bad" if found.stage == "take-back" else "warning")
