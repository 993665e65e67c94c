"""Edits proposed and edits accepted: rows of the table `edits`, only ever added (Rules ED10 and ED11)."""

from __future__ import annotations

import re
from datetime import datetime
from math import log

import polars as pl

from fansipan.errors import Fault, InvalidInput, Place
from fansipan.statistics.editing.call_list import CallList
from fansipan.statistics.editing.doubt import CONFIRMED, UNDONE
from fansipan.statistics.editing.slips import SURE, SWITCH, UNIT_FACTORS
from fansipan.statistics.records import EDITED_FIELDS, KEY, latest, moment_of
from fansipan.tables import REGISTRY
from fansipan.texts import Language, text

PROPOSED = (*KEY, "field", "before", "after", "rule", "reason")
PREFIX = "HC"
# A unit is taken over to sales and stock that are about as many times too large as the quantity.
NEAR_FACTOR = 3.0


def propose_edits(calls: CallList, *, lang: Language) -> pl.DataFrame:
    """The edits that a plain mistake suggests, for a person to accept: `KEY`, field, before, after, rule, reason.

    The quantity of each call with a sure slip (not exchanged digits) is set to what was meant; a wrong unit takes sales
    and stock with it where they are as far off, exchanged columns change both. A unit that was switched for good is
    undone in all the months since. `reason` is in words
    of `lang`. Other calls propose nothing: what stands there is for the establishment to say. Rule ED10.
    """
    rows = []
    for call in calls.rows.filter(pl.col("slip").is_in(SURE)).iter_rows(named=True):
        where = (call["establishment"], call["product"], str(calls.month))
        detail, since = call["slip_detail"] or "", call["since"] or ""
        reason = text(f"editing.reason.{call['slip']}", lang, detail=detail, since=since)
        if call["slip"] == SWITCH:
            rows += _undone_switch(call, calls.history, str(calls.month), reason)
            continue
        for field, after in _changes(call).items():
            before = call["reported"] if field == "quantity" else call[field]
            rows.append((*where, field, before, after, call["slip"], reason))
    schema = {name: REGISTRY["edits"].columns()[name].dtype for name in PROPOSED}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _undone_switch(call: dict, history: pl.DataFrame, until: str, reason: str) -> list[tuple]:
    """The figures of every month of a switch, put in the old unit."""
    own = (pl.col("establishment") == call["establishment"]) & (pl.col("product") == call["product"])
    rows = history.filter(own & pl.col("month").is_between(pl.lit(call["since"]), pl.lit(until))).sort("month")
    return [
        (*(row[name] for name in KEY), field, row[field], row[field] / call["factor"], SWITCH, reason)
        for row in rows.iter_rows(named=True)
        for field in call["columns"]
        if row[field]
    ]


def _changes(call: dict) -> dict[str, float]:
    changes = {"quantity": call["meant"]}
    if call["slip"] == "unit":
        factor = min(UNIT_FACTORS, key=lambda f: abs(f / float(call["slip_detail"]) - 1.0))
        for field in ("sales", "stock"):
            now, before = call[field], call[f"last_{field}"]
            if now and before and abs(log(now / before / factor)) <= log(NEAR_FACTOR):
                changes[field] = now / factor
    if call["slip"] == "columns":
        changes[call["slip_detail"]] = call["reported"]
    return changes


