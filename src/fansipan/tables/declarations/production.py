"""What is made and by whom: industries, portfolio, products, prices, weights, establishments, capacities."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

PORTFOLIO_GROUPS = [
    ("maintain", "duy trì", "maintain"),
    ("priority", "ưu tiên phát triển", "put first"),
    ("new", "phát triển mới", "start anew"),
]


@declared("industries", vi="Ngành kinh tế (VSIC)", en="Industries (VSIC)")
class Industries(Table):
    """A row is a node of a version of the classification; the key of a class is (version, code)."""

    version = column.code("Phiên bản", "Version", key=True)
    industry = column.code("Mã ngành", "Industry code", key=True)
    level = column.choice(
        "Cấp ngành",
        "Level",
        [
            ("section", "cấp 1", "section"),
            ("division", "cấp 2", "division"),
            ("group", "cấp 3", "group"),
            ("class", "cấp 4", "class"),
            ("subclass", "cấp 5", "subclass"),
        ],
    )
    parent = column.code("Ngành cấp trên", "Parent", nullable=True, reference="industries.industry")
    name = column.label("Tên ngành", "Name")
    name_en = column.label("Tên ngành (tiếng Anh)", "Name in English", nullable=True)
    source = shared.source()


@declared("portfolio", vi="Nhóm ngành định hướng", en="Portfolio of industries")
class Portfolio(Table):
    """A row puts a product's line of industry into a portfolio group, by which document and from when."""

    line = column.code("Mã nhóm ngành hẹp", "Line code", key=True)
    name = column.label("Tên nhóm ngành hẹp", "Line name")
    name_en = column.label("Tên nhóm ngành hẹp (tiếng Anh)", "Line in English", nullable=True)
    portfolio_group = column.choice("Nhóm định hướng", "Portfolio group", PORTFOLIO_GROUPS)
    valid_from = shared.valid_from(key=True)
    valid_to = shared.valid_to()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("products", vi="Sản phẩm", en="Products")
class Products(Table):
    """A row is a product that returns are asked for."""

    product = column.code("Mã sản phẩm", "Product code", key=True)
    name = column.label("Tên sản phẩm", "Product name")
    name_en = column.label("Tên sản phẩm (tiếng Anh)", "Product in English", nullable=True)
    unit = column.label("Đơn vị tính", "Unit")
    unit_en = column.label("Đơn vị tính (tiếng Anh)", "Unit in English", nullable=True)
    version = column.code("Phiên bản phân ngành", "Classification version")
    industry = column.code("Mã ngành", "Industry code", reference="industries.industry")
    line = column.code("Nhóm ngành hẹp", "Portfolio line", nullable=True, reference="portfolio.line")
    use = column.choice(
        "Công dụng",
        "Use",
        [
            ("intermediate", "tư liệu trung gian", "intermediate goods"),
            ("capital", "tư liệu đầu tư", "capital goods"),
            ("consumer", "hàng tiêu dùng", "consumer goods"),
            ("energy", "năng lượng", "energy"),
        ],
        nullable=True,
    )
    source = shared.source()


@declared("product_prices", vi="Giá sản phẩm", en="Product prices")
class ProductPrices(Table):
    """A row is a product's price: the fixed one of 2010 (period 2010), or the current one of a month or year."""

    product = column.code("Mã sản phẩm", "Product code", key=True, reference="products.product")
    price_basis = shared.price_basis(key=True)
    period = column.period("Kỳ", "Period", key=True)
    price = column.number("Đơn giá", "Price", unit="triệu đồng/đơn vị tính", scale=6, min_exclusive=0)
    source = shared.source()


@declared("index_weights", vi="Quyền số", en="Index weights")
class IndexWeights(Table):
    """A row is the weight of an industry or product in a base year, and for a product its mean monthly base volume."""

    base_year = column.integer("Năm gốc", "Base year", key=True, min=1990, max=2100)
    code = column.code("Mã ngành hoặc sản phẩm", "Industry or product code", key=True)
    parent = column.code("Mã cấp trên", "Parent", nullable=True)
    weight = column.number("Quyền số", "Weight", scale=6, min_exclusive=0, nullable=True)
    base_volume = column.number(
        "Sản lượng bình quân tháng năm gốc", "Mean monthly base volume", scale=6, nullable=True, min=0
    )
    source = shared.source()


@declared("establishments", vi="Cơ sở sản xuất", en="Establishments")
class Establishments(Table):
    """A row is who produces; a handicraft row is the household aggregate of one area."""

    establishment = column.code("Mã cơ sở", "Establishment code", key=True)
    name = column.label("Tên cơ sở", "Name")
    name_en = column.label("Tên cơ sở (tiếng Anh)", "Name in English", nullable=True)
    tax_code = column.code("Mã số thuế", "Tax code", nullable=True)
    version = column.code("Phiên bản phân ngành", "Classification version")
    industry = column.code("Mã ngành", "Industry code", reference="industries.industry")
    ownership = column.choice(
        "Thành phần kinh tế",
        "Ownership",
        [
            ("state", "nhà nước", "state"),
            ("non-state", "ngoài nhà nước", "non-state"),
            ("foreign", "đầu tư nước ngoài (FDI)", "foreign-invested"),
        ],
    )
    kind = column.choice(
        "Loại hình",
        "Kind",
        [
            ("industry", "công nghiệp", "industry"),
            ("handicraft", "tiểu thủ công nghiệp", "handicraft and small industry"),
        ],
    )
    area = column.code("Đơn vị hành chính", "Area", reference="areas.area")
    zone = column.code("Khu, cụm", "Zone", nullable=True, reference="zones.zone")
    opened_on = column.day("Ngày hoạt động", "Opened on", nullable=True)
    closed_on = column.day("Ngày dừng", "Closed on", nullable=True)
    weight = column.number(
        "Quyền số mẫu",
        "Sampling weight",
        scale=6,
        nullable=True,
        min_exclusive=0,
        description="How many establishments like it the row stands for where returns are a sample; empty is 1.",
    )
    source = shared.source()
    citation = shared.citation()


@declared("capacities", vi="Công suất thiết kế", en="Design capacities")
class Capacities(Table):
    """A row is an establishment's design capacity for a product, a year, from a date on."""

    establishment = column.code("Mã cơ sở", "Establishment code", key=True, reference="establishments.establishment")
    product = column.code("Mã sản phẩm", "Product code", key=True, reference="products.product")
    valid_from = shared.valid_from(key=True)
    capacity = column.number("Công suất năm", "Capacity a year", scale=3, min=0)
    source = shared.source()
    citation = shared.citation()
