"""What a command was given to read is never written over: ``-o`` naming an input, or a table of a province read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from fansipan.errors import FansipanError

TABLE_ENDINGS = (".csv", ".parquet")  # in which a folder of a province holds its tables


def keeping_inputs(command: Any) -> Any:
    """`command` and all below it, refusing before any work an output that stands where an input does."""
    if any(_is_output(parameter) for parameter in command.params):
        command.invoke = partial(_invoke, command, command.invoke)
    for below in getattr(command, "commands", {}).values():
        keeping_inputs(below)
    return command


def _is_output(parameter: Any) -> bool:
    return "-o" in parameter.opts


def _invoke(command: Any, original: Any, context: Any) -> Any:
    outputs = {parameter.name for parameter in command.params if _is_output(parameter)}
    given = [(name, path) for name, value in context.params.items() for path in _paths(value)]
    inputs = [path for name, path in given if name not in outputs]
    for path in (path for name, path in given if name in outputs):
        check_output(path, inputs)
    return original(context)


def _paths(value: Any) -> Iterator[Path]:
    if isinstance(value, Path):
        yield value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _paths(one)


def check_output(output: Path, inputs: list[Path]) -> None:
    """Raises FansipanError ``file.over-input`` where `output` is one of `inputs`, or a table in a folder of them."""
    from fansipan.tables.reading.contents import table_named

    target = output.resolve()
    for path in inputs:
        read = path.resolve()
        table = read.is_dir() and target.parent == read and target.suffix.lower() in TABLE_ENDINGS
        table = table and table_named(target.stem) is not None
        if target == read or table:
            raise FansipanError("file.over-input", file=output, input=path)
