"""From entries to rows of `returns`: who, what, in which unit; what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import polars as pl

from fansipan.errors import Fault, Place
from fansipan.intake.entries import Entry
from fansipan.intake.mapping import Answers, Question
from fansipan.intake.matching import Known, Register, compared, tax_code
from fansipan.province import Province
from fansipan.reference import industries, product_named, products, read_unit
from fansipan.reference.lists import key_of
from fansipan.texts import Words, same

SOURCE = {"source": "reported"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cell that gives no row: where, why (``intake.left.…``) and what stood in it."""

    place: Place
    reason: str
    value: str = ""


@dataclass(slots=True)
class Draft:
    """The rows that a run brings to each table, and what it leaves out, while files are taken in."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    left: list[LeftOut] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, table: str, row: Mapping[str, Any]) -> None:
        """Add a row."""
        self.rows.setdefault(table, []).append(dict(row))


class Catalogue:
    """Establishments, products and areas as they are known in this run: the province's and those taken in so far."""

    def __init__(self, province: Province, answers: Answers) -> None:
        """Take what the province has."""
        self.province, self.answers = province, answers
        self.version = province.setting("classification") or "VSIC2018"
        self.establishments: list[Known] = [
            Known(row["establishment"], _names(row), tax_code(row["tax_code"] or "") or tax_code(row["establishment"]))
            for row in province["establishments"].iter_rows(named=True)
        ]
        self.products: dict[str, dict[str, Any]] = {
            row["product"]: row for row in province["products"].iter_rows(named=True)
        }
        self.opened: dict[str, date | None] = dict(
            province["establishments"].select("establishment", "opened_on").iter_rows()
        )
        self.register = Register(self.establishments)

    def refresh(self) -> None:
        """Find again by name after establishments were added."""
        self.register = Register(self.establishments)

    def establishment(self, texts: Mapping[str, str], place: Place) -> str | None:
        """The code of who a row is about; None, with a question, where that is not certain."""
        name, tax = texts.get("name", ""), tax_code(texts.get("tax", ""))
        if found := self.register.by_tax(tax):
            return found.code
        found = self.register.named(name) if name else None
        if found and (tax is None or found.tax is None or found.tax == tax):
            return found.code
        said = f"{name} ({texts['tax']})" if name and texts.get("tax") else name or texts.get("tax", "")
        if not said:
            return None
        near = tuple((one.code, same(f"{one.names[0]} – {score:.0f} %")) for one, score in self.register.near(name))
        return self.answers.ask(Question("establishment", said, near, place, free=True))

    def product(self, texts: Mapping[str, str], place: Place, draft: Draft) -> str | None:
        """The code of a product, entered anew where the lists know it; None, with a question, where they do not."""
        name = texts.get("product", "")
        if not name:
            return None
        plain = key_of(name)
        for code, row in self.products.items():
            if plain in {key_of(row["name"]), key_of(row["name_en"] or ""), key_of(code)}:
                return code
        listed = product_named(name)
        if listed and listed["product"] in self.products:
            return listed["product"]
        if listed:
            return self._enter(listed["product"], name, texts.get("unit") or listed["unit"], listed["industry"], draft)
        answer = self.answers.ask(Question("product", name, self._near_products(name), place, free=True))
        if answer is None or answer in self.products:
            return answer
        chosen = products().filter(pl.col("product") == answer)
        if chosen.height:
            row = chosen.row(0, named=True)
            return self._enter(answer, row["name"], texts.get("unit") or row["unit"], row["industry"], draft)
        if answer in industries()["industry"].implode().item() or answer in self.province["industries"]["industry"]:
            return self._enter(compared(name).replace(" ", "-"), name, texts.get("unit", ""), answer, draft)
        params = {"said": name, "answer": answer}
        draft.faults.append(Fault("intake.answer-unknown", params, place))
        return None

    def _near_products(self, name: str) -> tuple[tuple[str, Words], ...]:
        known = [Known(code, (row["name"],)) for code, row in self.products.items()]
        listed = [Known(row["product"], (row["name"],)) for row in products().iter_rows(named=True)]
        register = Register(known + [one for one in listed if one.code not in self.products])
        return tuple((one.code, same(f"{one.names[0]} – {score:.0f} %")) for one, score in register.near(name))

    def _enter(self, code: str, name: str, unit: str, industry: str, draft: Draft) -> str:
        row = {
            "product": code,
            "name": name,
            "unit": unit or "?",
            "version": self.version,
            "industry": industry,
            **SOURCE,
        }
        self.products[code] = row | {"name_en": None}
        draft.add("products", row)
        return code

    def factor(self, product: str, texts: Mapping[str, str], place: Place) -> Fraction | None:
        """By what a figure in the row's unit is multiplied to stand in the product's; None where they are unlike."""
        own, said = self.products[product]["unit"], texts.get("unit")
        if said is None or compared(said) == compared(own):
            return Fraction(1)
        meant = self.answers.known.get(("unit", compared(said)), said)
        unit, target = read_unit(meant), read_unit(own)
        return unit.per(target) if unit and target else None


