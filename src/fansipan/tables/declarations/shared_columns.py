"""Columns that many tables carry in the same sense: source, citation, status, price basis, dates of validity."""

from __future__ import annotations

from typing import Any

from fansipan.tables import columns as column

SOURCES = [
    ("published", "đã công bố", "published"),
    ("reported", "cơ sở báo cáo", "reported"),
    ("estimated", "ước tính", "estimated"),
    ("illustrative", "minh họa", "illustrative"),
]
STATUSES = [
    ("estimate", "ước thực hiện", "estimate"),
    ("preliminary", "sơ bộ", "preliminary"),
    ("final", "chính thức", "final"),
]
PRICE_BASES = [
    ("constant-2010", "giá so sánh 2010", "constant 2010 prices"),
    ("current", "giá hiện hành", "current prices"),
]
CERTAINTIES = [
    ("sure", "đã đối chiếu văn bản", "read in the official text"),
    ("summary", "mới biết qua bản tóm tắt", "known from a summary"),
    ("memory", "cần xác nhận", "to be confirmed"),
]


def source() -> Any:
    """Where a row comes from: published, reported by an establishment, estimated, or illustrative."""
    return column.choice("Nguồn", "Source", SOURCES)


def citation() -> Any:
    """The document, article or person's office that a row was taken from, in words."""
    return column.label("Trích dẫn", "Citation", nullable=True)


def origin() -> Any:
    """Where in which file a row was taken in: file, sheet and cell."""
    return column.label("Nơi lấy số liệu", "Origin", nullable=True, description="File, sheet and cell of an import.")


def status(*, key: bool = False) -> Any:
    """How firm an observation is: estimate, preliminary or final."""
    return column.choice("Trạng thái số liệu", "Status", STATUSES, key=key)


def price_basis(*, nullable: bool = False, key: bool = False) -> Any:
    """Constant 2010 or current prices; figures of the two are never mixed in one sum."""
    return column.choice("Loại giá", "Price basis", PRICE_BASES, nullable=nullable, key=key)


def certainty() -> Any:
    """Whether a fact was read in the official text or is to be confirmed."""
    return column.choice("Mức chắc chắn", "Certainty", CERTAINTIES, nullable=True)


def valid_from(*, key: bool = False) -> Any:
    """The first day on which the row is in force."""
    return column.day("Có hiệu lực từ", "Valid from", key=key)


def valid_to() -> Any:
    """The last day on which the row is in force; empty while it is."""
    return column.day("Có hiệu lực đến", "Valid to", nullable=True)


def published_on(*, nullable: bool = True) -> Any:
    """The day on which the row became known; rows without it are known from the start."""
    return column.day("Ngày công bố", "Published on", nullable=nullable)


def recorded_at() -> Any:
    """The moment at which the row was recorded; rows of the published lists have none."""
    return column.moment("Thời điểm ghi nhận", "Recorded at", nullable=True)


def recorded_by() -> Any:
    """Who recorded the row: an office or an officer."""
    return column.label("Đơn vị ghi nhận", "Recorded by", nullable=True)


def entry() -> Any:
    """Which entry of its kind and day the row is: a row recorded in error stays, the right one is the next entry."""
    return column.integer("Lần ghi", "Entry", key=True, default=1, min=1)


def document(*, key: bool = False) -> Any:
    """The document that says so."""
    return column.code("Văn bản", "Document", nullable=not key, key=key, reference="documents.document")
