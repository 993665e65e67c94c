"""The office's monthly workbooks as rows of official figures."""

from datetime import date

import polars as pl
import pytest
import xlsxwriter

from fansipan.checks import check_province
from fansipan.errors import InvalidInput
from fansipan.interop.gso.overlaps import overlaps
from fansipan.interop.gso.workbook import read_workbook, report_month
from fansipan.province import Province
from fansipan.tables import REGISTRY


@pytest.fixture
def workbook(tmp_path):
    """A small workbook in the office's manner: a broken name, a ditto unit, a cumulative first column."""

    def make(name="2024-05-29-bieu.xlsx", mom="103.85", unit="Nghìn tấn", coal=4167.4, told="Thực hiện"):
        path = tmp_path / name
        sheets = {
            "2.IIP": [
                ["2. Chỉ số sản xuất công nghiệp"],
                [],
                [None, "Tháng 4", "Tháng 5", "5 tháng"],
                [None, "năm 2024", "năm 2024", "năm 2024"],
                [None, "so với", "so với", "so với"],
                [None, "cùng kỳ", "tháng", "cùng kỳ"],
                [None, "năm trước", "trước", "năm trước"],
                [],
                ["Toàn ngành công nghiệp", 107.39, float(mom), 106.76],
                ["Khai khoáng", 95.04, 98.76, 94.76],
                ["Cung cấp nước; hoạt động quản lý"],
                ["và xử lý rác thải", 109.14, 101.65, 106.26],
            ],
            "3.SP": [
                ["3. Một số sản phẩm chủ yếu của ngành công nghiệp"],
                [],
                [None, "Đơn vị", told, "Ước tính"],
                [None, "tính", "4 tháng", "tháng 5"],
                [None, None, "năm 2024", "năm 2024"],
                [],
                ["Than đá", unit, 15313.3, coal],
                ["Dầu mỏ", '"', 2781.8, 669],
            ],
            "16.CPI": [["16. Chỉ số giá tiêu dùng"], [None, "Tháng 5 năm 2024 so với tháng trước"], ["Chung", 100.05]],
        }
        with xlsxwriter.Workbook(path) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return make


def value(figures, scope, period, measure):
    found = figures.filter((pl.col("scope") == scope) & (pl.col("period") == period) & (pl.col("measure") == measure))
    return found["value"].to_list()


def test_growth_printed_as_a_ratio_is_kept_as_growth(workbook):
    figures = read_workbook(workbook()).figures
    assert value(figures, "Toàn ngành công nghiệp", "2024-05", "mom") == [3.85]
    assert value(figures, "Khai khoáng", "2024-05", "ytd-yoy") == [-5.24]
    assert report_month(figures).month == 5
    assert figures["published_on"].unique().to_list() == [date(2024, 5, 29)]


def test_the_cumulative_first_column_is_not_taken_for_a_month(workbook):
    figures = read_workbook(workbook()).figures
    assert value(figures, "Than đá", "2024-04", "ytd") == [15313.3]
    assert value(figures, "Than đá", "2024-04", "level") == []
    assert value(figures, "Dầu mỏ", "2024-05", "level") == [669.0]


def test_broken_names_are_joined_and_ditto_units_filled(workbook):
    figures = read_workbook(workbook()).figures
    assert value(figures, "Cung cấp nước; hoạt động quản lý và xử lý rác thải", "2024-05", "mom") == [1.65]
    assert figures.filter(pl.col("scope") == "Dầu mỏ")["unit"].unique().to_list() == ["Nghìn tấn"]


def test_earlier_periods_are_preliminary_and_the_month_itself_an_estimate(workbook):
    figures = read_workbook(workbook()).figures
    firm = dict(figures.filter(pl.col("indicator") == "national-iip").select("period", "status").iter_rows())
    assert firm == {"2024-04": "preliminary", "2024-05": "estimate"}


def test_overlapping_figures_agree_or_are_reported_as_revised(workbook):
    first, second = read_workbook(workbook()), read_workbook(workbook("2024-06-29-bieu.xlsx", mom="104.10"))
    shared = overlaps([second.figures, first.figures])
    revised = shared.filter(~pl.col("agrees"))
    assert revised.select("scope", "measure", "first", "last").rows() == [("Toàn ngành công nghiệp", "mom", 3.85, 4.1)]
    assert revised["revision"][0] == pytest.approx(0.25)


def test_a_figure_in_another_unit_is_told_with_its_units_and_is_no_revision(workbook, tmp_path, fansipan):
    first = workbook()
    second = workbook("2024-06-29-bieu.xlsx", unit="Tấn", coal=4167400.0)
    shared = overlaps([read_workbook(first).figures, read_workbook(second).figures])
    coal = shared.filter(scope="Than đá", period="2024-05", measure="level")
    assert coal.select("first_unit", "last_unit", "revision", "agrees").rows() == [("Nghìn tấn", "Tấn", None, False)]
    told = fansipan("import", "gso", first, second, "-o", tmp_path / "o.csv").stdout
    assert "Than đá, 2024-05, level: 4,167.40 Nghìn tấn → 4,167,400.00 Tấn" in told


