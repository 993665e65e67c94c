"""The files of a decision folder, as tables. Rule A1."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared

LARGEST = 1e300  # beyond it the differences of figures are no longer figures


@declared("alternatives", vi="Phương án", en="Alternatives", registered=False)
class Alternatives(Table):
    """A row is an applicant or project to choose among; one further column a criterion."""

    alternative = column.code("Phương án", "Alternative", key=True)


@declared("criteria", vi="Tiêu chí", en="Criteria", registered=False)
class Criteria(Table):
    """A row is a criterion, or a group of criteria if others name it as their parent."""

    criterion = column.code("Tiêu chí", "Criterion", key=True)
    parent = column.code("Thuộc nhóm", "Parent", nullable=True)
    weight = column.number("Trọng số", "Weight", scale=None, nullable=True, min=0)
    weight_min = column.number("Trọng số thấp nhất", "Lowest weight", scale=None, nullable=True, min=0)
    weight_max = column.number("Trọng số cao nhất", "Highest weight", scale=None, nullable=True, min=0)
    order = column.number("Thứ tự quan trọng", "Order of importance", scale=None, nullable=True, min=1)
    direction = column.choice(
        "Chiều",
        "Direction",
        [("max", "càng cao càng tốt", "more is better"), ("min", "càng thấp càng tốt", "less is better")],
    )
    scale = column.label("Thang đo", "Scale", nullable=True)
    gate = column.label("Điều kiện bắt buộc", "Gate", nullable=True)
    q = column.number("Ngưỡng không phân biệt", "Indifference threshold", scale=None, nullable=True, min=0)
    p = column.number("Ngưỡng ưu tiên", "Preference threshold", scale=None, nullable=True, min=0)
    v = column.number("Ngưỡng phủ quyết", "Veto threshold", scale=None, nullable=True, min=0)
    preference = column.label("Hàm ưu tiên", "Preference function", nullable=True)
    missing = column.choice(
        "Khi thiếu bằng chứng",
        "Missing evidence",
        [
            ("stop", "dừng lại, phải bổ sung", "stop, to be supplied"),
            ("worst", "tính mức thấp nhất", "counts as the worst"),
            ("refuse", "loại", "refused"),
        ],
        nullable=True,
    )
    computed = column.code("Tính từ", "Computed from", nullable=True)
    name = column.label("Tên tiêu chí", "Name", nullable=True)
    name_en = column.label("Tên tiêu chí (tiếng Anh)", "Name in English", nullable=True)
    unit = column.label("Đơn vị tính", "Unit", nullable=True)
    rule = column.label("Căn cứ", "Rule", nullable=True)
    evidence = column.label("Bằng chứng", "Evidence", nullable=True)
    cure = column.label("Cách khắc phục", "Cure", nullable=True)
    unit_en = column.label("Đơn vị tính (tiếng Anh)", "Unit in English", nullable=True)
    rule_en = column.label("Căn cứ (tiếng Anh)", "Rule in English", nullable=True)
    evidence_en = column.label("Bằng chứng (tiếng Anh)", "Evidence in English", nullable=True)
    cure_en = column.label("Cách khắc phục (tiếng Anh)", "Cure in English", nullable=True)


@declared("marks", vi="Điểm chấm", en="Marks", registered=False)
class Marks(Table):
    """A row is one mark of one judge, append-only: a later `given` replaces the mark before it, and both are kept."""

    judge = column.code("Người chấm", "Judge")
    alternative = column.code("Phương án", "Alternative")
    criterion = column.code("Tiêu chí", "Criterion")
    mark = column.number("Điểm", "Mark", scale=None, min=-LARGEST, max=LARGEST)
    reason = column.label("Lý do", "Reason", nullable=True)
    given = column.moment("Thời điểm chấm", "Given", nullable=True)


@declared("conflicts", vi="Xung đột lợi ích", en="Conflicts of interest", registered=False)
class Conflicts(Table):
    """A row is a judge's declared interest in an alternative: the judge's marks of it are recorded and not counted."""

    judge = column.code("Người chấm", "Judge", key=True)
    alternative = column.code("Phương án", "Alternative", key=True)
    reason = column.label("Nội dung", "Nature of the interest", nullable=True)


@declared("uncertain", vi="Số liệu chưa chắc chắn", en="Uncertain figures", registered=False)
class Uncertain(Table):
    """A row is the spread of one figure: ``uniform`` a to b, ``triangular`` a to b with the figure as its mode,
    ``normal`` with mean a and standard deviation b, ``beta`` with shapes a and b.
    """

    alternative = column.code("Phương án", "Alternative", key=True)
    criterion = column.code("Tiêu chí", "Criterion", key=True)
    distribution = column.choice(
        "Phân phối",
        "Distribution",
        [
            ("uniform", "đều", "uniform"),
            ("triangular", "tam giác", "triangular"),
            ("normal", "chuẩn", "normal"),
            ("beta", "beta", "beta"),
        ],
    )
    a = column.number("Tham số a", "Parameter a", scale=None)
    b = column.number("Tham số b", "Parameter b", scale=None)


@declared("comparisons", vi="So sánh cặp", en="Pairwise comparisons", registered=False)
class Comparisons(Table):
    """A row is a judge's view that `criterion` matters `ratio` (3, 1/3) times as much as `other`, under one parent."""

    judge = column.code("Người chấm", "Judge", key=True)
    criterion = column.code("Tiêu chí", "Criterion", key=True)
    other = column.code("So với", "Compared with", key=True)
    ratio = column.label("Tỷ số", "Ratio")


