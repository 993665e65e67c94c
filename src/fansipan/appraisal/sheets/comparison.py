"""The comparison of all applicants, in Word: the sheet that the council signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fansipan.appraisal.dossier import Dossier
from fansipan.appraisal.ranking import METHODS
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
from fansipan.appraisal.sheets.finance_words import COMPARED, compared_words, fit_pairs, label_of, spreads_words
from fansipan.appraisal.sheets.score_sheet import in_depth, need_words
from fansipan.notation import NO_FIGURE, day, number, percent
from fansipan.tables.writing import replaced
from fansipan.texts import text

if TYPE_CHECKING:
    from docx.document import Document


def write_comparison(found: Dossier, path: Path) -> Path:
    """Write the comparison and return the path."""
    document = new_document(landscape=True)
    with replaced(path) as temporary:
        for part in (_head, _ranked, _refused, _by_group, _finance, _firm, _moves, _needed, _weights, _notes):
            part(document, found)
        judges = found.decision.marks.judges if found.decision.marks else []
        chair = found.decision.heading.chair or text("sheet.chair", "vi")
        signatures(document, [*(judge for judge in judges if judge != chair), chair], columns=4)
        document.save(str(temporary))
    return path


def _head(document: Document, found: Dossier) -> None:
    words = found.decision.heading
    letterhead(document, (words.body("vi"), words.body("en")))
    illustrative_mark(document, shown=words.illustrative)
    vi, en = both("sheet.comparison.title")
    line(document, vi, size=14, bold=True, centred=True)
    line(document, en, size=10, italic=True, centred=True)
    line(document, words.title("vi"), bold=True, centred=True)
    line(document, words.title("en"), size=10, italic=True, centred=True)
    if words.on:
        line(document, text("sheet.day", "vi", day=day(words.on, "vi")))


def _ranked(document: Document, found: Dossier) -> None:
    heading(document, "sheet.result")
    heads = [both("sheet.rank"), both("sheet.alternative"), both("sheet.score")]
    others = [method for method in METHODS if method != found.chosen]
    heads += [(text(f"sheet.method.{m}", "vi"), text(f"sheet.method.{m}", "en")) for m in others]
    rows = []
    for standing in found.ranking.in_order:
        place = found.decision.alternatives.index(standing.alternative)
        row = [str(standing.rank), standing.alternative, number(standing.score, 3, "vi")]
        for method in others:
            other = found.rankings[method].standings[place]
            row.append(f"{other.rank}  ({number(other.score, 3, 'vi')})")
        rows.append(row)
    table(document, heads, rows, widths=(18, 82, 26, *[34] * len(others)), figures=(0, 2, 3, 4, 5, 6), strong=(0,))
    chosen = found.ranking.selected
    words = text("sheet.selected", "vi", name=chosen) if chosen else text("sheet.none-selected", "vi")
    line(document, words, bold=True)
    line(document, text(f"sheet.explain.{found.chosen}", "vi"), size=10.5, italic=True)


def _refused(document: Document, found: Dossier) -> None:
    refused = [(s.alternative, refusal) for s in found.ranking.standings for refusal in s.refused]
    if not refused:
        return
    heading(document, "sheet.refused")
    heads = [both("sheet.alternative"), both("sheet.reason"), both("sheet.rule"), both("sheet.cure")]
    rows = [[name, refusal.message("vi"), refusal.cited("vi"), refusal.advice("vi")] for name, refusal in refused]
    table(document, heads, rows, widths=(60, 85, 62, 55))


def _by_group(document: Document, found: Dossier) -> None:
    tree = found.decision.tree
    roots = tree.children(None)
    parts = tree.children(roots[0].name) if len(roots) == 1 and roots[0] in tree.groups else roots
    heading(document, "sheet.by-group")
    heads = [both("sheet.alternative"), *((part.label("vi"), part.label("en")) for part in parts), both("sheet.total")]
    rows = []
    for standing in found.ranking.in_order:
        place = found.decision.alternatives.index(standing.alternative)
        points = found.values[place] * found.weights * found.full_marks
        shares = [number(float(points[tree.under(part.name)].sum()), 2, "vi") for part in parts]
        rows.append([standing.alternative, *shares, number(float(points.sum()), 2, "vi")])
    most = [number(float(found.weights[tree.under(part.name)].sum()) * found.full_marks, 2, "vi") for part in parts]
    rows.append([text("sheet.most", "vi"), *most, number(found.full_marks, 2, "vi")])
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
    heading(document, "sheet.finance")
    heads = [both("sheet.alternative"), *(both(label_of(name)) for name, _, _ in COMPARED)]
    rows = [[name, *(compared_words(code, own) for code, _, _ in COMPARED)] for name, own in found.outlooks.items()]
    if any(own.province.group or own.province.planned is not None for own in found.outlooks.values()):
        codes = ("sheet.finance.group", "sheet.finance.planned")
        heads += [both(code) for code in codes]
        for row, own in zip(rows, found.outlooks.values(), strict=True):
            row += [dict(fit_pairs(own.province)).get(code, NO_FIGURE) for code in codes]
    width = 194 / (len(heads) - 1)
    figures = range(1, len(COMPARED) + 1)
    table(document, heads, rows, widths=(68, *[width] * (len(heads) - 1)), figures=figures, size=9.5)
    line(document, spreads_words(next(iter(found.outlooks.values()))), size=10, italic=True)


def _firm(document: Document, found: Dossier) -> None:
    heading(document, "sheet.firm")
    smaa = found.rankings["smaa"]
    for standing in smaa.in_order[:3]:
        share = percent((standing.score or 0) * 100, 1, "vi")
        line(document, "– " + text("sheet.firm.first", "vi", name=standing.alternative, share=share), size=11.5)
    if found.firm.dominated:
        for better, worse in found.firm.dominated:
            line(document, "– " + text("sheet.firm.dominated", "vi", better=better, worse=worse), size=11.5)
    else:
        line(document, "– " + text("sheet.firm.none-dominated", "vi"), size=11.5)
    for reversal in found.firm.reversals or ():
        params = {"left_out": reversal.left_out, "before": reversal.now_before, "behind": reversal.now_behind}
        line(document, "– " + text("sheet.firm.reversal", "vi", **params), size=11.5)
    if found.firm.reversals == []:
        line(document, "– " + text("sheet.firm.no-reversal", "vi"), size=11.5)
    for message in found.ranking.messages:
        line(document, "– " + message.line("vi"), size=11.5)


def _moves(document: Document, found: Dossier) -> None:
    if not found.firm.moves:
        return
    heading(document, "sheet.moves")
    names = ("criterion", "weight", "lower", "lower-first", "upper", "upper-first")
    heads = [both(f"sheet.moves.{name}") for name in names]

    def share(weight: float | None) -> str:
        return text("sheet.moves.never", "vi") if weight is None else percent(weight * 100, 1, "vi")

    rows = [
        [found.decision.tree.named(move.criterion).label("vi"), percent(move.weight * 100, 1, "vi"), share(move.lower),
         move.lower_first or "", share(move.upper), move.upper_first or ""]
        for move in found.firm.moves
    ]  # fmt: skip
    table(document, heads, rows, widths=(72, 24, 26, 57, 26, 57), figures=(1, 2, 4), size=10)


def _needed(document: Document, found: Dossier) -> None:
    if not found.firm.needed:
        return
    heading(document, "sheet.needed")
    line(document, text("sheet.needed.who", "vi", name=found.firm.needed[0].alternative), size=11.5)
    rows = []
    for need in found.firm.needed:
        leaf = found.decision.tree.named(need.criterion)
        rows.append([leaf.label("vi"), need_words(leaf, need.figure), need_words(leaf, need.needed)])
    heads = [both("sheet.points.criterion"), both("sheet.needed.now"), both("sheet.needed.then")]
    table(document, heads, rows, widths=(112, 75, 75), figures=(1, 2), size=10)


def _weights(document: Document, found: Dossier) -> None:
    heading(document, "sheet.weights")
    heads = [both("sheet.points.criterion"), both("sheet.weights.council"), both("sheet.weights.range")]
    heads += [(text(f"sheet.weights.{name}", "vi"), text(f"sheet.weights.{name}", "en")) for name in found.objective]
    rows, strong = [], []
    leaves = found.decision.leaves
    for criterion, depth in in_depth(found.decision.tree.criteria):
        under = found.decision.tree.under(criterion.name)
        own = percent(float(found.weights[under].sum()) * 100, 1, "vi")
        row = ["\t" * depth + criterion.label("vi"), own, _range(criterion.low, criterion.high)]
        if criterion in leaves:
            at = leaves.index(criterion)
            rows.append(row + [percent(float(weights[at]) * 100, 1, "vi") for weights in found.objective.values()])
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
    line(document, text("sheet.weights.note", "vi"), size=10, italic=True)


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return f"{number(low or 0, 1, 'vi')} – {number(high, 1, 'vi')}"


def _notes(document: Document, found: Dossier) -> None:
    heading(document, "sheet.notes")
    conflicts = found.decision.conflicts
    for row in conflicts.iter_rows(named=True):
        params = {"judge": row["judge"], "alternative": row["alternative"], "reason": row["reason"] or ""}
        line(document, "– " + text("sheet.conflict", "vi", **params), size=11.5)
    smaa = found.rankings["smaa"].extra
    if smaa:
        params = {"draws": number(smaa["draws"], 0, "vi"), "error": percent(smaa["standard_error"] * 100, 2, "vi")}
        line(document, "– " + text("sheet.smaa-note", "vi", **params), size=11.5)
    line(document, f"– {text('sheet.fingerprint', 'vi')}: {found.fingerprint}", size=10)
