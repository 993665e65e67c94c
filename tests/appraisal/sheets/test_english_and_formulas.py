"""Sheets in English, the letterhead of Decree 30/2020, room to sign in Excel, and finance formulas that agree."""

from datetime import date

import docx
import openpyxl
import pytest
import pyxirr

from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.finance.cash_flow import cash_flow
from fansipan.appraisal.ranking.dossier import dossier, fingerprint
from fansipan.examples.decisions import decision_folder
from fansipan.report.choice.sheets.firm_sheets import consistency_words, firm_words
from fansipan.report.choice.sheets.signers import signers
from fansipan.report.choice.sheets.writing import write_sheets
from fansipan.report.writers.word import both, place_and_date


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    source = decision_folder("eight-applicants-one-park")
    found = dossier(read_decision(source), draws=2000, fingerprint=fingerprint(source), lang="en")
    return found, write_sheets(found, tmp_path_factory.mktemp("english"))


def words_of(path):
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize(
    ("on", "vi", "en"),
    [
        (date(2024, 2, 5), "Lào Cai, ngày 05 tháng 02 năm 2024", "Lào Cai, 2024-02-05"),
        (date(2024, 6, 20), "Lào Cai, ngày 20 tháng 6 năm 2024", "Lào Cai, 2024-06-20"),
        (date(2024, 12, 1), "Lào Cai, ngày 01 tháng 12 năm 2024", "Lào Cai, 2024-12-01"),
    ],
)
def test_dates_as_the_decree_writes_them(on, vi, en):
    assert place_and_date("Lào Cai", on, "vi") == vi
    assert place_and_date("Lào Cai", on, "en") == en


def test_an_unknown_place_and_day_leave_dots_to_fill_in():
    assert place_and_date("", None, "vi") == "…………, ngày …… tháng …… năm ………"


def test_both_languages_in_the_order_asked():
    assert both("sheet.rank", "vi") == both("sheet.rank", "en")[::-1]


def test_english_sheets_are_english_first(english):
    found, paths = english
    words = words_of(paths[0])
    assert f"Proposed: {found.ranking.selected}" in words
    assert "A deposit of 9 billion đồng is below the 11 billion" in words
    assert "Decree 31/2021/NĐ-CP, Art. 26" in words
    assert "Socialist Republic of Viet Nam" in words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    for told in ("Đề xuất chọn:", "không đổi", "thấp hơn mức"):
        assert told not in words


def test_english_score_sheet_has_units_evidence_and_figures_in_english(english):
    words = words_of(english[1][3])
    assert "Audited accounts of the last two years; bank's confirmation" in words
    assert "billion đồng/ha" in words
    assert "price −5.0% … +5.0%" in words
    for told in ("giá bán", "Báo cáo tài chính đã kiểm toán", "−5,0%"):
        assert told not in words


def test_rows_to_sign_stand_in_the_workbook(english):
    found, paths = english
    sheet = openpyxl.load_workbook(paths[1]).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(name in cells for name in signers(found))
    assert cells.count("(signature and name)") == len(signers(found))
    assert signers(found)[-1] == "Chủ tịch hội đồng"


def test_secretary_and_chair_sign_where_nobody_marked(folder):
    assert signers(dossier(read_decision(folder()), draws=100, lang="vi")) == ["Thư ký hội đồng", "Chủ tịch hội đồng"]


def test_the_workbook_tells_weights_and_what_the_second_needs(english):
    found, paths = english
    book = openpyxl.load_workbook(paths[1])
    weights = next(sheet for sheet in book if str(sheet["A1"].value).startswith("Weights"))
    names = [str(row[0].value).strip() for row in weights.iter_rows(min_row=5) if row[0].value]
    assert names[:3] == ["Total", "Financial capacity", "Share of equity"]
    needed = next(sheet for sheet in book if "draw level" in str(sheet["A1"].value))
    assert needed["B5"].value == "52%"
    assert any(line in [row[0].value for row in needed.iter_rows()] for line in firm_words(found))


def test_npv_and_rate_of_each_flow_are_formulas_with_the_program_s_results(english):
    found, paths = english
    formulas = openpyxl.load_workbook(paths[1])
    cached = openpyxl.load_workbook(paths[1], data_only=True)
    sheets = [name for name in formulas.sheetnames if str(formulas[name]["A1"].value).startswith("Cash flow")]
    assert len(sheets) == 8
    for sheet, (name, own) in zip(sheets, found.outlooks.items(), strict=True):
        flow = cash_flow(found.decision.plans[name]).project[0]
        last = 4 + len(flow)
        assert cached[sheet].cell(last + 3, 3).value == pytest.approx(own.worth.npv)
        assert pyxirr.npv(0.11, list(flow)) == pytest.approx(own.worth.npv)
        assert formulas[sheet].cell(last + 3, 3).value.startswith("=O5+NPV(C")
        assert cached[sheet].cell(last + 4, 3).value == pytest.approx(own.worth.irr)
        assert formulas[sheet].cell(5, 6).value == "=C5-D5-E5"


def test_consistency_of_comparisons_stands_on_the_sheets(folder, tmp_path):
    decision = read_decision(
        folder(
            comparisons="judge,criterion,other,ratio\nLan,vốn,công nghệ,9\nLan,vốn,nước,1/5\nLan,công nghệ,nước,5\n"
            "Minh,vốn,công nghệ,2\nMinh,vốn,nước,4\nMinh,công nghệ,nước,2\n"
        )
    )
    found = dossier(decision, draws=100, lang="vi")
    lines = consistency_words(found)
    assert "Lan" in lines[0]
    assert "KHÔNG đạt" in lines[0]
    assert "hoàn toàn nhất quán" in lines[1]
    paths = write_sheets(found, tmp_path / "out")
    assert all(line in words_of(paths[0]) for line in lines)


def test_more_ranks_than_a_page_holds_stand_together(folder, tmp_path):
    rows = "".join(f"N{i},{i * 7 % 13},{i * 5 % 11}\n" for i in range(14))
    free = "criterion,direction\nx,max\ny,max\n"
    found = dossier(read_decision(folder("alternative,x,y\n" + rows, free)), draws=300, lang="vi")
    score = write_sheets(found, tmp_path / "out")[3]
    heads = [cell.text for table in docx.Document(score).tables for cell in table.rows[0].cells]
    assert "≥ 10" in heads
    assert "11" not in heads
