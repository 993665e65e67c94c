"""How the commands of `fansipan plan` find the plan they are asked about and tell what they found."""

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import typer

from fansipan.cli.language import say
from fansipan.cli.plan.inputs import Asked, quiet_output
from fansipan.errors import Refused
from fansipan.notation import number
from fansipan.texts import Language, text

if TYPE_CHECKING:
    from fansipan.expansion.solve.plan import Plan
    from fansipan.expansion.system.definition import System
    from fansipan.linear.solver import Options


def province_system(asked: Asked) -> "System":
    """The province's system. Raises Refused for an otoole folder."""
    if asked.system is None:
        raise Refused("plan.province-only")
    return asked.system


def planned(asked: Asked, options: "Options") -> "Plan":
    """The solved plan. Raises Refused where there is none."""
    from fansipan.expansion.solve.plan import solve_network

    with quiet_output():
        plan = solve_network(asked.network(), options)
    if not plan.solved:
        raise Refused("plan.no-plan", status=say(f"plan.status.{plan.answer.status}"))
    return plan


def frame_lines(frame: pl.DataFrame, lang: Language) -> list[str]:
    """A small table as lines of text, its headings and words in `lang`."""
    rows = [[_heading(name, lang) for name in frame.columns]]
    rows += [
        [_cell(name, value, lang) for name, value in zip(frame.columns, row, strict=True)] for row in frame.iter_rows()
    ]
    widths = [max(len(row[k]) for row in rows) for k in range(len(frame.columns))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _heading(name: str, lang: Language) -> str:
    """A column's heading; a measure of one commodity (``production:CODE``) keeps the code."""
    kind, _, code = name.partition(":")
    return " ".join([text(f"plan.column.{kind.removesuffix('_2')}", lang), *([code] if code else [])])


def _cell(name: str, value: Any, lang: Language) -> str:
    if value is None:
        return "–"
    if name in ("status", "case"):
        return text(f"plan.{name}.{value}", lang)
    if isinstance(value, bool):
        return text(f"plan.flag.{str(value).lower()}", lang)
    return number(value, 3, lang) if isinstance(value, float) else str(value)


def tell(told: Any, lines: list[str], json_only: bool) -> None:
    """Print `told` as JSON alone, or its `lines` in words."""
    if json_only:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines:
            typer.echo(line)
