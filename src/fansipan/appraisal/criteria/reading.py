"""From the rows of a criteria file to a checked tree, every fault with its row. Rule A1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fansipan.appraisal.criteria.criteria import CriteriaTree, Criterion, bounds_unit
from fansipan.appraisal.criteria.decision_tables import Criteria
from fansipan.appraisal.criteria.gate_reading import parse_gate
from fansipan.appraisal.criteria.gathered_weights import gathered
from fansipan.appraisal.criteria.scale_reading import is_known, parse_scale
from fansipan.appraisal.finance.plan_tables import COMPUTED, COMPUTED_WORD
from fansipan.appraisal.methods.promethee import NEEDS, SHAPES, Preference, Shape
from fansipan.errors import FansipanError, Fault, InvalidInput, Place, refuse
from fansipan.tables.reading.parsing import fold
from fansipan.tables.reading.sheet import Sheet
from fansipan.tables.reading.widening import read_wide
from fansipan.texts import either

# The names that preference functions go by, without marks; the numbers are those of Brans, Vincke and Mareschal (1986).
ALIASES: dict[str, Shape] = {
    "usual": "usual",
    "1": "usual",
    "i": "usual",
    "ushape": "u-shape",
    "quasi": "u-shape",
    "2": "u-shape",
    "ii": "u-shape",
    "vshape": "v-shape",
    "3": "v-shape",
    "iii": "v-shape",
    "level": "level",
    "4": "level",
    "iv": "level",
    "linear": "linear",
    "vshape2": "linear",
    "vshapewithindifference": "linear",
    "5": "linear",
    "v": "linear",
    "gaussian": "gaussian",
    "gauss": "gaussian",
    "6": "gaussian",
    "vi": "gaussian",
}
# What stands beside such a name without changing it: ``Type V``, ``V-shape criterion``, ``kiểu 5``.
BESIDE = re.compile(r"^(?:type|kieu|dang)|(?:criterion|function)$|[\s_-]")


def read_criteria(path: Path | str) -> tuple[CriteriaTree, tuple[Fault, ...]]:
    """Read and check a criteria file; returns the tree and the warnings. Raises InvalidInput with every fault."""
    frame, sheet, warnings = read_wide(path, Criteria, lambda _: {})
    if frame.is_empty():
        raise InvalidInput([Fault("appraisal.no-rows", {"file": sheet.file}, Place(sheet.file))])
    rows = list(zip(frame.iter_rows(named=True), sheet.rows, strict=True))
    faults: list[Fault] = []
    criteria = tuple(_criterion(row, Place(sheet.file, None, number), faults) for row, number in rows)
    tree = CriteriaTree(criteria)
    faults += _shape_faults(criteria, sheet)
    faults += [
        Fault(
            "criteria.computed-unknown",
            {"known": ", ".join((*COMPUTED, COMPUTED_WORD))},
            Place(sheet.file, None, number, "computed"),
            name,
        )
        for name, number in zip((criterion.computed for criterion in criteria), sheet.rows, strict=True)
        if name and name not in (*COMPUTED, COMPUTED_WORD)
    ]
    notes = (*warnings, *refuse(faults))
    if whole := gathered(tree):
        groups = ", ".join(group.name for group in tree.groups)
        place = Place(sheet.file, None, None, "weight")
        notes = (*notes, Fault("weights.gathered", {"names": groups}, place, severity="warning"))
        tree = whole
    refuse(_weight_faults(tree, sheet))
    return tree, notes


def _criterion(row: dict[str, Any], place: Place, faults: list[Fault]) -> Criterion:
    def parsed(column: str, parse: Any, otherwise: Any) -> Any:
        try:
            return parse(row[column])
        except FansipanError as error:
            where = replace(place, column=column)
            params = error.params | {"column": Criteria.meaning(column).quoted}
            faults.append(Fault(error.code, params, where, row[column]))
            return otherwise

    scale, gates = parsed("scale", parse_scale, parse_scale(None)), parsed("gate", parse_gate, ())
    if scale.kind == "local" and not is_known(row["scale"]):
        faults.append(Fault("scale.taken-for-unit", {}, replace(place, column="scale"), row["scale"], "warning"))
    # Words that only a gate reads have no value: such a criterion weighs nothing unless its row says otherwise.
    only_a_gate = scale.kind == "local" and any(gate.takes_words for gate in gates)
    return Criterion(
        name=row["criterion"],
        parent=row["parent"],
        weight=0.0 if only_a_gate and row["weight"] is None else row["weight"],
        low=row["weight_min"],
        high=row["weight_max"],
        order=row["order"],
        maximise=row["direction"] == "max",
        scale=scale,
        gates=gates,
        preference=_preference(row, place, faults),
        veto=row["v"],
        missing=row["missing"] or "stop",
        computed=row["computed"] or "",
        label_vi=row["name"] or "",
        label_en=row["name_en"] or "",
        **{name: either(row[name], row[f"{name}_en"]) for name in ("unit", "rule", "evidence", "cure")},
    )


def _preference(row: dict[str, Any], place: Place, faults: list[Fault]) -> Preference:
    words = row["preference"]
    shape = ALIASES.get(BESIDE.sub("", fold(words))) if words else "usual"
    where = replace(place, column="preference")
    if shape is None:
        faults.append(Fault("preference.unknown", {"known": ", ".join(SHAPES)}, where, words))
        return Preference()
    missing = [name for name in NEEDS[shape] if row[name] is None]
    if missing:
        faults.append(Fault("preference.needs", {"shape": shape, "needs": ", ".join(missing)}, where))
    if not words and (row["q"] or row["p"]):
        faults.append(Fault("preference.thresholds-unused", {}, where, severity="warning"))
    q, p = row["q"] or 0.0, row["p"] or 0.0
    if "q" in NEEDS[shape] and "p" in NEEDS[shape] and not missing and q > p:
        faults.append(Fault("preference.crossed", {"q": q, "p": p}, where))
    return Preference(shape, q, p)


def _shape_faults(criteria: tuple[Criterion, ...], sheet: Sheet) -> Iterator[Fault]:
    """Parents that are not there, circles, and the one name that is taken: that of the column of alternatives."""
    parents = {criterion.name: criterion.parent for criterion in criteria}
    for criterion, number in zip(criteria, sheet.rows, strict=True):
        place = Place(sheet.file, None, number, "parent")
        if criterion.parent is not None and criterion.parent not in parents:
            yield Fault("criteria.parent-unknown", {"parent": criterion.parent}, place, criterion.parent)
        elif _circles(criterion.name, parents):
            yield Fault("criteria.circle", {"criterion": criterion.name}, place, criterion.parent)
        if fold(criterion.name) == "alternative" and criterion.name not in parents.values():
            yield Fault("criteria.name-taken", {}, replace(place, column="criterion"), criterion.name)


def _circles(name: str, parents: dict[str, str | None]) -> bool:
    seen, at = {name}, parents[name]
    while at is not None and at in parents:
        if at in seen:
            return at == name
        seen.add(at)
        at = parents[at]
    return False


def _weight_faults(tree: CriteriaTree, sheet: Sheet) -> Iterator[Fault]:
    rows = {criterion.name: number for criterion, number in zip(tree.criteria, sheet.rows, strict=True)}
    for _, children in tree.sibling_groups():
        names, place = ", ".join(child.name for child in children), Place(sheet.file, None, rows[children[0].name])
        weights = [child.weight for child in children if child.weight is not None]
        if len(weights) == len(children) and sum(weights) <= 0:
            yield Fault("weights.all-zero", {"names": names}, replace(place, column="weight"))
        elif any(child.order is not None for child in children):
            if any(
                c.order is None or c.low is not None or c.high is not None or c.weight is not None for c in children
            ):
                yield Fault("weights.order-mixed", {"names": names}, replace(place, column="order"))
        elif bounds_unit(children) is None:
            yield Fault("weights.bounds-impossible-among", {"names": names}, replace(place, column="weight_min"))
