"""What the words above a column mean: which of our columns it is, or which month's figures it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from fansipan.foreign import Cell
from fansipan.periods import Month
from fansipan.tables.reading.parsing import fold

Measure = Literal["level", "ytd", "year", "part", "growth", "plan"]

# What a column is, by the words of its heading, the most telling first; compared without accents and marks.
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(form))
    for role, form in (
        ("order", r"^(stt|tt|so tt|so thu tu|no)$"),
        ("tax", r"\b(ma so thue|mst|ma so doanh nghiep|ma so dn|ma dn|tax code)\b"),
        ("unit", r"^(dvt|d v t|don vi tinh|dv tinh|don vi do|unit|don vi tinh san pham)$"),
        ("industry", r"\b(ma nganh|ma vsic|vsic|nganh cap 4)\b"),
        ("zone", r"\b(khu cum|kcn|ccn|khu cong nghiep|cum cong nghiep|khu cum cn)\b"),
        (
            "area",
            r"\b(dia chi|dia ban|xa phuong|phuong xa|don vi hanh chinh|dia diem|huyen|address)\b|^(xa|phuong|noi sx)$",
        ),
        ("ownership", r"\b(loai hinh|thanh phan|so huu|hinh thuc)\b"),
        ("opened", r"\b(bat dau|nam hoat dong|ngay hoat dong|di vao hoat dong|khoi cong|nam sx|ngay sx|bat dau sx)\b"),
        ("closed", r"\b(ngung hoat dong|dung hoat dong|ngay dung|giai the|ngung sx|dung sx)\b"),
        ("labour", r"\b(lao dong|so ld|nhan cong|cong nhan)\b"),
        ("price", r"\b(don gia|gia co dinh|gia so sanh|gia 2010|gia ban)\b"),
        ("product", r"\b(san pham|mat hang|ten hang|chi tieu|product|hang hoa)\b"),
        ("name", r"\b(co so|doanh nghiep|don vi bao cao|ten don vi|cong ty|nha may|to chuc|dn|establishment)\b"),
        ("stock", r"\bton\b"),
        ("sales", r"\b(tieu thu|xuat ban|ban ra)\b"),
        ("quantity", r"\b(san luong|so luong|khoi luong|luong san xuat|thuc hien|san xuat|quantity)\b"),
        ("month", r"^(thang|ky|ky bao cao|thang bao cao|thoi gian|month|period)( nam)?$"),
        ("note", r"\b(ghi chu|chu thich|note|dien giai)\b"),
        ("unit-or-name", r"^don vi$"),
    )
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
CUMULATIVE = re.compile(r"\b(luy ke|cong don|tu dau nam|dau nam den)\b")
OF_MONTHS = re.compile(r"(?<!\d)(\d{1,2}) ?(?:thang|t)\b(?! ?\d{1,2}\b)")
MONTHS = (
    re.compile(r"\bthang ?0?(\d{1,2})\b"),
    re.compile(r"\bt(?:hg|h)? ?0?(\d{1,2})\b"),
    re.compile(r"\bm0?(\d{1,2})\b"),
    re.compile(r"^(?:uoc |sb )?0?(\d{1,2})(?= (?:19|20)\d\d$)"),
)
YEAR_FIRST = re.compile(r"\b((?:19|20)\d\d) ?(?:m|thang|t)? ?0?(\d{1,2})$|^((?:19|20)\d\d)(0[1-9]|1[0-2])$")
SPELT = {
    word: number
    for number, words in enumerate(
        ("gieng|mot", "hai", "ba", "tu|bon", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai|chap"), 1
    )
    for word in words.split("|")
}
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WHOLE_YEAR = re.compile(r"\b(ca nam|tong nam|cong nam|12 thang|tong cong|tong so|cong|tong|nam (?:19|20)\d\d)$")
QUARTER = re.compile(r"\bquy (?:iv|iii|ii|i|[1-4])\b|\bq[1-4]\b|\b6 thang cuoi\b")
GROWTH = re.compile(
    r"so voi|cung ky|\bso\b.*\b(?:thang truoc|nam truoc|ke hoach|kh)\b|%|\btang giam\b|toc do|ty le|ty trong"
)
PLAN = re.compile(r"\b(ke hoach|kh nam|kh)\b")
STATUS = ((re.compile(r"\b(uoc|du kien|u)\b"), "estimate"), (re.compile(r"\b(so bo|sb)\b"), "preliminary"))
LAST_MONTH = re.compile(r"\b(thang|ky) truoc\b")
THIS_MONTH = re.compile(r"\b(thang (nay|bao cao)|trong thang|ky nay|ky bao cao|thuc hien thang|uoc thang)\b")
SAME_PERIOD = re.compile(r"\b(cung ky|nam truoc)\b")
EPOCH = date(1899, 12, 30)
SERIALS = range(36_500, 58_500)


@dataclass(frozen=True, slots=True)
class MonthHeading:
    """A column of figures: of which month, whether of the month or since January (`ytd`), and how firm.

    `measure` is ``year`` or ``part`` for sums of the row's months, ``growth`` and ``plan`` for what is not taken in.
    """

    month: Month | None
    measure: Measure
    status: str | None = None


def plain_words(words: str) -> str:
    """The words of a heading for comparing: no accents, case or marks."""
    return " ".join(re.sub(r"[^\w%]+", " ", fold(words)).split())


def role_of(words: str) -> str | None:
    """Which of our columns a heading names."""
    text = plain_words(re.sub(r"\([^)]*\)", " ", words)) or plain_words(words)
    return next((role for role, form in ROLES if form.search(text)), None)


def year_in(words: str) -> int | None:
    """The only year that the words name."""
    years = {int(year) for year in YEAR.findall(words)}
    return years.pop() if len(years) == 1 else None


def month_heading(cells: Sequence[Cell], year: int | None) -> MonthHeading | None:
    """What the cells above a column (from the top down) say of its months; None where they speak of none.

    `year` is that of the sheet or table, for headings that leave it out.
    """
    for cell in reversed(cells):
        if (month := _dated(cell)) is not None:
            return MonthHeading(month, _cumulative(cells) or "level", _status(cells))
    said = [plain_words(cell) for cell in cells if isinstance(cell, str)]
    text = " ".join(said)
    if not text:
        return None
    raw = " ".join(cell for cell in cells if isinstance(cell, str))
    growth = GROWTH.search(text) or "%" in raw
    month = next((m for words in (*reversed(said), text) if (m := _named(words, year, text))), None)
    if growth and (month or WHOLE_YEAR.search(text)):
        return MonthHeading(month, "growth")
    if PLAN.search(text):
        return MonthHeading(None, "plan")
    if QUARTER.search(said[-1]):
        return MonthHeading(None, "part")
    if CUMULATIVE.search(text) and month is None and year_in(text):
        return MonthHeading(Month(year_in(text) or 1, 12), "year")
    if month is None:
        number = _number_below(cells)
        if number and re.search(r"\bthang\b", text) and year:
            return MonthHeading(Month(year, number), _cumulative(cells) or "level", _status(cells))
        return MonthHeading(None, "year") if WHOLE_YEAR.search(said[-1]) and not role_of(said[-1]) else None
    return MonthHeading(month, _cumulative(cells) or "level", _status(cells))


def relative_heading(cells: Sequence[Cell], reported: Month | None) -> MonthHeading | None:
    """What a heading says that names its month only by that of the report: "tháng trước", "lũy kế", "cùng kỳ".

    Where it is not known which month is reported, such a column says nothing that can be taken in (`growth`).
    """
    text = " ".join(plain_words(cell) for cell in cells if isinstance(cell, str))
    if GROWTH.search(text) or SAME_PERIOD.search(text):
        return MonthHeading(None, "growth")
    if PLAN.search(text):
        return MonthHeading(None, "plan")
    if CUMULATIVE.search(text):
        return MonthHeading(reported, "ytd", _status(cells)) if reported else MonthHeading(None, "growth")
    if LAST_MONTH.search(text):
        return MonthHeading(reported - 1, "level", _status(cells)) if reported else MonthHeading(None, "growth")
    if THIS_MONTH.search(text):
        return MonthHeading(reported, "level", _status(cells)) if reported else None
    return None


def month_of(cell: Cell, year: int | None) -> Month | None:
    """The month that a cell of a column of months names."""
    if (month := _dated(cell)) is not None:
        return month
    if isinstance(cell, float):
        whole = int(cell)
        return Month(year, whole) if year and cell == whole and 1 <= whole <= 12 else None
    return _named(plain_words(cell), year, plain_words(cell)) if isinstance(cell, str) else None


def _dated(cell: Cell) -> Month | None:
    """The month of a day or of a day's number in a spreadsheet; figures of that size stand in headings for no other."""
    if isinstance(cell, date):
        return Month(cell.year, cell.month)
    if isinstance(cell, float) and cell.is_integer():
        if int(cell) in SERIALS:
            day = EPOCH + timedelta(days=int(cell))
            return Month(day.year, day.month)
        year, month = divmod(int(cell), 100)
        if 1990 <= year <= 2100 and 1 <= month <= 12:
            return Month(year, month)
    return None


