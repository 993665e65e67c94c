"""A process that writes two provinces in turn to one place until it is killed, started quickly by a fork server."""

import multiprocessing
from multiprocessing.process import BaseProcess
from pathlib import Path

from support.sound_province import two_provinces


def write_for_ever(path: Path, started) -> None:
    """Write the two in turn; `started` is set just before."""
    provinces = two_provinces()
    started.set()
    while True:
        for province in reversed(provinces):
            province.write(path)


def start(path: Path) -> BaseProcess:
    """The process, as it begins to write."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["support.writing_process"])
    started = context.Event()
    process = context.Process(target=write_for_ever, args=(path, started), daemon=True)
    process.start()
    assert started.wait(60)
    return process
