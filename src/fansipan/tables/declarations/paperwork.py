"""Programmes on their way, tasks, procedures with legal clocks, mineral licences. Rows are only added."""

from __future__ import annotations

from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.declarations import shared_columns as shared


@declared("programme_steps", vi="Các bước của đề án", en="Steps of programmes")
class ProgrammeSteps(Table):
    """A row is a step of a programme as recorded on a day: draft, consultation, submission; its due and done dates."""

    programme = column.code("Mã đề án", "Programme code", key=True, reference="programmes.programme")
    step = column.code("Bước", "Step", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    name = column.label("Tên bước", "Name")
    name_en = column.label("Tên bước (tiếng Anh)", "Name in English", nullable=True)
    kind = column.choice(
        "Loại bước",
        "Kind",
        [
            ("draft", "dự thảo", "draft"),
            ("consultation", "lấy ý kiến", "consultation"),
            ("appraisal", "thẩm định", "appraisal"),
            ("submission", "trình", "submission"),
            ("approval", "phê duyệt, ban hành", "approval"),
        ],
    )
    after = column.label("Sau các bước", "After the steps", nullable=True, description="codes parted by blanks")
    office = column.label("Đơn vị chủ trì", "Responsible office", nullable=True)
    asked = column.label("Đơn vị được lấy ý kiến", "Consulted", nullable=True)
    due = column.day("Thời hạn", "Due", nullable=True)
    done_on = column.day("Ngày hoàn thành", "Done on", nullable=True)
    recorded_by = shared.recorded_by()
    reason = column.label("Lý do", "Reason", nullable=True)
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("tasks", vi="Nhiệm vụ", en="Tasks")
class Tasks(Table):
    """A row is what an office owes by a date, as recorded on a day."""

    task = column.code("Mã nhiệm vụ", "Task code", key=True)
    recorded_at = column.moment("Thời điểm ghi nhận", "Recorded at", key=True)
    name = column.label("Nội dung", "Task name")
    name_en = column.label("Nội dung (tiếng Anh)", "Task in English", nullable=True)
    programme = column.code("Mã đề án", "Programme", nullable=True, reference="programmes.programme")
    target = column.code("Mã chỉ tiêu", "Target", nullable=True, reference="targets.target")
    office = column.label("Đơn vị thực hiện", "Office")
    due = column.day("Thời hạn", "Due", nullable=True)
    done_on = column.day("Ngày hoàn thành", "Done on", nullable=True)
    recorded_by = shared.recorded_by()
    reason = column.label("Lý do", "Reason", nullable=True)
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("procedures", vi="Hồ sơ thủ tục", en="Procedures")
class Procedures(Table):
    """A row is a dossier under a legal clock: which procedure, at which office, received and done when."""

    dossier = column.code("Mã hồ sơ", "Dossier code", key=True)
    procedure = column.label("Thủ tục", "Procedure")
    office = column.label("Cơ quan giải quyết", "Office")
    project = column.code("Dự án", "Project", nullable=True, reference="projects.project")
    received_on = column.day("Ngày nhận đủ hồ sơ", "Received on")
    length = column.integer("Thời hạn giải quyết", "Term", min=1)
    counting = column.choice(
        "Cách tính", "Counted in", [("days", "ngày", "days"), ("working days", "ngày làm việc", "working days")]
    )
    done_on = column.day("Ngày trả kết quả", "Done on", nullable=True)
    document = shared.document()
    source = shared.source()
    citation = shared.citation()


@declared("procedure_stops", vi="Dừng thời hạn thủ tục", en="Stops of procedures")
class ProcedureStops(Table):
    """A row is a stop of a dossier's clock: supplements asked for, and received."""

    dossier = column.code("Mã hồ sơ", "Dossier code", key=True, reference="procedures.dossier")
    asked_on = column.day("Ngày yêu cầu bổ sung", "Asked on", key=True)
    received_on = column.day("Ngày nhận bổ sung", "Received on", nullable=True)
    source = shared.source()


@declared("licences", vi="Giấy phép khoáng sản", en="Mineral licences")
class Licences(Table):
    """A row is a licence to explore or mine a deposit, in the province or in a neighbour it plans with."""

    licence = column.code("Mã giấy phép", "Licence code", key=True)
    deposit = column.code("Mã mỏ", "Deposit code")
    name = column.label("Tên mỏ", "Deposit name")
    mineral = column.label("Khoáng sản", "Mineral")
    province = column.label("Tỉnh", "Province")
    area = column.code("Đơn vị hành chính", "Area", nullable=True, reference="areas.area")
    stage = column.choice(
        "Giai đoạn",
        "Stage",
        [
            ("planned", "quy hoạch", "planned"),
            ("exploration", "thăm dò", "exploration"),
            ("mining", "khai thác", "mining"),
            ("closed", "đóng cửa mỏ", "closed"),
        ],
    )
    tonnes_a_year = column.number("Công suất một năm", "Tonnes a year", unit="tấn", scale=3, nullable=True, min=0)
    valid_from = column.day("Có hiệu lực từ", "Valid from", nullable=True)
    valid_to = shared.valid_to()
    programme = column.code("Mã quy chế", "Programme", nullable=True, reference="programmes.programme")
    document = shared.document()
    source = shared.source()
    citation = shared.citation()
