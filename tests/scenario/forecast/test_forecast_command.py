"""``fansipan scenario forecast`` as a user runs it."""

import polars as pl
import pytest

from fansipan.periods import Month


@pytest.fixture
def series_file(tmp_path, airline_like):
    rows = ["series,period,value"]
    for name, history in {"Xi măng": airline_like(60), "Điện": airline_like(48, seed=2)}.items():
        rows += [f"{name},{history.start + k},{value}" for k, value in enumerate(history.values)]
    rows += [f"Thép,{Month(2019, 1) + k},{5 if k < 9 else 0}" for k in range(20)]
    rows += ["Mới,2020-01,4", "Trống,2020-01,"]
    path = tmp_path / "series.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf8")
    return path


def test_every_series_is_forecast_in_the_stated_format(fansipan, series_file, tmp_path):
    out = tmp_path / "out.csv"
    done = fansipan("scenario", "forecast", series_file, "--horizon", 4, "--levels", "95,50", "-o", out, "--workers", 1)
    assert done.returncode == 0, done.stderr
    frame = pl.read_csv(out)
    assert frame.columns == ["series", "period", "mean", "lo_50", "hi_50", "lo_95", "hi_95", "model"]
    assert frame["series"].unique(maintain_order=True).to_list() == ["Xi măng", "Điện", "Thép", "Mới", "Trống"]
    assert (frame.group_by("series").len()["len"] == 4).all()
    known = frame.filter(pl.col("series") != "Trống")
    ordered = pl.col("lo_95") <= pl.col("lo_50"), pl.col("lo_50") <= pl.col("mean"), pl.col("mean") <= pl.col("hi_50")
    assert known.filter(pl.all_horizontal(*ordered, pl.col("hi_50") <= pl.col("hi_95"), pl.col("lo_95") >= 0)).equals(
        known
    )
    models = dict(frame.select("series", "model").unique().iter_rows())
    assert models["Thép"] == "stopped"
    assert models["Mới"] == "short"
    assert models["Trống"] == "no-data"
    assert models["Xi măng"].endswith("ets+theta+ces")
    first = frame.group_by("series", maintain_order=True).first()["period"].to_list()
    assert first == ["2019-01", "2018-01", "2020-09", "2020-02", "2020-02"]
    assert "Thép: stopped" in done.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--horizon", "0"], "--horizon"),
        (["--horizon", "3", "--levels", "80,100"], "80,100"),
        (["--horizon", "3", "--levels", "eighty"], "eighty"),
        (["--horizon", "3", "--holiday", "easter"], "easter"),
    ],
)
def test_bad_options_are_told(fansipan, series_file, tmp_path, options, words):
    done = fansipan("scenario", "forecast", series_file, *options, "-o", tmp_path / "o.csv")
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "o.csv").exists()


def test_a_bad_file_is_told_in_vietnamese(fansipan, tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("series,period,value\nx,2024-01,một\n", encoding="utf8")
    done = fansipan("scenario", "forecast", path, "--horizon", 3, "-o", tmp_path / "o.csv", lang="vi")
    assert done.returncode == 1
    assert "dòng 2" in done.stderr
