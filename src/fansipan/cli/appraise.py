"""The command `appraise`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, cast

import typer

from fansipan.appraisal.criteria.gates import shown
from fansipan.appraisal.decision.decision import Decision, Heading
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.decision.surroundings import Surroundings
from fansipan.appraisal.finance.outlook import Outlook
from fansipan.appraisal.ranking.dossier import as_result, dossier, fingerprint, outlooks
from fansipan.appraisal.ranking.firmness import Firmness, firmness
from fansipan.appraisal.ranking.ranking import DRAWS, METHODS, Method, Ranking, rank
from fansipan.appraisal.ranking.robustness import Needed
from fansipan.cli.language import Lang, say
from fansipan.cli.plan.inputs import quiet_output
from fansipan.errors import FansipanError, InvalidInput, NotFound
from fansipan.notation import number, percent
from fansipan.report.choice.page import choice_page
from fansipan.report.choice.sentences import member_sentences
from fansipan.report.choice.sheets.writing import write_sheets
from fansipan.report.writers.html import write_pages
from fansipan.texts import DEFAULT_LANGUAGE, Language, Words, text


def register(app: typer.Typer) -> None:
    """Add the command `appraise` to the main application."""

    @app.command("appraise", help=say("appraise.help"))
    def appraise(
        folder: Annotated[Path, typer.Argument(help=say("appraise.folder.help"))],
        method: Annotated[str, typer.Option("--method", help=say("appraise.method.help"))] = "value",
        output: Annotated[Path | None, typer.Option("--output", "-o", help=say("appraise.output.help"))] = None,
        province: Annotated[Path | None, typer.Option("--province", help=say("appraise.province.help"))] = None,
        plan: Annotated[Path | None, typer.Option("--plan", help=say("appraise.plan.help"))] = None,
        draws: Annotated[int, typer.Option("--draws", min=1, max=10_000_000, help=say("appraise.draws.help"))] = DRAWS,
        seed: Annotated[int, typer.Option("--seed", min=0, help=say("appraise.seed.help"))] = 1,
        as_json: Annotated[bool, typer.Option("--json", help=say("appraise.json.help"))] = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        spoken = cast(Language, lang)
        try:
            method = method.strip().lower()
            if method not in METHODS:
                raise NotFound(
                    "name.unknown", kind=Words("phương pháp", "method"), name=method, near=", ".join(METHODS)
                )
            chosen = cast(Method, method)
            with quiet_output():
                decision = read_decision(folder, Surroundings(province, plan))
            ranking = rank(decision, chosen, draws=draws, seed=seed)
            finance = outlooks(decision, seed=seed)
            firm = firmness(decision, chosen)
        except FansipanError as error:
            if as_json:
                typer.echo(invalid(error, method, spoken))
            raise
        if as_json:
            typer.echo(as_text(as_result(decision, ranking, finance, firm, spoken)))
        else:
            typer.echo(
                "\n".join(
                    [
                        told(ranking, decision.heading, spoken),
                        *firm_told(decision, firm, chosen, spoken),
                        *finance_told(finance, spoken),
                    ]
                )
            )
        if output is not None:
            mark = fingerprint(folder)
            gathered = dossier(decision, chosen, draws=draws, seed=seed, fingerprint=mark, lang=spoken)
            paths = write_sheets(gathered, output)
            paths += write_pages([choice_page(gathered, "decision")], output, spoken)
            typer.echo(say("appraise.told.written", count=len(paths), folder=output), err=as_json)


def as_text(content: dict[str, object]) -> str:
    """`content` as JSON with Vietnamese letters kept."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)


def finance_told(finance: dict[str, Outlook], lang: Language) -> list[str]:
    """A line a project that gave its assumptions: what it is worth and the chance that it is not."""
    return [
        text(
            "appraise.told.finance",
            lang,
            alternative=name,
            npv=number(own.worth.npv, 1, lang),
            irr=percent(None if own.worth.irr is None else own.worth.irr * 100, 1, lang),
            payback=number(own.worth.payback, 1, lang),
            loss=percent((own.simulated["loss"] or 0.0) * 100, 1, lang),
        )
        for name, own in finance.items()
    ]


def firm_told(decision: Decision, firm: Firmness, method: Method, lang: Language) -> list[str]:
    """How firm the first is: the weight that must move least, and what the second would need."""
    lines = [text("sheet.firm.drawn-weights", lang)] if method == "smaa" else []
    if firm.nearest:
        move, end, name = firm.nearest
        shares = {"weight": percent(move.weight * 100, 1, lang), "end": percent(end * 100, 1, lang)}
        criterion = decision.tree.named(move.criterion).label(lang)
        lines.append(text("appraise.told.nearest", lang, criterion=criterion, alternative=name, **shares))
    elif firm.moves:
        lines.append(text("appraise.told.no-weight-turns", lang))
    if firm.reversals:
        left_out = ", ".join(dict.fromkeys(reversal.left_out for reversal in firm.reversals))
        lines.append(text("appraise.told.reversals", lang, left_out=left_out))
    lines += [line.in_language(lang) for line in member_sentences(firm.members)]
    reached = [need for need in firm.needed if need.needed is not None]
    if reached:
        wants = "; ".join(
            f"{decision.tree.named(need.criterion).label(lang)} {need_words(decision, need, lang)}" for need in reached
        )
        lines.append(text("appraise.told.needed", lang, alternative=reached[0].alternative, wants=wants))
    return lines


def need_words(decision: Decision, need: Needed, lang: Language) -> str:
    """What a criterion is and what it would have to be: ``25 → 39.7``; a category as its word."""
    words = {value: name for name, value in decision.tree.named(need.criterion).scale.words}
    ends = [words.get(end) or shown(end, lang, 2) for end in (need.figure, need.needed) if end is not None]
    return " → ".join(ends)


def invalid(error: FansipanError, method: str, lang: Language) -> str:
    """An input that cannot be ranked, as JSON with the same keys as a ranking."""
    faults = [f.line(lang) for f in error.faults] if isinstance(error, InvalidInput) else [error.describe(lang)]
    return as_text({"method": method, "selected": None, "alternatives": [], "status": "invalid", "messages": faults})


def told(ranking: Ranking, heading: Heading, lang: Language) -> str:
    """The ranking in words: who stands where, who was refused and why, what must be known beside it."""
    title = heading.title(lang) or text("appraise.told.untitled", lang)
    lines = [text("appraise.told.illustrative", lang)] if heading.illustrative else []
    lines.append(text("appraise.told.head", lang, title=title, method=ranking.method))
    points = max((abs(standing.score or 0.0) for standing in ranking.in_order), default=0.0) > 1.5
    for standing in ranking.in_order:
        score = number(standing.score, 2 if points else 4, lang)
        lines.append(text("appraise.told.row", lang, rank=standing.rank, alternative=standing.alternative, score=score))
    for standing in ranking.standings:
        if standing.refused:
            lines.append(text("appraise.told.refused", lang, alternative=standing.alternative))
            for refusal in standing.refused:
                rule = f" ({cited})" if (cited := refusal.cited(lang)) else ""
                lines.append(f"  - {refusal.message(lang)}{rule} {refusal.advice(lang)}".rstrip())
    if ranking.selected:
        lines.append(text("appraise.told.selected", lang, alternative=ranking.selected))
    lines += [f"! {message.line(lang)}" for message in ranking.messages]
    return "\n".join(lines)