def record_edits(
    edits: pl.DataFrame,
    accepted: pl.DataFrame,
    returns: pl.DataFrame,
    *,
    office: str,
    recorded_at: datetime,
    source: str = "estimated",
) -> pl.DataFrame:
    """The table `edits` with the accepted ones added, each with a code of its own, its office and its moment.

    `accepted` is as `propose_edits` gives it, rows a person kept or wrote. Nothing that stands in `edits` is changed or
    taken away. Raises InvalidInput with every fault: ``edits.no-return`` where no return of the key was recorded by
    `recorded_at` (an edit holds only for what came before it, Rule G2), ``edits.before-differs`` where the field no
    longer is what the edit says it was, ``edits.unchanged`` (but where the establishment confirms the figure or that is
    undone), ``edits.nothing-to-confirm`` for a blank, ``edits.no-reason``, ``edits.twice`` for a field edited twice in
    `accepted` or at the same moment in `edits`. Rule ED11.
    """
    known = latest(returns.filter(pl.col("recorded_at") <= recorded_at))
    faults = _faults(edits, accepted, known, recorded_at)
    if faults:
        raise InvalidInput(faults)
    first = _last_number(edits) + 1
    new = (
        accepted.select(PROPOSED)
        .with_row_index("n")
        .select(
            pl.format(PREFIX + "{}", (pl.col("n") + first).cast(pl.String).str.zfill(3)).alias("edit"),
            *KEY,
            pl.lit(recorded_at).alias("recorded_at"),
            *(c for c in PROPOSED if c not in KEY),
            pl.lit(office).alias("office"),
            pl.lit(source).alias("source"),
        )
    )
    return pl.concat([edits, new.select(edits.columns).cast(dict(edits.schema))])  # type: ignore[arg-type]


def _faults(edits: pl.DataFrame, accepted: pl.DataFrame, known: pl.DataFrame, moment: datetime) -> list[Fault]:
    stands = {row[:3]: row for row in known.select(*KEY, "quantity", "sales", "stock", "value").iter_rows()}
    column = {"quantity": 3, "sales": 4, "stock": 5, "value": 6}
    edited = _standing_edits(edits, known, moment)
    seen = set(edits.filter(pl.col("recorded_at") == moment).select(*KEY, "field").iter_rows())
    faults = []
    for number, edit in enumerate(accepted.select(PROPOSED).iter_rows(named=True), 1):
        key, field = tuple(edit[name] for name in KEY), edit["field"]
        params = {"establishment": key[0], "product": key[1], "month": key[2], "field": field}
        place = Place(file="edits", row=number, column="field")

        def fault(code: str, params: dict = params, place: Place = place) -> None:
            faults.append(Fault(code, params, place))

        if (*key, field) in seen:
            fault("edits.twice")
        seen.add((*key, field))
        if key not in stands or field not in column:
            fault("edits.no-return")
            continue
        now = edited.get((*key, field), stands[key][column[field]])
        if now != edit["before"]:
            fault("edits.before-differs")
        if edit["rule"] == CONFIRMED and edit["after"] is None:
            fault("edits.nothing-to-confirm")
        elif edit["before"] == edit["after"] and edit["rule"] not in (CONFIRMED, UNDONE):
            fault("edits.unchanged")
        if not edit["rule"] or not edit["reason"]:
            fault("edits.no-reason")
    return faults


def _standing_edits(edits: pl.DataFrame, known: pl.DataFrame, moment: datetime) -> dict[tuple, float | None]:
    """What earlier edits that still hold made of a field (Rule G2)."""
    moments = {moment_of(field): field for field in EDITED_FIELDS}
    given = known.select(*KEY, *(pl.coalesce(at, "recorded_at").alias(field) for at, field in moments.items()))
    given = given.unpivot(EDITED_FIELDS, index=KEY, variable_name="field", value_name="given_at")
    held = edits.join(given, on=[*KEY, "field"], validate="m:1")
    held = held.filter((pl.col("recorded_at") >= pl.col("given_at")) & (pl.col("recorded_at") <= moment))
    return {row[:4]: row[4] for row in held.sort("recorded_at").select(*KEY, "field", "after").iter_rows()}


def _last_number(edits: pl.DataFrame) -> int:
    """The highest number in the codes of the edits made so far."""
    numbers = (re.fullmatch(rf"{PREFIX}(\d+)", code) for code in edits["edit"])
    return max((int(found[1]) for found in numbers if found), default=0)
