"""What the commands of `fansipan plan` share: reading a system in either format, writing answers, a quiet solver."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fansipan.cli.language import say
from fansipan.errors import Fault, Refused
from fansipan.notation import number
from fansipan.texts import Language

if TYPE_CHECKING:
    import polars as pl

    from fansipan.expansion.network import Network
    from fansipan.expansion.plan import Plan
    from fansipan.expansion.system import System

FORMATS = ("fansipan", "otoole")
MOST_ROWS = 200  # rows of a table that stand on the page


@dataclass(frozen=True)
class Asked:
    """A system as read: its network (made when called), what was noticed, and the province's tables if it is one's."""

    network: Callable[[], "Network"]
    faults: tuple[Fault, ...]
    system: "System | None" = None


def read(path: Path, form: str, scenario: str | None = None) -> Asked:
    """Read the system at `path`. Raises InvalidInput, NotFound, Refused for a format that is not known."""
    if form not in FORMATS:
        raise Refused("plan.format.unknown", value=form, known=", ".join(FORMATS))
    if form == "fansipan":
        from fansipan.expansion.compiled import network_of
        from fansipan.expansion.load import read_system

        system, faults = read_system(path, scenario)
        return Asked(lambda: network_of(system), faults, system)
    from fansipan.interop.osemosys.convert import network_of as network_of_folder
    from fansipan.interop.osemosys.folder import read_folder
    from fansipan.interop.osemosys.warn import oddities

    folder = read_folder(path)
    return Asked(lambda: network_of_folder(folder), (*folder.messages, *oddities(folder)))


def write_answer(folder: Path, asked: Asked, plan: "Plan", lang: Language) -> int:
    """Write the answer's tables as CSV and a page with the first rows of each; return how many tables."""
    from fansipan.expansion.results import price_frames, value_frames

    folder.mkdir(parents=True, exist_ok=True)
    frames = value_frames(plan.model, plan.answer)
    if plan.prices is not None:
        frames |= {f"price_{name}": frame for name, frame in price_frames(plan.model, plan.prices).items()}
    if asked.system is not None:
        from fansipan.expansion.answers import answer_frames

        frames = answer_frames(asked.system, plan) | {f"raw_{name}": frame for name, frame in frames.items()}
    for name, frame in frames.items():
        frame.write_csv(folder / f"{name}.csv", include_bom=True)
    shown = {name: frame for name, frame in frames.items() if not name.startswith(("raw_", "price_"))}
    (folder / "index.html").write_text(_page(shown, plan, lang), encoding="utf8")
    return len(frames)


def _page(frames: "dict[str, pl.DataFrame]", plan: "Plan", lang: Language) -> str:
    title = escape(say("plan.help"))
    status = escape(say(f"plan.status.{plan.answer.status}"))
    value = escape(number(plan.answer.objective, 3, lang))
    tables = "".join(f"<h2>{escape(name)}</h2>{_table(frame, lang)}" for name, frame in frames.items() if frame.height)
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>'
        "<style>body{font-family:sans-serif;margin:2rem}td,th{padding:.2rem .6rem;text-align:right}"
        "table{border-collapse:collapse}td{border-top:1px solid #ddd}</style>"
        f"<h1>{title}</h1><p>{status}: {value}</p>{tables}</html>\n"
    )


def _table(frame: "pl.DataFrame", lang: Language) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in frame.columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{escape(number(v, 3, lang) if isinstance(v, float) else str(v))}</td>" for v in row)
        + "</tr>"
        for row in frame.head(MOST_ROWS).iter_rows()
    )
    return f"<table><tr>{head}</tr>{body}</table>"


@contextmanager
def quiet_output() -> Iterator[None]:
    """Whatever the solver writes on standard output goes to standard error: standard output is kept for the answer."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
