"""`fansipan plan baseline`: the model run on a year that is over, beside what was recorded."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import polars as pl
import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.plan.inputs import quiet_output
from fansipan.cli.plan.options import Folder, Json, Output, Slices
from fansipan.cli.plan.telling import frame_lines, tell
from fansipan.errors import Refused
from fansipan.notation import number
from fansipan.tables.files.writing import write_csv
from fansipan.texts import DEFAULT_LANGUAGE, Language, text

if TYPE_CHECKING:
    from fansipan.expansion.answers.baseline import Baseline
    from fansipan.expansion.system.definition import System

Year = Annotated[int | None, typer.Option("--year", help=say("plan.baseline.year.help"))]
WORTH_TELLING = 0.5  # percent; smaller differences of a product are only in the tables


def add_baseline(plan: typer.Typer) -> None:
    """Add the command ``baseline`` to the group ``plan``."""

    @plan.command(help=say("plan.baseline.help"))
    def baseline(
        path: Folder,
        year: Year = None,
        slices: Slices = None,
        json_only: Json = False,
        output: Output = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        system, found = _baseline(path, year, slices)
        if output is not None:
            _write(output, found)
        told = {"year": found.year, "status": found.plan.answer.status} | {
            name: frame.to_dicts() for name, frame in (("sections", found.sections), ("products", found.products))
        }
        tell(told, _words(system, found, cast(Language, lang)), json_only)


def _baseline(path: Path, year: int | None, slices: str | None) -> "tuple[System, Baseline]":
    from fansipan.expansion.answers.baseline import baseline, recorded
    from fansipan.expansion.load import read_system
    from fansipan.province import Province

    system, _ = read_system(path, None, slices)
    over = year if year is not None else system.settings.first_year - 1
    known = recorded(dict(Province.read(path)), over)
    with quiet_output():
        found = baseline(system, known, over)
    if not found.plan.solved:
        raise Refused("plan.no-plan", status=say(f"plan.status.{found.plan.answer.status}"))
    return system, found


def _words(system: "System", found: "Baseline", lang: Language) -> list[str]:
    """The sections as a table, and a sentence for each product whose volume differs."""
    names = [
        text(f"name.section.{code}", lang) if code else text("plan.baseline.all", lang)
        for code in found.sections["section"]
    ]
    table = found.sections.with_columns(pl.Series("section", names))
    lines = [text("plan.baseline.told", lang, year=found.year), *frame_lines(table, lang)]
    far = pl.col("difference").abs().fill_null(100.0) >= WORTH_TELLING
    apart = found.products.filter(far & (pl.max_horizontal("recorded", "model") > 0))
    least = number(WORTH_TELLING, 1, lang)
    lines.append(text("plan.baseline.products" if apart.height else "plan.baseline.alike", lang, least=least))
    return lines + [product_words(system, row, lang) for row in apart.iter_rows(named=True)]


def product_words(system: "System", row: dict[str, object], lang: Language) -> str:
    """How far the model is from what was recorded of a product, and why it makes no more."""
    difference, effect = (cast("float | None", row[name]) for name in ("difference", "effect"))
    by = ""
    if row["reason"] == "limit":
        by = system.name("limits", "limit", str(row["by"])).in_language(lang)
    elif row["reason"] == "licence":
        by = system.name("deposits", "deposit", str(row["by"])).in_language(lang)
    name = system.commodity(str(row["commodity"])) if row["commodity"] else str(row["product"])
    why = text(f"plan.baseline.reason.{row['reason']}", lang, **({"by": by} if by else {}))
    return text(
        "plan.baseline.product",
        lang,
        product=name,
        difference="–" if difference is None else f"{'+' if difference > 0 else ''}{number(difference, 1, lang)}",
        effect=f"{'+' if (effect or 0) > 0 else ''}{number(effect or 0.0, 1, lang)}",
        why=why,
    )


def _write(folder: Path, found: "Baseline") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(found.sections, folder / "baseline_sections.csv")
    write_csv(found.products, folder / "baseline_products.csv")
