"""A decision folder, read and checked as a whole. Rule A1."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars as pl

from fansipan.appraisal.council.mark_checks import mark_notes
from fansipan.appraisal.council.roster import council_notes, quorum_of, strangers
from fansipan.appraisal.criteria.comparison_reading import Consistency, with_comparisons
from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion
from fansipan.appraisal.criteria.decision_tables import (
    LARGEST,
    Alternatives,
    Applications,
    Comparisons,
    Conflicts,
    Marks,
    Members,
    Uncertain,
)
from fansipan.appraisal.criteria.decision_tables import Place as ZonePlace
from fansipan.appraisal.criteria.gates import Refusal
from fansipan.appraisal.criteria.reading import read_criteria
from fansipan.appraisal.criteria.sets import criteria_set
from fansipan.appraisal.decision.assembling import Parts, assemble
from fansipan.appraisal.decision.decision import Decision, Heading
from fansipan.appraisal.decision.legal_gates import legal_refusals
from fansipan.appraisal.decision.marks import MarkBook, mark_book
from fansipan.appraisal.decision.submission import window_is_empty, window_refusals, window_untested
from fansipan.appraisal.decision.surroundings import Surroundings
from fansipan.appraisal.decision.untested_gates import untested_gates
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.plan_tables import read_plans, with_prices
from fansipan.appraisal.finance.spreads import Spreads, read_spreads
from fansipan.errors import FansipanError, Fault, InvalidInput, Place, refuse
from fansipan.tables import columns as column
from fansipan.tables.columns import Table
from fansipan.tables.reading.sheet import Sheet
from fansipan.tables.reading.widening import read_wide

Legal = tuple[dict[str, tuple[Refusal, ...]], dict[str, tuple[Fault, ...]]]
VIET_NAM = timezone(timedelta(hours=7))
Read = tuple[pl.DataFrame, Sheet, tuple[Fault, ...]]


def read_decision(folder: Path | str, surroundings: Surroundings | None = None) -> Decision:
    """Read ``alternatives.csv``, ``criteria.csv`` and whatever else the folder has.

    Optional: ``members.csv``, ``marks.csv``, ``conflicts.csv``, ``uncertain.csv``, ``comparisons.csv``,
    ``applications.csv``, ``place.csv``, ``finance.csv``, ``finance_prices.csv``, ``finance_spread.csv``,
    ``decision.toml``. `surroundings` say how projects fit the
    province's portfolio and plan. Raises InvalidInput with every fault of a stage at once, and
    FansipanError ``appraisal.no-folder`` for a folder that is not there.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FansipanError("appraisal.no-folder", folder=str(folder))
    heading = read_heading(folder / "decision.toml")
    tree, notes = _criteria(folder / "criteria.csv", heading)
    table, sheet, warnings = _read_alternatives(folder / "alternatives.csv", tree)
    extra: dict[str, Read | None] = {}
    for name, form in (
        ("marks", Marks),
        ("conflicts", Conflicts),
        ("uncertain", Uncertain),
        ("comparisons", Comparisons),
    ):
        extra[name] = _optional(folder / f"{name}.csv", form)
    refuse(_unknown_names(table, tree, extra))
    notes += (*warnings, *(note for read in extra.values() if read for note in read[2]))
    consistency: tuple[Consistency, ...] = ()
    if extra["comparisons"]:
        compared = with_comparisons(tree, *extra["comparisons"][:2])
        tree, consistency, notes = compared.tree, compared.consistency, (*notes, *compared.notes)
    names = tuple(table["alternative"])
    book, conflicts = _mark_book(extra), _frame(extra["conflicts"])
    roster = _frame(_optional(folder / "members.csv", Members))
    refuse(strangers(roster, book, conflicts))
    quorum = _quorum(heading, roster)
    notes += tuple(mark_notes(book, conflicts, names, tree, heading=heading))
    applications = _applications(folder, names)
    legal, untested = _legal(folder, names, applications, heading)
    considered = tuple(name for name in names if not legal.get(name))
    notes += tuple(council_notes(roster, book, quorum, considered, tree))
    return assemble(
        Parts(
            table=table,
            sheet=sheet,
            tree=tree,
            book=book,
            heading=heading,
            plans=_plans(folder, names),
            spreads=_spreads(folder / "finance_spread.csv", names),
            fits=surroundings.fits(applications or {}, names, heading.on) if surroundings else {},
            legal=legal,
            untested=untested,
            uncertain=_frame(extra["uncertain"]),
            conflicts=conflicts,
            consistency=consistency,
            notes=notes,
            quorum=quorum,
        )
    )


