"""The planning system: what flows, what turns it into what, what is left, what could be built, and what limits it.

A site is a zone or an area. Money is billion dong, land hectares, power MW, water and waste water m3 a day.
"""

from __future__ import annotations

from typing import Any

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

KINDS = [
    ("ore", "quặng", "ore"),
    ("intermediate", "bán thành phẩm", "intermediate"),
    ("product", "sản phẩm", "product"),
    ("by-product", "sản phẩm phụ", "by-product"),
    ("energy", "năng lượng", "energy"),
    ("water", "nước", "water"),
    ("waste", "chất thải", "waste"),
    ("labour", "lao động", "labour"),
    ("emission", "phát thải", "emission"),
]
DIRECTIONS = [
    ("buy", "mua vào", "buy"),
    ("sell", "bán ra", "sell"),
    ("dispose", "thải bỏ, xử lý có trả phí", "dispose of for a fee"),
]
HYDROLOGIES = [("dry", "năm khô", "dry"), ("normal", "năm trung bình", "normal"), ("wet", "năm nước lớn", "wet")]
SCOPES = [
    ("province", "toàn tỉnh", "province"),
    ("site", "địa điểm", "site"),
    ("area", "đơn vị hành chính", "area"),
    ("section", "ngành cấp 1", "section"),
    ("group", "nhóm định hướng", "portfolio group"),
    ("industry", "ngành cấp 4", "class"),
    ("process", "dây chuyền", "process"),
    ("owner", "chủ vốn", "owner"),
]
MEASURES = [
    ("land", "đất", "land"),
    ("power", "điện đấu nối", "connected power"),
    ("grid", "công suất nhận lưới", "grid connection"),
    ("water", "nước cấp", "water"),
    ("waste_water", "nước thải", "waste water"),
    ("labour", "lao động", "labour"),
    ("budget", "vốn đầu tư", "investment"),
    ("emission", "phát thải, chất thải", "emission or waste"),
    ("production", "sản lượng", "production"),
    ("output", "giá trị sản xuất (giá 2010)", "gross output (2010 prices)"),
    ("value_added", "giá trị tăng thêm", "value added"),
    ("output_share", "tỷ trọng giá trị sản xuất", "share of gross output"),
    ("value_share", "tỷ trọng giá trị tăng thêm", "share of value added"),
    ("clusters", "số cụm công nghiệp mới mở", "clusters opened"),
    ("parks", "số khu công nghiệp mới mở", "parks opened"),
]
COMPARISONS = [("at-least", "ít nhất", "at least"), ("at-most", "nhiều nhất", "at most")]
BALANCES = [
    ("equal", "không được dư", "nothing left over"),
    ("at-least", "được bỏ phần dư", "what is left may be dropped"),
]
CHANGES = [
    ("price", "hệ số giá", "factor on price"),
    ("market", "hệ số lượng thị trường", "factor on market amounts"),
    ("hydrology", "thủy văn", "hydrology"),
    ("delay", "chậm (năm)", "years of delay"),
    ("limit", "hệ số giới hạn", "factor on a limit"),
    ("capital", "hệ số vốn đầu tư", "factor on capital"),
]


def _first() -> Any:
    return column.integer("Từ năm", "From year", nullable=True)


def _last() -> Any:
    return column.integer("Đến năm", "To year", nullable=True)


