"""What a province still lacks for its first month, its first index and its first scenario (Rule C16).

    for step in missing(province):
        print(step.stage, step.text("tinh", lang="en"), step.command("tinh", lang="en"))

The steps stand in the order in which they are to be taken; each goes away once what it names is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from fansipan.texts import Language, text

STAGES = ("month", "index", "scenario")
# What people fill in; areas, classes of industry and settings come with a new province.
OWN = ("establishments", "products", "returns")
CONSTANT = "constant-2010"
# So many months have a month of the year before to be compared with.
MONTHS_TO_COMPARE = 13
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is missing: `code` names it, `stage` is what it is needed for.

    Where `blocking` is false the stage works without it, and says less.
    """

    stage: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    blocking: bool = True

    def message(self, lang: Language) -> str:
        """What is missing, in words."""
        return text(f"next.{self.code}", lang, **self.params)

    def command(self, province: str, lang: Language) -> str:
        """The commands that fix it, for the province at path `province`."""
        return text(f"next.{self.code}.command", lang, province=as_word(province))


def as_word(path: object) -> str:
    """A path as one word of a command line."""
    return f'"{path}"' if " " in str(path) else str(path)


def is_empty(frames: Mapping[str, pl.DataFrame]) -> bool:
    """Whether nothing of the province's own stands in it: no establishment, no product, no return."""
    return all(name not in frames or frames[name].is_empty() for name in OWN)


def missing(province: Mapping[str, pl.DataFrame]) -> tuple[Step, ...]:
    """What is missing, in the order in which it is to be filled in (Rule C16)."""
    return (*_for_month(province), *_for_index(province), *_for_scenario(province))


def _for_month(province: Mapping[str, pl.DataFrame]) -> Iterator[Step]:
    for table in ("areas", "industries", "establishments", "products", "returns"):
        if province[table].is_empty():
            yield Step("month", table)
    reported = _reported(province)
    priced = province["product_prices"].filter(pl.col("price_basis") == CONSTANT)["product"]
    if len(unpriced := reported.filter(~reported.is_in(priced.implode()))):
        yield Step("month", "prices", _named(unpriced))
    silent = _silent(province)
    if len(reported) and len(silent):
        yield Step("month", "silent", _named(silent), blocking=False)


def _for_index(province: Mapping[str, pl.DataFrame]) -> Iterator[Step]:
    weights = province["index_weights"]
    if weights.is_empty():
        yield Step("index", "weights")
    else:
        latest = weights.filter(pl.col("base_year") == pl.col("base_year").max())
        reported = _reported(province)
        if len(unweighted := reported.filter(~reported.is_in(latest["code"].implode()))):
            yield Step("index", "unweighted", _named(unweighted), blocking=False)
    months = _months(province)
    if 0 < months < MONTHS_TO_COMPARE:
        yield Step("index", "year-before", {"months": months, "least": MONTHS_TO_COMPARE}, blocking=False)


def _for_scenario(province: Mapping[str, pl.DataFrame]) -> Iterator[Step]:
    if province["plans"].is_empty():
        yield Step("scenario", "plans", blocking=False)
    if province["projects"].is_empty():
        yield Step("scenario", "projects", blocking=False)


def _quantities(province: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return province["returns"].filter(pl.col("quantity").is_not_null())


def _reported(province: Mapping[str, pl.DataFrame]) -> pl.Series:
    """The products of which a return stands in the province."""
    return province["returns"]["product"].unique().sort()


def _silent(province: Mapping[str, pl.DataFrame]) -> pl.Series:
    """Establishments that are not closed and have never sent a quantity."""
    open_ones = province["establishments"].filter(pl.col("closed_on").is_null())["establishment"]
    return open_ones.filter(~open_ones.is_in(_quantities(province)["establishment"].implode())).unique().sort()


def _months(province: Mapping[str, pl.DataFrame]) -> int:
    return _quantities(province)["month"].n_unique()


def _named(codes: pl.Series) -> dict[str, Any]:
    rest = ", …" if len(codes) > MOST_NAMED else ""
    return {"count": len(codes), "names": ", ".join(codes[:MOST_NAMED]) + rest}
