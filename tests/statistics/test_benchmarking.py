"""Monthly series fitted to annual totals; quarters and years against the sum of their months."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import InvalidInput, Refused
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


def test_an_indicator_that_is_not_positive_is_refused():
    with pytest.raises(Refused, match="needs a monthly series above zero"):
        denton_cholette(np.zeros(12), np.array([1.0]), np.array([0]), 12)


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
        ("benchmark.gap", "a", "2023-01"),
        ("benchmark.year-not-covered", "a", 2024),
    ]


def test_from_the_command_line(tmp_path, fansipan):
    monthly().write_csv(tmp_path / "m.csv")
    (tmp_path / "a.csv").write_text("series,period,value\na,2023,240\n", encoding="utf8")
    done = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert done.returncode == 0, done.stderr
    assert pl.read_csv(tmp_path / "o.csv")["benchmarked"].to_list() == pytest.approx([20.0] * 13)
    (tmp_path / "a.csv").write_text("series,period,value\na,2024,240\n", encoding="utf8")
    refused = fansipan("benchmark", tmp_path / "m.csv", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert (refused.returncode, "all twelve months of 2024" in refused.stderr) == (1, True)


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
