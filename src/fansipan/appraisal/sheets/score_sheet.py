"""The score sheet of one applicant, in Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from fansipan.appraisal.criteria import Criterion
from fansipan.appraisal.dossier import Dossier
from fansipan.appraisal.gates import shown
from fansipan.appraisal.sheets.document import (
    both,
    heading,
    illustrative_mark,
    letterhead,
    line,
    new_document,
    signatures,
    table,
)
from fansipan.appraisal.sheets.finance_words import finance_pairs, sensitivity_rows, simulated_words
from fansipan.notation import NO_FIGURE, day, number, percent
from fansipan.tables.writing import replaced
from fansipan.texts import text

if TYPE_CHECKING:
    from docx.document import Document


def write_score_sheet(found: Dossier, alternative: str, path: Path) -> Path:
    """Write the score sheet of `alternative` and return the path."""
    sheet = _Sheet(found, alternative, found.decision.alternatives.index(alternative))
    document = new_document()
    with replaced(path) as temporary:
        for part in (sheet.head, sheet.gates, sheet.points, sheet.marks, sheet.finance, sheet.certainty, sheet.needed):
            part(document)
        line(document, f"{text('sheet.fingerprint', 'vi')}: {found.fingerprint[:32]}", size=9, italic=True)
        signatures(document, [text("sheet.secretary", "vi"), found.decision.heading.chair or text("sheet.chair", "vi")])
        document.save(str(temporary))
    return path


@dataclass(frozen=True)
class _Sheet:
    """The parts of one applicant's sheet, each written into a document."""

    found: Dossier
    name: str
    place: int

    def head(self, document: Document) -> None:
        decision, ranking = self.found.decision, self.found.ranking
        standing = ranking.standings[self.place]
        letterhead(document, (decision.heading.body("vi"), decision.heading.body("en")))
        illustrative_mark(document, shown=decision.heading.illustrative)
        vi, en = both("sheet.score.title")
        line(document, vi, size=14, bold=True, centred=True)
        line(document, en, size=10, italic=True, centred=True)
        line(document, decision.heading.title("vi"), bold=True, centred=True)
        line(document, decision.heading.title("en"), size=10, italic=True, centred=True)
        line(document, text("sheet.applicant", "vi", name=self.name), bold=True)
        if decision.heading.on:
            line(document, text("sheet.day", "vi", day=day(decision.heading.on, "vi")))
        if standing.rank is None:
            line(document, text("sheet.not-ranked", "vi"), bold=True)
        else:
            params = {"rank": standing.rank, "count": len(ranking.in_order), "score": number(standing.score, 2, "vi")}
            line(
                document,
                text("sheet.ranked", "vi", method=text(f"sheet.method.{ranking.method}", "vi"), **params),
                bold=True,
            )

    def gates(self, document: Document) -> None:
        heading(document, "sheet.gates")
        standing = self.found.ranking.standings[self.place]
        rows = [[refusal.message("vi"), refusal.cited("vi"), refusal.advice("vi")] for refusal in standing.refused]
        if rows:
            table(document, [both("sheet.reason"), both("sheet.rule"), both("sheet.cure")], rows, widths=(75, 45, 45))
        else:
            line(document, text("sheet.gates.passed", "vi"))
        if standing.untested:
            line(document, text("sheet.gates.untested", "vi"), bold=True)
        for fault in standing.untested:
            line(document, f"– {fault.message('vi')}", size=11)

    def points(self, document: Document) -> None:
        heading(document, "sheet.points")
        heads = [
            both(f"sheet.points.{name}") for name in ("criterion", "weight", "figure", "value", "points", "evidence")
        ]
        rows: list[list[str]] = []
        strong = []
        for criterion, depth in in_depth(self.found.decision.tree.criteria):
            if criterion in self.found.decision.tree.groups:
                strong.append(len(rows))
                rows.append(self._group_row(criterion, depth))
            else:
                rows.append(self._leaf_row(criterion, depth))
        table(document, heads, rows, widths=(58, 17, 27, 14, 17, 32), strong=strong, figures=(1, 3, 4), size=10)

    def _group_row(self, group: Criterion, depth: int) -> list[str]:
        under = self.found.decision.tree.under(group.name)
        weight = float(self.found.weights[under].sum())
        value = float(self.found.values[self.place, under] @ self.found.weights[under])
        points = number(value * self.found.full_marks, 2, "vi")
        share = number(value / weight if weight else None, 3, "vi")
        return ["\t" * depth + group.label("vi"), percent(weight * 100, 1, "vi"), "", share, points, ""]

    def _leaf_row(self, leaf: Criterion, depth: int) -> list[str]:
        at = self.found.decision.leaves.index(leaf)
        weight, value = float(self.found.weights[at]), float(self.found.values[self.place, at])
        name = "\t" * depth + leaf.label("vi")
        points = number(weight * value * self.found.full_marks, 2, "vi")
        return [
            name,
            percent(weight * 100, 1, "vi"),
            self._figure(leaf, at),
            number(value, 3, "vi"),
            points,
            leaf.evidence,
        ]

    def _figure(self, leaf: Criterion, at: int) -> str:
        if self.found.decision.absent[self.place, at]:
            return text("sheet.no-evidence", "vi")
        return figure_words(self.found, self.place, leaf, at)

    def marks(self, document: Document) -> None:
        book = self.found.decision.marks
        own = book.trail.filter(pl.col("alternative") == self.name) if book else pl.DataFrame()
        if book is None or own.is_empty():
            return
        heading(document, "sheet.marks")
        heads = [both(f"sheet.marks.{name}") for name in ("judge", "criterion", "mark", "reason", "given", "counts")]
        named = {criterion.name: criterion.label("vi") for criterion in self.found.decision.tree.criteria}
        rows = [
            [row["judge"], named[row["criterion"]], shown(row["mark"], "vi"), row["reason"] or "",
             f"{row['given']:%d/%m/%Y %H:%M}" if row["given"] else NO_FIGURE,
             text(f"sheet.marks.{row['why_not'] or 'counted'}", "vi")]
            for row in own.iter_rows(named=True)
        ]  # fmt: skip
        table(document, heads, rows, widths=(35, 33, 13, 45, 20, 19), figures=(2,), size=9.5)
        for row in book.average.filter(pl.col("alternative") == self.name).iter_rows(named=True):
            params = {
                "criterion": named[row["criterion"]],
                "mean": number(row["mark"], 2, "vi"),
                "judges": row["judges"],
            }
            params |= {"low": shown(row["lowest"], "vi"), "high": shown(row["highest"], "vi")}
            line(document, text("sheet.marks.mean", "vi", spread=number(row["spread"], 2, "vi"), **params), size=10.5)

    def finance(self, document: Document) -> None:
        own = self.found.outlooks.get(self.name)
        if own is None:
            return
        heading(document, "sheet.finance")
        pairs = finance_pairs(own)
        rows = [[*both(code), words] for code, words in pairs]
        vi, en = both("sheet.finance.figure")
        table(document, [(vi, ""), (en, ""), both("sheet.finance.value")],
              [[vi, en, words] for vi, en, words in rows], widths=(72, 58, 35), figures=(2,), size=10)  # fmt: skip
        heading(document, "sheet.sensitivity")
        heads = [both(f"sheet.sensitivity.{name}") for name in ("driver", "low", "high", "switch")]
        table(document, heads, sensitivity_rows(own), widths=(55, 35, 35, 40), figures=(1, 2, 3), size=10)
        heading(document, "sheet.simulated")
        for words in simulated_words(own):
            line(document, f"– {words}", size=11)

    def certainty(self, document: Document) -> None:
        standing = self.found.rankings["smaa"].standings[self.place]
        if standing.rank is None:
            return
        heading(document, "sheet.certainty")
        shares = standing.details["acceptability"]
        heads = [(str(place + 1), "") for place in range(len(shares))]
        table(document, [both("sheet.certainty.rank"), *heads],
              [[text("sheet.certainty.share", "vi"), *(percent(share * 100, 1, "vi") for share in shares)]],
              widths=(35, *[130 / len(shares)] * len(shares)), figures=range(1, len(shares) + 1), size=10)  # fmt: skip
        confidence = standing.details["confidence"]
        if confidence is not None:
            line(document, text("sheet.certainty.confidence", "vi", share=percent(confidence * 100, 1, "vi")), size=11)

    def needed(self, document: Document) -> None:
        own = [need for need in self.found.firm.needed if need.alternative == self.name]
        if not own:
            return
        heading(document, "sheet.needed")
        rows = []
        for need in own:
            leaf = self.found.decision.tree.named(need.criterion)
            reached = need_words(leaf, need.needed)
            rows.append([leaf.label("vi"), need_words(leaf, need.figure), reached])
        heads = [both("sheet.points.criterion"), both("sheet.needed.now"), both("sheet.needed.then")]
        table(document, heads, rows, widths=(75, 45, 45), figures=(1, 2), size=10)


