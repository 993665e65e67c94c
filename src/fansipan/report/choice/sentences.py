"""How firm a result is, in sentences for the page, the sheets and the workbook. Rules A15 and A16."""

from __future__ import annotations

from fansipan.appraisal.council.common_marks import compared_marks
from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.appraisal.ranking.members import MemberTurn
from fansipan.report.content import Words, words


def firm_sentences(found: Dossier) -> list[Words]:
    """Dominance, then what turns without one applicant, then without one member's marks."""
    firm = found.firm
    lines = [words("sheet.firm.dominated", better=better, worse=worse) for better, worse in firm.dominated]
    lines = lines or [words("sheet.firm.none-dominated")]
    if found.chosen == "smaa":
        lines.append(words("sheet.firm.drawn-weights"))
    elif found.chosen != "value":
        lines.append(words("sheet.firm.by-method", method=words(f"sheet.method.{found.chosen}")))
    for one in firm.reversals or ():
        params = {"left_out": one.left_out, "before": one.now_before, "behind": one.now_behind}
        lines.append(words("sheet.firm.reversal", **params))
    if firm.reversals is None:
        lines.append(words("sheet.firm.not-tried"))
    elif not firm.reversals:
        lines.append(words("sheet.firm.no-reversal"))
    if found.chosen != "vikor":
        vikor = [one for one in found.rankings["vikor"].messages if one.code.startswith("vikor.")]
        lines += [Words(one.message("vi"), one.message("en")) for one in vikor]
    return lines + common_sentences(found) + member_sentences(firm.members)


def common_sentences(found: Dossier) -> list[Words]:
    """On each criterion that some members did not mark for everybody, whose marks compare the applicants. Rule A9."""
    leaves = found.decision.leaves
    return [
        words(
            "sheet.marks.common",
            criterion=leaves[at].words,
            members=", ".join(marks.members),
            aside=", ".join(marks.aside),
        )
        for at, marks in compared_marks(found.decision).items()
        if marks.aside
    ]


def member_sentences(members: list[MemberTurn] | None) -> list[Words]:
    """What turns without each member's marks; a sentence that nothing does; none where nobody marked."""
    if members is None:
        return []
    lines = []
    for one in members:
        if one.unmarked:
            lines.append(words("sheet.firm.member-alone", member=one.left_out))
        for before, behind in one.turned:
            lines.append(words("sheet.firm.member-turns", member=one.left_out, before=before, behind=behind))
        lines += [words("sheet.firm.member-falls", member=one.left_out, name=name) for name in one.falls]
        lines += [words("sheet.firm.member-passes", member=one.left_out, name=name) for name in one.passes]
    return lines or [words("sheet.firm.no-member")]
