"""From a list of establishments to rows of `establishments`, `zones` and the labour of the list's month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.foreign import Cell
from fansipan.intake.headings import EPOCH, SERIALS, month_of, plain_words, year_in
from fansipan.intake.layout import Block
from fansipan.intake.mapping import Question
from fansipan.intake.matching import Known, Register, compared, tax_code
from fansipan.intake.returns import SOURCE, Catalogue, Draft, LeftOut, origin_of
from fansipan.intake.rows import Row
from fansipan.intake.sums import Sum, places_of
from fansipan.tables import REGISTRY
from fansipan.texts import words

# Who owns it, by the words of lists; the most telling first.
OWNERS = (
    ("foreign", re.compile(r"\bfdi\b|nuoc ngoai(?! nn)|\bdtnn\b|\bvdtnn\b|\bnuoc ngoai\b")),
    (
        "non-state",
        re.compile(
            r"\b(ngoai (nn|nha nuoc|quoc doanh)|tu nhan|dntn|dan doanh|htx|hop tac xa|ca the|non state|tnhh"
            r"|co phan|cp)\b"
        ),
    ),
    ("state", re.compile(r"\bnha nuoc\b|\bnn\b|\bdnnn\b|\bquoc doanh\b|\btrung uong\b|\bdia phuong\b|\bstate\b")),
)
HANDICRAFT = re.compile(r"\b(ttcn|tieu thu cong nghiep|ho ca the|ho san xuat|ho gia dinh|lang nghe)\b")
ZONES = (
    ("economic-zone", re.compile(r"^(kkt|khu kinh te)\b")),
    ("park", re.compile(r"^(kcn|khu cong nghiep)\b")),
    ("cluster", re.compile(r"^(ccn|cum cong nghiep|cum cn)\b")),
)
ZONE_NAMES = {"economic-zone": "Khu kinh tế", "park": "Khu công nghiệp", "cluster": "Cụm công nghiệp"}
AS_OF = re.compile(r"\b(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)\b")
DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


def is_establishments(block: Block) -> bool:
    """Whether a table lists establishments: who they are and what they are, without months."""
    roles = {column.role for column in block.columns}
    timed = any(column.months and column.months.month for column in block.columns) or "month" in roles
    return bool({"name", "tax"} & roles) and bool({"area", "ownership", "opened", "industry"} & roles) and not timed


def add_establishments(
    block: Block, rows: list[Row], catalogue: Catalogue, draft: Draft, at: datetime
) -> Iterator[Sum]:
    """Enter who is not known yet; yields the list's totals of labour."""
    areas = _areas(catalogue.province["areas"])
    zones = Register(Known(row["zone"], (row["name"],)) for row in catalogue.province["zones"].iter_rows(named=True))
    made_zones: dict[str, str] = {}
    day = _as_of(block)
    for row in rows:
        if row.kind != "data" or row.inherited:
            continue
        place = block.grid.place(row.at)
        code = _establishment(block, row, catalogue, draft, areas, zones, made_zones, place)
        if code is not None and block.column("labour"):
            _labour(block, row, draft, code, day, at)
    catalogue.refresh()
    yield from _labour_sums(block, rows)


def _establishment(
    block: Block,
    row: Row,
    catalogue: Catalogue,
    draft: Draft,
    areas: Register,
    zones: Register,
    made_zones: dict[str, str],
    place: Place,
) -> str | None:
    texts = row.texts
    name, tax = texts.get("name", ""), tax_code(texts.get("tax", ""))
    if texts.get("tax") and tax is None:
        draft.faults.append(Fault("intake.tax-odd", {"said": texts["tax"]}, place, severity="warning"))
    found = catalogue.register.by_tax(tax) or (catalogue.register.named(name) if name else None)
    if found and (tax is None or found.tax is None or found.tax == tax):
        return found.code
    area = _area(texts.get("area", ""), catalogue, areas, place)
    owner = _owner(texts.get("ownership", ""), catalogue, place)
    industry = _industry(texts, catalogue, draft, place)
    if not name or area is None or owner is None or industry is None:
        if not name:
            draft.left.append(LeftOut(place, "nameless", texts.get("tax", "")))
        return None
    code = tax or compared(name).replace(" ", "-")[:60]
    if any(one.code == code for one in catalogue.establishments):
        draft.faults.append(Fault("intake.establishment-twice", {"name": name, "code": code}, place))
        return None
    opened, closed = (_day(block.cell(row.at, role)) for role in ("opened", "closed"))
    if opened is None and texts.get("opened"):
        draft.left.append(LeftOut(block.grid.place(row.at, block.column("opened").at), "no-day", texts["opened"]))  # type: ignore[union-attr]
    draft.add(
        "establishments",
        {
            "establishment": code,
            "name": name,
            "tax_code": tax,
            "version": catalogue.version,
            "industry": industry,
            "ownership": owner,
            "kind": "handicraft" if HANDICRAFT.search(plain_words(texts.get("ownership", ""))) else "industry",
            "area": area,
            "zone": _zone(texts.get("zone", ""), zones, made_zones, draft),
            "opened_on": opened,
            "closed_on": closed,
            "citation": origin_of(place),
            **SOURCE,
        },
    )
    catalogue.establishments.append(Known(code, (name,), tax))
    catalogue.opened[code] = opened
    return code


