"""What the planning tables take from the province's register where they are left empty (method rule E38).

Nothing is keyed twice: names, units and prices are those of the products, capacities and sites those of the
establishments, capital, land, power, water and labour those of the projects, hectares and costs those of the zones,
values of targets those of the targets. A figure that stands in the planning table itself goes before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from fansipan.classification import lineage
from fansipan.errors import Fault, Place, refuse
from fansipan.statistics.references import constant_prices

Frames = dict[str, pl.DataFrame]
MILLION_A_BILLION = 1000.0
NEEDS = {"land": "land", "power": "power", "water": "water", "waste_water": "waste_water", "jobs": "labour"}
# What a limit on a site's resource is where it is not stated: a column of the zone.
OF_ZONE = {
    "land": "industrial",
    "power": "power_capacity",
    "water": "water_capacity",
    "waste_water": "waste_water_capacity",
}
# What must be known once the register has been asked.
NEEDED = {
    "commodities": ("name", "unit"),
    "processes": ("name", "site", "capacity"),
    "markets": ("price",),
    "candidates": ("lump",),
    "zone_stages": ("cost", "hectares"),
    "limits": ("name", "value"),
}


def completed(tables: Mapping[str, pl.DataFrame], names: tuple[str, ...], price_year: int) -> Frames:
    """The planning tables `names` of a province with their empty cells filled from its register.

    `price_year` says of which year current prices are. Raises InvalidInput with every cell that stays empty although a
    plan needs it.
    """
    frames = {name: tables[name] for name in names}
    frames["commodities"] = _commodities(tables, price_year)
    frames["markets"] = _markets(tables["markets"], frames["commodities"])
    frames["candidates"] = _candidates(tables)
    frames["processes"] = _processes(tables, frames)
    frames["deposits"] = _deposits(tables)
    frames["zone_stages"] = _stages(tables)
    frames["limits"] = _limits(tables)
    refuse([fault for name in NEEDED for fault in _missing(name, frames[name])])
    return frames


def _missing(name: str, frame: pl.DataFrame) -> Iterator[Fault]:
    for column in NEEDED[name]:
        for number in frame[column].is_null().arg_true():
            yield Fault("plan.check.missing", {"table": name}, Place(name, None, number + 2, column))


def _filled(frame: pl.DataFrame, other: pl.DataFrame, on: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """`frame` with its empty cells of `columns` filled from the row of `other` (one a value of `on`)."""
    found = other.select(on, *(pl.col(name).alias(f"{name}@") for name in columns))
    joined = frame.join(found, on=on, how="left", maintain_order="left")
    filled = [pl.coalesce(name, pl.col(f"{name}@").cast(frame.schema[name])).alias(name) for name in columns]
    return joined.with_columns(filled).select(frame.columns)


def _commodities(tables: Mapping[str, pl.DataFrame], price_year: int) -> pl.DataFrame:
    """Names, units and prices of products: of 2010, and the mean current price of the price year."""
    prices = tables["product_prices"].with_columns(pl.col("price") / MILLION_A_BILLION)
    fixed = constant_prices(prices).rename({"price": "price_2010"})
    current = (
        prices.filter((pl.col("price_basis") == "current") & pl.col("period").str.starts_with(str(price_year)))
        .group_by("product")
        .agg(accounting_price=pl.col("price").mean().round(8))
    )
    names = tables["products"].select("product", "name", "name_en", "unit")
    for other in (names, fixed, current):
        columns = tuple(name for name in other.columns if name != "product")
        tables = {**tables, "commodities": _filled(tables["commodities"], other, "product", columns)}
    return tables["commodities"]


def _markets(markets: pl.DataFrame, commodities: pl.DataFrame) -> pl.DataFrame:
    """The price of a step is the accounting price of what is traded."""
    return _filled(markets, commodities.select("commodity", price="accounting_price"), "commodity", ("price",))


def _candidates(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The lump of a project that names a process: its capacity for what the process makes, over its lumps."""
    made = (
        tables["processes"]
        .join(
            tables["commodities"].select("commodity", "product"),
            left_on="reference_commodity",
            right_on="commodity",
            how="left",
            maintain_order="left",
        )
        .select("process", "product")
    )
    frame = tables["candidates"]
    capacity = (
        frame.join(made, on="process", how="left", maintain_order="left")
        .join(
            tables["project_products"].select("project", "product", "capacity"), on=["project", "product"], how="left"
        )
        .select("process", lump=pl.col("capacity") / pl.max_horizontal("max_lumps", 1))
    )
    return _filled(frame, capacity.unique("process", maintain_order=True), "process", ("lump",))


def _processes(tables: Mapping[str, pl.DataFrame], frames: Frames) -> pl.DataFrame:
    """Name, place, class and dates of the establishment or project; capacity; needs a unit of capacity."""
    makers = tables["establishments"].with_columns(
        site=pl.coalesce("zone", "area"),
        starts=pl.col("opened_on").dt.year(),
        retires=pl.col("closed_on").dt.year() + 1,
    )
    frame = _filled(
        tables["processes"], makers, "establishment", ("name", "name_en", "site", "industry", "starts", "retires")
    )
    named = tables["candidates"].drop_nulls("project").unique("process", maintain_order=True)
    frame = _filled(frame, named, "process", ("project",))
    placed = tables["projects"].with_columns(site=pl.coalesce("zone", "area"))
    frame = _filled(frame, placed, "project", ("name", "name_en", "site", "industry"))
    frame = _of_product(tables, frame)
    frame = _filled(frame, _sections(tables), "industry", ("section",))
    frame = _needs(tables, frames["candidates"], frame)
    frame = _filled(frame, _jobs(tables, frames["commodities"], frame), "process", ("jobs",))
    built = pl.col("process").is_in(frames["candidates"]["process"].to_list())
    return frame.with_columns(
        pl.when(pl.col("capacity").is_null() & built).then(0.0).otherwise("capacity").alias("capacity")
    )


