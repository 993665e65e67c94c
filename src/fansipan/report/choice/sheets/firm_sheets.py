"""How firm the result is, in the workbook: certainty, weights that turn it, what the second needs, whose weights."""

from __future__ import annotations

from typing import Any

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.notation import number
from fansipan.report.choice.sentences import firm_sentences
from fansipan.report.choice.sheets.book import HEAD_ROW, Book
from fansipan.report.choice.sheets.score_sheet import in_depth, need_words
from fansipan.texts import text

MOST_SERIES = 12  # ranks drawn one by one in the chart


def write_certainty(book: Book, found: Dossier) -> None:
    """Rank acceptability as figures and as stacked bars."""
    ranked = found.rankings["smaa"].in_order
    if not ranked:
        return
    count = len(ranked[0].details["acceptability"])
    sheet = book.sheet("sheet.certainty", (44, *[12] * (count + 1)))
    places = [(f"{text('sheet.rank', book.lang)} {place + 1}", "") for place in range(count)]
    book.heads(sheet, [book.both("sheet.alternative"), *places, book.both("sheet.certainty.confidence-head")])
    for row, standing in enumerate(ranked, HEAD_ROW + 1):
        cells = [standing.alternative, *standing.details["acceptability"], standing.details["confidence"]]
        book.row(sheet, row, cells, [book.words, *[book.share] * (count + 1)])
    chart = book.book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    top, bottom = HEAD_ROW + 1, HEAD_ROW + len(ranked)
    for place in range(1, min(count, MOST_SERIES) + 1):
        chart.add_series(
            {
                "name": [sheet.name, HEAD_ROW, place],
                "categories": [sheet.name, top, 0, bottom, 0],
                "values": [sheet.name, top, place, bottom, place],
            }
        )
    chart.set_title({"name": text("sheet.certainty", book.lang), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 900, "height": 120 + 40 * len(ranked)})
    sheet.insert_chart(bottom + 2, 0, chart)


def write_moves(book: Book, found: Dossier) -> None:
    """The weights, of criteria and of groups, at which another draws level with the first."""
    if not found.firm.moves:
        return
    sheet = book.sheet("sheet.moves", (50, 14, 14, 44, 14, 44))
    names = ("criterion", "weight", "lower", "lower-first", "upper", "upper-first")
    book.heads(sheet, [book.both(f"sheet.moves.{name}") for name in names])
    never = text("sheet.moves.never", book.lang)
    formats = [book.words, book.share, book.share, book.words, book.share, book.words]
    for row, move in enumerate(found.firm.moves, HEAD_ROW + 1):
        ends = [never if end is None else end for end in (move.lower, move.upper)]
        name = found.decision.tree.named(move.criterion).label(book.lang)
        cells = [name, move.weight, ends[0], move.lower_first, ends[1], move.upper_first]
        book.row(sheet, row, cells, formats)


def write_needed(book: Book, found: Dossier) -> None:
    """On each criterion the figure with which the second draws level; who is dominated; what turns when one leaves."""
    sheet = book.sheet("sheet.needed", (60, 30, 30))
    heads = ("sheet.points.criterion", "sheet.needed.now", "sheet.needed.then")
    if found.firm.needed:
        name = found.firm.needed[0].alternative
        sheet.write(2, 0, text("sheet.needed.who", book.lang, name=name), book.note)
    book.heads(sheet, [book.both(code) for code in heads])
    row = HEAD_ROW
    for row, need in enumerate(found.firm.needed, HEAD_ROW + 1):
        leaf = found.decision.tree.named(need.criterion)
        ends = [need_words(leaf, figure, book.lang) for figure in (need.figure, need.needed)]
        book.row(sheet, row, [leaf.label(book.lang), *ends])
    _sentences(book, sheet, firm_words(found), row + 2, 2)


def _sentences(book: Book, sheet: Any, lines: list[str], top: int, last_column: int) -> None:
    """Each sentence across the columns to `last_column`, from the row `top` down."""
    for row, words in enumerate(lines, top):
        sheet.merge_range(row, 0, row, last_column, words, book.wrapped)
        sheet.set_row(row, 34)


def firm_words(found: Dossier) -> list[str]:
    """Dominance and what turns without one applicant or member, in the dossier's language."""
    return [line.in_language(found.lang) for line in firm_sentences(found)]


def write_weights(book: Book, found: Dossier) -> None:
    """The council's weights beside those that the figures imply, and how consistent the comparisons are."""
    leaves, objective = found.decision.leaves, found.objective
    sheet = book.sheet("sheet.weights", (60, 14, 14, 14, *[14] * len(objective)))
    heads = ["sheet.points.criterion", "sheet.weights.council", "sheet.weights.lowest", "sheet.weights.highest"]
    book.heads(sheet, [book.both(code) for code in (*heads, *(f"sheet.weights.{name}" for name in objective))])
    formats = [book.words, book.share, book.figure, book.figure, *[book.share] * len(objective)]
    row = HEAD_ROW
    for row, (criterion, depth) in enumerate(in_depth(found.decision.tree.criteria), HEAD_ROW + 1):
        own = float(found.weights[found.decision.tree.under(criterion.name)].sum())
        at = leaves.index(criterion) if criterion in leaves else None
        implied = [None if at is None else float(weights[at]) for weights in objective.values()]
        name = "   " * depth + criterion.label(book.lang)
        book.row(sheet, row, [name, own, criterion.low, criterion.high, *implied], formats)
    _sentences(book, sheet, consistency_words(found), row + 2, len(formats) - 1)


def consistency_words(found: Dossier) -> list[str]:
    """The consistency of each judge's comparisons, group by group, in sentences."""
    named = {criterion.name: criterion.label(found.lang) for criterion in found.decision.tree.criteria}
    lines = []
    for one in found.decision.consistency:
        params = {
            "group": named.get(one.group or "", text("sheet.weights.whole", found.lang)),
            "judge": one.judge or text("sheet.weights.together", found.lang),
            "ratio": number(one.ratio, 3, found.lang),
        }
        if len(one.weights) < 3:
            lines.append(text("sheet.weights.too-few", found.lang, **params))
            continue
        if one.worst is None:
            lines.append(text("sheet.weights.consistent", found.lang, **params))
            continue
        first, second, given, implied = one.worst
        params |= {"one": named[first], "other": named[second], "given": number(given, 2, found.lang)}
        code = "sheet.weights.acceptable" if one.acceptable else "sheet.weights.inconsistent"
        lines.append(text(code, found.lang, implied=number(implied, 2, found.lang), **params))
    return lines
