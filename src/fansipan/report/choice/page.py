"""The page of one choice among applicants: gates, ranking, how firm it is, finance, marks. Rule A19.

It says what a council must be able to answer for: who was refused and by which rule, why the first is first, what would
turn it, and how sure the ranking is when weights and figures are not.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.appraisal.ranking.ranking import METHODS
from fansipan.appraisal.ranking.robustness import WeightMove
from fansipan.report.choice.firmness import firm_blocks
from fansipan.report.choice.sheets.finance_words import COMPARED, figure_of, label_of
from fansipan.report.content import (
    Block,
    Chart,
    Column,
    Headlines,
    KeyFigure,
    Page,
    Paragraph,
    Quantity,
    Section,
    Table,
    Tone,
    Words,
    known_words,
    same,
    table,
    words,
)
from fansipan.report.drawings.charts import shares
from fansipan.texts import LANGUAGES, Language, both, text

MOST_RANKS = 6  # ranks drawn one by one; the rest stand together
NAMED = {"npv": 1, "irr": 1, "payback": 1, "mean_cover": 2, "value_added": 1, "budget": 1, "jobs": 0, "loss": 1}


def choice_page(found: Dossier, name: str = "choice") -> Page:
    """The page of the decision gathered in `found`; `name` is its file's."""
    heading = found.decision.heading
    sections = [
        Section("headlines", words("choice.headlines"), (_headlines(found),)),
        Section(
            "ranking",
            words("choice.ranking"),
            (_ranking(found), Paragraph(words("choice.ranking.note")), _groups(found)),
        ),
        Section("gates", words("choice.gates"), tuple(_gates(found))),
        Section("firm", words("choice.firm"), tuple(_certainty(found)) + tuple(firm_blocks(found))),
    ]
    if found.outlooks:
        sections.append(Section("finance", words("choice.finance"), (_finance(found), *_simulated(found))))
    if found.decision.marks is not None:
        sections.append(Section("marks", words("choice.marks"), tuple(_marks(found))))
    about = Words(*(heading.title(lang) or text("appraise.told.untitled", lang) for lang in LANGUAGES))
    body = Words(*(heading.body(lang) or "–" for lang in LANGUAGES))
    on = heading.on if heading.on else same("–")
    notes = (words("choice.reproducible", fingerprint=found.fingerprint or "–"),)
    title = known_words(f"choice.title.{name}", about)
    return Page(
        name,
        title,
        words("choice.subtitle", about=about, body=body, day=on),
        tuple(sections),
        illustrative=heading.illustrative,
        notes=notes,
    )


def _method(method: str) -> Words:
    return words(f"sheet.method.{method}")


def _score(value: float | None) -> Words:
    """A score with the decimals that its scale wants: points of a hundred, or shares of one."""
    quantity = Quantity(value, 2 if abs(value or 0.0) > 1.5 else 3)
    return both(quantity.in_language)


def _headlines(found: Dossier) -> Headlines:
    ranked, total = found.ranking.in_order, len(found.decision.alternatives)
    figures = []
    if ranked:
        first = ranked[0]
        figures.append(
            KeyFigure(
                words("choice.first"),
                same(found.ranking.selected or first.alternative),
                words("choice.first.note", score=_score(first.score), method=_method(found.chosen)),
                "good" if found.ranking.selected else "warning",
            )
        )
    sure = max(found.rankings["smaa"].in_order, key=lambda s: s.score or 0.0, default=None)
    if sure is not None:
        share = Quantity((sure.score or 0.0) * 100, 1, percent=True)
        value = both(share.in_language)
        figures.append(KeyFigure(words("choice.sure"), value, words("choice.sure.note", name=sure.alternative)))
    passed = same(f"{len(ranked)}/{total}")
    tone: Tone = "plain" if len(ranked) == total else "warning"
    figures.append(KeyFigure(words("choice.passed"), passed, words("choice.passed.note"), tone))
    if nearest := found.firm.nearest:
        figures.append(_nearest(found, *nearest))
    return Headlines(tuple(figures))