def _frame(read: Read | None) -> pl.DataFrame:
    return read[0] if read else pl.DataFrame()


def _criteria(path: Path, heading: Heading) -> tuple[CriteriaTree, tuple[Fault, ...]]:
    """The folder's own criteria, else the set that its heading names, as it held on the heading's day."""
    if path.exists() or not heading.criteria_set:
        return read_criteria(path)
    if heading.on is None:
        raise InvalidInput([Fault("appraisal.no-date", {}, Place("decision.toml"))])
    return criteria_set(heading.criteria_set, heading.on).tree(), ()


def _plans(folder: Path, alternatives: tuple[str, ...]) -> dict[str, Plan]:
    path, prices = folder / "finance.csv", folder / "finance_prices.csv"
    plans = read_plans(path) if path.exists() else {}
    refuse(
        Fault("appraisal.unknown-alternative", {"name": name}, Place(path.name, None, None, "alternative"), name)
        for name in plans
        if name not in alternatives
    )
    return with_prices(plans, prices) if prices.exists() else plans


def _spreads(path: Path, alternatives: tuple[str, ...]) -> dict[str, Spreads]:
    return read_spreads(path, alternatives) if path.exists() else {}


def _read_alternatives(path: Path, tree: CriteriaTree) -> Read:
    def extra(_: list[str]) -> dict[str, Any]:
        return {leaf.name: _figure_column(leaf) for leaf in tree.leaves}

    table, sheet, warnings = read_wide(path, Alternatives, extra)
    if table.is_empty():
        raise InvalidInput([Fault("appraisal.no-rows", {"file": sheet.file}, Place(sheet.file))])
    return table, sheet, warnings


def _figure_column(leaf: Criterion) -> Any:
    words = (leaf.label_vi or leaf.name, leaf.label_en or leaf.name)
    takes_words = leaf.scale.kind == "categories" or any(gate.takes_words for gate in leaf.gates)
    return (
        column.label(*words, nullable=True)
        if takes_words
        else column.number(*words, scale=None, nullable=True, min=-LARGEST, max=LARGEST)
    )


def _optional(path: Path, form: type[Table]) -> Read | None:
    return read_wide(path, form, lambda _: {}) if path.exists() else None


def _unknown_names(table: pl.DataFrame, tree: CriteriaTree, extra: dict[str, Read | None]) -> Iterator[Fault]:
    """Alternatives and criteria named in the other files that the decision does not have."""
    known = {"alternative": set(table["alternative"]), "criterion": {leaf.name for leaf in tree.leaves}}
    for name, read in extra.items():
        for what in ("alternative", "criterion") if read and name != "comparisons" else ():
            frame, sheet, _ = read  # type: ignore[misc]
            for at, value in enumerate(frame[what] if what in frame.columns else ()):
                if value not in known[what]:
                    yield Fault(f"appraisal.unknown-{what}", {"name": value}, _at(sheet, at, what), value)


def _at(sheet: Sheet, row: int, name: str | None = None) -> Place:
    return Place(sheet.file, None, sheet.rows[row], name)


