"""The report of one month: columns that name their month only by that of the report, and long tables."""

import pytest

from fansipan.intake import take_in
from support.department import Department, write_book
from support.intake import AT, Outcome, province_of

LAYOUTS = {
    "named": ["Tháng 4/2024", "Ước tháng 5/2024", "Lũy kế 5 tháng", "So cùng kỳ (%)"],
    "by the report": ["Thực hiện tháng trước", "Ước tháng báo cáo", "Lũy kế từ đầu năm", "Cùng kỳ năm trước"],
    "plain": ["Tháng trước", "Trong tháng", "Cộng dồn", "% so cùng kỳ"],
    "order changed": ["Lũy kế 5 tháng 2024", "Cùng kỳ năm 2023", "Thực hiện T4/2024", "Thực hiện T5/2024"],
}


def report(department, heads, title="BÁO CÁO SẢN LƯỢNG THÁNG 5 NĂM 2024"):
    rows = [["SỞ CÔNG THƯƠNG"], [title], [None], ["STT", "Tên doanh nghiệp", "MST", "Sản phẩm", "ĐVT", *heads]]
    for number, (name, tax, made) in enumerate(department.firms, 1):
        for line, (product, unit, _, _) in enumerate(made):
            months = [department.figures[tax, product, f"2024-{m:02d}"] for m in range(1, 6)]
            whole = round(sum(v or 0 for v in months), 4)
            cells = []
            for head in heads:
                low = head.casefold()
                if "lũy kế" in low or "cộng dồn" in low:
                    cells.append(whole)
                elif "cùng kỳ" in low:
                    cells.append(104.2 if "%" in low else 777.7)
                else:
                    before = "trước" in low or "4/2024" in low
                    cells.append(months[3] if before else months[4])
            rows.append([*([number, name, tax] if line == 0 else [None, None, None]), product, unit, *cells])
    return [("BC T5", rows)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_of_one_month(layout, outcome):
    department = Department(11)
    found = outcome(report(department, LAYOUTS[layout]), department)
    assert not found.held, found.taken.errors or found.taken.questions
    assert found.wrong == []
    wanted = {key for key in department.truth if key[2] in ("2024-04", "2024-05")}
    assert found.right == wanted


def test_a_report_that_names_no_month_is_not_guessed(outcome):
    department = Department(11)
    found = outcome(report(department, LAYOUTS["by the report"], "BÁO CÁO SẢN LƯỢNG"), department)
    assert found.right == set()


def test_two_columns_of_which_nothing_tells_the_month_are_refused(outcome):
    department = Department(11)
    found = outcome(report(department, ["Sản lượng", "Khối lượng", "Lũy kế", "Ghi chú"]), department)
    assert [fault.code for fault in found.taken.errors] == ["intake.column-twice"]


def test_a_long_table_with_months_below_each_other(tmp_path):
    department = Department(12)
    rows = [["Mã số thuế", "Tên cơ sở", "Sản phẩm", "Đơn vị tính", "Tháng", "Sản lượng", "Tiêu thụ", "Tồn kho"]]
    names = {tax: name for name, tax, _ in department.firms}
    units = {product: unit for _, _, made in department.firms for product, unit, _, _ in made}
    for (tax, product, month), value in department.figures.items():
        year, number = month.split("-")
        stock = None if value is None else round(value * 0.1, 3)
        rows.append([tax, names[tax], product, units[product], f"{int(number)}/{year}", value, value, stock])
    path = write_book([("Số liệu", rows)], tmp_path / "dai.xlsx")
    taken = take_in([path], province_of(department), {}, AT)
    found = Outcome(taken, department)
    assert not found.held, taken.errors or taken.questions
    assert (found.wrong, found.lacking) == ([], set())
    assert taken.province["returns"]["sales"].null_count() == 0


def test_a_word_table(tmp_path):
    import docx

    department = Department(13)
    document = docx.Document()
    document.add_paragraph("BÁO CÁO SẢN LƯỢNG THÁNG 5 NĂM 2024")
    rows = report(department, LAYOUTS["named"])[0][1][3:]
    table = document.add_table(rows=0, cols=9)
    for row in rows:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=True):
            text = f"{value:,.2f}".replace(",", " ").replace(".", ",") if isinstance(value, float) else str(value or "")
            cell.text = text.replace(" ", ".") if isinstance(value, float) else text
    path = tmp_path / "bc.docx"
    document.save(path)
    found = Outcome(take_in([path], province_of(department), {}, AT), department)
    assert not found.held, found.taken.errors or found.taken.questions
    assert [w for w in found.wrong if abs(w[1] - (w[2] or 0)) > 0.005] == []
    assert {key[2] for key in found.right} == {"2024-04", "2024-05"}
