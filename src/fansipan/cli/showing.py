"""What the commands on a province's tables share: which province, as of which day, and how an answer is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import current_language, say
from fansipan.errors import FansipanError
from fansipan.province import Province
from fansipan.report.content import Column, Words, at_least, table, words
from fansipan.report.writers.terminal import grid
from fansipan.tables import REGISTRY
from fansipan.tables.files.writing import write_frame

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
# Options that every such command takes; their help speaks the language of the run (`say` reads the command line).
ProvincePath = Annotated[Path, typer.Argument(metavar="PROVINCE", help=say("asking.province"))]
On = Annotated[datetime | None, typer.Option("--on", formats=DAY_FORMATS, help=say("asking.on"))]
AsJson = Annotated[bool, typer.Option("--json", help=say("asking.json"))]
Out = Annotated[Path | None, typer.Option("--out", "-o", help=say("asking.out"))]


def read_on(path: Path, on: datetime | None) -> tuple[Province, date]:
    """The province as it was known on the day asked for, and that day; else on its own ``data_as_of``, else on the last
    day on which something was recorded, which is then said on standard error.

    Raises FansipanError ``asking.no-day`` where nothing says a day.
    """
    province = Province.read(path)
    written = province.setting("data_as_of")
    if on is not None:
        day = on.date()
    elif written is not None:
        day = date.fromisoformat(str(written))
    elif (last := province.last_recorded()) is not None:
        day = last
        typer.echo(say("asking.day", day=day), err=True)
    else:
        raise FansipanError("asking.no-day", path=path.name)
    return province.known_on(day), day


def with_code(names: Mapping[str, Words]) -> dict[str, Words]:
    """The names with the code that commands ask for behind each, in square brackets."""
    return {code: Words(f"{name.vi} [{code}]", f"{name.en} [{code}]") for code, name in names.items()}


def choices_of(name: str, column: str) -> dict[str, Words]:
    """The words of a choice column by value."""
    return REGISTRY[name].meaning(column).choice_words


def spoken(codes: Sequence[str], prefix: str) -> dict[str, Words]:
    """Words for values that stand in a catalogue as ``prefix.value``."""
    return {code: words(f"{prefix}.{code}") for code in codes}


def show(
    frame: pl.DataFrame,
    caption: Words,
    heads: str,
    *,
    spoken_as: Mapping[str, Mapping[str, Words]] | None = None,
    as_json: bool = False,
    out: Path | None = None,
    places: Mapping[str, int] | None = None,
    bounds: Mapping[str, str] | None = None,
) -> None:
    """Print the frame as a table, or as JSON rows, or write it to a file by its ending.

    `heads` is the prefix of the codes of the column heads; `spoken_as` gives words for the values of a column.
    `bounds` names, for a column of figures, the column that says where they are lower bounds: a table says so in the
    cell itself.
    """
    if out is not None:
        typer.echo(say("asking.written", file=write_frame(frame, out), rows=frame.height))
    elif as_json:
        typer.echo(as_text(frame.to_dicts()))
    else:
        shown = [name for name in frame.columns if name not in (bounds or {}).values()]
        columns = [
            Column(
                words(f"{heads}.{name}"),
                "number" if frame[name].dtype.is_numeric() else "text",
                (places or {}).get(name, 0 if frame[name].dtype.is_integer() else 2),
            )
            for name in shown
        ]
        rows = [
            [
                at_least(row[name])
                if row.get((bounds or {}).get(name, ""))
                else _cell(name, row[name], spoken_as or {})
                for name in shown
            ]
            for row in frame.to_dicts()
        ]
        Console().print(grid(table(caption, columns, rows), current_language()))


def _cell(column: str, value: Any, spoken_as: Mapping[str, Mapping[str, Words]]) -> Any:
    if isinstance(value, bool):
        return words("asking.yes" if value else "asking.no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return spoken_as.get(column, {}).get(value, value) if isinstance(value, str) else value


def as_text(content: object) -> str:
    """Plain data as JSON, Vietnamese letters and dates kept readable."""
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)