def test_a_figure_a_thousand_times_another_is_told_first_as_a_slip_of_units(workbook, tmp_path, fansipan):
    second = workbook("2024-06-29-bieu.xlsx", coal=4.3, mom="104.10")
    shared = overlaps([read_workbook(workbook()).figures, read_workbook(second).figures])
    apart = shared.filter(pl.col("thousandfold"))
    assert apart.select("scope", "measure").rows() == [("Than đá", "level")]
    lines = fansipan("import", "gso", workbook(), second, "-o", tmp_path / "o.csv").stdout.splitlines()
    (first,) = [place for place, line in enumerate(lines) if "about a thousandfold" in line]
    assert "Than đá" in lines[first]
    assert "4.10" in lines[first + 1]


def test_the_same_unit_in_capitals_is_the_same(workbook):
    shared = overlaps(
        [read_workbook(workbook()).figures, read_workbook(workbook("2024-06-29-bieu.xlsx", unit="NGHÌN TẤN")).figures]
    )
    assert shared["agrees"].all()


@pytest.mark.parametrize(("told", "status"), [("Chính thức", "final"), ("Sơ bộ", "preliminary"), ("", "preliminary")])
def test_what_a_heading_says_of_firmness_stands(workbook, told, status):
    figures = read_workbook(workbook(told=told)).figures.filter(scope="Than đá")
    assert dict(figures.select("period", "status").iter_rows()) == {"2024-04": status, "2024-05": "estimate"}


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_broken_file_is_told_in_words(tmp_path, content):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"broken\.xlsx"):
        read_workbook(path)


def test_a_workbook_without_a_known_table_is_refused(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "other.xlsx") as book:
        book.add_worksheet("A").write(0, 0, "Chỉ số giá")
    with pytest.raises(InvalidInput, match="no table of industrial production"):
        read_workbook(tmp_path / "other.xlsx")


def test_from_the_command_line_into_a_province(workbook, tmp_path, fansipan):
    folder = Province({"settings": pl.DataFrame({"setting": ["name"], "value": ["Thử"]})}).write(tmp_path / "province")
    done = fansipan("import", "gso", workbook(), "--province", folder)
    assert done.returncode == 0, done.stderr
    again = fansipan("import", "gso", workbook(), "--province", folder)
    assert "0 new figures" in again.stdout
    assert Province.read(folder)["official_figures"].height == 3 * 3 + 2 * 2
    assert fansipan("import", "gso", workbook()).returncode == 1


def test_what_was_imported_passes_the_checks_of_the_province(workbook, small):
    """National figures name the country's industries and products, which need not stand in the province's tables."""
    tables = {**small([]), "official_figures": read_workbook(workbook()).figures}
    codes = [fault.code for fault in check_province(Province(tables))]
    assert not [code for code in codes if code.startswith("reference.")]


def test_every_file_that_cannot_be_read_is_told_and_every_revision_shown(workbook, tmp_path, fansipan):
    done = fansipan(
        "import", "gso", workbook(), workbook("2024-06-29-bieu.xlsx", mom="104.10"), "-o", tmp_path / "o.csv"
    )
    assert "national-iip, Toàn ngành công nghiệp, 2024-05, mom: 3.85 → 4.10" in done.stdout
    refused = fansipan("import", "gso", "a.xls", workbook(), "b.xls", "-o", tmp_path / "p.csv", cwd=tmp_path)
    assert (refused.returncode, (tmp_path / "p.csv").exists()) == (1, False)
    assert all(name in refused.stderr for name in ("a.xls", "b.xls"))


@pytest.mark.reference
def test_the_six_workbooks_read_without_hand_work(reference_data):
    paths = sorted((reference_data / "gso_monthly" / "workbooks").iterdir())
    read = {path.name[:7]: read_workbook(path) for path in paths}
    assert [str(report_month(r.figures)) for r in read.values()] == list(read)
    for imported in read.values():
        assert imported.faults == ()
        REGISTRY["official_figures"].validate(imported.figures)
    may = read["2024-05"].figures.filter(pl.col("indicator") == "national-iip")
    assert value(may, "Toàn ngành công nghiệp", "2024-05", "yoy") == [pytest.approx(8.866731, abs=1e-6)]
    assert value(read["2018-06"].figures, "Than đá (than sạch)", "2018-05", "ytd") == [18441.7]
    assert value(read["2023-12"].figures, "Toàn ngành công nghiệp", "2023-Q1", "yoy") == [-2.57]
    shared = overlaps([r.figures for r in read.values()])
    april = shared.filter((pl.col("period") == "2024-04") & (pl.col("scope") == "Toàn ngành công nghiệp"))
    assert april.select("first", "last", "agrees").rows() == [(6.33, 7.39, False)]
    # The workbook of April 2024 says thousand billion đồng over figures in billion đồng.
    apart = shared.filter(pl.col("thousandfold")).select("scope", "period", "measure").rows()
    assert apart == [("Linh kiện điện thoại", "2024-04", "level")]
