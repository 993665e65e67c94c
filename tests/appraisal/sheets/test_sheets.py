"""The sheets of the two example decisions: what must stand on them, and that the workbook's formulas agree."""

import json
from dataclasses import replace
from zipfile import ZipFile

import docx
import openpyxl
import polars as pl
import pytest

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.decision.reading import read_decision
from fansipan.appraisal.finance.appraisal import Worth
from fansipan.appraisal.ranking.dossier import dossier, fingerprint
from fansipan.errors import FansipanError
from fansipan.examples.decisions import decision_folder
from fansipan.report.choice.sheets.finance_words import compared_words, finance_pairs, sensitivity_rows
from fansipan.report.choice.sheets.writing import plain, write_sheets

MARK = "DỮ LIỆU MINH HỌA – ILLUSTRATIVE DATA"


def written(name, folder):
    source = decision_folder(name)
    found = dossier(read_decision(source), draws=2000, fingerprint=fingerprint(source), lang="vi")
    return found, write_sheets(found, folder)


@pytest.fixture(scope="module")
def park(tmp_path_factory):
    return written("eight-applicants-one-park", tmp_path_factory.mktemp("park"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    return written("three-developers-one-cluster", tmp_path_factory.mktemp("cluster"))


def words_of(path):
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def named(paths, start):
    return next(path for path in paths if path.name.startswith(start))


def test_every_file_is_written(park, cluster):
    assert [path.name for path in cluster[1]] == [
        "comparison.docx",
        "comparison.xlsx",
        "ranking.csv",
        "score-01-doanh-nghiep-ha-tang-a.docx",
        "score-02-doanh-nghiep-xay-dung-b.docx",
        "score-03-hop-tac-xa-dau-tu-c.docx",
        "marks-trail.csv",
        "result.json",
    ]
    assert len(park[1]) == 13
    assert all(path.stat().st_size > 0 for path in park[1])


def test_every_sheet_of_made_up_data_says_so(park):
    for path in park[1]:
        if path.suffix == ".docx":
            assert MARK in words_of(path)
    book = openpyxl.load_workbook(named(park[1], "comparison.xlsx"))
    assert all(sheet["A2"].value == MARK for sheet in book)


def test_rows_of_wrapped_words_are_as_high_as_their_lines(park):
    sheet = openpyxl.load_workbook(named(park[1], "comparison.xlsx"))["Hồ sơ không đạt điều kiện"]
    refused = [row for row in sheet.iter_rows(min_row=5) if row[2].value]
    assert len(refused) == 2
    assert all(sheet.row_dimensions[row[0].row].height >= 30 for row in refused)


def test_comparison_tells_ranking_refusals_and_firmness(park):
    found, paths = park
    words = words_of(named(paths, "comparison.docx"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert f"Đề xuất chọn: {found.ranking.selected}" in words
    assert "Ký quỹ 9 tỷ đồng, thấp hơn mức 11 tỷ đồng" in words
    assert "chỉ nhận nhóm II, III, IV" in words
    assert "đứng đầu trong" in words
    assert "Xung đột lợi ích: Thành viên Ban Quản lý khu kinh tế – Xưởng may mặc cao cấp" in words
    assert found.fingerprint in words
    assert "Chủ tịch hội đồng" in words


def test_score_sheet_tells_points_marks_finance_and_what_is_missing(park):
    found, paths = park
    second = found.ranking.in_order[1].alternative
    words = words_of(named(paths, f"score-{found.decision.alternatives.index(second) + 1:02d}"))
    assert f"Hồ sơ: {second}" in words
    assert "Xếp hạng 2/6" in words
    assert "trung bình 6,67 của 3 người chấm (thấp nhất 6, cao nhất 7,5" in words
    assert "Tỷ suất hoàn vốn nội bộ" in words
    assert "Cần gì để bằng điểm hồ sơ đứng đầu" in words


def test_score_sheet_of_a_refused_applicant_says_why_and_what_cures_it(park):
    words = words_of(named(park[1], "score-07"))
    assert "Không xếp hạng" in words
    assert "Nộp thêm 2 tỷ đồng" in words
    assert "đã thay" in words  # a mark that was given again
    assert "Mức chắc chắn của xếp hạng" not in words


def test_marks_of_a_judge_with_an_interest_stand_on_the_sheet_and_do_not_count(cluster):
    words = words_of(named(cluster[1], "score-02"))
    assert words.count("không, xung đột lợi ích") == 4
    assert "trung bình 13,00 của 4 người chấm" in words


def test_developer_below_fifty_points_is_refused_by_the_decree(cluster):
    found, paths = cluster
    words = words_of(named(paths, "comparison.docx"))
    assert "Không đạt điều kiện Tổng điểm ≥ 50 (thực tế: 44,3)." in words
    assert "Nghị định 32/2024/NĐ-CP, Điều 13 khoản 2" in words
    assert found.full_marks == 100


def test_formulas_of_the_workbook_agree_with_the_ranking(park):
    """The cached results are the program's; the formulas are worked out again here, cell by cell."""
    found, paths = park
    formulas = openpyxl.load_workbook(named(paths, "comparison.xlsx"))["Bảng điểm"]
    top = next(row for row in range(1, 60) if str(formulas.cell(row, 1).value).startswith("Giá trị 0–1"))
    count = len(found.decision.leaves)
    for column, standing in enumerate(found.ranking.in_order, 3):
        weights = [formulas.cell(top + 1 + k, 2).value for k in range(count)]
        values = [formulas.cell(top + 1 + k, column).value for k in range(count)]
        assert sum(w * v for w, v in zip(weights, values, strict=True)) * 100 == pytest.approx(standing.score)
        letter = formulas.cell(1, column).column_letter
        expected = f"=SUMPRODUCT($B${top + 1}:$B${top + count},{letter}{top + 1}:{letter}{top + count})*100"
        assert formulas.cell(top + 1 + count, column).value == expected
        assert formulas.cell(top + 2 + count, column).value.startswith("=RANK(")


def test_means_are_formulas_over_the_trail(cluster):
    book = openpyxl.load_workbook(named(cluster[1], "comparison.xlsx"))
    formula = book["Điểm trung bình"]["C5"].value
    assert formula.startswith("=AVERAGEIFS('Điểm chấm của hội đồng'!$D$5:$D$64")
    cached = openpyxl.load_workbook(named(cluster[1], "comparison.xlsx"), data_only=True)["Điểm trung bình"]
    assert cached["C5"].value == pytest.approx(12.1)


def test_same_data_gives_the_same_fingerprint_and_other_data_another(tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n")
    one = fingerprint(tmp_path)
    (tmp_path / "notes.txt").write_text("not data")
    assert fingerprint(tmp_path) == one
    (tmp_path / "a.csv").write_text("x\n2\n")
    assert fingerprint(tmp_path) != one


def test_documents_carry_no_time_of_writing_beyond_the_template(park):
    """Two runs over the same data give the same words and tables."""
    found, paths = park
    again = write_sheets(found, paths[0].parent / "again")
    for one, other in zip(paths, again, strict=True):
        if one.suffix == ".docx":
            with ZipFile(one) as first, ZipFile(other) as second:
                assert first.read("word/document.xml") == second.read("word/document.xml")


def test_results_as_data(cluster):
    found, paths = cluster
    told = json.loads(named(paths, "result.json").read_text(encoding="utf8"))
    assert told["fingerprint"] == found.fingerprint
    table = pl.read_csv(named(paths, "ranking.csv"))
    assert table["value_rank"].to_list() == [1, 2, None]
    assert pl.read_csv(named(paths, "marks-trail.csv"))["counts"].sum() == 56


def test_finance_stands_on_every_sheet_with_what_may_go_wrong(park):
    found, paths = park
    own = next(iter(found.outlooks.values()))
    comparison = words_of(named(paths, "comparison.docx"))
    assert "Khả năng NPV âm" in comparison
    assert compared_words("npv", own, "vi") in comparison
    assert compared_words("loss", own, "vi") in comparison
    score = words_of(named(paths, "score-01"))
    assert "Độ nhạy của hiệu quả tài chính" in score
    assert all(" ".join(row[1:]) in score.replace("\n", " ") for row in sensitivity_rows(own, "vi"))
    assert "Biên dao động là giả định chung" in score
    book = openpyxl.load_workbook(named(paths, "comparison.xlsx"))
    sheet = book["Độ nhạy của hiệu quả tài chính"[:31]]
    drawn = [row[0].value for row in sheet.iter_rows(min_row=5) if row[1].value]
    assert len(drawn) == 6 * len(found.outlooks)
    result = json.loads(named(paths, "result.json").read_text(encoding="utf8"))
    assert result["alternatives"][0]["finance"]["npv"] == own.worth.npv


def test_fit_and_untested_gates_stand_on_the_sheets(folder, tmp_path):
    decision = read_decision(
        folder(
            heading="on = 2024-06-20\n",
            applications="alternative,capital,equity,deposit,technology\nA,100,30,,ordinary\n",
            finance="alternative,start,years,capital_1,volume,price\nA,2024-01-01,8,100,10,6\n",
        )
    )
    fitted = replace(decision, fits={"A": Fit("new", True, 2027, 12.5)})
    paths = write_sheets(dossier(fitted, draws=200, lang="vi"), tmp_path / "out")
    score, comparison = words_of(named(paths, "score-01")), words_of(named(paths, "comparison.docx"))
    assert "Điều kiện chưa xét được" in score
    assert "Chưa xét được điều kiện ký quỹ của A" in comparison
    assert "xây dựng, sử dụng từ 2027" in score
    assert "xây dựng, sử dụng từ 2027" in comparison
    book = openpyxl.load_workbook(named(paths, "comparison.xlsx"))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any("Chưa xét được điều kiện ký quỹ của A" in cell for cell in cells)
    assert "xây dựng, sử dụng từ 2027" in cells


def test_several_rates_are_all_printed(park):
    own = next(iter(park[0].outlooks.values()))
    several = replace(own, worth=Worth(1, None, (0.1, 0.2), 1, None, None, None, None, None))
    assert ("sheet.finance.irr", "10,00%; 20,00%") in finance_pairs(several, "vi")


@pytest.mark.parametrize(
    ("name", "expected"), [("Đá vôi / Số 1", "da-voi-so-1"), ("///", "x"), ("a" * 90, "a" * 48), ("Ơ, Ư", "o-u")]
)
def test_names_as_file_names(name, expected):
    assert plain(name) == expected


def test_folder_that_cannot_be_written(cluster, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(FansipanError, match="cannot be written"):
        write_sheets(cluster[0], blocked)


def test_plain_decision_without_marks_finance_or_heading(folder, tmp_path):
    source = folder()
    found = dossier(read_decision(source), "topsis", draws=500, lang="vi")
    paths = write_sheets(found, tmp_path / "out")
    assert "Hồ sơ: A" in words_of(named(paths, "score-01"))
    assert MARK not in words_of(paths[0])


@pytest.mark.parametrize(
    "rows", ["alternative,vốn,công nghệ,nước\nA,1,1,1\n", "alternative,vốn,công nghệ,nước\nA,-1,0,0\nB,-1,0,0\n"]
)
def test_one_alternative_or_all_alike_are_written_too(folder, tmp_path, rows):
    found = dossier(read_decision(folder(rows)), draws=200, lang="vi")
    assert write_sheets(found, tmp_path / "out")


def test_all_gated_out_is_written_too(folder, tmp_path):
    found = dossier(read_decision(folder(criteria="criterion,direction,gate\nvốn,max,>=999\n")), draws=200, lang="vi")
    paths = write_sheets(found, tmp_path / "out")
    assert "Chưa có hồ sơ được đề xuất" in words_of(paths[0])
