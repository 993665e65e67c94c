"""A department's own files from an empty folder to the published month, through the command line."""

import csv
import json

import polars as pl
import pytest

from fansipan.province import Province

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def files(reference_data):
    return reference_data / "own_files"


@pytest.fixture(scope="module")
def sitting(files, tmp_path_factory, fansipan):
    """The four commands of the sitting, in order, with what each said."""
    folder = tmp_path_factory.mktemp("sitting")
    books = [str(files / name) for name in ("bao-cao-thang-2022-2025.xlsx", "danh-sach-co-so.xlsx")]
    runs = [
        fansipan("new", "tn", "--name", "Thái Nguyên", cwd=folder, lang="vi"),
        fansipan("import", *books, "--into", "tn", "--left-out", "bo-qua.csv", cwd=folder, lang="vi"),
        fansipan("draft", "tn", "--total", "1063180", "--year", "2024", cwd=folder, lang="vi"),
        fansipan("month", "tn", "--month", "2025-12", "-o", "thang.html", cwd=folder, lang="vi"),
    ]
    assert [run.returncode for run in runs] == [0, 0, 0, 0], [run.stderr[-600:] for run in runs]
    return folder, runs


def test_every_quantity_equals_the_truth(files, sitting):
    folder, _ = sitting
    taxes = {firm["no"]: firm["tax"] for firm in json.loads((files / "truth_establishments.json").read_text("utf8"))}
    with (files / "truth_returns.csv").open(encoding="utf8", newline="") as file:
        truth = {
            (taxes[int(row["no"])], row["product"], f"{row['year']}-{int(row['month']):02d}"): float(row["value"])
            for row in csv.DictReader(file)
            if row["missing"] == "False"
        }
    province = Province.read(folder / "tn")
    names = dict(province["products"].select("product", "name").iter_rows())
    columns = ["establishment", "product", "month", "quantity"]
    found = {(e, names[p], m): q for e, p, m, q in province["returns"].select(columns).iter_rows()}
    assert len(truth) == 6964
    assert found == truth


def test_what_is_left_out_is_named_with_its_reason(sitting):
    folder, _ = sitting
    left = pl.read_csv(folder / "bo-qua.csv")
    assert left.filter(pl.col("value").fill_null("").is_in(["", "…", "...", "x"])).height == 60
    assert left.filter(value="-").height == left.height - 60
    assert left["reason"].null_count() == 0
    assert left["row"].null_count() == 0


def test_the_three_planted_totals_are_found(sitting):
    _, runs = sitting
    told = runs[1].stderr
    for place in ("Năm 2022, dòng 20, cột R", "Năm 2024, dòng 170, cột I", "Năm 2025, dòng 177, cột M"):
        assert place in told
    assert "2681 số tổng của tệp: 3 số không bằng" in runs[1].stdout


def test_drafts_meet_the_total_and_say_so(sitting, fansipan):
    folder, _ = sitting
    run = fansipan(
        "measure", "tn", "--month", "2024-12", "--compare", "ytd", "-o", "d.csv", "--by", "total", cwd=folder, lang="vi"
    )
    assert "BẢN NHÁP: 100,0% giá trị" in run.stderr
    level = pl.read_csv(folder / "d.csv")["level"].sum()
    # The mean month of the year, twelve times: months that were not reported are taken at that mean.
    assert level == pytest.approx(1_063_180, rel=0.01)
    page = (folder / "thang.html").read_text(encoding="utf8")
    assert "BẢN NHÁP" in page
    assert "DỮ LIỆU MINH HỌA" not in page


def test_the_next_month_asks_nothing(files, sitting, fansipan, tmp_path):
    """The file with its last month firm and once more changed goes in without a question."""
    import openpyxl

    folder, _ = sitting
    book = openpyxl.load_workbook(files / "bao-cao-thang-2022-2025.xlsx")
    for name in book.sheetnames[:-1]:
        del book[name]
    sheet = book.active
    sheet.title = "Năm 2026"
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "2025" in cell.value:
                cell.value = cell.value.replace("2025", "2026")
            if cell.column > 6 and cell.row > 7 and cell.coordinate not in sheet.merged_cells:
                cell.value = None
    path = tmp_path / "bao-cao-thang-01-2026.xlsx"
    book.save(path)
    before = Province.read(folder / "tn")["returns"].height
    run = fansipan("import", str(path), "--into", "tn", cwd=folder, lang="vi")
    assert run.returncode == 0, run.stderr
    returns = Province.read(folder / "tn")["returns"]
    assert returns.height - before >= 140
    assert set(returns["month"][before:]) == {"2026-01"}
