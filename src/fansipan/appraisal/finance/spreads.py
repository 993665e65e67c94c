"""How far each driver of a project may go from its plan: the council's view, else assumptions that say so. Rule A37.

``finance_spread.csv`` has `alternative` (blank: all), `driver`, `low` and `high`: percent from the plan, years for the
driver `delay`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from fansipan.appraisal.finance.risk import wrong_spreads
from fansipan.errors import Fault, Place, refuse
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading.widening import read_wide

# By driver, (low, high): factors around 1, for `delay` years.
Spreads = dict[str, tuple[float, float]]


@declared("finance_spread", vi="Biên dao động", en="Spreads of the drivers", registered=False)
class FinanceSpread(Table):
    """A row is how far one driver of a project, or of every project, may go below and above the plan."""

    alternative = column.code("Phương án", "Alternative", nullable=True)
    driver = column.choice(
        "Yếu tố",
        "Driver",
        [
            ("price", "giá bán", "price"),
            ("volume", "sản lượng", "volume"),
            ("inputs", "đầu vào mua ngoài", "purchased inputs"),
            ("fixed", "chi phí cố định", "fixed costs"),
            ("capital", "vốn đầu tư", "capital"),
            ("delay", "chậm tiến độ", "delay"),
        ],
    )
    low = column.number("Thấp nhất", "Lowest", unit="% hoặc năm", scale=None)
    high = column.number("Cao nhất", "Highest", unit="% hoặc năm", scale=None)


def as_spread(driver: str, low: float, high: float) -> tuple[float, float]:
    """Percent from the plan as factors around 1; years of delay as they are."""
    return (low, high) if driver == "delay" else (1 + low / 100, 1 + high / 100)


@cache
def _assumed() -> tuple[tuple[str, tuple[float, float]], ...]:
    source = files("fansipan.appraisal") / "data" / "spreads.csv"
    with source.open(encoding="utf8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple((row["driver"], as_spread(row["driver"], float(row["low"]), float(row["high"]))) for row in rows)


def assumed_spreads() -> Spreads:
    """The spreads that hold where the council gave none: assumptions, not findings."""
    return dict(_assumed())


def read_spreads(path: Path, alternatives: Iterable[str]) -> dict[str, Spreads]:
    """The spreads of each alternative: those of its own rows over those for all; drivers of no row do not vary.

    Raises InvalidInput for a spread that does not hold the plan, and for an alternative that there is not.
    """
    names = list(alternatives)
    frame, sheet, _ = read_wide(path, FinanceSpread, lambda _: {})
    common: Spreads = {}
    own: dict[str, Spreads] = {name: {} for name in names}
    faults: list[Fault] = []
    for at, row in enumerate(frame.iter_rows(named=True)):
        place = Place(sheet.file, None, sheet.rows[at])
        spread = {row["driver"]: as_spread(row["driver"], row["low"], row["high"])}
        faults += [Fault(fault.code, fault.params, place) for fault in wrong_spreads(spread)]
        if row["alternative"] is not None and row["alternative"] not in own:
            faults.append(Fault("appraisal.unknown-alternative", {"name": row["alternative"]}, place))
            continue
        (common if row["alternative"] is None else own[row["alternative"]]).update(spread)
    refuse(faults)
    return {name: common | own[name] for name in names}
