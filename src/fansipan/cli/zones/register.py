"""``fansipan zones list | status | test``: zones by law and by date."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, cast

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import (
    DAY_FORMATS,
    AsJson,
    On,
    Out,
    ProvincePath,
    as_text,
    choices_of,
    read_on,
    show,
    spoken,
    with_code,
)
from fansipan.errors import NotFound, Refused
from fansipan.notation import percent
from fansipan.province import Province
from fansipan.report.content import Column, Paragraph, Quantity, Table, Words, table, words
from fansipan.report.naming import Names
from fansipan.report.writers.terminal import grid
from fansipan.report.zones.law import not_carried
from fansipan.report.zones.page import occupancy_notes, totals_table
from fansipan.report.zones.plot_words import plot_paragraphs
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE, Language
from fansipan.zones.events import check_log
from fansipan.zones.facts import zone_row
from fansipan.zones.infrastructure import infrastructure
from fansipan.zones.land import check_land
from fansipan.zones.law import tests as law
from fansipan.zones.offers.comparison import calling
from fansipan.zones.plots import PLOT_STATES, check_plots, plots_on, utilisation
from fansipan.zones.procedures import CLOCK_STATES, deadlines
from fansipan.zones.reporting import WHO, YEARLY, next_report
from fansipan.zones.standing import standing, verdicts
from fansipan.zones.totals import totals

# What the terminal shows of the list; JSON and files carry every column.
LISTED = ["zone", "area", "state", "gross", "industrial", "occupancy", "left", "used_rate", "overdue"]


def add_to(zones: typer.Typer) -> None:
    """Add the commands to the group ``zones``."""
    _add_list(zones)
    _add_status(zones)
    _add_test(zones)
    _add_plots(zones)
    _add_reports(zones)


def zone_words(province: Province) -> dict[str, dict[str, Words]]:
    """Names and choices of the columns that commands on zones print."""
    return {
        "zone": names_of(province["zones"], "zone"),
        "area": names_of(province["areas"], "area"),
        "kind": choices_of("zones", "kind"),
        "state": choices_of("zone_events", "state"),
        "step": choices_of("zone_steps", "step"),
        "occupancy_certainty": {c: words(f"norm.certainty.{c}") for c in ("sure", "summary", "memory")},
        "resource": {r: words(f"resource.{r}") for r in ("power", "water", "waste_water")},
        "unit": {"m3/ngày": words("resource.unit.water")},
        "verdict": {v: words(f"capacity.{v}") for v in ("enough", "short", "short-now", "unknown")},
    }


def _add_list(zones: typer.Typer) -> None:
    @zones.command("list", help=say("zones.list.help"))
    def list_command(
        path: ProvincePath,
        on: On = None,
        kind: Annotated[str | None, typer.Option(help=say("zones.kind.help"))] = None,
        only_calling: Annotated[bool, typer.Option("--calling", help=say("zones.calling.help"))] = False,
        only_totals: Annotated[bool, typer.Option("--totals", help=say("zones.totals.help"))] = False,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        if only_totals:
            _show_totals(province, day, as_json=as_json, out=out)
            return
        frame = calling(province, day) if only_calling else standing(province, day)
        if kind is not None:
            if kind not in choices_of("zones", "kind"):
                raise NotFound("zone.no-such-kind", name=kind, known=", ".join(choices_of("zones", "kind")))
            frame = frame.filter(pl.col("kind") == kind)
        caption = words("zones.list.caption", on=day)
        whole = frame
        if not (as_json or out or only_calling):
            frame = frame.select(LISTED)
        said = zone_words(province)
        said["zone"] = with_code(said["zone"])
        show(frame, caption, "zones.column", spoken_as=said, as_json=as_json, out=out)
        if as_json or out:
            return
        _show_totals(province, day)
        if not only_calling:
            _tell(occupancy_notes(whole, Names(province)))
            _tell_published(whole, Names(province))


def _show_totals(province: Province, day: date, *, as_json: bool = False, out: Path | None = None) -> None:
    """All clusters and all parks together (Rule Z34)."""
    if as_json or out:
        caption = words("zones.totals.caption", on=day)
        show(totals(province, day), caption, "zones.column", as_json=as_json, out=out)
        return
    Console().print(grid(totals_table(province, day), current_language()))


def _tell_published(stand: pl.DataFrame, names: Names) -> None:
    """The rates that others published, which stand in no column: over which land, their source may not say."""
    tongue = cast(Language, current_language())
    told = stand.drop_nulls("published_occupancy").select("zone", "published_occupancy")
    rates = [
        f"{names.of('zone', zone).in_language(tongue)} {percent(rate, 0, tongue)}" for zone, rate in told.iter_rows()
    ]
    if rates:
        typer.echo(f"- {say('zones.list.published', zones='; '.join(rates))}")


def _add_status(zones: typer.Typer) -> None:
    @zones.command("status", help=say("zones.status.help"))
    def status_command(
        path: ProvincePath,
        zone: Annotated[str, typer.Argument(help=say("zones.zone.help"))],
        on: On = None,
        as_json: AsJson = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        zone_row(province, zone)
        parts = {
            "standing": standing(province, day).filter(pl.col("zone") == zone),
            "infrastructure": infrastructure(province["zones"], province["projects"]).filter(pl.col("zone") == zone),
        }
        steps = province["zone_steps"].filter(pl.col("zone") == zone)
        if steps.height:
            parts["deadlines"] = deadlines(steps, day).drop("zone", "procedure")
        if as_json:
            typer.echo(as_text({name: frame.to_dicts() for name, frame in parts.items()}))
            return
        known = zone_words(province)
        Console().print(grid(_upright(parts["standing"], known, day), current_language()))
        faults = [*check_land(own(province, "zone_land", zone), day)]
        faults += check_plots(own(province, "plots", zone), province["zone_land"])
        faults += check_log(own(province, "zone_events", zone), province["zones"])
        for fault in faults:
            typer.echo(fault.line(cast(Language, current_language())))
        _tell(occupancy_notes(parts["standing"], Names(province)))
        for name, columns in SHOWN.items():
            if name in parts:
                said = {**known, **_state_words(name)}
                caption, bounds = (
                    words(f"zones.status.{name}", on=day),
                    {"late": "at_least"} if name == "deadlines" else None,
                )
                show(parts[name].select(columns), caption, "zones.column", spoken_as=said, bounds=bounds)


def own(province: Province, table: str, zone: str) -> pl.DataFrame:
    """The rows of `table` that are of `zone`."""
    return province[table].filter(pl.col("zone") == zone)


# What the terminal shows of a zone's utilities and clocks; JSON carries every column.
SHOWN = {
    "infrastructure": ["resource", "unit", "capacity", "need_now", "need_all", "balance", "verdict"],
    "deadlines": ["step", "due", "done_on", "state", "late", "at_least", "certainty"],
}


def _upright(frame: pl.DataFrame, known: dict[str, dict[str, Words]], day: date) -> Table:
    """One row shown as a line a column, empty ones left out."""
    heads = [Column(words("zones.column.point"), "text"), Column(words("zones.column.figure"), "number", 2)]
    row = {name: value for name, value in frame.row(0, named=True).items() if value is not None}
    row = {name: Quantity(value, 0) if isinstance(value, int) else value for name, value in row.items()}
    cells = [
        (words(f"zones.column.{n}"), known.get(n, {}).get(v, v) if isinstance(v, str) else v) for n, v in row.items()
    ]
    return table(words("zones.status.standing", on=day), heads, cells)


def _state_words(part: str) -> dict[str, dict[str, Words]]:
    if part != "deadlines":
        return {}
    counted = {"days": words("norm.unit.days"), "working days": words("norm.unit.working days")}
    return {
        "state": {s: words(f"clock.{s}") for s in CLOCK_STATES},
        "counting": counted,
        "certainty": {c: words(f"norm.certainty.{c}") for c in ("sure", "summary", "memory")},
    }


def _add_test(zones: typer.Typer) -> None:
    @zones.command("test", help=say("zones.test.help"))
    def test_command(
        path: ProvincePath,
        zone: Annotated[str, typer.Argument(help=say("zones.zone.help"))],
        on: On = None,
        rule: Annotated[list[str] | None, typer.Option(help=say("zones.rule.help", known=", ".join(law.RULES)))] = None,
        as_json: AsJson = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        tongue = cast(Language, current_language())
        found = verdicts(province, zone, day, tuple(rule or ()))
        if as_json:
            typer.echo(as_text([_refused(v, tongue) if isinstance(v, Refused) else v.as_dict(tongue) for v in found]))
            return
        for verdict in found:
            lines = [verdict.describe(tongue)] if isinstance(verdict, Refused) else verdict.lines(tongue)
            typer.echo("\n".join(lines) + "\n")
        if not found:
            typer.echo(say("zones.test.none"))
        elif (missing := not_carried(day)) is not None:
            typer.echo(missing.in_language(tongue))


def _refused(refusal: Refused, lang: Language) -> dict[str, object]:
    return {"rule": refusal.params.get("name"), "outcome": "refused", "sentence": refusal.describe(lang)}


def _add_plots(zones: typer.Typer) -> None:
    @zones.command("plots", help=say("zones.plots.help"))
    def plots_command(
        path: ProvincePath,
        zone: Annotated[str | None, typer.Argument(help=say("zones.zone.help"))] = None,
        on: On = None,
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        if zone is not None:
            zone_row(province, zone)
        plots = province["plots"] if zone is None else own(province, "plots", zone)
        told = plot_paragraphs(plots, day)
        if as_json:
            tongue = cast(Language, current_language())
            parts = {"zones": utilisation(plots, day), "plots": plots_on(plots, day).select(PLOTS)}
            content = {name: frame.to_dicts() for name, frame in parts.items()}
            typer.echo(as_text({**content, "told": [p.words.in_language(tongue) for p in told]}))
            return
        said = {"zone": names_of(province["zones"], "zone"), "state": spoken(PLOT_STATES, "zones.plots.state")}
        if out is None:
            show(utilisation(plots, day), words("zones-page.plots.caption"), "plots.column", spoken_as=said)
        caption = words("zones.plots.each", on=day)
        show(plots_on(plots, day).select(PLOTS), caption, "plots.column", spoken_as=said, out=out)
        if out is None:
            _tell(told)


def _tell(told: list[Paragraph]) -> None:
    for paragraph in told:
        typer.echo(f"- {paragraph.words.in_language(cast(Language, current_language()))}")


PLOTS = ["zone", "plot", "hectares", "used_hectares", "state", "allotted_on", "start_due", "build_due", "as_of"]


def _add_reports(zones: typer.Typer) -> None:
    @zones.command("reports", help=say("zones.reports.help"))
    def reports_command(
        on: Annotated[datetime, typer.Option("--on", formats=DAY_FORMATS, help=say("zones.reports.on"))],
        as_json: AsJson = False,
        out: Out = None,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        tongue = cast(Language, current_language())
        found = next_report(on.date())
        rows = [
            (d.who, d.day, d.works_on, ((d.works_on or d.day) - on.date()).days, d.norm.cite(tongue)) for d in found
        ]
        schema = {"who": pl.String, "due": pl.Date, "works_on": pl.Date, "days_left": pl.Int64, "law": pl.String}
        said = {"who": spoken((*WHO, *YEARLY), "zones.reports.who")}
        caption = words("zones.reports.caption", on=on.date())
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        show(frame, caption, "zones.reports.column", spoken_as=said, as_json=as_json, out=out)
        if not (as_json or out):
            for d in found:
                if d.moved or d.works_on is None:
                    code = f"zones.reports.{'moved' if d.moved else 'not-known'}"
                    told = say(code, who=said["who"][d.who], day=d.day, works_on=d.works_on or d.day)
                    typer.echo(f"- {told}")