def _mark_book(extra: dict[str, Read | None]) -> MarkBook | None:
    marks, conflicts = extra["marks"], extra["conflicts"]
    if not marks:
        return None
    frame, sheet, _ = marks
    key = ["judge", "alternative", "criterion", "given"]
    undated = frame.with_row_index("at").filter(pl.struct(key).is_duplicated())
    refuse(
        Fault("marks.twice", {"judge": row["judge"], "criterion": row["criterion"]}, _at(sheet, row["at"]))
        for row in undated.iter_rows(named=True)
    )
    declared = conflicts[0] if conflicts else pl.DataFrame(schema={"judge": pl.String, "alternative": pl.String})
    return mark_book(frame, declared)


def _applications(folder: Path, alternatives: tuple[str, ...]) -> dict[str, dict[str, Any]] | None:
    """The rows of ``applications.csv`` by alternative; None without the file."""
    applications = _optional(folder / "applications.csv", Applications)
    if not applications:
        return None
    frame, sheet, _ = applications
    refuse(
        Fault("appraisal.unknown-alternative", {"name": name}, _at(sheet, at, "alternative"), name)
        for at, name in enumerate(frame["alternative"])
        if name not in alternatives
    )
    return {row["alternative"]: row for row in frame.iter_rows(named=True)}


def _legal(
    folder: Path, alternatives: tuple[str, ...], rows: dict[str, dict[str, Any]] | None, heading: Heading
) -> Legal:
    """What the law's gates refuse, and which of them could not be tested, by alternative."""
    undated = {name: tuple(window_untested(name, (rows or {}).get(name), heading)) for name in alternatives}
    if rows is None:
        return {}, undated
    if heading.on is None:
        raise InvalidInput([Fault("appraisal.no-date", {}, Place("decision.toml"))])
    on, place = heading.on, _optional(folder / "place.csv", ZonePlace)
    where = place[0].row(0, named=True) if place and place[0].height else None
    refused = {name: (*window_refusals(row, heading), *legal_refusals(row, where, on)) for name, row in rows.items()}
    untested = {name: tuple(untested_gates(name, rows.get(name), where, on)) for name in alternatives}
    return refused, {name: undated[name] + untested[name] for name in alternatives}


def _quorum(heading: Heading, roster: pl.DataFrame) -> int:
    """The quorum as a number of members. Raises InvalidInput for one that is none, or a share without the council."""
    found = quorum_of(heading.quorum, roster.height)
    if found is None:
        place = Place("decision.toml", None, None, "quorum")
        raise InvalidInput([Fault("council.quorum", {}, place, heading.quorum)])
    return found


def read_heading(path: Path) -> Heading:
    """The words of ``decision.toml``; an empty heading where there is none. Raises InvalidInput for one unreadable."""
    if not path.exists():
        return Heading()
    place = Place(path.name)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = f"{error!s:.200}"
        raise InvalidInput([Fault("file.unreadable", {"file": path.name, "reason": reason}, place)]) from error
    kinds = {"on": date, "opens": date, "closes": date, "illustrative": bool, "quorum": int | str}
    faults = [
        Fault("appraisal.heading", {"key": key, "known": ", ".join(Heading.__dataclass_fields__)}, place, value)
        for key, value in found.items()
        if key not in Heading.__dataclass_fields__ or not isinstance(value, kinds.get(key, str))
    ]
    refuse(faults)
    moments = {key: _local(value) for key, value in found.items() if isinstance(value, datetime)}
    heading = Heading(**found | moments)
    if isinstance(heading.on, datetime):
        heading = replace(heading, on=heading.on.date())
    if window_is_empty(heading):
        raise InvalidInput([Fault("appraisal.window", {}, replace(place, column="closes"), heading.closes)])
    return heading


def _local(moment: datetime) -> datetime:
    """A moment as clocks in Viet Nam show it."""
    return moment.astimezone(VIET_NAM).replace(tzinfo=None) if moment.tzinfo else moment
