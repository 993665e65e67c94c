"""Every method of imputation by cases in words, the same on Polars, eager, lazy, and DuckDB (Rules G4, ED12, ED13)."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from fansipan.errors import NotFound
from fansipan.statistics.imputation.filling import CHOICES, DEFAULT_METHODS, impute, methods_from
from fansipan.statistics.imputation.methods import METHODS

CASES = Path(__file__).parents[1] / "cases" / "imputation"
LISTED = pl.read_csv(CASES / "cases.csv")
TYPES = {"quantity": pl.Float64, "price": pl.Float64, "t": pl.Int32, "class": pl.String, "method": pl.String}


def grid(name):
    """The case as `impute` takes it: the class stands for its division too, all lie in one section."""
    rows = pl.read_csv(CASES / f"{name}_input.csv", schema_overrides=TYPES)
    return rows.with_columns(pl.col("class").alias("division"), pl.lit("B").alias("section"))


def in_memory(rows, methods):
    return impute(rows, methods)


def lazily(rows, methods):
    return impute(rows.lazy(), methods).collect()


def on_duckdb(rows, methods):
    with duckdb.connect() as database:
        database.register("grid", rows.to_arrow())
        return impute(database.table("grid"), methods).pl()


@pytest.mark.parametrize("run", [in_memory, lazily, on_duckdb])
@pytest.mark.parametrize(("name", "methods"), list(LISTED.iter_rows()))
def test_cases(name, methods, run):
    rows = grid(name)
    filled = run(rows, methods.split())
    assert filled.height == rows.height
    wanted = pl.read_csv(CASES / f"{name}_output.csv", schema_overrides=TYPES)
    found = filled.join(wanted.select("establishment", "product", "t"), on=["establishment", "product", "t"])
    found = found.sort("establishment", "product", "t")
    assert found["method"].to_list() == wanted["method"].to_list()
    assert found["quantity"].is_null().equals(wanted["quantity"].is_null())
    assert found["quantity"].drop_nulls().to_list() == pytest.approx(wanted["quantity"].drop_nulls().to_list())
    told = filled.join(rows.drop_nulls("quantity"), on=["establishment", "product", "t"], suffix="_reported")
    assert told["quantity"].equals(told["quantity_reported"]), "what was reported stays as it is"
    assert told["method"].null_count() == told.height


def test_every_method_has_a_case():
    named = {method for methods in LISTED["methods"] for method in methods.split()}
    assert named == set(METHODS)


def test_a_preferred_method_comes_first_and_the_default_fills_the_rest():
    assert methods_from("business") == ("stopped", "restarted", "business", "same-month-class", "carry")
    assert methods_from("same-month-class") == DEFAULT_METHODS


@pytest.mark.parametrize("name", ["median", "stopped", ""])
def test_an_unknown_method_is_refused_with_the_known_ones(name):
    with pytest.raises(NotFound, match="same-month-class, same-month, class, business, carry, neighbours"):
        methods_from(name)


def test_an_unknown_method_never_leaves_values_missing_silently():
    with pytest.raises(NotFound, match="guess"):
        impute(grid(LISTED["case"][0]), ["guess"])
    assert set(CHOICES) <= set(METHODS)