def _nearest(found: Dossier, move: WeightMove, end: float, rival: str) -> KeyFigure:
    ends = [Quantity(weight * 100, 1, percent=True) for weight in (move.weight, end)]
    value = Words(*(" → ".join(one.in_language(lang) for one in ends) for lang in LANGUAGES))
    label = found.decision.tree.named(move.criterion)
    name = Words(label.label("vi"), label.label("en"))
    return KeyFigure(words("choice.nearest"), value, words("choice.nearest.note", criterion=name, name=rival))


def _ranking(found: Dossier) -> Table:
    others = [method for method in METHODS if method != found.chosen]
    heads = [Column(words("sheet.rank"), places=0), Column(words("sheet.alternative"), "text")]
    heads += [Column(_method(method), "text") for method in (found.chosen, *others)]
    rows = []
    for standing in found.ranking.in_order:
        place = found.decision.alternatives.index(standing.alternative)
        row: list[Any] = [standing.rank, standing.alternative, _score(standing.score)]
        for method in others:
            other = found.rankings[method].standings[place]
            score = _score(other.score)
            row.append(Words(f"{other.rank}\u00a0({score.vi})", f"{other.rank}\u00a0({score.en})"))
        rows.append(row)
    strong = frozenset({0} if found.ranking.selected else ())
    return table(words("choice.ranking.caption"), heads, rows, strong=strong, name="ranking")


def _groups(found: Dossier) -> Table:
    """Points by the criteria of the first level, with the most that each can give."""
    tree = found.decision.tree
    roots = tree.children(None)
    parts = tree.children(roots[0].name) if len(roots) == 1 and roots[0] in tree.groups else roots
    heads = [Column(words("sheet.alternative"), "text")]
    heads += [Column(Words(part.label("vi"), part.label("en")), places=2) for part in parts]
    heads.append(Column(words("sheet.total"), places=2))
    rows: list[list[Any]] = []
    for standing in found.ranking.in_order:
        place = found.decision.alternatives.index(standing.alternative)
        points = found.values[place] * found.weights * found.full_marks
        own = [float(points[tree.under(part.name)].sum()) for part in parts]
        rows.append([standing.alternative, *own, float(points.sum())])
    most = [float(found.weights[tree.under(part.name)].sum()) * found.full_marks for part in parts]
    rows.append([words("sheet.most"), *most, found.full_marks])
    strong = frozenset({len(rows) - 1})
    return table(words("choice.groups.caption"), heads, rows, strong=strong, name="marks-by-group")


def _gates(found: Dossier) -> list[Block]:
    heads = [Column(words(f"sheet.{name}"), "text") for name in ("alternative", "reason", "rule", "cure")]
    rows = [
        [standing.alternative, *(Words(vi, en) for vi, en in zip(*_refusal(refusal), strict=True))]
        for standing in found.ranking.standings
        for refusal in standing.refused
    ]
    blocks: list[Block] = []
    if rows:
        blocks.append(table(words("choice.gates.caption"), heads, rows, name="refused"))
    else:
        blocks.append(Paragraph(words("choice.gates.passed"), "good"))
    blocks += [
        Paragraph(Words(fault.message("vi"), fault.message("en")), "warning")
        for standing in found.ranking.standings
        for fault in standing.untested
    ]
    return blocks


def _refusal(refusal: Any) -> list[tuple[str, str, str]]:
    return [(refusal.message(lang), refusal.cited(lang) or "–", refusal.advice(lang)) for lang in LANGUAGES]


def _certainty(found: Dossier) -> list[Block]:
    """Who takes which rank how often, when weights and figures are drawn from what is known of them."""
    ranked = found.rankings["smaa"].in_order
    if not ranked:
        return []

    def draw(lang: Language) -> Any:
        rows = []
        for standing in ranked:
            own = standing.details["acceptability"]
            kept = own if len(own) <= MOST_RANKS else [*own[: MOST_RANKS - 1], sum(own[MOST_RANKS - 1 :])]
            for at, share in enumerate(kept):
                rows.append((standing.alternative, _rank_name(at, len(own), lang), share * 100, at))
        frame = pl.DataFrame(rows, schema=["period", "part", "share", "rank"], orient="row")
        order = frame.sort("rank")["part"].unique(maintain_order=True).to_list()
        return shares(frame, unit=text("choice.certainty.unit", lang), order=order)

    sure = ranked[0]
    share = Quantity((sure.score or 0.0) * 100, 1, percent=True)
    alternative = words("choice.certainty.alternative", name=sure.alternative, share=share)
    blocks: list[Block] = [Chart(words("choice.certainty"), draw, alternative)]
    if sum(standing.score or 0.0 for standing in ranked) > 1 + 1e-9:
        blocks.append(Paragraph(words("sheet.firm.shared")))
    return blocks


