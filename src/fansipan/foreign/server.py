"""The reader's process: reads questions from its input, a line each, and writes the answers to its output.

It opens files for reading only, starts no program, and has no network.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

READERS = {
    "workbook": ("fansipan.foreign.workbook_cells", "read_workbook_cells"),
    "sqlite": ("fansipan.foreign.sqlite_rows", "read_sqlite_rows"),
    "parquet": ("fansipan.foreign.parquet_rows", "read_parquet_rows"),
    "cells": ("fansipan.foreign.typed_cells", "read_typed_cells"),
    "document": ("fansipan.foreign.typed_cells", "read_document"),
}
# Address space that libraries set aside and never fill.
SET_ASIDE = 3 << 30
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.remove")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def serve() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _without_network()
    importlib.import_module("polars")
    sys.addaudithook(_forbid)
    _send(answers, b"ready")
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _limit(request["memory"])
        module, name = READERS[request["format"]]
        found = getattr(importlib.import_module(module), name)(Path(request["path"]))
        _send(answers, pickle.dumps(found, protocol=5))
        del found


def _send(answers: Any, content: bytes) -> None:
    answers.write(len(content).to_bytes(8, "big") + content)
    answers.flush()


def _limit(memory: int) -> None:
    """What may be mapped from now on, on Unix: what is mapped, the file's memory and what libraries set aside."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = mapped + memory + SET_ASIDE
        soft = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (soft, most))


def _without_network() -> None:
    """On Linux a network of its own in which there is nothing, where the system allows it."""
    if sys.platform == "linux":
        flags = NEW_NETWORK if os.geteuid() == 0 else NEW_NETWORK | NEW_USER
        ctypes.CDLL(None, use_errno=True).unshare(flags)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no reader of a file has to do."""
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if writes or event.startswith(FORBIDDEN):
        raise PermissionError(event)
