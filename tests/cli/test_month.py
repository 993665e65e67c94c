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


def test_another_ending_is_refused_and_nothing_is_written(province, fansipan, tmp_path):
    run = fansipan("month", province, "-o", tmp_path / "m.pdf")
    assert run.returncode == 1
    assert "Name a file that ends in .html or .xlsx" in run.stderr
    assert not (tmp_path / "m.pdf").exists()
