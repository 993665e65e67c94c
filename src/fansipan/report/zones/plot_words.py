"""What is said of plots after allotment: deadlines that come or have passed, grounds for taking land back."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fansipan.report.content import Paragraph, Words, words
from fansipan.zones.plot_terms import TakeBack, reminders, take_back


def plot_paragraphs(plots: pl.DataFrame, on: date) -> list[Paragraph]:
    """A paragraph a reminder, the most urgent first, then one a ground for taking land back, with its article."""
    told = [_reminder(row) for row in reminders(plots, on).iter_rows(named=True)]
    for found in take_back(plots, on):
        if found.stage != "none":
            told.append(_ground(found, on))
        if found.beyond:
            params = {"plot": found.plot, "extended": found.extended_to, "most": found.most, "law": _law(found)}
            told.append(Paragraph(words("take-back.beyond", **params), "bad"))
        if found.from_decision and (found.stage != "none" or found.beyond):
            told.append(Paragraph(words("take-back.no-hand-over", plot=found.plot), "warning"))
    return told


def _reminder(row: dict[str, Any]) -> Paragraph:
    past = row["days_left"] < 0
    how = words("reminder.past" if past else "reminder.left")
    told = words(f"reminder.{row['deadline']}", plot=row["plot"], due=row["due"], how=how, days=abs(row["days_left"]))
    return Paragraph(told, "bad" if past else "warning")


def _ground(found: TakeBack, on: date) -> Paragraph:
    reason = words(f"take-back.reason.{found.reason}")
    params = {
        "plot": found.plot,
        "reason": reason,
        "since": found.since,
        "until": found.until or on,
        "law": _law(found),
    }
    return Paragraph(words(f"take-back.{found.stage}", **params), "bad" if found.stage == "take-back" else "warning")


def _law(found: TakeBack) -> Words:
    return Words(*("; ".join(dict.fromkeys(norm.cite(lang) for norm in found.norms)) for lang in ("vi", "en")))
