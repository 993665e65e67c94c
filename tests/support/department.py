"""A made-up department's own files, and the ways in which such files are spoilt; every firm and figure is invented."""

import csv
import unicodedata
from datetime import date
from random import Random

import openpyxl

from fansipan.tables.reading import old_fonts

PRODUCTS = [
    ("Than sạch khai thác", "1000 tấn", 21.0, 2),
    ("Quặng sắt và tinh quặng sắt", "Tấn", 9000.0, 0),
    ("Đá xây dựng khác", "M3", 15000.0, 0),
    ("Xi măng", "1000 tấn", 48.0, 2),
    ("Gạch xây dựng bằng gốm, sứ", "Triệu viên", 4.2, 2),
    ("Bê tông tươi", "M3", 1900.0, 0),
    ("Sản phẩm may (quần áo các loại)", "1000 cái", 420.0, 1),
    ("Điện sản xuất", "Triệu kWh", 31.0, 2),
    ("Nước máy thương phẩm", "1000 m3", 540.0, 1),
    ("Miến dong", "Tấn", 98.0, 1),
]
FORMS = ("Công ty CP", "Công ty TNHH", "HTX", "DNTN", "Nhà máy", "Chi nhánh Công ty CP")
GROUPS = ("KHAI KHOÁNG", "CÔNG NGHIỆP CHẾ BIẾN, CHẾ TẠO", "SẢN XUẤT VÀ PHÂN PHỐI ĐIỆN")
LEGEND = "Ghi chú: (-) không phát sinh; (...) chưa có số liệu; (x) cơ sở không báo cáo."


