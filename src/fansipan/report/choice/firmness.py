"""What would turn a choice: weights that draw another level, what the second needs, who dominates whom. A15-A18."""

from __future__ import annotations

from fansipan.appraisal.criteria.criteria import Criterion
from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.report.choice.sentences import firm_sentences
from fansipan.report.choice.sheets.score_sheet import need_words
from fansipan.report.content import Block, Column, Paragraph, Quantity, Table, Words, same, table, words
from fansipan.texts import LANGUAGES, both


def firm_blocks(found: Dossier) -> list[Block]:
    """Dominance and reversal in words, then the weights that turn the first, and what the second would need."""
    blocks: list[Block] = [Paragraph(line) for line in firm_sentences(found)]
    if found.firm.moves:
        moves = _moves(found)
        blocks += [moves, Paragraph(words("choice.moves.note-groups" if moves.strong else "choice.moves.note"))]
    if found.firm.needed:
        second = words("choice.needed.note", name=found.firm.needed[0].alternative)
        blocks += [_needed(found), Paragraph(second)]
    blocks += [Paragraph(Words(m.line("vi"), m.line("en")), "warning") for m in found.ranking.messages]
    return blocks


def _named(criterion: Criterion) -> Words:
    return Words(criterion.label("vi"), criterion.label("en"))


def _share(weight: float | None) -> Words:
    if weight is None:
        return words("sheet.moves.never")
    quantity = Quantity(weight * 100, 1, percent=True)
    return both(quantity.in_language)


def _moves(found: Dossier) -> Table:
    names = ("criterion", "weight", "lower", "lower-first", "upper", "upper-first")
    heads = [Column(words(f"sheet.moves.{name}"), "text") for name in names]
    tree = found.decision.tree
    groups = {group.name for group in tree.groups}
    rows = [
        [
            _named(tree.named(move.criterion)),
            _share(move.weight),
            _share(move.lower),
            same(move.lower_first or ""),
            _share(move.upper),
            same(move.upper_first or ""),
        ]
        for move in found.firm.moves
    ]
    strong = frozenset(at for at, move in enumerate(found.firm.moves) if move.criterion in groups)
    return table(words("choice.moves.caption"), heads, rows, strong=strong, name="weights")


def _needed(found: Dossier) -> Table:
    heads = [
        Column(words(code), "text") for code in ("sheet.points.criterion", "sheet.needed.now", "sheet.needed.then")
    ]
    rows = []
    for need in found.firm.needed:
        leaf = found.decision.tree.named(need.criterion)
        ends = [Words(*(need_words(leaf, end, lang) for lang in LANGUAGES)) for end in (need.figure, need.needed)]
        rows.append([_named(leaf), *ends])
    return table(words("choice.needed.caption"), heads, rows, name="needed")
