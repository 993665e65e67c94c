"""What ``--verbose`` shows: the library's log, in the language of the run, on standard error.

The library logs codes with parameters, as it raises them; ``INFO`` is each file read or written and each model solved,
``DEBUG`` each run of another program and where in the code a refusal arose.
"""

from __future__ import annotations

import logging
import sys

from fansipan.texts import Language, catalogue, text

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
LIBRARY = logging.getLogger("fansipan")


class Spoken(logging.Formatter):
    """Writes a record whose message is a code as the words of the code, with the seconds since the start."""

    def __init__(self, lang: Language) -> None:
        super().__init__("%(relativeCreated)7.0f ms  %(name)s  %(message)s")
        self.lang = lang

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the place in the code where the record says one."""
        if record.msg in catalogue() and isinstance(record.args, dict):
            spoken = logging.makeLogRecord(record.__dict__)
            spoken.msg, spoken.args = text(record.msg, self.lang, **record.args), ()
            return super().format(spoken)
        return super().format(record)


def show_log(verbose: int, lang: Language) -> None:
    """Show what the library logs on standard error: nothing more than warnings for 0, ``INFO`` for 1, all for 2."""
    for handler in [one for one in LIBRARY.handlers if isinstance(one.formatter, Spoken)]:
        LIBRARY.removeHandler(handler)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Spoken(lang))
    LIBRARY.addHandler(handler)
    LIBRARY.setLevel(LEVELS[min(verbose, len(LEVELS) - 1)])
