"""Where every zone stands on a day: state, land, occupancy, what is used of what was allotted, clocks running."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from fansipan.errors import Refused
from fansipan.norms import find
from fansipan.province import Province
from fansipan.zones.events import states_on
from fansipan.zones.facts import situation, zone_row
from fansipan.zones.land import land_of
from fansipan.zones.law import tests as law
from fansipan.zones.law.verdicts import Verdict
from fansipan.zones.places import log_of_wholes, places, wholes
from fansipan.zones.plots import utilisation
from fansipan.zones.procedures import deadlines, dossier_day

# The tests that a dossier is put to, and the procedure whose dossier it is.
PROCEDURES = {
    "cluster.size": "establish",
    "cluster.establish": "establish",
    "cluster.plan_excess": "establish",
    "cluster.expand": "expand",
}
LAND_SCHEMA = {
    "zone": pl.String,
    "gross": pl.Float64,
    "industrial": pl.Float64,
    "cleared": pl.Float64,
    "ready": pl.Float64,
    "leased": pl.Float64,
    "approved": pl.Float64,
    "occupancy": pl.Float64,
    "occupancy_certainty": pl.String,
    "left": pl.Float64,
}


def standing(province: Province, on: date) -> pl.DataFrame:
    """A row a zone: `zone`, `kind`, `part_of` (the zone it is a phase of), `area`, `state`, `since`, hectares by
    kind of land, `occupancy` (%) and how certain its rule is, `left` (ha), `published_occupancy` (%, as another
    authority published it), `tenant_projects`, `allotted_rate`, `used_rate` (% of the plots' land), `overdue`
    (clocks past their day).

    Occupancy is over industrial land (Rule Z7); it is missing where that land or a lease was never recorded, where the
    land recorded contradicts itself, or where no rule is carried for the day.
    """
    zones = _phases_after_wholes(province["zones"]).select("zone", "kind", "part_of", "area", "tenant_projects")
    where = places(province)
    zones = zones.with_columns(area=pl.Series([where.area_of(zone, on) for zone in zones["zone"]], dtype=pl.String))
    land = pl.DataFrame(
        [_land_row(province, z, kind, on) for z, kind in zones.select("zone", "kind").iter_rows()],
        schema=LAND_SCHEMA,
        orient="row",
    )
    used = utilisation(province["plots"], on).select("zone", "allotted_rate", "used_rate")
    late = overdue(province["zone_steps"], on)
    told = published_occupancy(province["official_figures"], on)
    return (
        zones.join(_states(province, on), on="zone", how="left")
        .join(land, on="zone", how="left")
        .join(used, on="zone", how="left")
        .join(late, on="zone", how="left")
        .join(told, on="zone", how="left")
        .with_columns(pl.col("overdue").fill_null(0))
        .select(
            "zone",
            "kind",
            "part_of",
            "area",
            "state",
            "since",
            *list(LAND_SCHEMA)[1:],
            "published_occupancy",
            "tenant_projects",
            "allotted_rate",
            "used_rate",
            "overdue",
        )
    )


def _phases_after_wholes(zones: pl.DataFrame) -> pl.DataFrame:
    """The zones in the order of their table, phases after the zone that they are parts of (Rule Z32)."""
    whole, order = wholes(zones), {zone: k for k, zone in enumerate(zones["zone"])}
    place = [(order.get(whole[zone], len(order)), whole[zone] != zone) for zone in zones["zone"]]
    keys = pl.DataFrame(place, schema={"@of": pl.Int64, "@phase": pl.Boolean}, orient="row")
    return pl.concat([zones, keys], how="horizontal").sort("@of", "@phase", maintain_order=True).drop("@of", "@phase")


def _states(province: Province, on: date) -> pl.DataFrame:
    """`zone`, `state`, `since`: by a zone's own log, else by that of its first phase (Rule Z32)."""
    own = states_on(province["zone_events"], on)
    by_phase = states_on(log_of_wholes(province["zone_events"], province["zones"]), on)
    both = pl.concat([own, by_phase.join(own, on="zone", how="anti")])
    return both.select("zone", "state", "since")


def published_occupancy(figures: pl.DataFrame, on: date) -> pl.DataFrame:
    """`zone`, `published_occupancy`: the latest rate published by `on`; over which land, its source may not say."""
    told = figures.filter(
        (pl.col("indicator") == "occupancy") & (pl.col("scope_kind") == "zone") & (pl.col("published_on") <= on)
    )
    latest = told.sort("period", "published_on", maintain_order=True).group_by("scope", maintain_order=True).last()
    return latest.select(zone="scope", published_occupancy="value")


def overdue(steps: pl.DataFrame, on: date) -> pl.DataFrame:
    """`zone`, `overdue`: how many clocks of a zone's procedures are past their day; none where no rule is carried."""
    late = deadlines(steps, on).filter(pl.col("state") == "overdue")
    return late.group_by("zone").agg(pl.len().cast(pl.Int64).alias("overdue"))


def _land_row(province: Province, zone: str, kind: str, on: date) -> tuple[object, ...]:
    land = land_of(province, zone, on)
    try:
        found = land.occupancy(kind)
    except Refused:
        found = None
    kinds = [land.get(name) for name in ("gross", "industrial", "cleared", "ready", "leased", "approved")]
    rate, certainty = (float(found.rate), found.norm.certainty) if found else (None, None)
    return (zone, *kinds, rate, certainty, land.left)


def verdicts(province: Province, zone: str, on: date, rules: tuple[str, ...] = ()) -> list[Verdict | Refused]:
    """The law's tests of `zone` as of `on`: a verdict each, or the refusal where no rule is carried for the day.

    `rules` names the tests; none names all that are for a zone of its kind. A dossier handed in before the law changed
    is tested by the law of its own day, on the facts of `on`, and the verdict says so (Rule Z30).
    """
    kind = zone_row(province, zone)["kind"]
    found: list[Verdict | Refused] = []
    for rule in rules or law.rules_of(kind):
        day = regime_day(province, zone, rule, on)
        try:
            verdict = law.test(rule, situation(province, zone, on, law_on=day), day)
        except Refused as refusal:
            found.append(refusal)
            continue
        own = replace(verdict, remarks=(*verdict.remarks, "verdict.dossier-day")) if day < on else verdict
        found.append(own)
    return found


def regime_day(province: Province, zone: str, rule: str, on: date) -> date:
    """The day whose law decides the test `rule`: that of the dossier under a transition, else `on` (Rule Z30)."""
    if find("cluster.transition", on) is None or rule not in PROCEDURES:
        return on
    return dossier_day(province["zone_steps"], zone, PROCEDURES[rule], on) or on
