"""Monthly series fitted to annual totals; quarters and years against the sum of their months."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import InvalidInput, Refused
from fansipan.periods import Month, Quarter, Year, months_of, parse_period
from fansipan.statistics.benchmarking import benchmark, denton_cholette

# IMF, Quarterly National Accounts Manual (Bloem, Dippelsman, Maehle 2001), example 6.2: indicator, totals, Denton's
# result.
INDICATOR = np.array([98.2, 100.8, 102.2, 100.8, 99.0, 101.6, 102.7, 101.5, 100.5, 103.0, 103.5, 101.5])
TOTALS = np.array([4000.0, 4161.4])
PRINTED = [969.8, 998.4, 1018.3, 1013.4, 1007.2, 1042.9, 1060.3, 1051.0, 1040.6, 1066.5, 1071.7, 1051.0]


def test_the_manuals_example():
    fitted = denton_cholette(INDICATOR, TOTALS, np.array([0, 4]), 4)
    assert fitted == pytest.approx(PRINTED, abs=0.1)
    assert [fitted[:4].sum(), fitted[4:8].sum()] == pytest.approx(TOTALS, rel=1e-12)


def test_after_the_last_total_the_last_ratio_holds():
    fitted = denton_cholette(INDICATOR, TOTALS, np.array([0, 4]), 4)
    assert (fitted / INDICATOR)[7:] == pytest.approx((fitted / INDICATOR)[7], rel=1e-9)


levels = st.lists(st.floats(1.0, 1000.0), min_size=24, max_size=36)


@given(levels, st.floats(0.5, 2.0), st.sampled_from(["proportional", "additive"]))
def test_totals_are_met_and_a_series_that_meets_them_stays(values, factor, difference):
    indicator = np.array(values)
    starts = np.array([0, 12])
    own = np.array([indicator[:12].sum(), indicator[12:24].sum()])
    unchanged = denton_cholette(indicator, own, starts, 12, difference=difference)
    assert unchanged == pytest.approx(indicator, rel=1e-6, abs=1e-6)
    fitted = denton_cholette(indicator, own * factor, starts, 12, difference=difference)
    assert [fitted[:12].sum(), fitted[12:24].sum()] == pytest.approx(own * factor, rel=1e-8)
    if difference == "proportional":
        assert fitted == pytest.approx(indicator * factor, rel=1e-6)


def test_means_are_met_where_a_year_is_a_mean():
    fitted = denton_cholette(INDICATOR, np.array([110.0]), np.array([0]), 4, conversion="mean")
    assert fitted[:4].mean() == pytest.approx(110.0)


def test_an_indicator_below_zero_is_refused():
    with pytest.raises(Refused, match="needs a series without figures below zero"):
        denton_cholette(np.array([1.0] * 11 + [-0.1]), np.array([1.0]), np.array([0]), 12)


def monthly(**changes):
    months = [f"2023-{m:02d}" for m in range(1, 13)] + ["2024-01"]
    return pl.DataFrame({"series": ["a"] * 13, "period": months, "value": [10.0] * 13, **changes})


def test_series_without_a_total_come_back_as_they_are():
    fitted = benchmark(monthly(), pl.DataFrame({"series": ["b"], "period": ["2023"], "value": [1.0]}))
    assert fitted["benchmarked"].to_list() == [10.0] * 13


def test_every_gap_and_uncovered_year_is_told_at_once():
    annual = pl.DataFrame({"series": ["a", "a"], "period": ["2023", "2024"], "value": [120.0, 100.0]})
    with pytest.raises(InvalidInput) as caught:
        benchmark(monthly(value=[None] + [10.0] * 12), annual)
    assert [(f.code, *f.params.values()) for f in caught.value.faults] == [
        ("benchmark.gap", "a", Month(2023, 1)),
        ("benchmark.year-not-covered", "a", Year(2024)),
    ]


def test_from_the_command_line(tmp_path, fansipan):
    monthly().write_csv(tmp_path / "m.csv")
    (tmp_path / "a.csv").write_text("series,period,value\na,2023,240\n", encoding="utf8")
    done = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert done.returncode == 0, done.stderr
    assert pl.read_csv(tmp_path / "o.csv")["benchmarked"].to_list() == pytest.approx([20.0] * 13)
    (tmp_path / "a.csv").write_text("series,period,value\na,2024,240\n", encoding="utf8")
    refused = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert (refused.returncode, "all periods of 2024" in refused.stderr) == (1, True)


def test_without_a_place_to_write_it_says_so_and_a_total_without_months_is_told(tmp_path, fansipan):
    monthly().write_csv(tmp_path / "m.csv")
    (tmp_path / "a.csv").write_text("series,period,value\nb,2023,240\n", encoding="utf8")
    refused = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "a.csv")
    assert (refused.returncode, "-o FILE" in refused.stderr) == (1, True)
    done = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert (done.returncode, "series b has an annual total and no month" in done.stderr) == (0, True)


def test_the_check_from_the_command_line(tmp_path, fansipan):
    monthly().write_csv(tmp_path / "m.csv")
    (tmp_path / "q.csv").write_text("series,period,value\na,2023-Q1,30\na,2023,127\n", encoding="utf8")
    told = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "q.csv", "--check")
    assert (told.returncode, told.stdout.splitlines()[0]) == (
        1,
        "a, 2023: 127 is not the 120 of its months; they differ by 7.",
    )
    passed = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "q.csv", "--check", "--tolerance", "7")
    assert passed.returncode == 0


@given(st.lists(st.floats(0.0, 100.0), min_size=24, max_size=24), st.sampled_from(["sum", "mean"]))
def test_a_month_of_nothing_stays_nothing(levels, conversion):
    indicator = np.array(levels)
    indicator[indicator < 1] = 0.0
    if not (indicator[:12].any() and indicator[12:].any()):
        return
    fitted = denton_cholette(indicator, np.array([500.0, 700.0]), np.array([0, 12]), 12, conversion=conversion)
    assert (fitted[indicator == 0] == 0).all()
    made = fitted.reshape(2, 12)
    assert (made.sum(axis=1) if conversion == "sum" else made.mean(axis=1)) == pytest.approx([500, 700])


def test_a_year_of_nothing_with_a_total_is_refused_and_without_one_is_nothing():
    indicator = np.array([1.0] * 12 + [0.0] * 12)
    with pytest.raises(Refused, match="there is nothing to share it by"):
        denton_cholette(indicator, np.array([12.0, 5.0]), np.array([0, 12]), 12)
    fitted = denton_cholette(indicator, np.array([24.0, 0.0]), np.array([0, 12]), 12)
    assert fitted.tolist() == pytest.approx([2.0] * 12 + [0.0] * 12)


@pytest.mark.parametrize(("part", "whole"), [("month", "quarter"), ("month", "year"), ("quarter", "year")])
def test_months_and_quarters_with_totals_of_quarters_and_years(part, whole):
    periods = [Month(2023, m) for m in range(1, 13)] if part == "month" else [Quarter(2023, q) for q in range(1, 5)]
    wholes = [Quarter(2023, q) for q in range(1, 5)] if whole == "quarter" else [Year(2023)]
    series = pl.DataFrame(
        {"series": "a", "period": [str(p) for p in periods], "value": [float(k + 1) for k in range(len(periods))]}
    )
    totals = pl.DataFrame(
        {"series": "a", "period": [str(w) for w in wholes], "value": [100.0 + k for k in range(len(wholes))]}
    )
    found = dict(benchmark(series, totals).select("period", "benchmarked").iter_rows())
    for row in totals.iter_rows(named=True):
        inside = [p for p in periods if set(months_of(p)) <= set(months_of(parse_period(row["period"])))]
        assert sum(found[str(p)] for p in inside) == pytest.approx(row["value"])


@pytest.mark.parametrize("periods", [["2023-Q1", "2023-04"], ["2023", "2024"]])
def test_periods_of_several_kinds_or_as_long_as_the_totals_are_refused(periods):
    series = pl.DataFrame({"series": ["a"] * 2, "period": periods, "value": [1.0, 2.0]})
    totals = pl.DataFrame({"series": ["a"], "period": ["2023"], "value": [3.0]})
    with pytest.raises(InvalidInput, match="its periods must be of one kind"):
        benchmark(series, totals)
