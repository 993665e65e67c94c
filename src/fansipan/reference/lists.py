"""The lists that ship with the program as CSV, and looking a product up by what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl

from fansipan.tables.reading.parsing import fold

DATA = Path(__file__).parent / "data"


@cache
def industries() -> pl.DataFrame:
    """Classes of industry: rows of the table `industries`, ``published``."""
    return _read("industries").with_columns(pl.lit("published").alias("source"))


@cache
def products() -> pl.DataFrame:
    """Products: product (code), name, unit, version and industry (class of VSIC 2018)."""
    return _read("products")


def product_named(name: str) -> Mapping[str, str] | None:
    """The listed product of that name, whatever its case and accents, or of a spelling that stands for it."""
    plain = key_of(name)
    return _by_name().get(_spellings().get(plain, plain))


def key_of(name: str) -> str:
    """A product's name for comparing: no case, accents, or marks between words; ``oà`` and ``òa`` are alike."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


@cache
def _by_name() -> Mapping[str, Mapping[str, str]]:
    return {key_of(row["name"]): row for row in products().iter_rows(named=True)}


@cache
def _spellings() -> Mapping[str, str]:
    return {key_of(said): key_of(name) for said, name in _read("spellings").iter_rows()}


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(DATA / f"{name}.csv", infer_schema=False)
