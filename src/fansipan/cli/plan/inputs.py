"""What the commands of `fansipan plan` share: reading a system in either format, writing answers, a quiet solver."""

import os
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from fansipan.cli.language import current_language, say
from fansipan.errors import Fault, Refused
from fansipan.tables.files.writing import write_csv

if TYPE_CHECKING:
    import polars as pl

    from fansipan.expansion.network.arrays import Network
    from fansipan.expansion.solve.plan import Plan
    from fansipan.expansion.system.definition import System
    from fansipan.report.content import Page

FORMATS = ("fansipan", "otoole")


@dataclass(frozen=True)
class Asked:
    """A system as read: its network (made when called), what was noticed, and the province's tables if it is one's."""

    network: Callable[[], "Network"]
    faults: tuple[Fault, ...]
    system: "System | None" = None


def read(
    path: Path, form: str, scenario: str | None = None, part: str | None = None, left_out: Collection[str] | None = None
) -> Asked:
    """Read the system at `path`. Raises InvalidInput, NotFound, Refused for a format that is not known.

    `part` puts the slices of a province's system together: ``month``, ``quarter`` or ``year``. `left_out` names the
    files of an otoole folder that are passed over knowingly.
    """
    if form not in FORMATS:
        raise Refused("plan.format.unknown", value=form, known=", ".join(FORMATS))
    if form == "fansipan":
        if left_out:
            raise Refused("plan.leave-out.otoole")
        from fansipan.expansion.load import read_system
        from fansipan.expansion.network.compilation import network_of

        system, faults = read_system(path, scenario, part)
        return Asked(lambda: network_of(system), faults, system)
    from fansipan.interop.osemosys.convert import network_of as network_of_folder
    from fansipan.interop.osemosys.folder import read_folder
    from fansipan.interop.osemosys.warn import oddities

    folder = read_folder(path, left_out or ())
    return Asked(lambda: network_of_folder(folder), (*folder.messages, *oddities(folder)))


def read_for_questions(
    path: Path,
    form: str,
    scenario: str | None,
    part: str | None,
    lighter_part: str,
    *,
    left_out: Collection[str] | None = None,
) -> Asked:
    """As `read`; a large province's system is put together by `lighter_part` where no part is asked for, and says so.

    Questions solve the system many times over: by its own slices they could take hours.
    """
    asked = read(path, form, scenario, part, left_out)
    if part is not None or asked.system is None:
        return asked
    from fansipan.expansion.network.compilation import network_of
    from fansipan.expansion.system.slices import lighter

    smaller = lighter(asked.system, lighter_part)
    if smaller is None:
        return asked
    told = say("plan.lighter", part=say(f"plan.part.{lighter_part}"), slices=len(asked.system.slices))
    typer.echo(told, err=True)
    return replace(asked, network=lambda: network_of(smaller), system=smaller)


def write_answer(folder: Path, asked: Asked, plan: "Plan") -> int:
    """Write the answer's tables as CSV and a page of them; return how many tables."""
    from fansipan.expansion.answers.results import price_frames, value_frames
    from fansipan.report.writers.html import write_pages

    folder.mkdir(parents=True, exist_ok=True)
    frames = value_frames(plan.model, plan.answer)
    if plan.prices is not None:
        frames |= {f"price_{name}": frame for name, frame in price_frames(plan.model, plan.prices).items()}
    if asked.system is not None:
        from fansipan.expansion.answers.outcome import answer_frames

        frames = answer_frames(asked.system, plan) | {f"raw_{name}": frame for name, frame in frames.items()}
    for name, frame in frames.items():
        write_csv(frame, folder / f"{name}.csv")
    write_pages([replace(_page(asked, frames, plan), name="index")], folder, current_language())
    return len(frames)


def _page(asked: Asked, frames: "dict[str, pl.DataFrame]", plan: "Plan") -> "Page":
    from fansipan.report.plan.page import plan_page, raw_page

    if asked.system is not None:
        return plan_page(asked.system, plan, frames)
    return raw_page({name: frame for name, frame in frames.items() if not name.startswith("price_")}, plan)


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
