"""Cases from elsewhere of seasonal adjustment; in their own words in docs/cases.md."""

import json

import polars as pl
import pytest

from support.monthly import needs_x13

pytestmark = [pytest.mark.reference, needs_x13]


def adjusted(folder, fansipan, *options):
    run = fansipan("seasonal", "adjust", "s.csv", "-o", "out.csv", *options, cwd=folder)
    assert run.returncode == 0, run.stderr
    return (
        run.stdout,
        pl.read_csv(folder / "out.csv"),
        json.loads((folder / "out.json").read_text(encoding="utf8"))["series"],
    )


def test_sa_exact_seasonal(case, fansipan):
    told, frame, _ = adjusted(case("sa_exact_seasonal"), fansipan)
    assert frame.filter(series="flat")["adjusted"].to_list() == pytest.approx([105.5] * 84, rel=1e-6)
    assert "seasonality is left" not in told.replace("no seasonality is left", "")


def test_sa_known_outlier(case, fansipan):
    """The fall of April 2020 stays: found by the program, given in a file, or named on the command line, Tết beside."""
    folder = case("sa_known_outlier")
    for options in (
        ("--holiday", "r.csv"),
        (),
        ("--known-outlier", "AO2020-04"),
        ("--known-outlier", "ao 04/2020", "--holiday", "none"),
    ):
        _, frame, _record = adjusted(folder, fansipan, *options)
        levels = dict(frame.select("period", "adjusted").iter_rows())
        assert levels["2020-04"] / ((levels["2020-03"] + levels["2020-05"]) / 2) == pytest.approx(0.55, abs=0.02)


def test_sa_noise_short(case, fansipan):
    told, frame, record = adjusted(case("sa_noise_short"), fansipan)
    assert told.count("not seasonal, left as it is") == len(record) == 6
    assert frame["adjusted"].to_list() == frame["original"].to_list()


def test_sa_small_counts(case, fansipan):
    """Left as it is, so that no figure lies below zero; where one does it is told."""
    told, frame, _ = adjusted(case("sa_small_counts_rjdemetra127"), fansipan)
    assert frame["adjusted"].min() >= 0 or "adjusted figures are (" in told
    assert "not seasonal, left as it is" in told


def test_sa_zero_months_sugar(case, fansipan):
    told, _, _ = adjusted(case("sa_zero_months_sugar"), fansipan)
    assert "outliers: 28 in 108 months" in told
    assert "; seasonality is left;" in told
    assert "additive" in told
