"""``fansipan zones match | compare | map``: land for an investor, zones side by side, zones on a map."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Annotated, cast

import polars as pl
import typer
from rich.console import Console

from fansipan.cli.language import Lang, current_language, say
from fansipan.cli.showing import AsJson, On, ProvincePath, as_text, read_on, with_code
from fansipan.cli.zones.register import zone_words
from fansipan.errors import NotFound
from fansipan.interop.geojson import Feature, read_boundaries
from fansipan.notation import number
from fansipan.province import Province
from fansipan.report.content import Column, Table, Words, table, words
from fansipan.report.drawings.map import Ground
from fansipan.report.writers.html import write_pages
from fansipan.report.writers.terminal import grid
from fansipan.report.zones.invest_page import invest_page
from fansipan.report.zones.page import zones_page
from fansipan.tables import names_of
from fansipan.texts import DEFAULT_LANGUAGE, Language
from fansipan.zones.offers.comparison import compare
from fansipan.zones.offers.matching import GROUPS, Match, Request, match


def add_to(zones: typer.Typer) -> None:
    """Add the commands to the group ``zones``."""
    _add_match(zones)
    _add_compare(zones)
    _add_map(zones)
    _add_invest(zones)


def _add_match(zones: typer.Typer) -> None:

    @zones.command("match", help=say("zones.match.help"))
    def match_command(
        path: ProvincePath,
        hectares: Annotated[float | None, typer.Option(min=0, help=say("zones.match.hectares"))] = None,
        power: Annotated[float | None, typer.Option(min=0, help=say("zones.match.power"))] = None,
        water: Annotated[float | None, typer.Option(min=0, help=say("zones.match.water"))] = None,
        waste_water: Annotated[float | None, typer.Option(min=0, help=say("zones.match.waste_water"))] = None,
        labour: Annotated[float | None, typer.Option(min=0, help=say("zones.match.labour"))] = None,
        border_gate: Annotated[float | None, typer.Option(min=0, help=say("zones.match.border_gate"))] = None,
        highway: Annotated[float | None, typer.Option(min=0, help=say("zones.match.highway"))] = None,
        group: Annotated[str | None, typer.Option(help=say("zones.match.group"))] = None,
        industry: Annotated[str | None, typer.Option(help=say("zones.match.industry"))] = None,
        on: On = None,
        as_json: AsJson = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        if group is not None and group not in GROUPS:
            raise NotFound("match.no-such-group", name=group, known=", ".join(GROUPS))
        province, day = read_on(path, on)
        asked = Request(
            hectares=hectares,
            power=power,
            water=water,
            waste_water=waste_water,
            labour=labour,
            border_gate_km=border_gate,
            highway_km=highway,
            environment_group=group,
            industry=industry,
        )
        found, tongue = match(province, asked, day), cast(Language, current_language())
        if as_json:
            typer.echo(as_text([_plain(m, tongue) for m in found]))
            return
        names = with_code(names_of(province["zones"], "zone"))
        for m in found:
            typer.echo(f"{names[m.zone].in_language(tongue)}: {words(f'match.{m.verdict}').in_language(tongue)}")
            typer.echo("\n".join(_reasons(m, tongue)))
            if m.plots:
                typer.echo("  " + say("zones.match.plots", plots=", ".join(m.plots)))


SIGNS = {"yes": "+", "no": "−", "unknown": "?"}
# More points not known than this are told on one line.
FEW = 2


def _reasons(found: Match, lang: Language) -> list[str]:
    """The reasons for and against, a line each; what is not known on one line where it is much."""
    unknown = [r for r in found.reasons if r.verdict == "unknown"]
    told = [r for r in found.reasons if r.verdict != "unknown" or len(unknown) <= FEW]
    lines = [f"  {SIGNS[r.verdict]} {r.sentence(lang)}" for r in told]
    if len(unknown) > FEW:
        points = ", ".join(words(f"match.point.{r.point}").in_language(lang) for r in unknown)
        lines.append(f"  {SIGNS['unknown']} {say('zones.match.unknown', points=points)}")
    return lines


def _plain(found: Match, lang: Language) -> dict[str, object]:
    reasons = [
        {"point": r.point, "verdict": r.verdict, "needed": r.needed, "found": r.found, "sentence": r.sentence(lang)}
        for r in found.reasons
    ]
    return {"zone": found.zone, "verdict": found.verdict, "plots": list(found.plots), "reasons": reasons}


def _add_compare(zones: typer.Typer) -> None:
    @zones.command("compare", help=say("zones.compare.help"))
    def compare_command(
        path: ProvincePath,
        zone: Annotated[list[str], typer.Argument(help=say("zones.zones.help"))],
        on: On = None,
        as_json: AsJson = False,
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        frame = compare(province, list(dict.fromkeys(zone)), day)
        if as_json:
            typer.echo(as_text(frame.to_dicts()))
            return
        Console().print(grid(_side_by_side(province, frame, day), current_language()))


def _side_by_side(province: Province, frame: pl.DataFrame, day: date) -> Table:
    known, zones = zone_words(province), frame.columns[1:]
    heads = [Column(words("zones.column.point"), "text"), *(Column(known["zone"][z], "text") for z in zones)]
    rows = []
    for row in frame.to_dicts():
        if all(row[z] is None for z in zones):
            continue
        named = known.get(row["point"], {})
        cells = [named.get(row[z], row[z]) if isinstance(row[z], str) else _whole(row[z]) for z in zones]
        rows.append([words(f"zones.column.{row['point']}"), *cells])
    return table(words("zones.compare.caption", on=day), heads, rows)


def _whole(figure: float | None) -> Words | None:
    """A figure of a table whose rows have units of their own: decimals only where it has any."""
    places = 0 if figure is None or figure == int(figure) else 2
    return None if figure is None else Words(number(figure, places, "vi"), number(figure, places, "en"))


def _add_map(zones: typer.Typer) -> None:
    @zones.command("map", help=say("zones.map.help"))
    def map_command(
        path: ProvincePath,
        on: On = None,
        boundary: Annotated[Path | None, typer.Option(help=say("zones.map.boundary"))] = None,
        out: Annotated[Path, typer.Option("--out", "-o", help=say("zones.map.out"))] = Path("out/zones"),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        grounds = boundary_grounds(read_boundaries(boundary)) if boundary is not None else []
        out.mkdir(parents=True, exist_ok=True)
        written = write_pages([zones_page(province, day, grounds)], out, current_language())
        typer.echo(say("zones.map.written", file=written[0]))


def _add_invest(zones: typer.Typer) -> None:
    @zones.command("invest", help=say("zones.invest.help"))
    def invest_command(
        path: ProvincePath,
        on: On = None,
        out: Annotated[Path, typer.Option("--out", "-o", help=say("zones.map.out"))] = Path("out/zones"),
        lang: Lang = DEFAULT_LANGUAGE,
    ) -> None:
        province, day = read_on(path, on)
        pictures = _pictures(province, path if path.is_dir() else path.parent)
        out.mkdir(parents=True, exist_ok=True)
        written = write_pages([invest_page(province, day, pictures)], out, current_language())
        typer.echo(say("invest.written", file=written[0]))


def _pictures(province: Province, folder: Path) -> dict[str, bytes]:
    """The pictures that zones name, read from beside the province's tables; one that cannot be read is told.

    Only a regular file within the province's folder is read: no path above it, no link out of it, no pipe or device.
    """
    found = {}
    for zone, picture in province["zones"].drop_nulls("picture").select("zone", "picture").iter_rows():
        try:
            found[zone] = file_within(folder, picture).read_bytes()
        except (OSError, ValueError):
            typer.echo(say("invest.picture-missing", picture=picture, zone=zone), err=True)
    return found


def file_within(folder: Path, name: str) -> Path:
    """The regular file `name` within `folder`; ValueError for a path that leaves it or is no regular file."""
    if Path(name).is_absolute() or PureWindowsPath(name).drive or PureWindowsPath(name).root:
        raise ValueError(name)
    whole = (folder / name).resolve()
    if not whole.is_relative_to(folder.resolve()) or not whole.is_file():
        raise ValueError(name)
    return whole


def boundary_grounds(features: list[Feature]) -> list[Ground]:
    """Imported boundaries as grounds of a map, named by their properties."""
    found = []
    for place, feature in enumerate(features, 1):
        told = {key.lower(): value for key, value in feature.properties.items() if isinstance(value, str)}
        name = next((told[key] for key in ("fullname", "name", "ten", "code") if told.get(key)), str(place))
        rings = tuple(ring for polygon in feature.polygons for ring in polygon)
        found.append(Ground(Words(name, told.get("fullnameen") or name), told.get("code") or name, rings))
    return found
