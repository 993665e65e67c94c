"""What was observed: monthly returns and what was done to them. Rows are only ever added."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared


@declared("returns", vi="Báo cáo sản phẩm tháng", en="Monthly returns")
class Returns(Table):
    """A row is what an establishment reported of a product in a month; one recorded later corrects it."""

    establishment = column.code("Mã cơ sở", "Establishment code", key=True, reference="establishments.establishment")
    product = column.code("Mã sản phẩm", "Product code", key=True, reference="products.product")
    month = column.month("Tháng báo cáo", "Month", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    status = shared.status()
    quantity = column.number("Sản lượng", "Quantity", scale=6, nullable=True, min=0)
    sales = column.number("Tiêu thụ", "Sales", scale=6, nullable=True, min=0)
    stock = column.number("Tồn kho cuối kỳ", "Closing stock", scale=6, nullable=True, min=0)
    value = column.number(
        "Giá trị (giá hiện hành)", "Value (current prices)", unit="tỷ đồng", scale=6, nullable=True, min=0
    )
    expected_next = column.number("Dự kiến tháng sau", "Expected next month", scale=6, nullable=True, min=0)
    source = shared.source()
    origin = shared.origin()


@declared("establishment_returns", vi="Báo cáo cơ sở tháng", en="Monthly establishment returns")
class EstablishmentReturns(Table):
    """A row is an establishment's month: labour, revenue, whether it came late and why."""

    establishment = column.code("Mã cơ sở", "Establishment code", key=True, reference="establishments.establishment")
    month = column.month("Tháng báo cáo", "Month", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    labour = column.integer("Lao động", "Labour", unit="người", nullable=True, min=0)
    revenue = column.number("Doanh thu", "Revenue", unit="tỷ đồng", scale=6, nullable=True, min=0)
    late = column.flag("Nộp muộn", "Late")
    reason = column.label("Lý do", "Reason", nullable=True)
    source = shared.source()
    origin = shared.origin()


@declared("edits", vi="Hiệu chỉnh số liệu", en="Edits")
class Edits(Table):
    """A row is what editing or imputation changed: where, from what to what, by which rule and why."""

    edit = column.code("Mã hiệu chỉnh", "Edit code", key=True)
    establishment = column.code("Mã cơ sở", "Establishment code", reference="establishments.establishment")
    product = column.code("Mã sản phẩm", "Product code", nullable=True, reference="products.product")
    month = column.month("Tháng báo cáo", "Month")
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at")
    field = column.choice(
        "Trường",
        "Column",
        [
            ("quantity", "sản lượng", "quantity"),
            ("sales", "tiêu thụ", "sales"),
            ("stock", "tồn kho", "stock"),
            ("value", "giá trị", "value"),
            ("labour", "lao động", "labour"),
        ],
    )
    before = column.number("Trước", "Before", scale=6, nullable=True)
    after = column.number("Sau", "After", scale=6, nullable=True)
    rule = column.code("Quy tắc", "Rule")
    reason = column.label("Lý do", "Reason", nullable=True)
    office = column.label("Đơn vị thực hiện", "Office", nullable=True)
    source = shared.source()


@declared("mappings", vi="Quy ước nhập tệp", en="Mappings of files")
class Mappings(Table):
    """A row says once what something in other people's files means; the last of the same kind and words holds."""

    kind = column.choice(
        "Loại",
        "Kind",
        [
            ("establishment", "cơ sở", "establishment"),
            ("product", "sản phẩm", "product"),
            ("area", "đơn vị hành chính", "area"),
            ("ownership", "thành phần kinh tế", "ownership"),
            ("unit", "đơn vị tính", "unit"),
            ("style", "cách viết số", "style of figures"),
            ("figures", "số tháng hay lũy kế", "monthly or cumulative"),
            ("column", "cột", "column"),
            ("table", "bảng", "table"),
        ],
        key=True,
    )
    said = column.label("Chữ trong tệp", "Words of the file", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    means = column.label("Nghĩa là", "Means", nullable=True, description="Empty: forgotten, to be asked again.")
    recorded_by = shared.recorded_by()
    name = column.label("Tên quy ước", "Name of the mapping", nullable=True)