def _areas(frame: pl.DataFrame) -> Register:
    """Areas by name; where one of today and one of before are called alike, the one of today."""
    last = frame.sort(pl.col("valid_to").is_not_null(), maintain_order=True)
    return Register(
        Known(row["area"], (row["name"],))
        for row in last.unique("name", keep="first", maintain_order=True).iter_rows(named=True)
    )


def _area(said: str, catalogue: Catalogue, areas: Register, place: Place) -> str | None:
    """The area that an address names: the first of its parts, from the smallest, that is one."""
    for part in [said, *said.split(",")]:
        if part.strip() and (found := areas.named(part.strip())):
            return found.code
    if not said:
        choices: tuple[tuple[str, Any], ...] = ()
    choices = tuple(
        (one.code, words("intake.near", name=one.names[0], score=round(score))) for one, score in areas.near(said)
    )
    return catalogue.answers.ask(Question("area", said or "–", choices, place, free=True))


def _owner(said: str, catalogue: Catalogue, place: Place) -> str | None:
    text = plain_words(said)
    labels = REGISTRY["establishments"].meaning("ownership").choice_words
    for value, form in OWNERS:
        if said and (form.search(text) or text == value):
            return value
    return catalogue.answers.ask(Question("ownership", said or "–", tuple(labels.items()), place))


def _industry(texts: dict[str, str], catalogue: Catalogue, draft: Draft, place: Place) -> str | None:
    """The class named, else that of the main product: the first of several."""
    given = re.sub(r"\D", "", texts.get("industry", ""))
    known = set(catalogue.province["industries"]["industry"])
    for code in (given, given.zfill(4)):
        if given and code in known:
            return code
    first = re.split(r"[;\n]", texts.get("product", ""))[0].strip()
    if not first:
        return catalogue.answers.ask(Question("product", texts.get("name", "–"), (), place, free=True))
    product = catalogue.product({"product": first}, place, draft)
    return catalogue.products[product]["industry"] if product else None


def _zone(said: str, zones: Register, made: dict[str, str], draft: Draft) -> str | None:
    """The code of a zone, entered anew where it is not known; None where the cell names none."""
    text = plain_words(said)
    if not text or text in ("khong", "ngoai khu cum", "ngoai kcn", "x"):
        return None
    kind = next((kind for kind, form in ZONES if form.search(text)), None)
    bare = next((form.sub("", text).strip() for _, form in ZONES if form.search(text)), text)
    full = f"{ZONE_NAMES[kind]} {_after_kind(said, text, bare)}" if kind else said
    if found := zones.named(said) or zones.named(full):
        return found.code
    if text not in made:
        code = text.replace(" ", "-")
        made[text] = code
        draft.add("zones", {"zone": code, "name": full, "kind": kind or "cluster", **SOURCE})
        if kind is None:
            draft.faults.append(Fault("intake.zone-kind", {"said": said}, severity="warning"))
    return made[text]


def _after_kind(said: str, text: str, bare: str) -> str:
    """The zone's own name as written: what stands behind the words of its kind."""
    skipped = len(text.split()) - len(bare.split())
    return " ".join(said.split()[skipped:])


def _day(cell: Cell) -> date | None:
    """A day as lists give it: a day, a month or a year, of which the first day is meant."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float) and int(cell) in SERIALS:
        return EPOCH + timedelta(days=int(cell))
    text = str(int(cell)) if isinstance(cell, float) else (cell or "")
    if found := DAY.match(text):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None
    if month := month_of(text, year_in(text)):
        return month.first_day
    year = year_in(text)
    return date(year, 1, 1) if year and re.fullmatch(r"\D*\d{4}", text) else None


def _as_of(block: Block) -> date | None:
    """The day that the list's titles say it is of."""
    for title in reversed(block.titles):
        if found := AS_OF.search(plain_words(title)):
            try:
                return date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                continue
    return None


def _labour(block: Block, row: Row, draft: Draft, code: str, day: date | None, at: datetime) -> None:
    cell = block.cell(row.at, "labour")
    place = block.grid.place(row.at, block.column("labour").at)  # type: ignore[union-attr]
    number = int(cell) if isinstance(cell, float) else int(cell) if isinstance(cell, str) and cell.isdigit() else None
    if cell is None:
        return
    if number is None or day is None:
        draft.left.append(LeftOut(place, "unread" if number is None else "undated", str(cell)))
        return
    month = f"{day.year:04d}-{day.month:02d}"
    draft.add(
        "establishment_returns",
        {
            "establishment": code,
            "month": month,
            "recorded_at": at,
            "labour": number,
            "late": False,
            "origin": origin_of(place),
            **SOURCE,
        },
    )


def _labour_sums(block: Block, rows: list[Row]) -> Iterator[Sum]:
    """Totals of labour: of the group above, or of all where the words say so."""
    column = block.column("labour")
    if column is None:
        return
    everyone: list[float] = []
    group: list[float] = []
    for row in rows:
        cell = block.grid.at(row.at, column.at)
        if row.kind == "data" and isinstance(cell, float):
            group.append(cell)
            everyone.append(cell)
        elif row.kind == "total" and isinstance(cell, float):
            whole = "tong so" in plain_words(row.words) or not group
            parts = everyone if whole else group
            place = block.grid.place(row.at, column.at)
            yield Sum(place, row.words, cell, sum(parts), len(parts), places_of(cell))
            group = []
        elif row.kind == "group":
            group = []
