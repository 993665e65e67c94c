"""Figures that are not compiled here: plans, and what other authorities published."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

SCOPE_KINDS = [
    ("province", "toàn tỉnh", "province"),
    ("area", "đơn vị hành chính", "area"),
    ("zone", "khu, cụm", "zone"),
    ("industry", "ngành", "industry"),
    ("product", "sản phẩm", "product"),
    ("establishment", "cơ sở", "establishment"),
    ("portfolio", "nhóm định hướng", "portfolio group"),
    ("kind", "loại hình", "kind"),
    ("ownership", "thành phần kinh tế", "ownership"),
]
MEASURES = [
    ("level", "giá trị", "level"),
    ("mom", "tăng so với tháng trước (%)", "growth on the previous month (%)"),
    ("yoy", "tăng so với cùng kỳ năm trước (%)", "growth on the same period last year (%)"),
    ("ytd", "lũy kế", "cumulative"),
    ("ytd-yoy", "lũy kế tăng so với cùng kỳ (%)", "cumulative growth on the same period (%)"),
    ("percent-of-plan", "so với kế hoạch năm (%)", "percent of the year's plan"),
    ("share", "tỷ trọng (%)", "share (%)"),
]


@declared("plans", vi="Kế hoạch", en="Plans")
class Plans(Table):
    """A row is a planned figure of an indicator, for a scope and a period."""

    indicator = column.code("Chỉ tiêu", "Indicator", key=True)
    scope_kind = column.choice("Loại phạm vi", "Kind of scope", SCOPE_KINDS, key=True)
    scope = column.code("Phạm vi", "Scope", key=True)
    period = column.period("Kỳ", "Period", key=True)
    value = column.number("Giá trị kế hoạch", "Planned value", scale=6)
    unit = column.label("Đơn vị tính", "Unit", nullable=True)
    price_basis = shared.price_basis(nullable=True)
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("official_figures", vi="Số liệu công bố", en="Official figures")
class OfficialFigures(Table):
    """A row is a figure that the statistics office or another authority published, as it was printed."""

    indicator = column.code("Chỉ tiêu", "Indicator", key=True)
    scope_kind = column.choice("Loại phạm vi", "Kind of scope", SCOPE_KINDS, key=True)
    scope = column.code("Phạm vi", "Scope", key=True)
    period = column.period("Kỳ", "Period", key=True)
    measure = column.choice("Đại lượng", "Measure", MEASURES, key=True)
    publisher = column.label("Cơ quan công bố", "Publisher", key=True)
    status = shared.status(key=True)
    value = column.number("Giá trị", "Value", scale=6)
    unit = column.label("Đơn vị tính", "Unit", nullable=True)
    price_basis = shared.price_basis(nullable=True)
    published_on = shared.published_on()
    document = shared.document()
    certainty = shared.certainty()
    source = shared.source()
    citation = shared.citation()
