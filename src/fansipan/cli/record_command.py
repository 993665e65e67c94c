"""Commands that add to the registers: each says what it takes and adds; who, when and by which document is here.

@recording(zones, "undo", "zones.undo.help")
def undo(zone: ZONE, reason: UndoReason) -> Recording:
    ...
    return change, told
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import typer

from fansipan.cli.language import Lang, say
from fansipan.cli.recording import At, By, Document, Recorder, Title, record
from fansipan.cli.showing import ProvincePath
from fansipan.province import Province
from fansipan.tables.registers.appending import Signature
from fansipan.texts import DEFAULT_LANGUAGE

# What is added to the province under a signature, and what is then said of it.
Recording = tuple[Callable[[Province, Signature], Province], Callable[[Signature], str]]

NEEDED = {"path": ProvincePath, "recorded_by": By}
DOCUMENTS = {"document": Document, "document_title": Title}
CHOSEN = {"recorded_at": At}


def recording(
    group: typer.Typer, name: str, help_code: str, *, documents: bool = True
) -> Callable[[Callable[..., Recording]], Callable[..., Recording]]:
    """Add to `group` the command `name`, which records what the decorated function gives for its arguments.

    The command takes the province's path, the function's own parameters and ``--by``, ``--at``, ``--lang`` and, with
    `documents`, ``--document`` and ``--document-title``. It writes all or nothing (`recording.record`).
    """

    def add(prepared: Callable[..., Recording]) -> Callable[..., Recording]:
        def command(**arguments: Any) -> None:
            path = arguments.pop("path")
            arguments.pop("lang")
            by, at = arguments.pop("recorded_by"), arguments.pop("recorded_at")
            document, title = arguments.pop("document", None), arguments.pop("document_title", None)
            change, told = prepared(**arguments)
            record(path, Recorder(by, at, document, title), change, told)

        parameters = _parameters(prepared, documents)
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in parameters}
        group.command(name, help=say(help_code))(command)
        return prepared

    return add


def _parameters(prepared: Callable[..., Recording], documents: bool) -> list[inspect.Parameter]:
    """The path, the function's own parameters, and those that every such command takes."""
    kind = inspect.Parameter.KEYWORD_ONLY
    own = [one.replace(kind=kind) for one in inspect.signature(prepared, eval_str=True).parameters.values()]
    path, by = (inspect.Parameter(name, kind, annotation=hint) for name, hint in NEEDED.items())
    shared = [
        inspect.Parameter(name, kind, annotation=hint, default=None)
        for name, hint in ((DOCUMENTS if documents else {}) | CHOSEN).items()
    ]
    lang = inspect.Parameter("lang", kind, annotation=Lang, default=DEFAULT_LANGUAGE)
    return [path, *own, by, *shared, lang]
