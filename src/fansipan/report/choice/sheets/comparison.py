"""The comparison of all applicants, in Word: the sheet that the council signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.appraisal.ranking.ranking import METHODS
from fansipan.notation import NO_FIGURE, day, number, percent
from fansipan.report.choice.sheets.finance_words import COMPARED, compared_words, fit_pairs, label_of, spreads_words
from fansipan.report.choice.sheets.firm_sheets import consistency_words, firm_words
from fansipan.report.choice.sheets.score_sheet import in_depth, need_words, titled
from fansipan.report.choice.sheets.signers import signers
from fansipan.report.writers.word import both, heading, line, new_document, other, signatures, table
from fansipan.tables.files.writing import replaced
from fansipan.texts import Language, text

if TYPE_CHECKING:
    from docx.document import Document


def write_comparison(found: Dossier, path: Path) -> Path:
    """Write the comparison and return the path."""
    document = new_document(landscape=True)
    with replaced(path) as temporary:
        for part in (_head, _ranked, _refused, _by_group, _finance, _firm, _moves, _needed, _weights, _notes):
            part(document, found)
        signatures(document, signers(found), found.lang, columns=4)
        document.save(str(temporary))
    return path


def _head(document: Document, found: Dossier) -> None:
    titled(document, "sheet.comparison.title", found.decision.heading, found.lang)
    if found.decision.heading.on:
        line(document, text("sheet.day", found.lang, day=day(found.decision.heading.on, found.lang)))


def _ranked(document: Document, found: Dossier) -> None:
    heading(document, "sheet.result", found.lang)
    heads = [both("sheet.rank", found.lang), both("sheet.alternative", found.lang), both("sheet.score", found.lang)]
    others = [method for method in METHODS if method != found.chosen]
    heads += [both(f"sheet.method.{m}", found.lang) for m in others]
    rows = []
    for standing in found.ranking.in_order:
        place = found.decision.alternatives.index(standing.alternative)
        row = [str(standing.rank), standing.alternative, number(standing.score, 3, found.lang)]
        for method in others:
            other = found.rankings[method].standings[place]
            row.append(f"{other.rank}  ({number(other.score, 3, found.lang)})")
        rows.append(row)
    table(document, heads, rows, widths=(18, 82, 26, *[34] * len(others)), figures=(0, 2, 3, 4, 5, 6), strong=(0,))
    chosen = found.ranking.selected
    words = text("sheet.selected", found.lang, name=chosen) if chosen else text("sheet.none-selected", found.lang)
    line(document, words, bold=True)
    line(document, text(f"sheet.explain.{found.chosen}", found.lang), size=10.5, italic=True)


def _refused(document: Document, found: Dossier) -> None:
    refused = [(s.alternative, refusal) for s in found.ranking.standings for refusal in s.refused]
    if not refused:
        return
    heading(document, "sheet.refused", found.lang)
    heads = [
        both("sheet.alternative", found.lang),
        both("sheet.reason", found.lang),
        both("sheet.rule", found.lang),
        both("sheet.cure", found.lang),
    ]
    rows = [
        [name, refusal.message(found.lang), refusal.cited(found.lang), refusal.advice(found.lang)]
        for name, refusal in refused
    ]
    table(document, heads, rows, widths=(60, 85, 62, 55))


def _by_group(document: Document, found: Dossier) -> None:
    tree = found.decision.tree
    roots = tree.children(None)
    parts = tree.children(roots[0].name) if len(roots) == 1 and roots[0] in tree.groups else roots
    heading(document, "sheet.by-group", found.lang)
    heads = [
        both("sheet.alternative", found.lang),
        *((part.label(found.lang), part.label(other(found.lang))) for part in parts),
        both("sheet.total", found.lang),
    ]
    rows = []
    for standing in found.ranking.in_order:
        place = found.decision.alternatives.index(standing.alternative)
        points = found.values[place] * found.weights * found.full_marks
        shares = [number(float(points[tree.under(part.name)].sum()), 2, found.lang) for part in parts]
        rows.append([standing.alternative, *shares, number(float(points.sum()), 2, found.lang)])
    most = [
        number(float(found.weights[tree.under(part.name)].sum()) * found.full_marks, 2, found.lang) for part in parts
    ]
    rows.append([text("sheet.most", found.lang), *most, number(found.full_marks, 2, found.lang)])
    width = 180 / (len(parts) + 1)
    figures = range(1, len(parts) + 2)
    table(
        document,
        heads,
        rows,
        widths=(82, *[width] * (len(parts) + 1)),
        figures=figures,
        strong=(len(rows) - 1,),
        size=10,
    )


def _finance(document: Document, found: Dossier) -> None:
    """The main figures of every project that gave its assumptions, refused ones too, side by side."""
    if not found.outlooks:
        return
    heading(document, "sheet.finance", found.lang)
    heads = [both("sheet.alternative", found.lang), *(both(label_of(name), found.lang) for name, _, _ in COMPARED)]
    rows = [
        [name, *(compared_words(code, own, found.lang) for code, _, _ in COMPARED)]
        for name, own in found.outlooks.items()
    ]
    if any(own.province.group or own.province.planned is not None for own in found.outlooks.values()):
        codes = ("sheet.finance.group", "sheet.finance.planned")
        heads += [both(code, found.lang) for code in codes]
        for row, own in zip(rows, found.outlooks.values(), strict=True):
            row += [dict(fit_pairs(own.province, found.lang)).get(code, NO_FIGURE) for code in codes]
    width = 194 / (len(heads) - 1)
    figures = range(1, len(COMPARED) + 1)
    table(document, heads, rows, widths=(68, *[width] * (len(heads) - 1)), figures=figures, size=9.5)
    line(document, spreads_words(next(iter(found.outlooks.values())), found.lang), size=10, italic=True)


def _firm(document: Document, found: Dossier) -> None:
    heading(document, "sheet.firm", found.lang)
    smaa = found.rankings["smaa"]
    for standing in smaa.in_order[:3]:
        share = percent((standing.score or 0) * 100, 1, found.lang)
        line(document, "– " + text("sheet.firm.first", found.lang, name=standing.alternative, share=share), size=11.5)
    if sum(standing.score or 0 for standing in smaa.standings) > 1 + 1e-9:
        line(document, "– " + text("sheet.firm.shared", found.lang), size=11.5)
    for words in firm_words(found):
        line(document, f"– {words}", size=11.5)
    for message in found.ranking.messages:
        line(document, "– " + message.line(found.lang), size=11.5)


def _moves(document: Document, found: Dossier) -> None:
    if not found.firm.moves:
        return
    heading(document, "sheet.moves", found.lang)
    names = ("criterion", "weight", "lower", "lower-first", "upper", "upper-first")
    heads = [both(f"sheet.moves.{name}", found.lang) for name in names]

    def share(weight: float | None) -> str:
        return text("sheet.moves.never", found.lang) if weight is None else percent(weight * 100, 1, found.lang)

    named = {criterion.name: criterion.label(found.lang) for criterion in found.decision.tree.criteria}
    rows = [
        [
            named[move.criterion],
            percent(move.weight * 100, 1, found.lang),
            share(move.lower),
            move.lower_first or "",
            share(move.upper),
            move.upper_first or "",
        ]
        for move in found.firm.moves
    ]
    groups = {group.name for group in found.decision.tree.groups}
    strong = [at for at, move in enumerate(found.firm.moves) if move.criterion in groups]
    table(document, heads, rows, widths=(72, 24, 26, 57, 26, 57), strong=strong, figures=(1, 2, 4), size=10)


def _needed(document: Document, found: Dossier) -> None:
    if not found.firm.needed:
        return
    heading(document, "sheet.needed", found.lang)
    line(document, text("sheet.needed.who", found.lang, name=found.firm.needed[0].alternative), size=11.5)
    rows = []
    for need in found.firm.needed:
        leaf = found.decision.tree.named(need.criterion)
        rows.append(
            [
                leaf.label(found.lang),
                need_words(leaf, need.figure, found.lang),
                need_words(leaf, need.needed, found.lang),
            ]
        )
    heads = [
        both("sheet.points.criterion", found.lang),
        both("sheet.needed.now", found.lang),
        both("sheet.needed.then", found.lang),
    ]
    table(document, heads, rows, widths=(112, 75, 75), figures=(1, 2), size=10)


def _weights(document: Document, found: Dossier) -> None:
    heading(document, "sheet.weights", found.lang)
    heads = [
        both("sheet.points.criterion", found.lang),
        both("sheet.weights.council", found.lang),
        both("sheet.weights.range", found.lang),
    ]
    heads += [both(f"sheet.weights.{name}", found.lang) for name in found.objective]
    rows, strong = [], []
    leaves = found.decision.leaves
    for criterion, depth in in_depth(found.decision.tree.criteria):
        under = found.decision.tree.under(criterion.name)
        own = percent(float(found.weights[under].sum()) * 100, 1, found.lang)
        row = ["\t" * depth + criterion.label(found.lang), own, _range(criterion.low, criterion.high, found.lang)]
        if criterion in leaves:
            at = leaves.index(criterion)
            rows.append(
                row + [percent(float(weights[at]) * 100, 1, found.lang) for weights in found.objective.values()]
            )
        else:
            strong.append(len(rows))
            rows.append(row + [""] * len(found.objective))
    width = 150 / (2 + len(found.objective))
    table(
        document,
        heads,
        rows,
        widths=(112, *[width] * (2 + len(found.objective))),
        figures=range(1, 5),
        strong=strong,
        size=10,
    )
    line(document, text("sheet.weights.note", found.lang), size=10, italic=True)
    for words in consistency_words(found):
        line(document, f"– {words}", size=11.5)


def _range(low: float | None, high: float | None, lang: Language) -> str:
    if low is None and high is None:
        return ""
    return f"{number(low or 0, 1, lang)} – {number(high, 1, lang)}"


def _notes(document: Document, found: Dossier) -> None:
    heading(document, "sheet.notes", found.lang)
    conflicts = found.decision.conflicts
    for row in conflicts.iter_rows(named=True):
        params = {"judge": row["judge"], "alternative": row["alternative"], "reason": row["reason"] or ""}
        line(document, "– " + text("sheet.conflict", found.lang, **params), size=11.5, with_next=True)
    smaa = found.rankings["smaa"].extra
    if smaa:
        params = {
            "draws": number(smaa["draws"], 0, found.lang),
            "error": percent(smaa["standard_error"] * 100, 2, found.lang),
        }
        line(document, "– " + text("sheet.smaa-note", found.lang, **params), size=11.5, with_next=True)
    line(document, f"– {text('sheet.fingerprint', found.lang)}: {found.fingerprint}", size=10, with_next=True)
