"""The tables that do not move by month: those written out as they stand, and those made from the example's lists."""

from __future__ import annotations

from math import fsum

import polars as pl

from fansipan.examples.laocai.forms import Goods, Lines, read_data, read_declared

VERSION = "VSIC2018"
BASE_YEAR = 2015
INDEX_ROOT = "total"
ILLUSTRATIVE = "illustrative"
# Where the price of the base year lies on the way from 2010 to 2024.
BASE_YEAR_PRICE = 0.3
WRITTEN_OUT = (
    "settings",
    "areas",
    "industries",
    "portfolio",
    "documents",
    "economy",
    "products",
    "establishments",
    "zones",
    "zone_land",
    "zone_events",
    "projects",
    "project_products",
    "targets",
    "programmes",
    "plans",
    "official_figures",
    "investors",
    "plots",
    "zone_steps",
    "milestones",
    "project_capital",
    "obstacles",
    "obstacle_events",
    "programme_steps",
    "tasks",
    "procedures",
    "procedure_stops",
    "licences",
    "scenarios",
    "scenario_changes",
    "commodities",
    "commodity_elements",
    "processes",
    "availability",
    "process_flows",
    "deposits",
    "hydro_inflow",
    "markets",
    "links",
    "candidates",
    "zone_stages",
    "limits",
    "plan_slices",
    "plan_settings",
    "plan_scenarios",
)


def written_tables() -> dict[str, pl.DataFrame]:
    """The tables that stand in the example's files just as a province holds them."""
    return {name: read_declared(name) for name in WRITTEN_OUT}


def listed_tables() -> dict[str, pl.DataFrame]:
    """Capacities and index weights, made from the example's lists."""
    return {"capacities": _capacities(), "index_weights": _weights()}


def _capacities() -> pl.DataFrame:
    """Design capacities; the published ones are given to descriptively named stand-ins and say so."""
    opened = read_declared("establishments").select("establishment", "opened_on")
    start = read_declared("areas")["valid_from"].min()
    return (
        read_data("lines", Lines)
        .drop_nulls("capacity")
        .join(opened, on="establishment", maintain_order="left")
        .select(
            "establishment",
            "product",
            pl.col("opened_on").fill_null(start).alias("valid_from"),
            "capacity",
            pl.lit(ILLUSTRATIVE).alias("source"),
            pl.col("capacity_citation").alias("citation"),
        )
    )


def _weights() -> pl.DataFrame:
    """Value-added weights of the base year, in billion đồng: products, classes, divisions, sections, the total."""
    classes = read_declared("products").select("product", "industry")
    goods = (
        read_data("goods", Goods)
        .join(classes, on="product", maintain_order="left")
        .with_columns(
            (pl.col("price") + (pl.col("price_2024") - pl.col("price")) * BASE_YEAR_PRICE).alias("base_price")
        )
    )
    value = pl.col("base_volume") * 12 * pl.col("base_price") / 1000 * pl.col("value_added")
    leaves = goods.select(
        pl.col("product").alias("code"),
        pl.col("industry").alias("parent"),
        value.round(4).alias("weight"),
        "base_volume",
    )
    rows = list(leaves.iter_rows())
    ancestors = _ancestors()
    nodes = sorted({a for row in rows for a in ancestors[row[1]]}, key=lambda code: (-len(code), code))
    for node in [*nodes, INDEX_ROOT]:
        weight = round(fsum(row[2] for row in rows if row[1] == node), 4)
        parent = None if node == INDEX_ROOT else _parent(node)
        rows.append((node, parent, weight, None))
    return pl.DataFrame(rows, schema=["code", "parent", "weight", "base_volume"], orient="row").select(
        pl.lit(BASE_YEAR).alias("base_year"), pl.all(), pl.lit(ILLUSTRATIVE).alias("source")
    )


def _parent(node: str) -> str:
    """Class -> division -> section -> total: the index has no level of groups."""
    if len(node) == 4:
        return node[:2]
    return _section_of_division()[node] if len(node) == 2 else INDEX_ROOT


def _section_of_division() -> dict[str, str]:
    tree = read_declared("industries").filter((pl.col("version") == VERSION) & (pl.col("level") == "division"))
    return dict(zip(tree["industry"], tree["parent"], strict=True))


def _ancestors() -> dict[str, list[str]]:
    """A class or section with all that stand above it in the index, itself included, without the total."""
    sections = _section_of_division()
    codes = read_declared("products")["industry"].unique().sort()
    return {c: [c, c[:2], sections[c[:2]]] if len(c) == 4 else [c] for c in codes}
