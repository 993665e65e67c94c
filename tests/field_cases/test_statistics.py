"""Cases from elsewhere of the returns, output and the indexes of a province; in their own words in docs/cases.md."""

import polars as pl
import pytest

from fansipan.examples.laocai.building import build

pytestmark = pytest.mark.reference


def figures(path):
    return {row["code"]: row for row in pl.read_csv(path, schema_overrides={"code": pl.String}).iter_rows(named=True)}


@pytest.mark.parametrize(("month", "total"), [("2022-07", 66.8), ("2022-12", None)])
def test_silent_sole_producer(case, fansipan, month, total):
    folder = case("silent_sole_producer")
    run = fansipan("measure", "p", "--indicator", "index", "--month", month, "-o", "i.csv", cwd=folder)
    assert run.returncode == 0, run.stderr
    found = figures(folder / "i.csv")
    assert found["phos"]["index"] == 0
    assert found["phos"]["growth"] == -100
    assert not found["phos"]["imputed"]
    if total is not None:
        assert found["total"]["index"] == pytest.approx(total)
        assert found["total"]["growth"] == pytest.approx(-42.947, abs=1e-3)
    run = fansipan("measure", "p", "--by", "product", "--month", month, "-o", "o.csv", cwd=folder)
    output = pl.read_csv(folder / "o.csv").filter(product="phos").row(0, named=True)
    assert (output["level"], output["growth"]) == (0, -100)


def test_blank_return_after_closure(case, fansipan):
    folder = case("blank_return_after_closure")
    fansipan("measure", "p", "--by", "establishment", "--month", "2021-07", "-o", "o.csv", cwd=folder)
    found = {row["establishment"]: row for row in pl.read_csv(folder / "o.csv").iter_rows(named=True)}
    assert found["E2"]["level"] == 0
    assert sum(row["level"] for row in found.values()) == pytest.approx(0.14)
    assert sum(row["contribution"] for row in found.values()) == pytest.approx(-26.316, abs=1e-3)
    told = fansipan("explain", "p", "--month", "2021-07", cwd=folder).stdout
    assert "0 of them imputed" in " ".join(told.split())


@pytest.mark.parametrize("by", [[], ["--by", "portfolio"]])
def test_late_joining_product(case, fansipan, by):
    folder = case("late_joining_product")
    run = fansipan("measure", "p", "--indicator", "index", "--month", "2021-07", *by, "-o", "i.csv", cwd=folder)
    assert run.returncode == 0, run.stderr
    found = figures(folder / "i.csv")
    assert [found[code]["index"] for code in ("iron", "sugar", "total")] == [100, 100, 100]
    assert found["total"]["growth"] == 0


def test_weighted_product_never_reported(case, fansipan):
    folder = case("weighted_product_never_reported")
    run = fansipan("measure", "p", "--indicator", "index", "--month", "2021-07", cwd=folder)
    assert run.returncode == 0
    assert run.stderr.count("\n") == 1
    assert "no return of acid (33.33 % of the weights) has come" in run.stderr


def test_inventory_opening_stock(case, fansipan):
    folder = case("inventory_opening_stock")
    fansipan("measure", "p", "--indicator", "inventory", "--month", "2020-05", "-o", "s.csv", cwd=folder)
    assert figures(folder / "s.csv")["total"]["index"] == pytest.approx((500 * 100 + 100 * 200) / 600)


def test_inventory_zero_at_year_ends(case, fansipan):
    folder = case("inventory_zero_at_year_ends")
    run = fansipan("measure", "p", "--indicator", "inventory", "--month", "2020-05", "-o", "s.csv", cwd=folder)
    assert run.returncode == 0, run.stderr
    assert figures(folder / "s.csv")["sugar"]["index"] > 0


def test_two_constant_prices(case, fansipan):
    folder = case("two_constant_prices")
    run = fansipan("check", "p", cwd=folder)
    assert run.returncode == 1
    assert "The product iron has several constant 2010 prices (periods 2010, 2011)" in " ".join(run.stdout.split())
    run = fansipan("measure", "p", "--by", "product", "--month", "2021-07", "-o", "o.csv", cwd=folder)
    assert pl.read_csv(folder / "o.csv").filter(product="iron")["level"].item() == pytest.approx(0.10)


def test_partial_correction_blank_quantity(case, fansipan, tmp_path):
    """The correction gives no quantity: the 3,410.3 t that were reported stay, and both `add` and `check` say so."""
    folder = case("partial_correction_blank_quantity")
    province = tmp_path / "laocai"
    build().write(province)
    measure = ("measure", province, "--by", "product", "--scope", "establishment=CS12")
    before = fansipan(*measure).stdout
    run = fansipan("add", province, folder / "returns.csv")
    assert run.returncode == 0, run.stderr
    assert "is blank where an earlier one had 3,410.3: that figure is kept" in run.stderr
    assert fansipan(*measure).stdout == before
    assert "3,410.3: that figure is kept" in " ".join(fansipan("check", province).stdout.split())
