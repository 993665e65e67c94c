"""What happens to zones: steps of their life, procedures and clocks, plots after allotment. Rows are only added."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared
from fansipan.tables.declarations.places import ZONE_STATES


@declared("zone_events", vi="Các bước của khu, cụm", en="Steps of zones")
class ZoneEvents(Table):
    """A row is a step in a zone's life: the state it enters and leaves, when, by which document, who recorded it."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    happened_on = column.day("Ngày", "Day", key=True)
    state = column.choice("Bước", "State", ZONE_STATES, key=True)
    entry = shared.entry()
    act = column.choice(
        "Việc", "Act", [("step", "chuyển bước", "step"), ("undo", "hủy bỏ bước ghi sai", "undo")], nullable=True
    )
    state_from = column.choice("Từ bước", "From state", ZONE_STATES, nullable=True)
    document = shared.document()
    office = column.label("Cơ quan", "Office", nullable=True)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    cancels = column.label("Hủy bỏ bước", "Cancels", nullable=True, description="state@date of the step cancelled")
    published_on = shared.published_on()
    note = column.label("Ghi chú", "Note", nullable=True)
    source = shared.source()
    citation = shared.citation()


@declared("zone_steps", vi="Thủ tục thành lập, mở rộng", en="Procedures of zones")
class ZoneSteps(Table):
    """A row is an act in the procedure of establishing or expanding a zone: a step begun, stopped, resumed or done."""

    zone = column.code("Mã khu, cụm", "Zone code", key=True, reference="zones.zone")
    procedure = column.choice(
        "Thủ tục", "Procedure", [("establish", "thành lập", "establish"), ("expand", "mở rộng", "expand")], key=True
    )
    step = column.choice(
        "Bước",
        "Step",
        [
            ("notice", "thông báo công khai", "public notice"),
            ("proposals", "tiếp nhận hồ sơ", "dossiers received"),
            ("dossier", "lập hồ sơ gửi Sở", "dossier sent"),
            ("appraisal", "thẩm định", "appraisal"),
            ("decision", "quyết định", "decision"),
        ],
        key=True,
    )
    act = column.choice(
        "Việc",
        "Act",
        [
            ("started", "bắt đầu", "started"),
            ("asked", "yêu cầu bổ sung", "supplements asked for"),
            ("received", "nhận bổ sung", "supplements received"),
            ("done", "hoàn thành", "done"),
            ("undone", "hủy bỏ việc ghi sai", "undone"),
        ],
        key=True,
    )
    happened_on = column.day("Ngày", "Day", key=True)
    entry = shared.entry()
    office = column.label("Cơ quan", "Office", nullable=True)
    document = shared.document()
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    cancels = column.label("Hủy bỏ việc", "Cancels", nullable=True, description="act@date#entry of the act made void")
    note = column.label("Ghi chú", "Note", nullable=True)
    source = shared.source()
    citation = shared.citation()


@declared("plots", vi="Lô đất", en="Plots")
class Plots(Table):
    """A row is a plot as it stood on a day: its tenant, its deadlines, what has been built and used."""

    plot = column.code("Mã lô", "Plot code", key=True)
    as_of = column.day("Ngày chốt", "As of", key=True)
    entry = shared.entry()
    zone = column.code("Mã khu, cụm", "Zone code", reference="zones.zone")
    hectares = column.number("Diện tích", "Area", unit="ha", scale=4, min_exclusive=0)
    investor = column.code("Nhà đầu tư", "Tenant", nullable=True, reference="investors.investor")
    project = column.code("Dự án", "Project", nullable=True, reference="projects.project")
    allotted_on = column.day("Ngày giao, cho thuê đất", "Allotted on", nullable=True)
    handed_over_on = column.day("Ngày bàn giao đất trên thực địa", "Handed over on site", nullable=True)
    start_due = column.day("Hạn khởi công", "Start due", nullable=True)
    build_due = column.day("Hạn hoàn thành", "Completion due", nullable=True)
    started_on = column.day("Ngày khởi công", "Started on", nullable=True)
    completed_on = column.day("Ngày hoàn thành", "Completed on", nullable=True)
    used_hectares = column.number("Diện tích đã sử dụng", "Area in use", unit="ha", scale=4, nullable=True, min=0)
    idle_since = column.day("Ngừng sử dụng từ ngày", "Idle since", nullable=True)
    extended_to = column.day("Gia hạn đến ngày", "Extended to", nullable=True)
    taken_back_on = column.day("Ngày thu hồi", "Taken back on", nullable=True)
    ready = column.flag("Mặt bằng sạch", "Cleared and ready", nullable=True)
    power = column.number("Cấp điện", "Power", unit="MW", scale=3, nullable=True, min=0)
    water = column.number("Cấp nước", "Water", unit="m3/ngày", scale=3, nullable=True, min=0)
    recorded_at = shared.recorded_at()
    recorded_by = shared.recorded_by()
    document = shared.document()
    source = shared.source()
    citation = shared.citation()
