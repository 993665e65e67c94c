"""fansipan month: the page of any province, in the terminal, as HTML and as a workbook."""

import openpyxl
import pytest

from fansipan.province import Province
from support.even_months import EVEN, history


@pytest.fixture
def province(small, tmp_path):
    Province(small(history(EVEN))).write(tmp_path / "province")
    return tmp_path / "province"


def test_in_the_terminal(province, fansipan):
    run = fansipan("month", province)
    assert run.returncode == 0, run.stderr
    assert "December 2023" in run.stdout


@pytest.mark.parametrize("month", ["2023-05", "05/2023", "T5/2023"])
def test_as_a_page(province, fansipan, tmp_path, month):
    run = fansipan("month", province, "--month", month, "-o", tmp_path / "new" / "page.html", lang="vi")
    assert run.returncode == 0, run.stderr
    assert "tháng 5/2023" in (tmp_path / "new" / "page.html").read_text(encoding="utf8")


def test_as_a_workbook(province, fansipan, tmp_path):
    run = fansipan("month", province, "-o", tmp_path / "m.xlsx")
    assert run.returncode == 0, run.stderr
    assert openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames


def test_a_month_without_a_return_yet_is_refused(province, fansipan, tmp_path):
    run = fansipan("month", province, "--month", "2030-01", "-o", tmp_path / "m.html")
    assert run.returncode == 1
    assert "There is no return for 2030-01 yet; the last month with returns is 2023-12" in run.stderr
    assert not (tmp_path / "m.html").exists()


def test_a_vietnamese_name_and_an_ending_in_capitals(province, fansipan, tmp_path):
    run = fansipan("month", province, "-o", tmp_path / "Báo cáo tháng 5.HTML", lang="vi")
    assert run.returncode == 0, run.stderr
    (written,) = tmp_path.glob("Báo cáo tháng 5.*")
    assert written.name in run.stdout.replace("\n", "")


def test_another_ending_is_refused_and_nothing_is_written(province, fansipan, tmp_path):
    run = fansipan("month", province, "-o", tmp_path / "m.pdf")
    assert run.returncode == 1
    assert "Name a file that ends in .html or .xlsx" in run.stderr
    assert not (tmp_path / "m.pdf").exists()
