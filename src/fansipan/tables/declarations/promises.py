"""What is to be done: projects, targets, programmes."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared


@declared("projects", vi="Dự án", en="Projects")
class Projects(Table):
    """A row is an investment project, of production or of infrastructure."""

    project = column.code("Mã dự án", "Project code", key=True)
    name = column.label("Tên dự án", "Name")
    name_en = column.label("Tên dự án (tiếng Anh)", "Name in English", nullable=True)
    kind = column.choice(
        "Loại dự án",
        "Kind",
        [("production", "sản xuất", "production"), ("infrastructure", "hạ tầng", "infrastructure")],
    )
    version = column.code("Phiên bản phân ngành", "Classification version", nullable=True)
    industry = column.code("Mã ngành", "Industry code", nullable=True, reference="industries.industry")
    line = column.code("Nhóm ngành hẹp", "Portfolio line", nullable=True, reference="portfolio.line")
    area = column.code("Đơn vị hành chính", "Area", nullable=True, reference="areas.area")
    zone = column.code("Khu, cụm", "Zone", nullable=True, reference="zones.zone")
    capital = column.number("Vốn đăng ký", "Registered capital", unit="tỷ đồng", scale=3, nullable=True, min=0)
    land = column.number("Đất", "Land", unit="ha", scale=4, nullable=True, min=0)
    power = column.number("Điện", "Power", unit="MW", scale=3, nullable=True, min=0)
    water = column.number("Nước", "Water", unit="m3/ngày", scale=3, nullable=True, min=0)
    waste_water = column.number("Nước thải", "Waste water", unit="m3/ngày", scale=3, nullable=True, min=0)
    labour = column.number("Lao động", "Labour", unit="người", scale=0, nullable=True, min=0)
    environment_group = column.choice(
        "Nhóm môi trường",
        "Environment group",
        [
            ("I", "nhóm I", "group I"),
            ("II", "nhóm II", "group II"),
            ("III", "nhóm III", "group III"),
            ("IV", "nhóm IV", "group IV"),
        ],
        nullable=True,
    )
    standing = column.choice(
        "Tình trạng",
        "Standing",
        [
            ("cited", "được nêu là hiện đại, hiệu quả", "cited as modern and efficient"),
            ("speed-up", "cần đẩy nhanh tiến độ", "to be speeded up"),
            ("registered", "đã đăng ký", "registered"),
            ("building", "đang xây dựng", "under construction"),
            ("operating", "đang hoạt động", "operating"),
            ("stopped", "tạm dừng", "stopped"),
        ],
        nullable=True,
    )
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("targets", vi="Chỉ tiêu, cam kết", en="Targets")
class Targets(Table):
    """A row is a promise: an indicator in a scope, compared with a value, by a date, from a document."""

    target = column.code("Mã chỉ tiêu", "Target code", key=True)
    name = column.label("Nội dung", "Target name")
    name_en = column.label("Nội dung (tiếng Anh)", "Target in English", nullable=True)
    indicator = column.code("Chỉ tiêu đo", "Indicator")
    scope_kind = column.label("Loại phạm vi", "Kind of scope", nullable=True)
    scope = column.label("Phạm vi", "Scope", nullable=True)
    reading = column.code("Cách hiểu", "Reading", nullable=True)
    comparison = column.choice(
        "So sánh",
        "Comparison",
        [
            ("at-least", "ít nhất", "at least"),
            ("at-most", "nhiều nhất", "at most"),
            ("done", "hoàn thành", "done"),
            ("up", "tăng", "up"),
            ("down", "giảm", "down"),
        ],
    )
    value = column.number("Giá trị", "Value", scale=6, nullable=True)
    unit = column.label("Đơn vị tính", "Unit", nullable=True)
    start = column.day("Từ ngày", "From", nullable=True)
    due = column.day("Thời hạn", "Due", nullable=True)
    office = column.label("Đơn vị chủ trì", "Responsible office", nullable=True)
    priority = column.number("Mức ưu tiên", "Priority", scale=0, nullable=True)
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("programmes", vi="Đề án, quy chế", en="Programmes")
class Programmes(Table):
    """A row is a scheme, coordination regulation or resolution on its way."""

    programme = column.code("Mã đề án", "Programme code", key=True)
    name = column.label("Tên đề án", "Name")
    name_en = column.label("Tên (tiếng Anh)", "Name in English", nullable=True)
    kind = column.choice(
        "Loại",
        "Kind",
        [
            ("scheme", "đề án", "scheme"),
            ("regulation", "quy chế phối hợp", "coordination regulation"),
            ("resolution", "nghị quyết", "resolution"),
            ("review", "rà soát", "review"),
            ("promotion", "xúc tiến đầu tư", "investment promotion"),
        ],
    )
    office = column.label("Đơn vị chủ trì", "Responsible office", nullable=True)
    partners = column.label("Đơn vị phối hợp", "Partners", nullable=True)
    due = column.day("Thời hạn", "Due", nullable=True)
    document = shared.document()
    published_on = shared.published_on()
    source = shared.source()
    citation = shared.citation()