@declared("applications", vi="Hồ sơ đề nghị", en="Applications", registered=False)
class Applications(Table):
    """A row is what the law's gates need to know of an alternative; blank is not known and not tested."""

    alternative = column.code("Phương án", "Alternative", key=True)
    capital = column.number("Tổng vốn đầu tư", "Capital", unit="tỷ đồng", scale=None, nullable=True, min=0)
    equity = column.number("Vốn chủ sở hữu", "Equity", unit="tỷ đồng", scale=None, nullable=True, min=0)
    deposit = column.number("Ký quỹ, bảo lãnh", "Deposit", unit="tỷ đồng", scale=None, nullable=True, min=0)
    technology = column.choice(
        "Công nghệ",
        "Technology",
        [
            ("encouraged", "khuyến khích chuyển giao", "encouraged"),
            ("ordinary", "thông thường", "ordinary"),
            ("restricted", "hạn chế chuyển giao", "restricted"),
            ("prohibited", "cấm chuyển giao", "prohibited"),
        ],
        nullable=True,
    )
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
    industry = column.code("Mã ngành", "Industry code", nullable=True)
    project = column.code("Mã dự án", "Project code", nullable=True)
    land = column.number("Nhu cầu đất", "Land wanted", unit="ha", scale=None, nullable=True, min=0)
    submitted = column.moment("Thời điểm nộp hồ sơ", "Handed in", nullable=True)


@declared("members", vi="Thành viên hội đồng", en="Members of the council", registered=False)
class Members(Table):
    """A row is a member of the council; nobody else's marks are taken."""

    judge = column.code("Thành viên", "Member", key=True)
    role = column.label("Vai trò", "Role", nullable=True)


@declared("place", vi="Khu, cụm xét chọn", en="The zone to be filled", registered=False)
class Place(Table):
    """The one zone that the applicants want: what is left of it, and whom it may take."""

    zone = column.code("Khu, cụm", "Zone", key=True)
    name = column.label("Tên", "Name", nullable=True)
    land_left = column.number(
        "Đất công nghiệp còn lại", "Industrial land left", unit="ha", scale=None, nullable=True, min=0
    )
    largest_plot = column.number("Lô lớn nhất", "Largest plot", unit="ha", scale=None, nullable=True, min=0)
    environment_groups = column.label("Nhóm môi trường được nhận", "Environment groups admitted", nullable=True)
    trades = column.label("Ngành nghề thu hút", "Trades admitted", nullable=True)
    equity_share = column.number(
        "Tỷ lệ vốn chủ sở hữu tối thiểu", "Least share of equity", unit="%", scale=None, nullable=True
    )
