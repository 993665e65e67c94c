"""Scenarios: named sets of changes over a baseline, each with its reason."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

SELECTIONS = [
    ("all", "tất cả", "everything"),
    ("establishment", "cơ sở", "establishment"),
    ("product", "sản phẩm", "product"),
    ("industry", "ngành", "industry"),
    ("area", "đơn vị hành chính", "area"),
    ("zone", "khu, cụm", "zone"),
    ("portfolio", "nhóm định hướng", "portfolio group"),
    ("project", "dự án", "project"),
    ("hydropower", "thủy điện", "hydropower"),
]
ACTS = [
    ("multiply", "nhân với", "multiply by"),
    ("add", "cộng mỗi tháng", "add each month"),
    ("set", "đặt mỗi tháng bằng", "set each month to"),
    ("cap", "không quá mỗi tháng", "at most each month"),
    ("shift", "lùi số tháng", "shift by months"),
]


@declared("scenarios", vi="Kịch bản tăng trưởng", en="Growth scenarios")
class Scenarios(Table):
    """A row is a scenario; with a parent it takes the parent's changes first."""

    scenario = column.code("Mã kịch bản", "Scenario code", key=True)
    name = column.label("Tên", "Name")
    name_en = column.label("Tên (tiếng Anh)", "Name in English", nullable=True)
    parent = column.code("Kịch bản gốc", "Parent", nullable=True, reference="scenarios.scenario")
    description = column.label("Mô tả", "Description", nullable=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", nullable=True)
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("scenario_changes", vi="Thay đổi của kịch bản", en="Changes of scenarios")
class ScenarioChanges(Table):
    """A row is one change: what is selected, what is done with it, in which months, and why."""

    scenario = column.code("Mã kịch bản", "Scenario code", key=True, reference="scenarios.scenario")
    order = column.integer("Thứ tự", "Order", key=True, min=1)
    select = column.choice("Chọn theo", "Selects by", SELECTIONS)
    item = column.code("Đối tượng", "Item", nullable=True)
    act = column.choice("Thay đổi", "Change", ACTS)
    value = column.number("Giá trị", "Value", scale=6)
    first_month = column.month("Từ tháng", "From month", nullable=True)
    last_month = column.month("Đến tháng", "To month", nullable=True)
    reason = column.label("Lý do, căn cứ", "Reason")
    reason_en = column.label("Lý do (tiếng Anh)", "Reason in English", nullable=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", nullable=True)
    source = shared.source()
    citation = shared.citation()
