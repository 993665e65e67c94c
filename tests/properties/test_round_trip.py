"""A province comes back exactly from a folder of CSV or Parquet, a workbook and a SQLite file."""

import tempfile
from datetime import date, datetime
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fansipan.errors import InvalidInput
from fansipan.province import Province
from fansipan.tables import REGISTRY
from fansipan.tables.columns import PERIOD_PATTERN

SPECIAL = [
    "=1+1",
    "007",
    "1e5",
    "TRUE",
    "null",
    "NaN",
    "2024-05",
    "05/2024",
    '"',
    "a;b",
    "a,b",
    "a\nb",
    "'x",
    "_x000D_",
    "@x",
    "Đồng ca-tốt",
    "e\u0302",
    "#REF",
    "-",
    "{=1}",
    "http://x",
    "mailto:x",
    "\t",
    "x" * 400,
    "🪨",
    "<b>&amp;",
    "{}",
]
text = st.one_of(st.sampled_from(SPECIAL), st.text(min_size=1, max_size=12))
month = st.builds("{:04d}-{:02d}".format, st.integers(1, 9999), st.integers(1, 12))
period = st.one_of(month, st.builds("{}-Q{}".format, st.integers(1000, 9999), st.integers(1, 4)))


def cell(column, meaning):
    """Values of one column: what its declaration allows."""
    if meaning.kind == "choice":
        value = st.sampled_from([choice.value for choice in meaning.choices])
    elif meaning.kind == "number":
        low, high = column.min, column.max
        low = column.min_exclusive + 1e-3 if column.min_exclusive is not None else low
        value = st.floats(low, high, allow_nan=False, allow_infinity=False)
    elif meaning.kind == "integer":
        value = st.integers(
            -(10**15) + 1 if column.min is None else column.min, 10**15 - 1 if column.max is None else column.max
        )
    elif meaning.kind == "flag":
        value = st.booleans()
    elif meaning.kind == "day":
        value = st.dates(date(1000, 1, 1))
    elif meaning.kind == "moment":
        value = st.datetimes(datetime(1000, 1, 1)).map(lambda m: m.replace(microsecond=m.microsecond // 1000 * 1000))
    elif meaning.kind == "month":
        value = month
    else:
        value = period if column.regex == PERIOD_PATTERN else text
    return st.none() | value if column.nullable else value


@st.composite
def provinces(draw):
    """A province of one to three tables with a few rows each."""
    frames = {}
    for name in draw(st.lists(st.sampled_from(list(REGISTRY)), min_size=1, max_size=3, unique=True)):
        table = REGISTRY[name]
        row = st.fixed_dictionaries({c: cell(table.columns()[c], m) for c, m in table.meanings().items()})
        rows = draw(st.lists(row, max_size=4))
        frames[name] = pl.DataFrame(rows, schema=table.create_empty().schema)
    try:
        return Province(frames)
    except InvalidInput:
        return assume(False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(province=provinces())
def test_round_trip(province):
    with tempfile.TemporaryDirectory() as folder:
        for name, form in (("a", "csv"), ("b", "parquet"), ("p.xlsx", "csv"), ("p.sqlite", "csv")):
            path = province.write(Path(folder) / name, form)
            assert Province.read(path) == province, name
