"""The portfolio group that a province puts an applicant's line of industry in. Rule A38."""

from __future__ import annotations

from datetime import date
from typing import get_args

import polars as pl

from fansipan.appraisal.decision.fit import Group
from fansipan.province import Province


def portfolio_group(province: Province, on: date, *, project: str | None, industry: str | None) -> Group | None:
    """The group of `project` (its own line, else those of its products), else of the products of class `industry`.

    A class whose products stand in several groups, or whose products stand in one group and outside all, has the group
    of none: None, for the council to say. ``other`` where the lines found are in no group. None too where nothing is
    known of either.
    """
    lines = _lines_of_project(province, project) or _lines_of_industry(province, industry)
    if lines is None:
        return None
    found = {_group(province, line, on) for line in lines}
    return found.pop() if len(found) == 1 else None


def _lines_of_project(province: Province, project: str | None) -> list[str | None] | None:
    row = province["projects"].filter(pl.col("project") == project) if project else pl.DataFrame()
    if row.is_empty():
        return None
    if row["line"][0] is not None:
        return [row["line"][0]]
    made = province["project_products"].filter(pl.col("project") == project)["product"]
    products = province["products"].filter(pl.col("product").is_in(made.implode()))
    return products["line"].to_list() or _lines_of_industry(province, row["industry"][0])


def _lines_of_industry(province: Province, industry: str | None) -> list[str | None] | None:
    if not industry or province["products"].is_empty():
        return None
    return province["products"].filter(pl.col("industry").str.starts_with(industry))["line"].to_list() or [None]


def _group(province: Province, line: str | None, on: date) -> Group:
    if line is None:
        return "other"
    held = (pl.col("valid_from") <= on) & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= on))
    found = province["portfolio"].filter((pl.col("line") == line) & held)["portfolio_group"].to_list()
    return next((group for group in get_args(Group) if group in found), "other")
