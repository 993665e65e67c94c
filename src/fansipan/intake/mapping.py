"""What only a person can say: questions, their answers, and the answers kept in the province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl

from fansipan.errors import Place
from fansipan.intake.headings import plain_words
from fansipan.texts import LANGUAGES, Words, text

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the words of a file: `kind` as in the table `mappings`, what is `said`, what it may mean.

    `choices` are (value, words) with the likeliest first; `free` says that another value of the kind may be answered.
    `count` is how many rows wait for it.
    """

    kind: str
    said: str
    choices: tuple[tuple[str, Words], ...] = ()
    place: Place = field(default_factory=Place)
    count: int = 1
    free: bool = False

    @property
    def key(self) -> Key:
        """By what its answer is found again, whatever the case and accents of the words."""
        return self.kind, plain_words(self.said)

    @property
    def words(self) -> Words:
        """The question in both languages."""
        code = f"intake.question.{self.kind}"
        return Words(*(text(code, lang, said=self.said, count=self.count) for lang in LANGUAGES))


def answers_of(mappings: pl.DataFrame) -> dict[Key, str]:
    """The answers that hold: the last recorded of each kind and words, unless it was forgotten."""
    found: dict[Key, str] = {}
    for row in mappings.sort("recorded_at", maintain_order=True).iter_rows(named=True):
        key = (row["kind"], plain_words(row["said"]))
        if row["means"] is None:
            found.pop(key, None)
        else:
            found[key] = row["means"]
    return found


def mapping_rows(
    answered: Iterable[tuple[Question, str]], at: datetime, *, by: str | None = None, name: str | None = None
) -> list[dict[str, Any]]:
    """Rows of `mappings` for the answers given now."""
    return [
        {"kind": q.kind, "said": q.said, "recorded_at": at, "means": means, "recorded_by": by, "name": name}
        for q, means in answered
    ]


class Answers:
    """Answers known, and the questions that arose without one; each is asked once."""

    def __init__(self, known: Mapping[Key, str]) -> None:
        """Take the answers of the province and of this run."""
        self.known = dict(known)
        self.open: dict[Key, Question] = {}
        self.used: dict[Key, tuple[Question, str]] = {}

    def ask(self, question: Question) -> str | None:
        """The answer, or None and the question noted; what is asked again counts its rows together."""
        answer = self.known.get(question.key)
        if answer is not None:
            self.used[question.key] = (question, answer)
            return answer
        before = self.open.get(question.key)
        count = question.count + (before.count if before else 0)
        first = before or question
        self.open[question.key] = Question(first.kind, first.said, first.choices, first.place, count, first.free)
        return None
