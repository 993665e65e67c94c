"""What a province is: its settings, areas, documents and economy."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared


@declared("settings", vi="Thiết lập", en="Settings")
class Settings(Table):
    """A row is a setting of the province: its name, base year, classification and so on."""

    setting = column.code("Thiết lập", "Setting", key=True)
    value = column.label("Giá trị", "Value")


@declared("areas", vi="Đơn vị hành chính", en="Areas")
class Areas(Table):
    """A row is an administrative unit within its dates of validity."""

    area = column.code("Mã đơn vị", "Area code", key=True)
    name = column.label("Tên đơn vị", "Name")
    level = column.choice(
        "Cấp",
        "Level",
        [
            ("province", "tỉnh", "province"),
            ("city", "thành phố", "city"),
            ("town", "thị xã", "town"),
            ("district", "huyện", "rural district"),
            ("ward", "phường", "ward"),
            ("township", "thị trấn", "township"),
            ("commune", "xã", "commune"),
        ],
    )
    parent = column.code("Đơn vị cấp trên", "Parent", nullable=True, reference="areas.area")
    valid_from = shared.valid_from()
    valid_to = shared.valid_to()
    successor = column.code("Đơn vị kế thừa", "Successor", nullable=True, reference="areas.area")
    latitude = column.number("Vĩ độ", "Latitude", nullable=True, scale=6, unit="°", min=-90, max=90)
    longitude = column.number("Kinh độ", "Longitude", nullable=True, scale=6, unit="°", min=-180, max=180)
    source = shared.source()
    citation = shared.citation()


@declared("documents", vi="Văn bản", en="Documents")
class Documents(Table):
    """A row is a document: law, decree, decision, resolution, plan, report or article."""

    document = column.code("Mã văn bản", "Document code", key=True)
    title = column.label("Trích yếu", "Title")
    title_en = column.label("Trích yếu (tiếng Anh)", "Title in English", nullable=True)
    kind = column.choice(
        "Loại văn bản",
        "Kind",
        [
            ("law", "luật", "law"),
            ("decree", "nghị định", "decree"),
            ("circular", "thông tư", "circular"),
            ("decision", "quyết định", "decision"),
            ("resolution", "nghị quyết", "resolution"),
            ("plan", "kế hoạch", "plan"),
            ("scheme", "đề án", "scheme"),
            ("regulation", "quy chế", "regulation"),
            ("report", "báo cáo", "report"),
            ("article", "bài báo", "article"),
        ],
    )
    number = column.label("Số, ký hiệu", "Number", nullable=True)
    issuer = column.label("Cơ quan ban hành", "Issuer", nullable=True)
    issued_on = column.day("Ngày ban hành", "Issued on", nullable=True)
    source = shared.source()
    citation = shared.citation()


@declared("economy", vi="Kinh tế chung", en="Economy")
class Economy(Table):
    """A row is a figure of the province's whole economy: share, growth or value of a sector in a year."""

    year = column.integer("Năm", "Year", key=True, min=1986, max=2100)
    sector = column.choice(
        "Khu vực",
        "Sector",
        [
            ("total", "toàn nền kinh tế (GRDP)", "whole economy (GRDP)"),
            ("agriculture", "nông, lâm nghiệp và thủy sản", "agriculture, forestry and fishing"),
            ("industry-construction", "công nghiệp và xây dựng", "industry and construction"),
            ("services", "dịch vụ", "services"),
            ("taxes", "thuế sản phẩm trừ trợ cấp", "taxes less subsidies on products"),
        ],
        key=True,
    )
    measure = column.choice(
        "Chỉ tiêu",
        "Measure",
        [
            ("share", "tỷ trọng (%)", "share (%)"),
            ("growth", "tốc độ tăng (%)", "growth (%)"),
            ("value", "giá trị (tỷ đồng)", "value (billion đồng)"),
        ],
        key=True,
    )
    value = column.number("Giá trị", "Value", scale=4)
    price_basis = shared.price_basis(nullable=True)
    status = column.choice(
        "Trạng thái số liệu",
        "Status",
        [
            ("estimate", "ước thực hiện", "estimate"),
            ("preliminary", "sơ bộ", "preliminary"),
            ("final", "chính thức", "final"),
        ],
        nullable=True,
    )
    published_on = shared.published_on()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()
