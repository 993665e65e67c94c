"""The fence: a reader's process, started once, asked a file at a time, ended when it takes more than a file may.

Memory is what the process holds (its resident set), looked at every few milliseconds; on Unix the process also may not
map more than that and what its libraries set aside, so that one absurd request fails at once. Only the classes of
this room's results and of Polars' frames are accepted from it.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from fansipan.foreign.memory import memory_of

MEGABYTE = 1 << 20
# What a file may cost: a floor for the libraries, then by its size; a full workbook takes some 40 times its size.
FLOOR, EACH, MOST = 400 * MEGABYTE, 60, 2_000 * MEGABYTE
SECONDS, SECONDS_A_MEGABYTE, MOST_SECONDS = 15.0, 2.0, 55.0
START_SECONDS = 60.0
LOOK = 0.005
SERVE = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from fansipan.foreign.server import serve; serve()"
ACCEPTED = {
    "fansipan.errors": {"Fault", "Place"},
    "fansipan.foreign.parquet_rows": {"ParquetRows"},
    "fansipan.foreign.sqlite_rows": {"SqliteRows", "SqliteTable"},
    "fansipan.foreign.workbook_cells": {"WorkbookCells", "WorksheetCells"},
    "fansipan.foreign.typed_cells": {"TypedCells", "TypedSheet"},
    "fansipan.foreign.xlsx_package": {"Part"},
    "datetime": {"date"},
    "polars.dataframe.frame": {"DataFrame"},
    "polars.series.series": {"Series"},
}


class Death(Exception):
    """The reader's process ended before it answered; `code` names the fault that this is of the file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_fenced(format: str, path: Path) -> Any:
    """What the reader of `format`, one of `server.READERS`, finds in the file; raises `Death`.

    Raises OSError where the file cannot be looked at.
    """
    size = path.stat().st_size
    most = min(MOST, FLOOR + EACH * size)
    seconds = min(MOST_SECONDS, SECONDS + SECONDS_A_MEGABYTE * size / MEGABYTE)
    request = json.dumps({"format": format, "path": str(path.resolve()), "memory": most})
    with _one_at_a_time:
        reader = _running()
        try:
            return _Answer(io.BytesIO(reader.ask(request, most, seconds))).load()
        except Death:
            reader.end()
            raise
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError) as error:
            reader.end()
            raise Death("foreign.damaged") from error
        except BaseException:
            # Whoever interrupts the wait must not get this answer to the next question.
            reader.end()
            raise


class _Answer(pickle.Unpickler):
    """Answers are made of known classes only, whatever a hostile file has made of the reader."""

    def find_class(self, module: str, name: str) -> Any:
        if name in ACCEPTED.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class _Reader:
    """The process and its two pipes: a line of JSON a question, eight bytes of length and a pickle an answer."""

    def __init__(self) -> None:
        environment = os.environ | {"POLARS_MAX_THREADS": "2", "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-c", SERVE, json.dumps([str(Path(p).resolve()) for p in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        if self._received(START_SECONDS, MOST) != b"ready":
            self.end()
            raise Death("foreign.damaged")

    def ask(self, request: str, memory: int, seconds: float) -> bytes:
        """The answer; raises Death where it takes more memory or time than it may, or ends."""
        assert self.process.stdin
        try:
            self.process.stdin.write(request.encode() + b"\n")
            self.process.stdin.flush()
        except OSError as error:
            raise Death("foreign.damaged") from error
        return self._received(seconds, memory)

    def end(self) -> None:
        """End the process and close its pipes; ending it twice does no harm."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _received(self, seconds: float, memory: int) -> bytes:
        answer: list[bytes] = []
        listener = threading.Thread(target=self._listen, args=(answer,), daemon=True)
        listener.start()
        until = time.monotonic() + seconds
        code = ""
        while listener.is_alive() and not code:
            listener.join(LOOK)
            if memory_of(self.process.pid) > memory:
                code = "foreign.memory"
            elif time.monotonic() > until:
                code = "foreign.time"
        if code and not answer:
            self.process.kill()
        listener.join()
        if not answer:
            raise Death(code or "foreign.damaged")
        return answer[0]

    def _listen(self, answer: list[bytes]) -> None:
        assert self.process.stdout
        length = int.from_bytes(self.process.stdout.read(8), "big")
        content = self.process.stdout.read(length) if 0 < length <= MOST else b""
        if length and len(content) == length:
            answer.append(content)


_one_at_a_time = threading.Lock()
_readers: list[_Reader] = []


def _running() -> _Reader:
    """The reader's process, started anew where there is none."""
    if _readers and _readers[0].process.poll() is None:
        return _readers[0]
    end_reader()
    _readers.append(_Reader())
    return _readers[0]


@atexit.register
def end_reader() -> None:
    """End the reader's process, if there is one."""
    while _readers:
        _readers.pop().end()


if hasattr(os, "register_at_fork"):
    # A copy of this process must not speak through the same pipes.
    os.register_at_fork(after_in_child=_readers.clear)
