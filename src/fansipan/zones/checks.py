"""What the register of zones says against the state map and against itself, for the command that checks a province."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from fansipan.errors import Fault
from fansipan.tables.declarations.places import ZoneLand, ZonePlaces, Zones
from fansipan.tables.declarations.zone_records import Plots, ZoneEvents
from fansipan.zones.events import check_log
from fansipan.zones.land import check_land
from fansipan.zones.places import place_faults
from fansipan.zones.plots import check_plots


def zone_faults(frames: Mapping[str, pl.DataFrame]) -> tuple[Fault, ...]:
    """Steps that the state map forbids (Rule Z16), land that contradicts itself as last recorded (Rule Z19),
    places that add up to more than a zone, phases that are none, plots above the industrial land (Rules Z31 to Z33),
    extensions of their terms beyond the most (Rule Z23).
    """
    zones = frames.get("zones", Zones.create_empty())
    log, land = frames.get("zone_events", ZoneEvents.create_empty()), frames.get("zone_land", ZoneLand.create_empty())
    last = land["as_of"].max()
    known = log.filter(pl.col("zone").is_in(zones["zone"].implode()))
    placed = place_faults(zones, frames.get("zone_places", ZonePlaces.create_empty()))
    placed += check_plots(frames.get("plots", Plots.create_empty()), land)
    return (*check_log(known, zones), *placed, *(() if last is None else check_land(land, last)))  # type: ignore[arg-type]