def in_depth(criteria: tuple[Criterion, ...], parent: str | None = None, depth: int = 0) -> list[tuple[Criterion, int]]:
    """The tree from the top down, each criterion with its depth and before its children."""
    found: list[tuple[Criterion, int]] = []
    for criterion in criteria:
        if criterion.parent == parent:
            found += [(criterion, depth), *in_depth(criteria, criterion.name, depth + 1)]
    return found


def figure_words(found: Dossier, place: int, leaf: Criterion, at: int) -> str:
    """A figure as it was given, with its unit; a category as its word."""
    written = found.decision.written[leaf.name][place] if leaf.name in found.decision.written.columns else None
    if isinstance(written, str):
        return written
    figure = float(found.decision.figures[place, at])
    return with_unit(figure, leaf.unit)


def with_unit(figure: float, unit: str) -> str:
    """A figure with its unit; the percent sign stands close, as Vietnamese writes it."""
    return f"{shown(figure, 'vi', 2)}{'' if unit == '%' else ' '}{unit}".strip()


def need_words(leaf: Criterion, figure: float | None) -> str:
    """A figure of a criterion in words; where none would do, that."""
    if figure is None:
        return text("sheet.needed.never", "vi")
    word = next((name for name, value in leaf.scale.words if abs(value - figure) < 1e-9), None)
    return word or with_unit(figure, leaf.unit)
