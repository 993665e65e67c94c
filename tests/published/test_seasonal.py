"""Seasonal adjustment against printed and computed answers.

Airline passengers 1949-1960: Box and Jenkins (1976), Time Series Analysis, Series G (tests/cases/seasonal). The
reference coefficients and tables are of the Census Bureau's program, version 1.1; the products are of Vietnam's
statistics office.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fansipan.periods import Month
from fansipan.statistics.seasonal.comparison import henderson_weights
from fansipan.statistics.seasonal.decompose import decompose, decomposition_spec
from fansipan.statistics.seasonal.files import read_series
from fansipan.statistics.seasonal.model.identify import Model
from fansipan.statistics.seasonal.model.tet import BEFORE_7, DURING_7, tet_dates, tet_regressors
from fansipan.statistics.seasonal.x13 import program as x13
from fansipan.statistics.seasonal.x13.spec import AIRLINE, Spec, regarima

PASSENGERS = Path(__file__).parents[1] / "cases" / "seasonal" / "01_airline_passengers_input.csv"
needs_x13 = pytest.mark.skipif(not x13.available(), reason="the X-13ARIMA-SEATS program (x13as) is not installed here")


def passengers() -> np.ndarray:
    return read_series(PASSENGERS)["passengers"].values


def reference(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / "seasonal" / name, null_values="NA")


DEFAULT = Spec(
    passengers(),
    Month(1949, 1),
    {
        "transform": {"function": "auto"},
        "regression": {"aictest": "(td easter)"},
        "outlier": {},
        "automdl": {},
        "seats": {"save": ("s10", "s11", "s12", "s13", "s16")},
    },
)


@needs_x13
def test_airline_passengers_by_the_programs_default():
    answer = x13.run(DEFAULT)
    found = {one.name: one.estimate for one in answer.regression + answer.arma}
    assert found["Easter[1]"] == pytest.approx(0.0177674, abs=5e-8)
    assert found["AO1951.May"] == pytest.approx(0.1001558, abs=5e-8)
    assert found["Nonseasonal$01$01"] == pytest.approx(0.1156204, abs=5e-8)
    assert found["Seasonal$12$12"] == pytest.approx(0.4973600, abs=5e-8)
    assert answer.aicc == pytest.approx(947.3, abs=0.05)
    assert answer.logged
    assert answer.model == AIRLINE
    assert answer.outliers == ("AO1951.May",)


@needs_x13
def test_airline_passengers_seats_tables(reference_data):
    answer = x13.run(DEFAULT)
    tables = reference(reference_data, "airpassengers_seats_default_tables.csv")
    for saved, column in (("s10", "seasonal"), ("s11", "seasonaladj"), ("s12", "trend"), ("s13", "irregular")):
        assert answer.tables[saved].first == pytest.approx(tables[f"seats.{column}"].to_numpy(), rel=1e-9)
    coefficients = reference(reference_data, "airpassengers_seats_default_coef.csv")
    found = [one.estimate for one in answer.regression + answer.arma]
    assert found == pytest.approx(coefficients["Estimate"].to_list(), rel=1e-9)


@needs_x13
def test_airline_passengers_by_x11_with_a_fixed_model(reference_data):
    spec = decomposition_spec(
        passengers(), Month(1949, 1), method="x11", logged=True, model=Model(AIRLINE), regressors=None
    )
    filters = {"seasonalma": "s3x5", "trendma": 13}
    spec = replace(spec, sections={**spec.sections, "x11": {**spec.sections["x11"], **filters}})
    parts, answer = decompose(spec)
    assert parts.seasonal * parts.trend * parts.irregular == pytest.approx(passengers(), rel=1e-9)
    assert parts.adjusted * parts.seasonal == pytest.approx(passengers(), rel=1e-9)
    tables = reference(reference_data, "airpassengers_x11_fixed_tables.csv")
    months = tables.head(144)
    for ours, column in (
        (parts.seasonal, "seasonal"),
        (parts.adjusted, "seasadj"),
        (parts.trend, "trend"),
        (parts.irregular, "irregular"),
    ):
        assert ours == pytest.approx(months[f"x11.{column}"].to_numpy(), rel=1e-9)
    ahead = tables["forecast.forecasts"].drop_nulls().cast(float).to_numpy()
    assert answer.forecast.point[: len(ahead)] == pytest.approx(ahead, rel=1e-7)
    coefficients = reference(reference_data, "airpassengers_x11_fixed_coef.csv")
    assert [one.estimate for one in answer.arma] == pytest.approx(coefficients["Estimate"].to_list(), rel=1e-6)


@needs_x13
def test_tet_effects_of_the_17_products(reference_data):
    """Recipe: revised file, logarithms, (0 1 1)(0 1 1), windows -7..-1 and 0..6, no outliers and trading days."""
    folder = reference_data / "gso_monthly" / "vn_products_monthly_revised_24x146.csv"
    products = pl.read_csv(folder).drop("Month")
    summary = reference(reference_data, "gso_tet_summary.csv")
    start = Month(2013, 1)
    windows = tet_regressors((BEFORE_7, DURING_7), start, products.height + 12)
    estimated = 0
    for place, row in enumerate(summary.iter_rows(named=True)):
        series = products.to_series(place).to_numpy()
        assert (row["aicc_no"] is None) == (np.min(series) <= 0)
        if row["aicc_no"] is None:
            continue
        bare, fitted = x13.run_each([regarima(series, start), regarima(series, start, regressors=windows)])
        assert bare.aicc == pytest.approx(row["aicc_no"], abs=0.01)
        assert fitted.aicc == pytest.approx(row["aicc_tet"], abs=0.01)
        assert [one.estimate for one in fitted.regression] == pytest.approx([row["b_pre"], row["b_post"]], abs=1e-3)
        assert [one.t for one in fitted.regression] == pytest.approx([row["t_pre"], row["t_post"]], abs=1e-2)
        estimated += 1
    assert estimated == 17


@needs_x13
def test_tet_effects_of_the_17_products_from_the_command_line(reference_data, tmp_path, fansipan):
    """The same recipe as a stranger follows it: series and regressors from files, the specification by options."""
    products = pl.read_csv(reference_data / "gso_monthly" / "vn_products_monthly_revised_24x146.csv")
    long = products.unpivot(index="Month", variable_name="series").rename({"Month": "period"})
    long.select("series", "period", "value").write_csv(tmp_path / "series.csv")
    windows = reference(reference_data, "tet_regressors_calendar_centred.csv").drop("time")
    months = pl.Series("period", [str(Month(1980, 1) + k) for k in range(windows.height)])
    windows.insert_column(0, months).write_csv(tmp_path / "regressors.csv")
    options = ("--model", AIRLINE, "--no-outliers", "--no-trading-days", "--holiday", tmp_path / "regressors.csv")
    done = fansipan("seasonal", "adjust", tmp_path / "series.csv", *options, "-o", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf8"))["series"]
    for row in reference(reference_data, "gso_tet_summary.csv").iter_rows(named=True):
        one = found[row["product"].strip('"')]
        assert (one["status"], one["mode"] == "additive") == ("adjusted", row["aicc_no"] is None)
        if row["aicc_no"] is None:
            continue
        assert one["aicc"]["without_holiday"] == pytest.approx(row["aicc_no"], abs=0.01)
        assert one["aicc"]["with_holiday"] == pytest.approx(row["aicc_tet"], abs=0.01)
        estimates = {part["name"]: part["estimate"] for part in one["coefficients"]}
        assert estimates["tet_pre7"] == pytest.approx(row["b_pre"], abs=1e-3)
        assert estimates["tet_post7"] == pytest.approx(row["b_post"], abs=1e-3)


@needs_x13
@pytest.mark.parametrize(("name", "place"), [("p12", 12), ("p13", 13)])
def test_two_products_adjusted_by_x11_with_their_tet_effect(reference_data, name, place):
    folder = reference_data / "gso_monthly" / "vn_products_monthly_revised_24x146.csv"
    series = pl.read_csv(folder).drop("Month").to_series(place).to_numpy()
    windows = tet_regressors((BEFORE_7, DURING_7), Month(2013, 1), len(series) + 12)
    spec = decomposition_spec(
        series, Month(2013, 1), method="x11", logged=True, model=Model(AIRLINE), regressors=windows
    )
    parts, _ = decompose(spec)
    tables = reference(reference_data, f"{name}_x11_tet.csv")
    assert series == pytest.approx(tables["original"].to_numpy(), rel=1e-8)
    for ours, column in ((parts.adjusted, "sa"), (parts.trend, "trend"), (parts.irregular, "irregular")):
        assert ours == pytest.approx(tables[column].to_numpy(), rel=1e-6)


def test_tet_dates_and_centred_windows(reference_data):
    known = reference(reference_data, "tet_dates_1980_2035.csv")
    assert [str(tet_dates()[year]) for year in known["year"]] == known["tet_date"].to_list()
    table = reference(reference_data, "tet_regressors_calendar_centred.csv")
    ours = tet_regressors((BEFORE_7, DURING_7), Month(1980, 1), table.height).values
    assert ours == pytest.approx(table.select("tet_pre7", "tet_post7").to_numpy(), abs=1e-12)


def test_henderson_weights_of_13_terms():
    """Ladiray and Quenneville (2001), Seasonal Adjustment with the X-11 Method, table 3.1."""
    printed = [-0.01935, -0.02786, 0.0, 0.06549, 0.14736, 0.21434, 0.24006]
    assert henderson_weights(13)[:7] == pytest.approx(printed, abs=5e-6)
    assert henderson_weights(5) == pytest.approx([-0.07343, 0.29371, 0.55944, 0.29371, -0.07343], abs=5e-6)
