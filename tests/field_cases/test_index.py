"""Cases from elsewhere of index arithmetic, benchmarking and periods; in their own words in docs/cases.md."""

import polars as pl
import pytest

pytestmark = pytest.mark.reference


def test_bench_negative_result(case, fansipan):
    folder = case("bench_negative_result")
    run = fansipan("benchmark", "m.csv", "y.csv", "-o", "out.csv", cwd=folder)
    assert "the series a is not below zero, but results are (6: 2019-04, " in run.stderr
    assert pl.read_csv(folder / "out.csv").filter(pl.col("benchmarked") < 0).height == 6


def test_bench_quarterly_tempdisagg34(case, fansipan):
    """The first values published by the makers of another program for these figures."""
    folder = case("bench_quarterly_tempdisagg34")
    run = fansipan("benchmark", "m.csv", "q.csv", "-o", "out.csv", cwd=folder)
    found = pl.read_csv(folder / "out.csv")["benchmarked"].to_list()
    assert found[:3] == pytest.approx([-0.85, 13.22, 87.63], abs=0.005)
    assert "results are (1: 2018-01)" in run.stderr


def test_bilateral_zero_and_new(case, fansipan):
    folder = case("bilateral_zero_and_new")
    frame = pl.read_csv(folder / "a.csv").pivot("period", index="product", values=["price", "quantity"])
    a, b = (frame.filter(product=name).row(0, named=True) for name in "ab")
    base = sum(row["price_2020-01"] * row["quantity_2020-01"] for row in (a, b))
    for formula in ("laspeyres", "paasche", "fisher"):
        run = fansipan(
            "index", "bilateral", "a.csv", "-o", "o.csv", "--formula", formula, "--compared", "quantity", cwd=folder
        )
        assert run.returncode == 0, run.stderr
    run = fansipan("index", "bilateral", "a.csv", "-o", "o.csv", "--compared", "quantity", cwd=folder)
    found = dict(pl.read_csv(folder / "o.csv").iter_rows())
    for period in ("2020-02", "2020-03"):
        now = sum(row["price_2020-01"] * row[f"quantity_{period}"] for row in (a, b))
        assert found[period] == pytest.approx(100 * now / base)


def test_rebase_partial_base_year(case, fansipan):
    run = fansipan("index", "rebase", "c.csv", "--over", "2016", "-o", "oc.csv", cwd=case("rebase_partial_base_year"))
    assert "only 7 of the 12 periods of 2016 stand in the file" in run.stderr


def test_ine_spain_ipi_layout(case, fansipan):
    folder = case("ine_spain_ipi_layout")
    run = fansipan("index", "rebase", "ipi.csv", "--over", "2007", "-o", "out.csv", cwd=folder)
    assert run.returncode == 0, run.stderr
    found = {row[1]: row[2] for row in pl.read_csv(folder / "out.csv").iter_rows()}
    assert found["2008-12"] == pytest.approx(65.152789, abs=1e-6)
    assert found["2008-01"] == pytest.approx(86.347070, abs=1e-6)
    run = fansipan("index", "rebase", "raw.csv", "--over", "2007", "-o", "out2.csv", cwd=folder)
    assert "row 1, column Sections and subsections: There is no column named" in run.stderr


def test_periods_as_text_bilateral(case, fansipan):
    folder = case("periods_as_text_bilateral")
    fansipan("index", "bilateral", "pq.csv", "-o", "o.csv", "--chained", cwd=folder)
    found = pl.read_csv(folder / "o.csv").rows()
    expected = [("2023-11", 100), ("2023-12", 106.666667), ("2024-01", 123.333333)]
    assert [row[0] for row in found] == [row[0] for row in expected]
    assert [row[1] for row in found] == pytest.approx([row[1] for row in expected], abs=1e-6)


def test_gso_2013_serial_date(case, fansipan):
    folder = case("gso_2013_serial_date")
    run = fansipan("import", "gso", "2013-07-29-Bieu-7-2013-1.xls", "-o", "o.csv", cwd=folder)
    assert run.returncode == 0, run.stderr
    rows = pl.read_csv(folder / "o.csv", schema_overrides={"period": pl.String}).filter(
        indicator="national-inventory-index"
    )
    assert rows["period"].unique().to_list() == ["2013-06"]
    whole = rows.filter(pl.col("scope").str.starts_with("Toàn ngành"))
    assert dict(whole.select("measure", "value").iter_rows()) == pytest.approx({"mom": 5.6, "yoy": 8.8})
    food = rows.filter(pl.col("scope") == "Sản xuất chế biến thực phẩm")
    assert dict(food.select("measure", "value").iter_rows()) == pytest.approx({"mom": -0.61, "yoy": 7.18}, abs=0.005)
