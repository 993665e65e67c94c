"""Trees of industries by version, and what a code belongs to at every level.

The key of a class is (version, code): the same four digits mean other things in VSIC 2018 and VSIC 2025.
"""

from __future__ import annotations

from difflib import get_close_matches

import polars as pl

from fansipan.errors import Fault, InvalidInput, NotFound, Place
from fansipan.texts import Language, Words

LEVELS = ("section", "division", "group", "class", "subclass")


def lineage(industries: pl.DataFrame) -> pl.DataFrame:
    """Every industry with the code it belongs to at each level.

    `industries` is the table of that name. Returns version, industry and a column for each of `LEVELS`: the code
    itself at its own level, the ancestor's above it, null below it. Raises InvalidInput ``industry.cycle`` where
    parents run in a circle.
    """
    nodes = {(r["version"], r["industry"]): (r["level"], r["parent"]) for r in industries.iter_rows(named=True)}
    rows, faults = [], []
    for version, industry in nodes:
        at: str | None = industry
        belongs: dict[str, str | None] = dict.fromkeys(LEVELS)
        seen: set[str] = set()
        while at is not None and (version, at) in nodes:
            if at in seen:
                faults.append(Fault("industry.cycle", {"industry": industry}, Place(file="industries"), industry))
                break
            seen.add(at)
            level, parent = nodes[version, at]
            belongs[level], at = at, parent
        rows.append({"version": version, "industry": industry, **belongs})
    if faults:
        raise InvalidInput(faults)
    return pl.DataFrame(rows, schema=dict.fromkeys(("version", "industry", *LEVELS), pl.String))


def industry_name(industries: pl.DataFrame, code: str, version: str, lang: Language) -> str:
    """The name of a class, division or section; raises NotFound with the nearest codes."""
    of_version = industries.filter(pl.col("version") == version)
    row = of_version.filter(pl.col("industry") == code)
    if row.is_empty():
        near = get_close_matches(code, of_version["industry"].to_list(), n=3)
        raise NotFound(
            "name.unknown", kind=Words("ngành", "industry"), name=f"{version} {code}", near=", ".join(near) or "–"
        )
    return str((row["name_en"][0] if lang == "en" else None) or row["name"][0])
