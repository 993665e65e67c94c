"""Where industry stands: zones and their land by kind and date."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables import shared_columns as shared
from fansipan.tables.columns import Table, declared

ZONE_KINDS = [
    ("economic-zone", "khu kinh tế cửa khẩu", "border-gate economic zone"),
    ("park", "khu công nghiệp", "industrial park"),
    ("cluster", "cụm công nghiệp", "industrial cluster"),
]
LAND_KINDS = [
    ("gross", "diện tích tự nhiên", "gross area"),
    ("industrial", "đất công nghiệp theo quy hoạch chi tiết", "industrial land of the detailed plan"),
    ("cleared", "đã giải phóng mặt bằng", "cleared"),
    ("ready", "mặt bằng sạch, sẵn sàng", "ready"),
    ("leased", "đã cho thuê", "leased"),
    ("approved", "đã chấp thuận đầu tư, chưa cho thuê", "approved, not yet leased"),
    ("services", "đất dịch vụ", "services"),
]
ZONE_STATES = [
    ("planned", "trong quy hoạch", "planned"),
    ("listed", "trong danh mục được duyệt", "on the approved list"),
    ("proposed", "đề nghị thành lập", "proposed"),
    ("appraised", "đang thẩm định", "in appraisal"),
    ("established", "đã thành lập", "established"),
    ("construction", "đang xây dựng hạ tầng", "under construction"),
    ("operating", "đang hoạt động", "operating"),
    ("expanded", "đã mở rộng", "expanded"),
    ("withdrawn", "đã rút khỏi quy hoạch", "withdrawn"),
]


@declared("zones", vi="Khu, cụm công nghiệp", en="Zones")
class Zones(Table):
    """A row is a border-gate economic zone, an industrial park or a cluster."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True)
    name = column.label("Tên khu, cụm", "Name")
    name_en = column.label("Tên (tiếng Anh)", "Name in English", nullable=True)
    kind = column.choice("Loại", "Kind", ZONE_KINDS)
    area = column.code("Đơn vị hành chính", "Area", reference="areas.area", nullable=True)
    tenant_projects = column.integer("Số dự án thứ cấp", "Tenant projects", nullable=True, min=0)
    planned_from = column.integer("Năm dự kiến triển khai", "Expected to start in", nullable=True)
    infrastructure_cost = column.number(
        "Vốn hạ tầng", "Infrastructure cost", unit="tỷ đồng", scale=3, nullable=True, min=0
    )
    expected_output_low = column.number(
        "GTSX dự kiến, thấp", "Expected output a year, low", unit="tỷ đồng, giá so sánh 2010", scale=3, nullable=True
    )
    expected_output_high = column.number(
        "GTSX dự kiến, cao", "Expected output a year, high", unit="tỷ đồng, giá so sánh 2010", scale=3, nullable=True
    )
    expected_jobs = column.integer("Lao động dự kiến", "Expected jobs", nullable=True, min=0)
    latitude = column.number("Vĩ độ", "Latitude", nullable=True, scale=6, unit="°")
    longitude = column.number("Kinh độ", "Longitude", nullable=True, scale=6, unit="°")
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("zone_land", vi="Đất khu, cụm", en="Land of zones")
class ZoneLand(Table):
    """A row is a zone's hectares of one kind of land as of a date."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    kind = column.choice("Loại đất", "Kind of land", LAND_KINDS, key=True)
    as_of = column.day("Ngày chốt", "As of", key=True)
    hectares = column.number("Diện tích", "Area", unit="ha", scale=4, min=0)
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("zone_events", vi="Các bước của khu, cụm", en="Steps of zones")
class ZoneEvents(Table):
    """A row is a step in a zone's life: the state it enters, when, by which document."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    happened_on = column.day("Ngày", "Day", key=True)
    state = column.choice("Bước", "State", ZONE_STATES, key=True)
    document = shared.document()
    office = column.label("Cơ quan", "Office", nullable=True)
    published_on = shared.published_on()
    note = column.label("Ghi chú", "Note", nullable=True)
    source = shared.source()
    citation = shared.citation()