@declared("commodities", vi="Hàng hóa của mô hình", en="Commodities")
class Commodities(Table):
    """A row is a commodity that flows between processes and sites."""

    commodity = column.code("Mã hàng hóa", "Commodity code", key=True)
    name = column.label("Tên", "Name", nullable=True, description="bỏ trống: theo sản phẩm")
    name_en = column.label("Tên (tiếng Anh)", "Name in English", nullable=True)
    unit = column.label("Đơn vị tính", "Unit", nullable=True, description="bỏ trống: theo sản phẩm")
    unit_en = column.label("Đơn vị tính (tiếng Anh)", "Unit in English", nullable=True)
    kind = column.choice("Loại", "Kind", KINDS)
    balance = column.choice("Cân đối", "Balance", BALANCES)
    storable = column.flag("Lưu kho được", "Storable", nullable=True)
    stock_limit = column.number("Tồn kho nhiều nhất ở một địa điểm", "Most in stock at a site", scale=6, nullable=True)
    accounting_price = column.number("Giá hạch toán", "Accounting price", unit="tỷ đồng/đơn vị", scale=8, nullable=True)
    price_2010 = column.number("Giá so sánh 2010", "Price of 2010", unit="tỷ đồng/đơn vị", scale=8, nullable=True)
    product = column.code("Sản phẩm", "Product", nullable=True, reference="products.product")
    source = shared.source()


@declared("commodity_elements", vi="Thành phần của hàng hóa", en="Elements in commodities")
class CommodityElements(Table):
    """A row says how much of a tracked element (copper, phosphorus) a unit of a commodity holds."""

    commodity = column.code("Mã hàng hóa", "Commodity code", key=True, reference="commodities.commodity")
    element = column.code("Nguyên tố", "Element", key=True)
    content = column.number("Hàm lượng", "Content", unit="đơn vị nguyên tố/đơn vị", scale=8, min=0)
    source = shared.source()


@declared("processes", vi="Dây chuyền công nghệ", en="Processes")
class Processes(Table):
    """A row is a process at a site: what exists of it, what it costs, and what it needs for a unit of capacity."""

    process = column.code("Mã dây chuyền", "Process code", key=True)
    name = column.label("Tên", "Name", nullable=True, description="bỏ trống: theo cơ sở, dự án")
    name_en = column.label("Tên (tiếng Anh)", "Name in English", nullable=True)
    project = column.code("Dự án", "Project", nullable=True, reference="projects.project")
    establishment = column.code("Cơ sở", "Establishment", nullable=True, reference="establishments.establishment")
    site = column.code("Địa điểm", "Site", nullable=True, description="khu, cụm hoặc đơn vị hành chính")
    industry = column.code("Mã ngành", "Industry code", nullable=True)
    section = column.code("Ngành cấp 1", "Section", nullable=True)
    group = column.code("Nhóm định hướng", "Portfolio group", nullable=True)
    reference_commodity = column.code("Hàng hóa chuẩn", "Reference commodity", reference="commodities.commodity")
    capacity = column.number("Công suất hiện có", "Existing capacity", unit="đơn vị công suất", scale=6, nullable=True)
    activity_per_capacity = column.number(
        "Hoạt động một năm trên một đơn vị công suất", "Activity a year per unit of capacity", scale=6, nullable=True
    )
    starts = column.integer("Năm bắt đầu", "In use from", nullable=True)
    retires = column.integer("Năm ngừng", "Retires in", nullable=True)
    life = column.integer("Tuổi thọ", "Life", unit="năm", nullable=True)
    min_load = column.number("Tải tối thiểu", "Minimum load", scale=6, nullable=True)
    ramp_1 = column.number("Khai thác năm thứ nhất", "Usable in year 1", scale=6, nullable=True)
    ramp_2 = column.number("Khai thác năm thứ hai", "Usable in year 2", scale=6, nullable=True)
    ramp_3 = column.number("Khai thác năm thứ ba", "Usable in year 3", scale=6, nullable=True)
    fixed_cost = column.number(
        "Chi phí cố định", "Fixed cost", unit="tỷ đồng/đơn vị công suất/năm", scale=8, nullable=True
    )
    variable_cost = column.number(
        "Chi phí biến đổi", "Variable cost", unit="tỷ đồng/đơn vị hoạt động", scale=8, nullable=True
    )
    intermediate_share = column.number(
        "Phần chi phí trung gian", "Intermediate part of costs", scale=6, nullable=True, min=0, max=1
    )
    jobs = column.number("Lao động", "Jobs", unit="người/đơn vị công suất", scale=8, nullable=True)
    land = column.number("Đất", "Land", unit="ha/đơn vị công suất", scale=8, nullable=True)
    power = column.number("Điện", "Power", unit="MW/đơn vị công suất", scale=8, nullable=True)
    water = column.number("Nước", "Water", unit="m3/ngày/đơn vị công suất", scale=8, nullable=True)
    waste_water = column.number("Nước thải", "Waste water", unit="m3/ngày/đơn vị công suất", scale=8, nullable=True)
    reserve_credit = column.number("Phần tính vào dự phòng", "Counted in the reserve", scale=6, nullable=True)
    source = shared.source()