class Department:
    """Establishments with what they make, month by month: `figures` by (tax code, product, month)."""

    def __init__(self, seed, years=(2023, 2024), count=9):
        chance = Random(seed)
        self.seed, self.years = seed, years
        self.firms = []
        for number in range(1, count + 1):
            main = PRODUCTS[(number + seed) % len(PRODUCTS)]
            made = [main] + ([PRODUCTS[(number * 3 + seed + 1) % len(PRODUCTS)]] if number % 3 == 0 else [])
            made = list(dict.fromkeys(made))
            name = f"{FORMS[number % len(FORMS)]} mẫu {number:03d}"
            self.firms.append((name, f"46{chance.randrange(10**8):08d}", made))
        self.figures = {}
        for _, tax, made in self.firms:
            for product, _, size, places in made:
                level = size * (0.4 + chance.random())
                for year in years:
                    for month in range(1, 13):
                        value = level * (0.8 + 0.4 * chance.random())
                        self.figures[tax, product, f"{year}-{month:02d}"] = round(value, places)
        for key in chance.sample(sorted(self.figures), 6):
            self.figures[key] = None

    @property
    def truth(self):
        return {key: value for key, value in self.figures.items() if value is not None}

    def text(self, value, chance, typed):
        """A figure as somebody types it: now and then as Vietnamese text."""
        if value is None:
            return chance.choice(["...", "…", "x", None])
        if chance.random() >= typed:
            return int(value) if float(value).is_integer() else value
        return vietnamese(value)

    def sheets(self, typed=0.12):
        """The file as a list of (sheet name, rows)."""
        chance = Random(self.seed + 1)
        return [(f"Năm {year}", self.rows(year, chance, typed)) for year in self.years]

    def rows(self, year, chance, typed):
        head = ["STT", "Tên cơ sở", "Mã số thuế", "Sản phẩm", "ĐVT", "Sản lượng thực hiện", *[None] * 11, "Cả năm"]
        months = [*[None] * 5, *(f"Tháng {month}/{year}" for month in range(1, 13)), None]
        numbers = ["(A)", "(B)", "(C)", "(D)", "(E)", *(f"({k})" for k in range(1, 14))]
        rows = [["SỞ CÔNG THƯƠNG TỈNH LÀO CAI"], [f"TỔNG HỢP SẢN LƯỢNG NĂM {year}"], [None], head, months, numbers]
        each = -(-len(self.firms) // len(GROUPS))
        for place, group in enumerate(GROUPS):
            rows.append(["I" * (place + 1), group])
            for number, (name, tax, made) in enumerate(self.firms[place * each : (place + 1) * each], 1):
                for line, (product, unit, _, _) in enumerate(made):
                    values = [self.figures[tax, product, f"{year}-{month:02d}"] for month in range(1, 13)]
                    whole = round(sum(v for v in values if v is not None), 4)
                    first = [number, name, tax] if line == 0 else [None, None, None]
                    rows.append([*first, product, unit, *(self.text(v, chance, typed) for v in values), whole])
        rows.append([None, "TỔNG HỢP THEO SẢN PHẨM"])
        for product, unit, _, _ in PRODUCTS:
            keys = [(tax, product) for _, tax, made in self.firms if product in [m[0] for m in made]]
            if keys:
                totals = [
                    round(sum(self.figures[(*key, f"{year}-{m:02d}")] or 0 for key in keys), 4) for m in range(1, 13)
                ]
                rows.append([None, None, None, "Tổng " + product[0].lower() + product[1:], unit, *totals, None])
        return [*rows, [None], [None, LEGEND], [None, "Người lập biểu          Thủ trưởng đơn vị"]]


def vietnamese(value):
    """A figure in Vietnamese: 15.473 and 6,69."""
    whole, _, rest = f"{value:,.4f}".rstrip("0").rstrip(".").partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def english(value):
    """A figure in English: 15,473 and 6.69."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


# Ways to spoil a file: each takes the sheets and a source of chance and gives the sheets back.


def _cells(sheets, change):
    return [(name, [[change(cell) for cell in row] for row in rows]) for name, rows in sheets]


def blank_columns(sheets, chance):
    at = chance.randrange(0, 5)
    return [(name, [[*row[:at], None, *row[at:]] for row in rows]) for name, rows in sheets]


def blank_rows(sheets, chance):
    return [
        (name, [r for row in rows for r in ([row, [None]] if chance.random() < 0.3 else [row])])
        for name, rows in sheets
    ]


HEADS = {
    "Tên cơ sở": ["Doanh nghiệp", "Tên doanh nghiệp", "Đơn vị", "Tên đơn vị báo cáo", "Cơ sở sản xuất", "TÊN DN"],
    "Mã số thuế": ["MST", "Mã số DN", "Mã số thuế (MST)", "Mã DN"],
    "Sản phẩm": ["Tên sản phẩm", "Mặt hàng", "Sản phẩm chủ yếu", "Chỉ tiêu"],
    "ĐVT": ["Đơn vị tính", "Đv tính", "Đơn vị tính sản phẩm", "Đơn vị"],
    "STT": ["TT", "Số TT", "Stt"],
    "Sản lượng thực hiện": ["Thực hiện các tháng", "Sản lượng", "Số lượng sản xuất"],
    "Cả năm": ["Tổng cộng", "Cộng cả năm", "12 tháng", "Tổng năm"],
}


def other_heads(sheets, chance):
    new = {said: chance.choice(others) for said, others in HEADS.items()}
    if new["Tên cơ sở"] == "Đơn vị" and new["ĐVT"] == "Đơn vị":
        new["ĐVT"] = "Đơn vị tính"
    return _cells(sheets, lambda cell: new.get(cell, cell))


MONTHS = [
    "T{m}/{y}",
    "{m:02d}-{y}",
    "{y}-{m:02d}",
    "Tháng {m:02d}",
    "T{m}",
    "Thg {m}",
    "{m}/{y}",
    "{y}M{m:02d}",
    "TH tháng {m} năm {y}",
]


def other_months(sheets, chance):
    form = chance.choice(MONTHS)

    def change(cell):
        if isinstance(cell, str) and cell.startswith("Tháng "):
            month, year = map(int, cell.removeprefix("Tháng ").split("/"))
            return form.format(m=month, y=year)
        return cell

    return _cells(sheets, change)


def dated_months(sheets, chance):
    def change(cell):
        if isinstance(cell, str) and cell.startswith("Tháng "):
            month, year = map(int, cell.removeprefix("Tháng ").split("/"))
            return date(year, month, 1)
        return cell

    return _cells(sheets, change)


def _figures(sheets, write):
    """Every figure of the months written anew."""

    def row_of(row):
        filled = isinstance(row[3] if len(row) > 3 else None, str) and len(row) > 16
        return [write(c) if filled and k >= 5 and isinstance(c, int | float) else c for k, c in enumerate(row)]

    return [(name, [row_of(row) for row in rows]) for name, rows in sheets]


def all_vietnamese(sheets, chance):
    return _figures(sheets, vietnamese)


def some_english(sheets, chance):
    return _figures(sheets, lambda c: english(c) if chance.random() < 0.3 else c)


def all_english(sheets, chance):
    return _figures(sheets, english)


def spaced(sheets, chance):
    return _figures(sheets, lambda c: vietnamese(c).replace(".", "\u00a0"))


def no_totals(sheets, chance):
    return [(n, [r for r in rows if not str(r[3] if len(r) > 3 else "").startswith("Tổng ")]) for n, rows in sheets]


def totals_first(sheets, chance):
    changed = []
    for name, rows in sheets:
        totals = [r for r in rows if str(r[3] if len(r) > 3 else "").startswith("Tổng ")]
        others = [r for r in rows if r not in totals]
        changed.append((name, [*others[:6], *totals, *others[6:]]))
    return changed


def sheet_missing(sheets, chance):
    return [chance.choice(sheets)]


def repeated_head(sheets, chance):
    """The heading again in the middle, as where a print was pasted page by page."""
    changed = []
    for name, rows in sheets:
        at = chance.randrange(9, len(rows) - 6)
        while rows[at][1:2] in ([], [None]) or not isinstance(rows[at][0], int):
            at += 1
            if at >= len(rows) - 4:
                at = 7
                break
        changed.append((name, [*rows[:at], *rows[3:6], *rows[at:]]))
    return changed


def one_below_the_other(sheets, chance):
    """All years on one sheet."""
    return [("Sản lượng", [row for _, rows in sheets for row in [*rows, [None]]])]


def side_by_side(sheets, chance):
    """All years on one sheet, beside each other."""
    (_, left), (_, right) = sheets[:2]
    wide = max(map(len, left))
    return [("Sản lượng", [[*a, *[None] * (wide - len(a)), None, *b] for a, b in zip(left, right, strict=True)])]


def months_reversed(sheets, chance):
    return [
        (
            n,
            [
                [*r[:5], *reversed(r[5:17]), *r[17:]] if len(r) > 16 and r[5] != "Sản lượng thực hiện" else r
                for r in rows
            ],
        )
        for n, rows in sheets
    ]


def decomposed(sheets, chance):
    return _cells(sheets, lambda c: unicodedata.normalize("NFD", c) if isinstance(c, str) else c)


def tcvn3(sheets, chance):
    codes = {made: said for said, made in old_fonts._TCVN3.items()}
    capital = {made.upper(): said for made, said in codes.items() if made.upper() != made and made.upper() not in codes}
    return _cells(sheets, lambda c: "".join(codes.get(x, capital.get(x, x)) for x in c) if isinstance(c, str) else c)


def ditto(sheets, chance):
    changed = []
    for name, rows in sheets:
        last = None
        new = []
        for row in rows:
            unit = row[4] if len(row) > 16 else None
            kept = unit is None or unit != last or chance.random() < 0.5
            last = unit or last
            new.append(row if kept else [*row[:4], '"', *row[5:]])
        changed.append((name, new))
    return changed


def other_units(sheets, chance):
    """Coal in tấn in place of 1000 tấn, figures with it."""

    def row_of(row):
        if len(row) > 16 and row[4] == "1000 tấn":
            return [*row[:4], "Tấn", *(round(c * 1000, 3) if isinstance(c, int | float) else c for c in row[5:])]
        return row

    if any(
        len(r) > 16 and r[4] == "1000 tấn" and any(isinstance(c, str) and "," in c for c in r)
        for _, rows in sheets
        for r in rows
    ):
        return sheets
    return [(sheets[0][0], sheets[0][1]), *((n, list(map(row_of, rows))) for n, rows in sheets[1:])]


def no_tax(sheets, chance):
    return [(n, [[*r[:2], *r[3:]] if len(r) > 2 else r for r in rows]) for n, rows in sheets]


def extra_columns(sheets, chance):
    """Columns of plan and of growth beside the months."""

    def row_of(row):
        if len(row) < 17:
            return row
        if row[0] == "STT":
            return [*row, "Kế hoạch năm", "So cùng kỳ (%)"]
        filled = isinstance(row[3], str) and row[3] and row[0] != "(A)"
        return [*row, *((1234.5, 104.2) if filled else (None, None))]

    return [(n, list(map(row_of, rows))) for n, rows in sheets]


def quarters(sheets, chance):
    """A column of the quarter's sum after each three months."""

    def row_of(row):
        if len(row) < 17:
            return row
        months = row[5:17]
        new = []
        for quarter in range(4):
            part = months[quarter * 3 : quarter * 3 + 3]
            if any(isinstance(c, str) and c.startswith("Tháng ") for c in part):
                total = f"Quý {('I', 'II', 'III', 'IV')[quarter]}"
            elif all(isinstance(c, int | float) for c in part):
                total = round(sum(part), 4)
            else:
                total = None
            new += [*part, total]
        return [*row[:5], *new, *row[17:]]

    return [(n, list(map(row_of, rows))) for n, rows in sheets]


def cumulative(sheets, chance):
    """Months given only since January."""

    def row_of(row):
        if len(row) < 17 or row[0] == "STT" or row[0] == "(A)":
            return row
        months, total, new = row[5:17], 0.0, []
        if any(isinstance(c, str) and c.startswith("Tháng ") for c in months):
            new = [f"{c.removeprefix('Tháng ').split('/')[0]} tháng/{c.split('/')[1]}" for c in months]
            return [*row[:5], *new, *row[17:]]
        for cell in months:
            if not isinstance(cell, int | float):
                new.append(None)
                total = None
            elif total is not None:
                total = round(total + cell, 4)
                new.append(total)
            else:
                new.append(None)
        return [*row[:5], *new, *row[17:]]

    return [(n, list(map(row_of, rows))) for n, rows in sheets]


def cumulative_unsaid(sheets, chance):
    """Figures since January under headings that name only the month."""
    return [
        (
            name,
            [
                old if len(old) > 16 and str(old[5]).startswith("Tháng ") else new
                for old, new in zip(rows, changed, strict=True)
            ],
        )
        for (name, rows), (_, changed) in zip(sheets, cumulative(sheets, chance), strict=True)
    ]


def repeated_row(sheets, chance):
    """A row twice, the second with another figure in it."""
    name, rows = sheets[-1]
    at = next(k for k, row in enumerate(rows) if len(row) > 16 and isinstance(row[0], int))
    again = [*rows[at][:5], *((c * 2 if isinstance(c, int | float) else c) for c in rows[at][5:17]), *rows[at][17:]]
    return [*sheets[:-1], (name, [*rows[: at + 1], again, *rows[at + 1 :]])]


def lost_zero(sheets, chance):
    """Tax codes as numbers."""

    def row_of(row):
        return [*row[:2], int(row[2]), *row[3:]] if len(row) > 16 and str(row[2]).isdigit() else row

    return [(n, list(map(row_of, rows))) for n, rows in sheets]


def other_names(sheets, chance):
    """Names written a little differently, without accents or with short legal forms; tax codes kept."""
    short = {"Công ty CP": "CTCP", "Công ty TNHH": "Cty TNHH"}

    def change(cell):
        for said, other in short.items():
            if isinstance(cell, str) and cell.startswith(said):
                return cell.replace(said, other)
        return cell

    return _cells(sheets, change)


def other_products(sheets, chance):
    """Capitals and other spellings of products."""
    return [
        (
            n,
            [
                [*r[:3], r[3].upper(), *r[4:]]
                if len(r) > 16 and isinstance(r[3], str) and r[0] not in ("STT", "(A)")
                else r
                for r in rows
            ],
        )
        for n, rows in sheets
    ]


SPOILING = [
    blank_columns,
    blank_rows,
    other_heads,
    other_months,
    dated_months,
    all_vietnamese,
    some_english,
    all_english,
    spaced,
    no_totals,
    totals_first,
    sheet_missing,
    repeated_head,
    one_below_the_other,
    side_by_side,
    months_reversed,
    decomposed,
    tcvn3,
    ditto,
    other_units,
    no_tax,
    extra_columns,
    quarters,
    cumulative,
    cumulative_unsaid,
    repeated_row,
    lost_zero,
    other_names,
    other_products,
]


def write_book(sheets, path):
    """Write the sheets to an .xlsx file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name[:31])
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_text(sheets, path, write=vietnamese):
    """Write the first sheet to a .csv file with semicolons, figures as that program writes them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for row in sheets[0][1]:
            writer.writerow([write(c) if isinstance(c, float) else ("" if c is None else c) for c in row])
    return path