def _named(text: str, year: int | None, context: str) -> Month | None:
    if found := YEAR_FIRST.search(text):
        return _month(found[2] or found[4], int(found[1] or found[3]))
    own = year_in(text) or year_in(context) or year
    for form in MONTHS:
        if found := form.search(text):
            short = re.match(r" (\d\d)$", text[found.end() :])
            return _month(found[1], 2000 + int(short[1]) if short else own)
    if found := re.search(r"\bthang (" + "|".join(sorted(SPELT, key=len, reverse=True)) + r")\b", text):
        return _month(str(SPELT[found[1]]), own)
    if found := OF_MONTHS.search(text):
        return _month(found[1], own)
    if found := re.search(rf"\b({'|'.join(ENGLISH)})[a-z]*\b(?: (\d\d)$)?", text):
        return _month(str(ENGLISH.index(found[1]) + 1), 2000 + int(found[2]) if found[2] else own)
    return None


def _month(number: str, year: int | None) -> Month | None:
    return Month(year, int(number)) if year and 1 <= int(number) <= 12 else None


def _number_below(cells: Sequence[Cell]) -> int | None:
    """The month's number, where it stands alone in the last heading cell: 1, 2, ... below "Tháng"."""
    last = cells[-1]
    if isinstance(last, str) and re.fullmatch(r"0?(\d{1,2})", last):
        last = float(last)
    return int(last) if isinstance(last, float) and last.is_integer() and 1 <= last <= 12 else None


def _cumulative(cells: Sequence[Cell]) -> Measure | None:
    text = " ".join(plain_words(cell) for cell in cells if isinstance(cell, str))
    of_months = OF_MONTHS.search(text)
    return "ytd" if CUMULATIVE.search(text) or (of_months and int(of_months[1]) > 1) else None


def _status(cells: Sequence[Cell]) -> str | None:
    text = " ".join(plain_words(cell) for cell in cells if isinstance(cell, str))
    return next((status for words, status in STATUS if words.search(text)), None)
