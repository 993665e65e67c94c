"""Any page of any province."""

import pytest

from fansipan.intake import take_in
from fansipan.statistics.drafts import draft_prices, draft_weights
from support.department import Department, write_book
from support.intake import AT, province_of


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A province that has nothing but a list of firms and two years of quantities, with draft prices and weights."""
    folder = tmp_path_factory.mktemp("page")
    department = Department(3)
    path = write_book(department.sheets(), folder / "b.xlsx")
    found = take_in([path], province_of(department), {}, AT).province
    labour = [
        {"establishment": tax, "month": "2024-12", "recorded_at": AT, "labour": 50, "late": False, "source": "reported"}
        for _, tax, _ in department.firms
    ]
    import polars as pl

    empty = found["establishment_returns"]
    found = found.replace(
        establishment_returns=pl.concat([empty, pl.DataFrame(labour)], how="diagonal_relaxed").cast(dict(empty.schema))
    )
    found = found.replace(product_prices=draft_prices(found, 2024, {"total": 900.0}))
    return found.replace(index_weights=draft_weights(found, 2024)).write(folder / "tinh")


def test_all_pages_that_the_data_allow(province, fansipan, tmp_path):
    run = fansipan("page", "all", province, "--month", "12/2024", "-o", tmp_path / "trang", lang="vi")
    assert run.returncode == 0, run.stderr
    names = {"index.html", "scenario.html", "zones.html", "invest.html", "delivery.html", "meeting.html"}
    assert {path.name for path in (tmp_path / "trang").iterdir()} == names
    assert "Không có trang plan" in run.stderr
    for path in (tmp_path / "trang").iterdir():
        assert "DỮ LIỆU MINH HỌA" not in path.read_text(encoding="utf8"), path.name


def test_one_page_and_names_that_are_none(province, fansipan, tmp_path):
    run = fansipan("page", "month", province, "-o", tmp_path / "p")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "p" / "index.html").is_file()
    odd = fansipan("page", "moth", province, "-o", tmp_path / "q")
    assert odd.returncode == 1
    assert "month, scenario, plan" in odd.stderr
    assert not (tmp_path / "q").exists()
    plan = fansipan("page", "plan", province, "-o", tmp_path / "q")
    assert "no planning system" in plan.stderr
