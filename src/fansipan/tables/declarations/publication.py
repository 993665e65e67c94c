"""What was published when, frozen: vintages with their digest, and the figures of each."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared
from fansipan.tables.declarations.figures import MEASURES, SCOPE_KINDS


@declared("vintages", vi="Kỳ công bố", en="Vintages")
class Vintages(Table):
    """A row is a publication: its month, the day as of which its figures were known, and a digest of them."""

    vintage = column.code("Mã kỳ công bố", "Vintage code", key=True)
    month = column.month("Tháng báo cáo", "Month")
    as_known_on = column.day("Số liệu chốt ngày", "Data as of")
    published_on = shared.published_on(nullable=False)
    digest = column.code("Dấu kiểm (SHA-256)", "Digest (SHA-256)")
    office = column.label("Đơn vị công bố", "Office", nullable=True)
    document = shared.document()
    source = shared.source()


@declared("vintage_figures", vi="Số liệu của kỳ công bố", en="Figures of vintages")
class VintageFigures(Table):
    """A row is a figure of a vintage, unrounded to nine decimals; it is never changed, only published anew."""

    vintage = column.code("Mã kỳ công bố", "Vintage code", key=True, reference="vintages.vintage")
    indicator = column.code("Chỉ tiêu", "Indicator", key=True)
    scope_kind = column.choice("Loại phạm vi", "Kind of scope", SCOPE_KINDS, key=True)
    scope = column.code("Phạm vi", "Scope", key=True)
    period = column.period("Kỳ", "Period", key=True)
    measure = column.choice("Đại lượng", "Measure", MEASURES, key=True)
    price_basis = shared.price_basis(nullable=True)
    value = column.number("Giá trị", "Value", scale=9)