def _of_product(tables: Mapping[str, pl.DataFrame], frame: pl.DataFrame) -> pl.DataFrame:
    """Class and portfolio group of the product made, and the establishment's latest design capacity for it."""
    product = tables["commodities"].drop_nulls("product").select("product", reference_commodity="commodity")
    groups = (
        tables["portfolio"].select("line", group="portfolio_group").unique("line", keep="last", maintain_order=True)
    )
    goods = tables["products"].select("product", "industry", "line").join(groups, on="line", how="left")
    own = goods.join(product, on="product").unique("reference_commodity", maintain_order=True)
    frame = _filled(frame, own, "reference_commodity", ("industry", "group"))
    capacity = tables["capacities"].sort("valid_from").join(product, on="product")
    latest = capacity.group_by("establishment", "reference_commodity").agg(pl.col("capacity").last())
    keyed = frame.select("process", "establishment", "reference_commodity").join(
        latest, on=["establishment", "reference_commodity"], how="left"
    )
    return _filled(frame, keyed, "process", ("capacity",))


def _sections(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    settings = dict(tables["settings"].select("setting", "value").iter_rows()) if "settings" in tables else {}
    tree = lineage(tables["industries"])
    if version := settings.get("classification"):
        tree = tree.filter(pl.col("version") == version)
    return tree.select("industry", "section").unique("industry", keep="last", maintain_order=True)


def _needs(tables: Mapping[str, pl.DataFrame], candidates: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """Land, power, water, waste water and labour of a project, for one unit of the capacity that it builds."""
    size = candidates.with_columns(whole=pl.col("lump") * pl.col("max_lumps")).filter(pl.col("whole") > 0)
    project = tables["projects"].select("project", *NEEDS.values())
    found = size.select("process", "project", "whole").join(project, on="project", how="inner")
    shares = found.select(
        "process", *((pl.col(given) / pl.col("whole")).round(8).alias(n) for n, given in NEEDS.items())
    )
    return _filled(frame, shares.unique("process", maintain_order=True), "process", tuple(NEEDS))


def _jobs(tables: Mapping[str, pl.DataFrame], commodities: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """People of an establishment in its latest return, over its processes by what they can make at 2010 prices."""
    people = tables["establishment_returns"].drop_nulls("labour").sort("month", "recorded_at")
    people = people.group_by("establishment").agg(pl.col("labour").last())
    price = commodities.select(reference_commodity="commodity", worth=pl.col("price_2010").fill_null(0.0))
    own = frame.join(people, on="establishment").join(price, on="reference_commodity").filter(pl.col("capacity") > 0)
    made = pl.col("capacity") * pl.col("worth")
    share = pl.when(made.sum() > 0).then(made / made.sum()).otherwise(1.0 / pl.len()).over("establishment")
    return own.select("process", jobs=(pl.col("labour") * share / pl.col("capacity")).round(8))


def _deposits(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The deposit's name and what its licences to mine allow a year; they are taken to be renewed."""
    mining = tables["licences"].filter(pl.col("stage") == "mining").group_by("deposit", maintain_order=True)
    given = mining.agg(pl.col("name").first(), licence_per_year=pl.col("tonnes_a_year").sum())
    return _filled(tables["deposits"], given, "deposit", ("name", "licence_per_year"))


def _stages(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Cost, area and earliest year of a zone that opens in one stage."""
    land = tables["zone_land"].filter(pl.col("kind") == "gross").sort("as_of")
    gross = land.group_by("zone").agg(gross=pl.col("hectares").last())
    zones = (
        tables["zones"]
        .join(gross, on="zone", how="left")
        .select(
            "zone", cost="infrastructure_cost", hectares=pl.coalesce("gross", "planned_area"), earliest="planned_from"
        )
    )
    frame = tables["zone_stages"]
    single = frame.group_by("zone").len().filter(pl.col("len") == 1).select("zone")
    return _filled(frame, zones.join(single, on="zone"), "zone", ("cost", "hectares", "earliest"))


def _limits(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Name, value and priority of the target that a limit binds; the supply of a zone whose resource it limits."""
    promised = ("name", "name_en", "value", "priority")
    frame = _filled(tables["limits"], tables["targets"].select("target", *promised), "target", promised)
    land = tables["zone_land"].filter(pl.col("kind") == "industrial").sort("as_of")
    own_land = land.group_by("zone").agg(industrial=pl.col("hectares").last())
    zones = tables["zones"].select("zone", *(c for c in OF_ZONE.values() if c != "industrial"))
    zones = zones.join(own_land, on="zone", how="left")
    joined = frame.select("limit", "measure", zone="item").join(zones, on="zone", how="left")
    own = pl.coalesce(
        *(pl.when(pl.col("measure") == measure).then(pl.col(column)) for measure, column in OF_ZONE.items())
    )
    return _filled(frame, joined.select("limit", value=own), "limit", ("value",))