@declared("availability", vi="Mức sẵn sàng", en="Availability")
class Availability(Table):
    """A row is the share of a process's capacity that can run in a slice of the year."""

    process = column.code("Mã dây chuyền", "Process code", key=True, reference="processes.process")
    slice = column.code("Lát thời gian", "Slice", key=True)
    share = column.number("Mức sẵn sàng", "Share available", scale=6, min=0)
    source = shared.source()


@declared("process_flows", vi="Dòng vào, dòng ra", en="Flows of processes")
class ProcessFlows(Table):
    """A row is what a unit of a process's activity gives (positive) or takes (negative) in a mode."""

    process = column.code("Mã dây chuyền", "Process code", key=True, reference="processes.process")
    mode = column.code("Chế độ", "Mode", key=True)
    commodity = column.code("Mã hàng hóa", "Commodity code", key=True, reference="commodities.commodity")
    quantity = column.number("Lượng", "Quantity", unit="đơn vị/đơn vị hoạt động", scale=8)
    unit = column.label("Đơn vị tính", "Unit", nullable=True)
    first_year = _first()
    last_year = _last()
    source = shared.source()


@declared("deposits", vi="Mỏ và khối quặng", en="Deposits")
class Deposits(Table):
    """A row is a block of ore of constant grade; `process` mines it in a mode named as the block."""

    deposit = column.code("Mã mỏ", "Deposit", key=True)
    block = column.code("Khối quặng", "Block", key=True)
    name = column.label("Tên mỏ", "Name of the deposit", nullable=True, description="bỏ trống: theo giấy phép")
    name_en = column.label("Tên mỏ (tiếng Anh)", "Name of the deposit in English", nullable=True)
    order = column.integer("Thứ tự", "Order", min=1)
    commodity = column.code("Mã hàng hóa", "Commodity code", reference="commodities.commodity")
    tonnes = column.number("Trữ lượng", "Ore left", unit="tấn", scale=3)
    grade = column.number("Hàm lượng", "Grade", scale=8, nullable=True)
    licence_per_year = column.number("Công suất giấy phép", "Licence", unit="tấn/năm", scale=3, nullable=True)
    first_year = _first()
    last_year = _last()
    process = column.code("Mã dây chuyền", "Process code", reference="processes.process")
    source = shared.source()


@declared("hydro_inflow", vi="Dòng chảy thủy điện", en="Inflow of hydropower")
class HydroInflow(Table):
    """A row is a month's water of a hydropower plant in a dry, normal or wet year."""

    process = column.code("Mã dây chuyền", "Process code", key=True, reference="processes.process")
    hydrology = column.choice("Thủy văn", "Hydrology", HYDROLOGIES, key=True)
    month = column.integer("Tháng", "Month", key=True, min=1, max=12)
    inflow = column.number("Nước về", "Inflow", unit="triệu m3", scale=6, min=0)
    m3_per_kwh = column.number("Suất tiêu hao nước", "Water per kWh", unit="m3/kWh", scale=6, min_exclusive=0)
    storage = column.number("Dung tích hữu ích", "Usable storage", unit="triệu m3", scale=6, min=0)
    source = shared.source()


