"""Where industry stands: zones and their land by kind and date."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

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
    ("craft", "đất công nghiệp cho cơ sở làng nghề di dời", "industrial land for moved crafts"),
    ("trade", "đất công nghiệp cho ngành của khu", "industrial land for the park's trade"),
    ("support", "đất cho doanh nghiệp nhỏ và vừa, công nghiệp hỗ trợ", "for small and supporting firms"),
    ("housing", "đất nhà ở công nhân và dịch vụ", "for workers' housing and services"),
]
ZONE_CHARACTERS = [
    ("craft-village", "cụm làng nghề", "craft-village cluster"),
    ("high-tech", "công nghệ cao", "high-tech"),
    ("ecological", "sinh thái", "ecological"),
    ("specialised", "chuyên ngành", "specialised"),
]
ENVIRONMENT_GROUPS = [
    ("I", "nhóm I", "group I"),
    ("II", "nhóm II", "group II"),
    ("III", "nhóm III", "group III"),
    ("IV", "nhóm IV", "group IV"),
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
    part_of = column.code("Là giai đoạn của", "Phase of", reference="zones.zone", nullable=True)
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
    planned_area = column.number("Diện tích quy hoạch", "Planned area", unit="ha", scale=4, nullable=True, min=0)
    mountain = column.flag("Thuộc huyện miền núi", "In a mountain district", nullable=True)
    character = column.choice(
        "Loại hình (bỏ trống: thông thường)", "Character (empty: ordinary)", ZONE_CHARACTERS, nullable=True
    )
    developer = column.code("Chủ đầu tư hạ tầng", "Developer", nullable=True, reference="investors.investor")
    shared_works = column.flag("Hạ tầng dùng chung đã vận hành", "Shared infrastructure working", nullable=True)
    planned_use = column.flag("Phù hợp quy hoạch sử dụng đất", "Fits the land-use plan", nullable=True)
    asked_area = column.number(
        "Diện tích sau khi mở rộng theo đề nghị",
        "Area after the expansion asked for",
        unit="ha",
        scale=4,
        nullable=True,
        min=0,
    )
    demand = column.number("Nhu cầu thuê đất", "Demand for land", unit="ha", scale=4, nullable=True, min=0)
    power_capacity = column.number("Năng lực cấp điện", "Power supply", unit="MW", scale=3, nullable=True, min=0)
    water_capacity = column.number("Năng lực cấp nước", "Water supply", unit="m3/ngày", scale=3, nullable=True, min=0)
    waste_water_capacity = column.number(
        "Năng lực xử lý nước thải", "Waste-water treatment", unit="m3/ngày", scale=3, nullable=True, min=0
    )
    border_gate_km = column.number("Cách cửa khẩu", "To the border gate", unit="km", scale=3, nullable=True, min=0)
    highway_km = column.number("Cách cao tốc", "To the highway", unit="km", scale=3, nullable=True, min=0)
    labour_nearby = column.number("Lao động quanh khu", "Labour nearby", unit="người", scale=0, nullable=True, min=0)
    worst_environment_group = column.choice(
        "Nhóm môi trường cao nhất được nhận", "Highest environment group taken", ENVIRONMENT_GROUPS, nullable=True
    )
    incentives = column.label("Ưu đãi", "Incentives", nullable=True)
    picture = column.label("Ảnh", "Picture", nullable=True)
    calling = column.flag("Đang kêu gọi đầu tư", "Calling for investment", nullable=True)
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("zone_places", vi="Địa bàn của khu, cụm", en="Places of zones")
class ZonePlaces(Table):
    """A row is a unit that a zone lies in, whole or in part, within dates; it goes before `zones.area`."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    area = column.code("Đơn vị hành chính", "Area", key=True, reference="areas.area")
    valid_from = shared.valid_from(key=True)
    valid_to = shared.valid_to()
    share = column.number(
        "Phần diện tích (0 đến 1)", "Share of the zone's land (0 to 1)", scale=4, nullable=True, min=0, max=1
    )
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("zone_land", vi="Đất khu, cụm", en="Land of zones")
class ZoneLand(Table):
    """A row is a zone's hectares of one kind of land as of a date."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    kind = column.choice("Loại đất", "Kind of land", LAND_KINDS, key=True)
    as_of = column.day("Ngày chốt", "As of", key=True)
    entry = shared.entry()
    hectares = column.number("Diện tích", "Area", unit="ha", scale=4, min=0)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()
