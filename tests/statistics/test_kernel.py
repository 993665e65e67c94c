"""Sums in one lazy program: the same as the compiled output's on any engine; and the benchmark's smoke size."""

import importlib.util
import shutil
import warnings
from datetime import date
from pathlib import Path

import duckdb
import narwhals as nw
import polars as pl
import pytest

from fansipan.periods import Month
from fansipan.statistics.kernel import SUM_LEVELS, collected, output_sums
from fansipan.statistics.output_value import compile_output, pair_attributes
from fansipan.statistics.records import latest
from support.returns import returned

MAY = Month(2024, 5)
# The mine a reports ore twice for May 2023 and not for May 2024; b reports both; c's water and d's power have no peer.
RETURNS = [
    returned("a", "ore", "2023-05", 90.0, on="2023-05-18"),
    returned("a", "ore", "2023-05", 100.0, on="2023-06-12"),
    returned("b", "ore", "2023-05", 200.0),
    returned("b", "ore", "2024-05", 300.0),
    returned("c", "water", "2023-05", 50.0),
    returned("d", "power", "2024-04", 8.0),
    returned("d", "power", "2024-05", None),
]


def tables(small, returns, closed=None):
    """Returns, establishments and products as the program asks for them."""
    province = small(returns)
    shut = pl.when(pl.col("establishment") == "a").then(pl.lit(closed, pl.Date))
    province["establishments"] = province["establishments"].with_columns(closed_on=shut)
    pairs = pair_attributes(province, latest(province["returns"]), MAY)
    products = pairs.select("product", *SUM_LEVELS[1:4], "price").unique("product")
    return province, (province["returns"], province["establishments"], products)


def summed(frames, **asked):
    return collected(output_sums(*frames, until=MAY, **asked)).sort("level", "code", "month")


def cell(sums, level, code, month="2024-05"):
    return sums.filter(level=level, code=code, month=month).row(0, named=True)


def test_what_is_missing_moves_with_its_class(small):
    sums = summed(tables(small, RETURNS)[1])
    # b went from 200 to 300, so a from 100 to 150; at 2 million đồng a unit 450 units are 0.9 billion
    mine = cell(sums, "class", "0710")
    assert mine["value"] == pytest.approx(0.9, rel=1e-12)
    assert mine["imputed"] == pytest.approx(0.3, rel=1e-12)
    assert (mine["returns"], mine["imputations"]) == (1, 1)
    # nobody bottled water in both months: it takes the movement of all, which is that of ore
    assert cell(sums, "product", "water")["value"] == pytest.approx(0.075, rel=1e-12)
    assert cell(sums, "area", "east")["value"] == pytest.approx(0.3 + 0.075, rel=1e-12)
    assert cell(sums, "area", "west")["value"] == pytest.approx(0.6, rel=1e-12)


def test_a_correction_replaces_what_it_corrects(small):
    frames = tables(small, RETURNS)[1]
    assert cell(summed(frames), "class", "0710", "2023-05")["value"] == pytest.approx(0.6, rel=1e-12)
    early = summed(frames, known_on=date(2023, 6, 11))
    assert cell(early, "class", "0710", "2023-05")["value"] == pytest.approx(0.18, rel=1e-12)


def test_nothing_is_imputed_after_the_end_or_after_closing(small):
    sums = summed(tables(small, RETURNS, closed=date(2024, 3, 31))[1])
    assert cell(sums, "class", "0710")["imputations"] == 0
    assert sums["month"].max() == "2024-05"


