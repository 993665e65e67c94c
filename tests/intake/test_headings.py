"""What the words above a column mean."""

from datetime import date

import pytest

from fansipan.intake.headings import month_heading, role_of
from fansipan.periods import Month

SPELT = [
    ["Tháng 5/2025"], ["T5/2025"], ["T5"], ["05-2025"], ["2025M05"], ["2025-05"], ["202505"], ["May-25"], ["Thg 5"],
    ["Tháng 05"], ["Tháng Năm"], ["Năm 2025", "T5"], ["Tháng", 5.0], ["Tháng", "5"], [date(2025, 5, 1)], [45778.0],
    ["Th.5/2025"], ["tháng 5/25"], ["TH tháng 5 năm 2025"], ["Sản lượng", "Tháng 5 năm 2025"],
]  # fmt: skip


@pytest.mark.parametrize("cells", SPELT, ids=str)
def test_one_month_under_many_spellings(cells):
    found = month_heading(cells, 2025)
    assert (found.month, found.measure) == (Month(2025, 5), "level")


@pytest.mark.parametrize(
    ("words", "month", "measure", "status"),
    [
        ("Ước T12/2025", Month(2025, 12), "level", "estimate"),
        ("Sơ bộ tháng 3/2025", Month(2025, 3), "level", "preliminary"),
        ("5 tháng đầu năm 2025", Month(2025, 5), "ytd", None),
        ("Lũy kế 5 tháng", Month(2025, 5), "ytd", None),
        ("Cộng dồn đến tháng 5", Month(2025, 5), "ytd", None),
        ("5 tháng/2024", Month(2024, 5), "ytd", None),
        ("Cả năm", None, "year", None),
        ("Tổng cộng", None, "year", None),
        ("Quý II", None, "part", None),
        ("Kế hoạch năm 2025", None, "plan", None),
        ("Tháng 12 năm 2025 so với cùng kỳ năm trước (%)", Month(2025, 12), "growth", None),
    ],
)
def test_other_columns_of_figures(words, month, measure, status):
    found = month_heading([words], 2025)
    assert (found.month, found.measure, found.status) == (month, measure, status)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("STT", "order"), ("Tên doanh nghiệp, cơ sở", "name"), ("Mã số thuế", "tax"), ("MST", "tax"), ("ĐVT", "unit"),
        ("Địa chỉ (xã, phường)", "area"), ("Ngành nghề, sản phẩm chính", "product"), ("Loại hình", "ownership"),
        ("Khu, cụm CN", "zone"), ("Bắt đầu SX", "opened"), ("Lao động (người)", "labour"), ("Ghi chú", "note"),
        ("Mã ngành", "industry"), ("Tồn kho cuối kỳ", "stock"), ("Tiêu thụ", "sales"), ("Sản lượng", "quantity"),
    ],
)  # fmt: skip
def test_roles(words, role):
    assert role_of(words) == role