@declared("markets", vi="Thị trường", en="Markets")
class Markets(Table):
    """A row is a step of a market: what may be bought, sold or disposed of at a site, for what price."""

    site = column.code("Địa điểm", "Site", key=True)
    commodity = column.code("Mã hàng hóa", "Commodity code", key=True, reference="commodities.commodity")
    direction = column.choice("Chiều", "Direction", DIRECTIONS, key=True)
    step = column.integer("Bậc", "Step", key=True, min=1)
    price = column.number("Giá", "Price", unit="tỷ đồng/đơn vị", scale=8, nullable=True)
    minimum = column.number("Lượng ít nhất một năm", "Least a year", scale=8, nullable=True)
    maximum = column.number("Lượng nhiều nhất một năm", "Most a year", scale=8, nullable=True)
    growth = column.number(
        "Tăng mỗi năm",
        "Growth a year",
        scale=6,
        nullable=True,
        min_exclusive=-1,
        description="của lượng ít nhất và nhiều nhất, kể từ năm thị trường (market_year)",
    )
    first_year = _first()
    last_year = _last()
    source = shared.source()


@declared("links", vi="Tuyến vận chuyển", en="Links")
class Links(Table):
    """A row is a road, line or pipe that carries a commodity from one site to another."""

    from_site = column.code("Từ", "From site", key=True)
    to_site = column.code("Đến", "To site", key=True)
    commodity = column.code("Mã hàng hóa", "Commodity code", key=True, reference="commodities.commodity")
    capacity = column.number("Năng lực", "Capacity", unit="đơn vị/năm", scale=8, nullable=True)
    cost = column.number("Cước", "Cost", unit="tỷ đồng/đơn vị", scale=8, nullable=True)
    loss = column.number("Hao hụt", "Loss", scale=6, nullable=True, min=0, max=1)
    link = column.code("Mã tuyến", "Link code", nullable=True, description="để một công trình nới năng lực của tuyến")
    source = shared.source()


@declared("candidates", vi="Phương án đầu tư", en="Candidates")
class Candidates(Table):
    """A row is a way to build a project: a process at a site, in whole lumps, in certain years.

    Rows of one candidate, or of one project, are alternatives: together no more than the most lumps of any.
    """

    candidate = column.code("Mã phương án", "Candidate", key=True)
    project = column.code("Dự án", "Project", nullable=True, reference="projects.project")
    zone = column.code("Khu, cụm", "Zone", nullable=True, reference="zones.zone")
    process = column.code("Mã dây chuyền", "Process code", key=True, reference="processes.process")
    lump = column.number("Công suất một tổ", "Capacity of one lump", scale=6, nullable=True)
    max_lumps = column.integer("Số tổ nhiều nhất", "Most lumps", min=0)
    capital = column.number("Vốn một tổ", "Capital of one lump", unit="tỷ đồng", scale=6, nullable=True)
    owner = column.code("Chủ vốn", "Owner", nullable=True)
    earliest = column.integer("Sớm nhất", "Earliest decision", nullable=True)
    latest = column.integer("Muộn nhất", "Latest decision", nullable=True)
    must = column.flag("Bắt buộc", "Must be built", nullable=True)
    lead = column.integer("Thời gian xây dựng", "Lead time", unit="năm", nullable=True, min=0)
    hurdle_rate = column.number("Suất sinh lời tối thiểu", "Hurdle rate", scale=6, nullable=True, min=0)
    requires = column.label("Cần có trước", "Requires", nullable=True, description="mã dự án, cách nhau bằng dấu ;")
    excludes = column.label("Loại trừ", "Excludes", nullable=True, description="mã dự án, cách nhau bằng dấu ;")
    raises = column.label(
        "Nới giới hạn, tuyến", "Raises", nullable=True, description="mã giới hạn hoặc mã tuyến, cách nhau bằng dấu ;"
    )
    raises_by = column.number("Mỗi tổ nới thêm", "Raised by a lump", scale=8, nullable=True, min=0)
    source = shared.source()