def test_a_return_left_blank_and_without_last_year_adds_nothing(small):
    sums = summed(tables(small, RETURNS)[1])
    assert sums.filter(level="product", code="power")["month"].to_list() == ["2024-04"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_an_establishment_without_an_area_counts_everywhere_else(small, engine):
    returns, establishments, products = tables(small, RETURNS)[1]
    homeless = establishments.with_columns(area=pl.when(pl.col("establishment") != "a").then("area"))
    frames = (returns, homeless, products)
    if engine == "duckdb":
        frames = tuple(duckdb.from_arrow(frame.to_arrow()) for frame in frames)
    sums, known = summed(frames), summed((returns, establishments, products))
    assert cell(sums, "class", "0710")["value"] == pytest.approx(cell(known, "class", "0710")["value"], rel=1e-12)
    nowhere = sums.filter(pl.col("level") == "area", pl.col("code").is_null(), pl.col("month") == "2024-05")
    assert nowhere["imputed"].to_list() == [pytest.approx(0.3, rel=1e-12)]
    by_level = sums.filter(month="2024-05").group_by("level").agg(pl.col("value").sum())
    assert by_level["value"].to_list() == pytest.approx([by_level["value"][0]] * len(SUM_LEVELS), rel=1e-12)


def test_without_any_movement_what_is_missing_stays_missing(small):
    sums = summed(tables(small, [returned("a", "ore", "2023-05", 9.0), returned("d", "power", "2024-05", 1.0)])[1])
    assert sums["imputed"].sum() == 0
    assert sums["imputations"].sum() == 0
    assert sums.filter(level="product", code="ore")["month"].to_list() == ["2023-05"]


@pytest.mark.parametrize("level", SUM_LEVELS)
def test_the_sums_are_those_of_the_compiled_output(small, level):
    province, frames = tables(small, RETURNS)
    rows = compile_output(province, until=MAY).rows.filter(pl.col("method").is_null() | (pl.col("method") != "carry"))
    rows = rows.filter(pl.col("constant").is_not_null())
    expected = rows.group_by(pl.col(level).alias("code"), "month").agg(pl.col("constant").sum())
    both = summed(frames).filter(level=level).join(expected, on=["code", "month"], how="full")
    assert both.null_count().sum_horizontal().item() == 0
    assert ((both["value"] - both["constant"]).abs() <= 1e-9 * both["value"]).all()


def test_it_is_lazy_and_duckdb_comes_to_the_same(small):
    frames = tables(small, RETURNS)[1]
    assert isinstance(output_sums(*(frame.lazy() for frame in frames), until=MAY), pl.LazyFrame)
    relations = [duckdb.from_arrow(frame.to_arrow()) for frame in frames]
    asked = output_sums(*relations, until=MAY)
    assert isinstance(nw.from_native(asked), nw.LazyFrame)
    theirs, mine = collected(asked).sort("level", "code", "month"), summed(frames)
    keys = ["level", "code", "month", "returns", "imputations"]
    assert theirs.select(keys).equals(mine.select(keys))
    assert ((mine["value"] - theirs["value"]).abs() <= 1e-9 * mine["value"]).all()


def test_every_contender_of_the_benchmark_comes_to_the_same_sums(tmp_path):
    pytest.importorskip("pandas", reason="pandas, the peer of the benchmark, is absent")
    path = Path(__file__).parents[2] / "benchmarks" / "returns_kernel.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_returns", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    benchmark.make(tmp_path, establishments=6)
    for name in benchmark.JOBS:
        benchmark.run(name, tmp_path)
        assert benchmark.difference(tmp_path, name) < 1e-9, name
    sums = pl.read_parquet(tmp_path / "fansipan.parquet")
    assert 0 < sums["imputed"].sum() < sums["value"].sum()
    assert sums["level"].n_unique() == len(SUM_LEVELS)


@pytest.fixture(scope="module")
def spark():
    """A Spark session of this machine alone; skipped where there is no Spark or no Java."""
    session = pytest.importorskip("pyspark.sql", reason="pyspark is not installed here").SparkSession
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed here")
    options = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
    }
    builder = session.builder.master("local[1]").appName("fansipan")
    for name, value in options.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        started = builder.getOrCreate()
    yield started
    started.stop()


@pytest.mark.filterwarnings("ignore")
def test_it_runs_on_spark_as_it_stands(small, spark, tmp_path):
    frames = tables(small, RETURNS)[1]
    relations = []
    for place, frame in enumerate(frames):
        path = tmp_path / f"{place}.parquet"
        frame.with_columns(pl.col(pl.Datetime).cast(pl.Datetime("us"))).write_parquet(path)
        relations.append(spark.read.parquet(str(path)))
    asked = output_sums(*relations, until=MAY)
    assert isinstance(nw.from_native(asked), nw.LazyFrame)
    assert type(asked) is type(relations[0])
    theirs, mine = collected(asked).sort("level", "code", "month"), summed(frames)
    keys = ["level", "code", "month", "returns", "imputations"]
    assert theirs.select(keys).equals(mine.select(keys))
    assert ((mine["value"] - theirs["value"]).abs() <= 1e-9 * mine["value"]).all()
