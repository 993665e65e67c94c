"""How what was promised goes: investors, milestones, obstacles, programme steps, procedures. Rows are only added."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared

MILESTONES = [
    ("policy-approval", "chấp thuận chủ trương đầu tư", "investment policy approval"),
    ("registration", "giấy chứng nhận đăng ký đầu tư", "investment registration certificate"),
    ("site-clearance", "giải phóng mặt bằng", "site clearance"),
    ("land", "giao, cho thuê đất", "land allotted"),
    ("environment", "thủ tục môi trường", "environmental approval"),
    ("construction-start", "khởi công", "construction start"),
    ("equipment", "lắp đặt thiết bị", "equipment installed"),
    ("trial-run", "chạy thử", "trial run"),
    ("commissioning", "vận hành thương mại", "commissioning"),
]
OBSTACLE_KINDS = [
    ("planning", "quy hoạch", "planning"),
    ("approval", "thủ tục, phê duyệt", "approval"),
    ("site-clearance", "giải phóng mặt bằng", "site clearance"),
    ("land", "đất đai", "land"),
    ("construction", "xây dựng", "construction"),
    ("environment-fire", "môi trường, phòng cháy", "environment and fire"),
    ("finance", "tài chính", "finance"),
    ("ore", "nguồn quặng", "ore"),
    ("power", "điện", "power"),
    ("market", "thị trường", "market"),
]
BLOCKED_KINDS = [
    ("project", "dự án", "project"),
    ("zone", "khu, cụm", "zone"),
    ("establishment", "cơ sở", "establishment"),
    ("programme", "đề án", "programme"),
]


@declared("investors", vi="Nhà đầu tư", en="Investors")
class Investors(Table):
    """A row is an investor: an organisation, never a private person."""

    investor = column.code("Mã nhà đầu tư", "Investor code", key=True)
    name = column.label("Tên nhà đầu tư", "Name")
    ownership = column.choice(
        "Thành phần kinh tế",
        "Ownership",
        [
            ("state", "nhà nước", "state"),
            ("non-state", "ngoài nhà nước", "non-state"),
            ("fdi", "đầu tư nước ngoài (FDI)", "foreign-invested"),
        ],
        nullable=True,
    )
    country = column.label("Quốc gia", "Country", nullable=True)
    field = column.label("Lĩnh vực", "Field", nullable=True)
    published_on = shared.published_on()
    source = shared.source()
    citation = shared.citation()


@declared("project_products", vi="Sản phẩm của dự án", en="Products of projects")
class ProjectProducts(Table):
    """A row is the yearly capacity of one product that a project adds."""

    project = column.code("Mã dự án", "Project code", key=True, reference="projects.project")
    product = column.code("Mã sản phẩm", "Product code", key=True, reference="products.product")
    capacity = column.number("Năng lực tăng thêm một năm", "Added capacity a year", scale=6, min=0)
    ramp_up_months = column.integer("Số tháng đạt công suất", "Months to full capacity", nullable=True, min=0)
    published_on = shared.published_on()
    source = shared.source()
    citation = shared.citation()


@declared("project_capital", vi="Vốn thực hiện của dự án", en="Capital realised")
class ProjectCapital(Table):
    """A row is the capital of a project realised up to a day, all years together."""

    project = column.code("Mã dự án", "Project code", key=True, reference="projects.project")
    as_of = column.day("Ngày chốt", "As of", key=True)
    entry = shared.entry()
    realised = column.number("Vốn thực hiện lũy kế", "Capital realised", unit="tỷ đồng", scale=3, min=0)
    registered = column.number(
        "Vốn đăng ký điều chỉnh từ ngày này",
        "Registered capital as adjusted from that day",
        unit="tỷ đồng",
        scale=3,
        nullable=True,
        min=0,
    )
    reason = column.label("Lý do giảm", "Reason of a fall", nullable=True)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("milestones", vi="Mốc tiến độ", en="Milestones")
class Milestones(Table):
    """A row is a date given for a milestone on a day: planned, forecast or actual. Earlier dates stay as baselines."""

    project = column.code("Mã dự án", "Project code", key=True, reference="projects.project")
    milestone = column.choice("Mốc", "Milestone", MILESTONES, key=True)
    kind = column.choice(
        "Loại ngày",
        "Kind of date",
        [("planned", "kế hoạch", "planned"), ("forecast", "dự kiến", "forecast"), ("actual", "thực tế", "actual")],
        key=True,
    )
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    day = column.day("Ngày của mốc", "Day of the milestone")
    recorded_by = shared.recorded_by()
    reason = column.label("Lý do", "Reason", nullable=True)
    cancels = column.moment("Hủy bỏ ngày ghi lúc", "Cancels what was recorded at", nullable=True)
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("obstacles", vi="Khó khăn, vướng mắc", en="Obstacles")
class Obstacles(Table):
    """A row is an obstacle as first raised: what it blocks, its kind, owner and due date."""

    obstacle = column.code("Mã vướng mắc", "Obstacle code", key=True)
    title = column.label("Nội dung", "Obstacle name")
    title_en = column.label("Nội dung (tiếng Anh)", "Obstacle in English", nullable=True)
    kind = column.choice("Loại", "Kind", OBSTACLE_KINDS)
    blocks_kind = column.choice("Loại đối tượng bị cản trở", "Kind of thing blocked", BLOCKED_KINDS)
    blocks = column.code("Đối tượng bị cản trở", "Blocks")
    owner = column.label("Đơn vị giải quyết", "Owner")
    raised_on = column.day("Ngày phát sinh", "Raised on")
    due = column.day("Thời hạn", "Due", nullable=True)
    limit = column.code("Giới hạn trong mô hình", "Limit in the plan", nullable=True)
    proposal = column.label("Kiến nghị, đề xuất", "Recommendation", nullable=True)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("obstacle_blocks", vi="Đối tượng khác bị vướng mắc cản trở", en="Further things that obstacles block")
class ObstacleBlocks(Table):
    """A row is a further thing that an obstacle blocks, beside the one in its own row."""

    obstacle = column.code("Mã vướng mắc", "Obstacle code", key=True, reference="obstacles.obstacle")
    blocks_kind = column.choice("Loại đối tượng bị cản trở", "Kind of thing blocked", BLOCKED_KINDS, key=True)
    blocks = column.code("Đối tượng bị cản trở", "Blocks", key=True)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("obstacle_events", vi="Diễn biến vướng mắc", en="History of obstacles")
class ObstacleEvents(Table):
    """A row is what was done about an obstacle: escalated, moved, given a price, resolved, raised again."""

    obstacle = column.code("Mã vướng mắc", "Obstacle code", key=True, reference="obstacles.obstacle")
    happened_on = column.day("Ngày", "Day", key=True)
    act = column.choice(
        "Việc",
        "Act",
        [
            ("escalated", "báo cáo cấp trên", "escalated"),
            ("owner-changed", "chuyển đơn vị giải quyết", "owner changed"),
            ("due-moved", "lùi thời hạn", "due date moved"),
            ("priced", "ước tính thiệt hại", "priced"),
            ("noted", "ghi nhận diễn biến", "noted"),
            ("resolved", "đã tháo gỡ", "resolved"),
            ("reopened", "phát sinh lại", "raised again"),
            ("undone", "hủy bỏ việc ghi sai", "undone"),
        ],
        key=True,
    )
    entry = shared.entry()
    cancels = column.label("Hủy bỏ việc", "Cancels", nullable=True, description="act@date#entry of the act undone")
    office = column.label("Cơ quan", "Office", nullable=True)
    due = column.day("Thời hạn mới", "New due date", nullable=True)
    price = column.number("Thiệt hại một tháng", "Cost a month", unit="tỷ đồng", scale=6, nullable=True)
    price_source = column.label("Nguồn của số thiệt hại", "Source of the price", nullable=True)
    note = column.label("Nội dung", "Note", nullable=True)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("target_verdicts", vi="Lịch sử đánh giá chỉ tiêu", en="History of verdicts")
class TargetVerdicts(Table):
    """A row is the verdict on a target in one reading as given on a day, with its evidence."""

    target = column.code("Mã chỉ tiêu", "Target code", key=True, reference="targets.target")
    reading = column.code("Cách hiểu", "Reading", key=True)
    as_of = column.day("Tại ngày", "As of", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    verdict = column.code("Kết luận", "Verdict")
    value = column.number("Thực hiện", "Value", scale=6, nullable=True)
    evidence = column.label("Căn cứ", "Evidence", nullable=True)
    source = shared.source()
