"""``fansipan edits``: edits of returns listed, proposed, accepted, recorded, taken back; rows are only ever added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from fansipan.cli.language import current_language, say
from fansipan.cli.record_command import Recording, recording
from fansipan.cli.showing import DAY_FORMATS, AsJson, Out, ProvincePath, choices_of, show, spoken
from fansipan.cli.statistics.measure import last_month
from fansipan.errors import FansipanError, NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Words, words
from fansipan.report.month.data import month_words
from fansipan.statistics.editing import compile_calls, propose_edits, record_edits
from fansipan.statistics.editing.doubt import CONFIRMED, UNDONE
from fansipan.statistics.editing.recording import PROPOSED
from fansipan.statistics.records import KEY, apply_edits, latest
from fansipan.tables import names_of
from fansipan.tables.registers.appending import Signature

RULES = ("switch", "unit", "decimal", "sign", "digits", "cumulative", "columns", CONFIRMED, UNDONE)
# How figures are shown here: as exactly as they are recorded.
PLACES = {"before": 2, "after": 2}
OtherMonth = Annotated[str | None, typer.Option("--month", help=say("edits.month"))]
KnownOn = Annotated[datetime | None, typer.Option("--known-on", formats=DAY_FORMATS, help=say("calls.known-on"))]


class Field(StrEnum):
    """The fields of a return that can be edited."""

    quantity = "quantity"
    sales = "sales"
    stock = "stock"
    value = "value"


def register(app: typer.Typer) -> None:
    """Add the group ``edits``."""
    edits = typer.Typer(help=say("edits.help"), no_args_is_help=True)
    app.add_typer(edits, name="edits")
    _add_reading(edits)
    _add_accept(edits)
    _add_recording(edits)


def _add_reading(edits: typer.Typer) -> None:
    @edits.command("list", help=say("edits.list.help"))
    def list_command(
        path: ProvincePath,
        month: Annotated[str | None, typer.Option("--month", help=say("edits.only-month"))] = None,
        out: Out = None,
        as_json: AsJson = False,
    ) -> None:
        province = Province.read(path)
        rows = province["edits"].sort("recorded_at", "edit")
        if month is not None:
            rows = rows.filter(pl.col("month") == str(Month.parse(month)))
        shown = rows.select("edit", "recorded_at", *PROPOSED, "office")
        if not as_json and out is None:
            shown = shown.with_columns(pl.col("recorded_at").dt.to_string("%d/%m/%Y %H:%M"))
        _show(shown, words("edits.caption.list"), province, as_json, out)

    @edits.command("propose", help=say("edits.propose.help"))
    def propose_command(
        path: ProvincePath, month: OtherMonth = None, known_on: KnownOn = None, out: Out = None, as_json: AsJson = False
    ) -> None:
        province = Province.read(path)
        asked, found = proposals(province, month, known_on)
        if found.is_empty() and not as_json and out is None:
            typer.echo(say("edits.none-proposed", month=month_words(asked)))
            return
        _show(found, words("edits.caption.propose", month=month_words(asked)), province, as_json, out)


def _add_accept(edits: typer.Typer) -> None:
    @recording(edits, "accept", "edits.accept.help", documents=False)
    def accept_command(
        establishments: Annotated[
            list[str] | None, typer.Argument(metavar="[ESTABLISHMENT]...", help=say("edits.establishments"))
        ] = None,
        everything: Annotated[bool, typer.Option("--all", help=say("edits.all"))] = False,
        month: OtherMonth = None,
    ) -> Recording:
        def chosen(province: Province) -> pl.DataFrame:
            asked, found = proposals(province, month, None)
            if found.is_empty():
                raise Refused("edits.none-proposed", month=month_words(asked))
            return found if everything else _of(found, establishments or [])

        return _recorded(chosen)


def _add_recording(edits: typer.Typer) -> None:
    @recording(edits, "record", "edits.record.help", documents=False)
    def record_command(
        establishment: Annotated[str, typer.Argument(help=say("edits.establishment"))],
        product: Annotated[str, typer.Argument(help=say("edits.product"))],
        month: Annotated[str, typer.Argument(help=say("edits.only-month"))],
        field: Annotated[Field, typer.Argument(help=say("edits.field"))],
        after: Annotated[float, typer.Argument(min=0, help=say("edits.after"))],
        reason: Annotated[str, typer.Option("--reason", help=say("edits.reason"))],
        rule: Annotated[str, typer.Option("--rule", help=say("edits.rule"))] = CONFIRMED,
    ) -> Recording:
        key = (establishment, product, str(Month.parse(month)))
        return _recorded(lambda province: _one(key, field, _standing(province, key, field), after, rule, reason))

    @recording(edits, "confirm", "edits.confirm.help", documents=False)
    def confirm_command(
        establishment: Annotated[str, typer.Argument(help=say("edits.establishment"))],
        product: Annotated[str, typer.Argument(help=say("edits.product"))],
        month: Annotated[str, typer.Argument(help=say("edits.only-month"))],
        reason: Annotated[str, typer.Option("--reason", help=say("edits.reason"))],
    ) -> Recording:
        key, field = (establishment, product, str(Month.parse(month))), Field.quantity

        def stands(province: Province) -> pl.DataFrame:
            figure = _standing(province, key, field)
            return _one(key, field, figure, figure, CONFIRMED, reason)

        return _recorded(stands)

    @recording(edits, "undo", "edits.undo.help", documents=False)
    def undo_command(
        edit: Annotated[str, typer.Argument(help=say("edits.edit"))],
        reason: Annotated[str, typer.Option("--reason", help=say("record.undo-reason"))],
    ) -> Recording:
        def back(province: Province) -> pl.DataFrame:
            found = province["edits"].filter(pl.col("edit") == edit)
            if found.is_empty():
                raise NotFound("edits.unknown", edit=edit)
            row = found.row(0, named=True)
            why = say("edits.undo-reason", edit=edit, reason=reason)
            return _one((row[KEY[0]], row[KEY[1]], row[KEY[2]]), row["field"], row["after"], row["before"], UNDONE, why)

        return _recorded(back)


def proposals(province: Province, month: str | None, known_on: datetime | None) -> tuple[Month, pl.DataFrame]:
    """The month asked for (else the last with returns) and the edits proposed for it, as `propose_edits` gives them."""
    day = known_on.date() if known_on else None
    province = province if day is None else province.known_on(day)
    asked = Month.parse(month) if month else last_month(province)
    return asked, propose_edits(compile_calls(province, asked, known_on=day), lang=current_language())


def _of(found: pl.DataFrame, establishments: list[str]) -> pl.DataFrame:
    known = found["establishment"].unique(maintain_order=True).to_list()
    if not establishments:
        raise FansipanError("edits.name-some", known=", ".join(known) or "–")
    if missing := [name for name in establishments if name not in known]:
        raise NotFound("edits.not-proposed", names=", ".join(missing))
    return found.filter(pl.col("establishment").is_in(establishments))


def _standing(province: Province, key: tuple[str, ...], field: str) -> float | None:
    """What stands in the field now, earlier edits included; None where no return is there, which recording refuses."""
    now = apply_edits(latest(province["returns"]), province["edits"])
    found = now.filter(*(pl.col(name) == value for name, value in zip(KEY, key, strict=True)))
    return found[field][0] if found.height else None


def _one(
    key: tuple[str, ...], field: str, before: float | None, after: float | None, rule: str, reason: str
) -> pl.DataFrame:
    schema = {name: pl.Float64 if name in ("before", "after") else pl.String for name in PROPOSED}
    return pl.DataFrame([(*key, str(field), before, after, rule, reason)], schema=schema, orient="row")


def _recorded(chosen: Callable[[Province], pl.DataFrame]) -> Recording:
    codes: list[str] = []

    def change(province: Province, signature: Signature) -> Province:
        after = record_edits(
            province["edits"],
            chosen(province),
            province["returns"],
            office=signature.by,
            recorded_at=signature.at,
            source=signature.source,
        )
        codes.extend(after["edit"][province["edits"].height :])
        return province.replace(edits=after)

    return change, lambda _: say("edits.done", count=len(codes), codes=", ".join(codes))


def _show(frame: pl.DataFrame, caption: Words, province: Province, as_json: bool, out: Path | None) -> None:
    rules = spoken(RULES, "edit.rule")
    names = {
        "establishment": names_of(province["establishments"], "establishment"),
        "product": names_of(province["products"], "product"),
        "field": choices_of("edits", "field"),
        "rule": rules,
    }
    show(frame, caption, "edits.column", spoken_as=names, as_json=as_json, out=out, places=PLACES)