def _rank_name(at: int, count: int, lang: Language) -> str:
    last = count > MOST_RANKS and at == MOST_RANKS - 1
    return text("choice.rank-and-lower" if last else "choice.rank", lang, rank=at + 1)


def _finance(found: Dossier) -> Table:
    shown = [(name, is_share) for name, _, is_share in COMPARED]
    heads = [Column(words("sheet.alternative"), "text")]
    heads += [Column(_head(name, share), "percent" if share else "number", NAMED[name]) for name, share in shown]
    rows = []
    for name, own in found.outlooks.items():
        figures = [own.simulated[code] if code in own.simulated else figure_of(code, own) for code, _ in shown]
        scaled = [
            figure * 100 if share and figure is not None else figure
            for figure, (_, share) in zip(figures, shown, strict=True)
        ]
        rows.append([name, *scaled])
    return table(words("choice.finance.caption"), heads, rows, name="finance")


def _head(name: str, is_share: bool) -> Words:
    """What a figure of the finance is, with its unit."""
    label = words(label_of(name))
    return Words(f"{label.vi}, %", f"{label.en}, %") if is_share else label


def _simulated(found: Dossier) -> list[Block]:
    """The range of each project's worth, and what it hangs on most."""
    heads = [Column(words("sheet.alternative"), "text")]
    heads += [Column(words(f"choice.simulated.{name}"), places=1) for name in ("low", "middle", "high")]
    heads += [Column(words("choice.simulated.driver"), "text"), Column(words("choice.simulated.switch"), "text")]
    rows = []
    for name, own in found.outlooks.items():
        driver = own.sensitivity.row(0, named=True)
        switch = driver["switch"]
        change = Quantity(None if switch is None else switch * 100, 1, sign=True, percent=True)
        said = both(change.in_language)
        points = [own.simulated[f"npv_{point}"] for point in ("low", "middle", "high")]
        rows.append([name, *points, words(f"sheet.driver.{driver['driver']}"), said])
    assumed = any(own.assumed for own in found.outlooks.values())
    note = Paragraph(words("choice.simulated.assumed" if assumed else "choice.simulated.given"))
    return [table(words("choice.simulated.caption"), heads, rows, name="finance-risk"), note]


def _marks(found: Dossier) -> list[Block]:
    """The mean of the members' marks with their spread, and interests declared."""
    marks, tree = found.decision.marks, found.decision.tree
    if marks is None:
        return []
    heads = [
        Column(words("sheet.alternative"), "text"),
        Column(words("sheet.marks.criterion"), "text"),
        Column(words("sheet.marks.average"), places=2),
        Column(words("sheet.marks.judges"), places=0),
        *(Column(words(f"sheet.marks.{name}"), places=2) for name in ("lowest", "highest", "spread")),
    ]
    rows = []
    for row in marks.average.iter_rows(named=True):
        criterion = tree.named(row["criterion"])
        named = Words(criterion.label("vi"), criterion.label("en"))
        rows.append(
            [row["alternative"], named, row["mark"], row["judges"], row["lowest"], row["highest"], row["spread"]]
        )
    blocks: list[Block] = [table(words("choice.marks.caption"), heads, rows, name="marks")]
    for row in found.decision.conflicts.iter_rows(named=True):
        params = {"judge": row["judge"], "alternative": row["alternative"], "reason": row["reason"] or "–"}
        blocks.append(Paragraph(words("sheet.conflict", **params), "warning"))
    return blocks