def _names(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in (row["name"], row["name_en"]) if name)


def add_returns(entries: Iterable[Entry], catalogue: Catalogue, draft: Draft, at: datetime) -> None:
    """Rows of `returns` for the entries, months of one row and product drawn together with sales and stock."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    cells: dict[tuple[str, str, str, str], tuple[float, Place]] = {}
    for entry in entries:
        if entry.field == "ytd":
            continue
        reading = entry.reading
        if reading.found in ("missing", "unread"):
            reason = "unread" if reading.found == "unread" else ("blank" if not entry.cell else "no-figure")
            draft.left.append(LeftOut(entry.place, reason, entry.cell))
            continue
        who = catalogue.establishment(entry.texts, entry.place)
        what = catalogue.product(entry.texts, entry.place, draft)
        if who is None or what is None:
            if not entry.texts.get("product") or not (entry.texts.get("name") or entry.texts.get("tax")):
                draft.left.append(LeftOut(entry.place, "nameless", entry.cell))
            continue
        opened = catalogue.opened.get(who)
        if not reading.value and opened and entry.month.last_day < opened:
            draft.left.append(LeftOut(entry.place, "not-open", entry.cell))
            continue
        factor = catalogue.factor(what, entry.texts, entry.place)
        if factor is None:
            own = catalogue.products[what]["unit"]
            params = {"said": entry.texts.get("unit", "–"), "unit": own, "product": catalogue.products[what]["name"]}
            draft.faults.append(Fault("intake.unit-other", params, entry.place))
            continue
        value = round(float(Fraction(reading.value or 0.0) * factor), 6) if factor != 1 else reading.value
        key = (who, what, str(entry.month))
        before = cells.setdefault((*key, entry.field), (value or 0.0, entry.place))
        if before[0] != value:
            params = {"first": before[0], "row": before[1].row, "sheet": before[1].sheet or before[1].file}
            draft.faults.append(Fault("intake.twice", params, entry.place, entry.cell))
            continue
        row = rows.setdefault(key, {**_row(key, entry, at)})
        row[entry.field] = value
    for row in rows.values():
        draft.add("returns", row)


def _row(key: tuple[str, str, str], entry: Entry, at: datetime) -> dict[str, Any]:
    who, what, month = key
    return {
        "establishment": who,
        "product": what,
        "month": month,
        "recorded_at": at,
        "status": entry.status or "final",
        "origin": origin_of(entry.place),
        **SOURCE,
    }


def origin_of(place: Place) -> str:
    """A place as it is kept with a row: file, sheet and cell."""
    cell = f"{place.column or ''}{place.row or ''}"
    return " / ".join(part for part in (place.file, place.sheet, cell) if part)
