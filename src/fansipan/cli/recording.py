"""What the commands that record share: who, when, by which document; reading, changing and writing without loss."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import current_language, say
from fansipan.cli.showing import DAY_FORMATS
from fansipan.errors import FansipanError, NotFound, Refused
from fansipan.notation import day as written_day
from fansipan.province import Province, survey
from fansipan.tables.declarations.foundation import Documents
from fansipan.tables.files.folder import Format
from fansipan.tables.registers.appending import Signature, appended
from fansipan.texts import LANGUAGES, Words

MOMENTS = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"]
# Warnings of reading that tell of something which writing the province anew would not keep.
LOST = ("column.unknown", "table.unknown", "cell.rounded", "sheet.unknown")
# Registers whose rows say when they were recorded; two records within a second are told apart by a second.
TICK = timedelta(seconds=1)

By = Annotated[str, typer.Option("--by", envvar="FANSIPAN_BY", help=say("record.by"))]
Day = Annotated[datetime | None, typer.Option("--day", "--on", formats=DAY_FORMATS, help=say("record.day"))]
Document = Annotated[str | None, typer.Option("--document", help=say("record.document"))]
Title = Annotated[str | None, typer.Option("--document-title", help=say("record.document-title"))]
At = Annotated[datetime | None, typer.Option("--at", formats=MOMENTS, help=say("record.at"))]
Reason = Annotated[str | None, typer.Option("--reason", help=say("record.reason"))]
UndoReason = Annotated[str, typer.Option("--reason", help=say("record.undo-reason"))]


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records, as the command line says it; `title` enters a document that the province does not have yet."""

    by: str
    at: datetime | None
    document: str | None = None
    title: str | None = None

    def sign(self, province: Province) -> tuple[Province, Signature]:
        """The province, with the document entered if it is new, and the signature of the row to be added.

        Raises NotFound ``record.document-unknown``, Refused ``record.future``.
        """
        now = datetime.now().replace(microsecond=0)
        if self.at is not None and self.at > now:
            raise Refused("record.future", at=self.at)
        at = self.at or max(now, _last_moment(province, now) + TICK)
        if self.document is not None and self.document not in province["documents"]["document"]:
            province = self._with_document(province)
        return province, Signature(by=self.by, at=at, document=self.document)

    def _with_document(self, province: Province) -> Province:
        known = province["documents"]
        if self.title is None:
            near = get_close_matches(self.document or "", known["document"].to_list(), n=3, cutoff=0.3)
            raise NotFound("record.document-unknown", document=self.document, near=", ".join(near) or "–")
        row = {
            "document": self.document,
            "title": self.title,
            "kind": "decision",
            "number": self.document,
            "source": "reported",
        }
        return province.replace(documents=appended(known, Documents, row))


def _last_moment(province: Province, now: datetime) -> datetime:
    """The last moment recorded in any register, if that is within seconds of `now`; else long before."""
    told = [province[name]["recorded_at"].max() for name in province if "recorded_at" in province[name].columns]
    near = [moment for moment in told if isinstance(moment, datetime) and now - TICK * 5 <= moment <= now + TICK * 60]
    return max(near, default=datetime(1, 1, 1))


def on_day(day: datetime | None, signature: Signature) -> date:
    """The day given, else that of recording."""
    return day.date() if day is not None else signature.at.date()


def shown_day(day: datetime | None, signature: Signature) -> str:
    """The day of what was recorded, as the language of this run writes it."""
    return written_day(on_day(day, signature), current_language())


def timed(frame: pl.DataFrame, plain: bool) -> pl.DataFrame:
    """The frame with moments to the second as text, unless it goes to a file or program."""
    form = "%d/%m/%Y %H:%M:%S" if current_language() == "vi" else "%Y-%m-%d %H:%M:%S"
    return frame if plain else frame.with_columns(pl.col("recorded_at").dt.to_string(form))


def record(
    path: Path, recorder: Recorder, change: Callable[[Province, Signature], Province], told: Callable[[Signature], str]
) -> None:
    """Read the province at `path`, let `change` add its rows, write it and say so; all or nothing.

    Raises InvalidInput where the province has faults, FansipanError ``record.would-lose`` where writing would lose
    something that stands there, ``record.busy`` while somebody else writes.
    """
    with locked(path):
        before = read_whole(path)
        ready, signature = recorder.sign(before)
        after = change(ready, signature)
        after.write(path, form_of(path))
    added = sum(after[name].height - before[name].height for name in after)
    typer.echo(say("record.done", count=added, path=path.name, at=signature.at, what=told(signature)))


def read_whole(path: Path) -> Province:
    """The province at `path`, refused unless every cell of it will be written back."""
    found = survey(path)
    province = Province.surveyed(found)
    lost = [f for f in found.faults if f.code in LOST and not (path.is_dir() and f.code == "table.unknown")]
    if lost:
        what = Words(*("; ".join(fault.message(lang) for fault in lost[:3]) for lang in LANGUAGES))
        raise FansipanError("record.would-lose", file=path.name, what=what)
    return province


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep others from writing to `path` meanwhile: two who read the same rows would lose one of the two additions."""
    lock = path.resolve().with_name(f".{path.resolve().name}.lock")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError as error:
        raise FansipanError("record.busy", path=path.name, lock=lock.name) from error
    except OSError as error:
        raise FansipanError("file.unwritable", file=str(path), reason=error.strerror or "?") from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def form_of(path: Path) -> Format:
    """The form of the files that stand in a folder, so that it stays what it was."""
    return "parquet" if path.is_dir() and any(path.glob("*.parquet")) and not any(path.glob("*.csv")) else "csv"


def in_force_marks(whole: pl.DataFrame, valid: pl.DataFrame) -> pl.Series:
    """Whether each row of `whole` stands among the `valid` ones."""
    numbered = whole.with_row_index("@row")
    kept = numbered.join(valid, on=whole.columns, how="semi", nulls_equal=True)["@row"]
    return numbered["@row"].is_in(kept.implode())