@declared("zone_stages", vi="Giai đoạn mở khu, cụm", en="Stages of zones")
class ZoneStages(Table):
    """A row is a stage in which a zone's land is made ready."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    stage = column.integer("Giai đoạn", "Stage", key=True, min=1)
    cost = column.number("Chi phí", "Cost", unit="tỷ đồng", scale=6, nullable=True)
    hectares = column.number("Diện tích", "Area", unit="ha", scale=4, nullable=True)
    lead = column.integer("Thời gian thực hiện", "Lead time", unit="năm", nullable=True, min=0)
    earliest = column.integer("Sớm nhất", "Earliest decision", nullable=True)
    owner = column.code("Chủ vốn", "Owner", nullable=True)
    source = shared.source()


@declared("limits", vi="Giới hạn và chỉ tiêu của mô hình", en="Limits")
class Limits(Table):
    """A row is a limit or target on a sum of what the plan does; with a priority it may be missed, at a shortfall."""

    limit = column.code("Mã giới hạn", "Limit code", key=True)
    name = column.label("Tên", "Name", nullable=True, description="bỏ trống: theo chỉ tiêu")
    name_en = column.label("Tên (tiếng Anh)", "Name in English", nullable=True)
    scope = column.choice("Phạm vi", "Scope", SCOPES)
    item = column.code("Đối tượng", "Item", nullable=True)
    measure = column.choice("Đại lượng", "Measure", MEASURES)
    commodity = column.code("Mã hàng hóa", "Commodity code", nullable=True, reference="commodities.commodity")
    first_year = _first()
    last_year = _last()
    total = column.flag("Cộng cả giai đoạn", "Over all years together", nullable=True)
    comparison = column.choice("So sánh", "Comparison", COMPARISONS)
    value = column.number("Giá trị", "Value", scale=8, nullable=True)
    relief = column.number("Mức tháo gỡ thực tế", "Realistic relief", scale=8, nullable=True, min=0)
    priority = column.integer("Mức ưu tiên", "Priority", nullable=True, min=1)
    target = column.code("Chỉ tiêu", "Target", nullable=True, reference="targets.target")
    obstacle = column.code("Vướng mắc", "Obstacle", nullable=True, reference="obstacles.obstacle")
    source = shared.source()


@declared("plan_slices", vi="Lát thời gian của mô hình", en="Slices of the year")
class PlanSlices(Table):
    """A row is a slice of the year, in order: its hours and the months that it holds."""

    slice = column.code("Lát thời gian", "Slice", key=True)
    order = column.integer("Thứ tự", "Order", min=1)
    hours = column.number("Số giờ", "Hours", unit="giờ", scale=6, min_exclusive=0)
    months = column.label("Các tháng", "Months", nullable=True, description="1;2;3")
    source = shared.source()


@declared("plan_settings", vi="Thiết lập của mô hình", en="Settings of the plan")
class PlanSettings(Table):
    """A row is one setting of the planning model: years, discount rate, price year, accounting conventions."""

    setting = column.code("Thiết lập", "Setting", key=True)
    value = column.label("Giá trị", "Value")
    source = shared.source()


@declared("plan_scenarios", vi="Kịch bản của mô hình", en="Scenarios of the plan")
class PlanScenarios(Table):
    """A row is one change of a scenario: what it changes, of which item, to what."""

    scenario = column.code("Kịch bản", "Scenario", key=True)
    change = column.choice("Thay đổi", "Change", CHANGES, key=True)
    item = column.code("Đối tượng", "Item", key=True)
    value = column.label("Giá trị", "Value")
    probability = column.number("Xác suất", "Probability", scale=8, nullable=True, min=0, max=1)
    source = shared.source()
