"""The score sheet of one applicant, in Word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from fansipan.appraisal.criteria.criteria import Criterion
from fansipan.appraisal.criteria.gates import shown
from fansipan.appraisal.decision.decision import Heading
from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.notation import NO_FIGURE, day, number, percent
from fansipan.report.choice.sheets.finance_words import finance_pairs, sensitivity_rows, simulated_words
from fansipan.report.writers.word import (
    both,
    heading,
    illustrative_mark,
    letterhead,
    line,
    new_document,
    other,
    signatures,
    table,
)
from fansipan.tables.files.writing import replaced
from fansipan.texts import Language, text

if TYPE_CHECKING:
    from docx.document import Document

MOST_RANKS = 10  # columns of ranks on a page; the rest stand together


def write_score_sheet(found: Dossier, alternative: str, path: Path) -> Path:
    """Write the score sheet of `alternative` and return the path."""
    sheet = _Sheet(found, alternative, found.decision.alternatives.index(alternative))
    document, lang = new_document(), found.lang
    with replaced(path) as temporary:
        for part in (sheet.head, sheet.gates, sheet.points, sheet.marks, sheet.finance, sheet.certainty, sheet.needed):
            part(document)
        line(
            document,
            f"{text('sheet.fingerprint', lang)}: {found.fingerprint[:32]}",
            size=9,
            italic=True,
            with_next=True,
        )
        chair = found.decision.heading.chair or text("sheet.chair", lang)
        signatures(document, [text("sheet.secretary", lang), chair], lang)
        document.save(str(temporary))
    return path


@dataclass(frozen=True)
class _Sheet:
    """The parts of one applicant's sheet, each written into a document."""

    found: Dossier
    name: str
    place: int

    @property
    def lang(self) -> Language:
        """The sheet's first language."""
        return self.found.lang

    def head(self, document: Document) -> None:
        decision, ranking = self.found.decision, self.found.ranking
        standing = ranking.standings[self.place]
        titled(document, "sheet.score.title", decision.heading, self.lang)
        line(document, text("sheet.applicant", self.lang, name=self.name), bold=True)
        if decision.heading.on:
            line(document, text("sheet.day", self.lang, day=day(decision.heading.on, self.lang)))
        if standing.rank is None:
            line(document, text("sheet.not-ranked", self.lang), bold=True)
        else:
            params = {
                "rank": standing.rank,
                "count": len(ranking.in_order),
                "score": number(standing.score, 2, self.lang),
            }
            line(
                document,
                text("sheet.ranked", self.lang, method=text(f"sheet.method.{ranking.method}", self.lang), **params),
                bold=True,
            )

    def gates(self, document: Document) -> None:
        heading(document, "sheet.gates", self.lang)
        standing = self.found.ranking.standings[self.place]
        rows = [
            [refusal.message(self.lang), refusal.cited(self.lang), refusal.advice(self.lang)]
            for refusal in standing.refused
        ]
        if rows:
            table(
                document,
                [both("sheet.reason", self.lang), both("sheet.rule", self.lang), both("sheet.cure", self.lang)],
                rows,
                widths=(75, 45, 45),
            )
        else:
            line(document, text("sheet.gates.passed", self.lang))
        if standing.untested:
            line(document, text("sheet.gates.untested", self.lang), bold=True)
        for fault in standing.untested:
            line(document, f"– {fault.message(self.lang)}", size=11)

    def points(self, document: Document) -> None:
        heading(document, "sheet.points", self.lang)
        heads = [
            both(f"sheet.points.{name}", self.lang)
            for name in ("criterion", "weight", "figure", "value", "points", "evidence")
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
        points = number(value * self.found.full_marks, 2, self.lang)
        share = number(value / weight if weight else None, 3, self.lang)
        return ["\t" * depth + group.label(self.lang), percent(weight * 100, 1, self.lang), "", share, points, ""]

    def _leaf_row(self, leaf: Criterion, depth: int) -> list[str]:
        at = self.found.decision.leaves.index(leaf)
        weight, value = float(self.found.weights[at]), float(self.found.values[self.place, at])
        name = "\t" * depth + leaf.label(self.lang)
        points = number(weight * value * self.found.full_marks, 2, self.lang)
        return [
            name,
            percent(weight * 100, 1, self.lang),
            self._figure(leaf, at),
            number(value, 3, self.lang),
            points,
            leaf.evidence.in_language(self.lang),
        ]

    def _figure(self, leaf: Criterion, at: int) -> str:
        if self.found.decision.absent[self.place, at]:
            return text("sheet.no-evidence", self.lang)
        return figure_words(self.found, self.place, leaf, at)

    def marks(self, document: Document) -> None:
        book = self.found.decision.marks
        own = book.trail.filter(pl.col("alternative") == self.name) if book else pl.DataFrame()
        if book is None or own.is_empty():
            return
        heading(document, "sheet.marks", self.lang)
        heads = [
            both(f"sheet.marks.{name}", self.lang)
            for name in ("judge", "criterion", "mark", "reason", "given", "counts")
        ]
        named = {criterion.name: criterion.label(self.lang) for criterion in self.found.decision.tree.criteria}
        rows = [
            [
                row["judge"],
                named[row["criterion"]],
                shown(row["mark"], self.lang),
                row["reason"] or "",
                f"{row['given']:%d/%m/%Y %H:%M}" if row["given"] else NO_FIGURE,
                text(f"sheet.marks.{row['why_not'] or 'counted'}", self.lang),
            ]
            for row in own.iter_rows(named=True)
        ]
        table(document, heads, rows, widths=(35, 33, 13, 45, 20, 19), figures=(2,), size=9.5)
        for row in book.average.filter(pl.col("alternative") == self.name).iter_rows(named=True):
            params = {
                "criterion": named[row["criterion"]],
                "mean": number(row["mark"], 2, self.lang),
                "judges": row["judges"],
            }
            params |= {"low": shown(row["lowest"], self.lang), "high": shown(row["highest"], self.lang)}
            line(
                document,
                text("sheet.marks.mean", self.lang, spread=number(row["spread"], 2, self.lang), **params),
                size=10.5,
            )

    def finance(self, document: Document) -> None:
        own = self.found.outlooks.get(self.name)
        if own is None:
            return
        heading(document, "sheet.finance", self.lang)
        pairs = finance_pairs(own, self.lang)
        heads = [both(f"sheet.finance.{name}", self.lang) for name in ("figure", "value")]
        rows = [[text(code, self.lang), words] for code, words in pairs]
        table(document, heads, rows, widths=(120, 45), figures=(1,), size=10)
        heading(document, "sheet.sensitivity", self.lang)
        heads = [both(f"sheet.sensitivity.{name}", self.lang) for name in ("driver", "low", "high", "switch")]
        table(document, heads, sensitivity_rows(own, self.lang), widths=(55, 35, 35, 40), figures=(1, 2, 3), size=10)
        heading(document, "sheet.simulated", self.lang)
        for words in simulated_words(own, self.lang):
            line(document, f"– {words}", size=11)

    def certainty(self, document: Document) -> None:
        standing = self.found.rankings["smaa"].standings[self.place]
        if standing.rank is None:
            return
        heading(document, "sheet.certainty", self.lang)
        shares = standing.details["acceptability"]
        if len(shares) > MOST_RANKS:
            shares = [*shares[: MOST_RANKS - 1], sum(shares[MOST_RANKS - 1 :])]
        heads = [(str(place + 1), "") for place in range(len(shares))]
        if len(standing.details["acceptability"]) > MOST_RANKS:
            heads[-1] = (f"≥ {MOST_RANKS}", "")
        table(
            document,
            [both("sheet.certainty.rank", self.lang), *heads],
            [[text("sheet.certainty.share", self.lang), *(percent(share * 100, 1, self.lang) for share in shares)]],
            widths=(35, *[130 / len(shares)] * len(shares)),
            figures=range(1, len(shares) + 1),
            size=10,
        )
        confidence = standing.details["confidence"]
        if confidence is not None:
            line(
                document,
                text("sheet.certainty.confidence", self.lang, share=percent(confidence * 100, 1, self.lang)),
                size=11,
            )

    def needed(self, document: Document) -> None:
        own = [need for need in self.found.firm.needed if need.alternative == self.name]
        if not own:
            return
        heading(document, "sheet.needed", self.lang)
        rows = []
        for need in own:
            leaf = self.found.decision.tree.named(need.criterion)
            reached = need_words(leaf, need.needed, self.lang)
            rows.append([leaf.label(self.lang), need_words(leaf, need.figure, self.lang), reached])
        heads = [
            both("sheet.points.criterion", self.lang),
            both("sheet.needed.now", self.lang),
            both("sheet.needed.then", self.lang),
        ]
        table(document, heads, rows, widths=(75, 45, 45), figures=(1, 2), size=10)


def titled(document: Document, code: str, words: Heading, lang: Language) -> None:
    """The head of a sheet: letterhead, the mark of made-up data, its title and the decision's, in both languages."""
    second = other(lang)
    letterhead(document, (words.body(lang), words.body(second)), lang, place=words.place, on=words.on)
    illustrative_mark(document, lang, shown=words.illustrative)
    main, small = both(code, lang)
    line(document, main.upper(), size=14, bold=True, centred=True)
    line(document, small, size=10, italic=True, centred=True)
    line(document, words.title(lang), bold=True, centred=True)
    if words.title(second) != words.title(lang):
        line(document, words.title(second), size=10, italic=True, centred=True)


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
    return with_unit(figure, leaf.unit.in_language(found.lang), found.lang)


def with_unit(figure: float, unit: str, lang: Language) -> str:
    """A figure with its unit; the percent sign stands close, as Vietnamese writes it."""
    return f"{shown(figure, lang, 2)}{'' if unit == '%' else ' '}{unit}".strip()


def need_words(leaf: Criterion, figure: float | None, lang: Language) -> str:
    """A figure of a criterion in words; where none would do, that."""
    if figure is None:
        return text("sheet.needed.never", lang)
    word = next((name for name, value in leaf.scale.words if abs(value - figure) < 1e-9), None)
    return word or with_unit(figure, leaf.unit.in_language(lang), lang)
