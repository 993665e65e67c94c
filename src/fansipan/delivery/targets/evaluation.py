"""Targets evaluated from the tables, never typed in (Rules D3 to D9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import cast

import polars as pl

from fansipan.delivery.targets.ahead import CHANCE, ahead, by_chance, direction, graded, project
from fansipan.delivery.targets.asked import ZONES, Asked, satisfied
from fansipan.delivery.targets.pipeline import candidates, outlook
from fansipan.delivery.targets.verdicts import Basis, Part, TargetVerdict, Verdict, worst
from fansipan.errors import NotFound, Refused
from fansipan.indicators import INDICATORS, Evidence, Figure, Source, compute
from fansipan.indicators.scopes import zones_of
from fansipan.province import Province
from fansipan.tables import names_of
from fansipan.texts import Words


def published_only(province: Province) -> Province:
    """The province without its illustrative rows."""
    sourced = {name: frame for name in province if "source" in (frame := province[name]).columns and frame.height}
    return province.replace(
        **{name: frame.filter(pl.col("source") != "illustrative") for name, frame in sourced.items()}
    )


def evaluate(
    province: Province, on: date, *, only: tuple[str, ...] = (), chances: Mapping[str, float] | None = None
) -> list[TargetVerdict]:
    """The verdict on every target (or those in `only`) as of `on`, from what was known by then.

    `chances` gives the chance of a target by a forecast, where one was made; before the due day it decides between on
    track, at risk and off track. Of several targets one that cannot be evaluated stops no other: its verdict is
    ``no-evidence``, its evidence says why (Rule D28). Raises NotFound ``target.unknown``, and what refuses one alone.
    """
    source = Source(province, on)
    targets = source.province["targets"]
    unknown = [name for name in only if name not in targets["target"]]
    if unknown:
        raise NotFound("target.unknown", name=unknown[0], known=", ".join(targets["target"]) or "–")
    asked = targets.filter(pl.col("target").is_in(only)) if only else targets
    every = [Asked(row, source, (chances or {}).get(row["target"])) for row in asked.iter_rows(named=True)]
    return [_evaluate(one) for one in every] if len(every) == 1 else [_evaluate_or_tell(one) for one in every]


def _evaluate_or_tell(asked: Asked) -> TargetVerdict:
    try:
        return _evaluate(asked)
    except (NotFound, Refused) as refusal:
        why = Words(refusal.describe("vi"), refusal.describe("en"))
        told = Evidence("targets", asked.row["target"], "evidence.refused", {"why": why})
        return asked.found("no-evidence", "figures", None, (told,))


def _evaluate(asked: Asked) -> TargetVerdict:
    row = asked.row
    if row["start"] is not None and asked.on < row["start"]:
        return asked.found("not-started", "figures", None)
    if row["indicator"] == "project-progress":
        return project(asked)
    if row["indicator"] not in INDICATORS:
        compute(row["indicator"], asked.source, asked.scope, asked.span)
    if row["comparison"] in ("up", "down"):
        return direction(asked)
    figure = compute(row["indicator"], asked.source, asked.scope, asked.span)
    if figure.parts:
        return _by_unit(asked, figure)
    if asked.scope.kind == "areas":
        return asked.found("no-evidence", "figures", None, (Evidence("areas", asked.scope.code, "evidence.no-units"),))
    return _whole(asked, figure)


def _whole(asked: Asked, figure: Figure) -> TargetVerdict:
    row, over = asked.row, asked.row["due"] is not None and asked.on > asked.row["due"]
    if figure.value is None:
        # What no table speaks of is not known to be missed, even after its day.
        return asked.found("no-evidence", "figures", None)
    settled = not INDICATORS[row["indicator"]].cumulative or row["comparison"] != "at-most" or over
    if satisfied(row["comparison"], figure.value, row["value"]) and settled:
        return asked.found("met", "figures", figure.value, figure.evidence)
    if over:
        return asked.found("missed", "figures", figure.value, figure.evidence)
    if asked.chance is not None:
        return asked.found(graded(asked.chance, CHANCE), "forecast", figure.value, (*figure.evidence, by_chance(asked)))
    return ahead(asked, figure)


def _by_unit(asked: Asked, figure: Figure) -> TargetVerdict:
    """Every unit of the scope must meet the target; the verdict is that of the unit worst off (Rule D4)."""
    parts = tuple(_unit(asked, unit, part) for unit, part in figure.parts.items())
    met = sum(part.verdict == "met" for part in parts)
    verdict = worst(part.verdict for part in parts)
    params = {"met": met, "all": len(parts), "open": open_names(asked, parts)}
    told = Evidence("areas", asked.scope.code, "evidence.units-open" if met < len(parts) else "evidence.units", params)
    basis: Basis = "figures" if verdict in ("met", "missed") else "pipeline"
    return asked.found(verdict, basis, float(met), (told, *figure.evidence), parts)


def open_names(asked: Asked, parts: Sequence[Part]) -> Words:
    """The names of the units that have not met the target, in one text a language."""
    names = names_of(asked.source.province["areas"], "area")
    told = [names.get(part.unit, Words(part.unit, part.unit)) for part in parts if part.verdict != "met"]
    return Words(", ".join(name.vi for name in told), ", ".join(name.en for name in told))


def _unit(asked: Asked, unit: str, figure: Figure) -> Part:
    row, value = asked.row, figure.value or 0.0
    if satisfied(row["comparison"], value, row["value"]):
        return Part(unit, "met", value, figure.evidence)
    if row["due"] is not None and asked.on > row["due"]:
        return Part(unit, "missed", value, figure.evidence)
    kind, province = ZONES[row["indicator"]], asked.source.province
    own = zones_of(province, unit, kind, asked.on)
    found = candidates(province, own, kind, asked.on)
    verdict, told = outlook(found, int((row["value"] or 1) - value), row["due"], kind, asked.on)
    return Part(unit, cast(Verdict, verdict), value, told)


def recorded(verdicts: list[TargetVerdict], at: datetime) -> pl.DataFrame:
    """The verdicts as rows of `target_verdicts`, to be added to those given before; earlier rows are never changed."""
    return pl.DataFrame(
        [
            {
                "target": v.target,
                "reading": v.reading or "-",
                "as_of": v.on,
                "recorded_at": at,
                "verdict": v.verdict,
                "value": v.value,
                "evidence": "; ".join(e.sentence("vi") for e in v.evidence) or None,
                "source": "estimated",
            }
            for v in verdicts
        ],
        schema_overrides={"value": pl.Float64, "evidence": pl.String, "recorded_at": pl.Datetime("ms")},
    )


def history(province: Province, only: tuple[str, ...] = ()) -> pl.DataFrame:
    """The verdicts kept so far, as they were given: `target`, `reading`, `as_of`, `verdict`, `value`, `evidence`,
    `recorded_at`, in the order of their days.
    """
    kept = province["target_verdicts"]
    asked = kept.filter(pl.col("target").is_in(only)) if only else kept
    columns = ["target", "reading", "as_of", "verdict", "value", "evidence", "recorded_at"]
    return asked.select(columns).sort("target", "reading", "as_of", "recorded_at", maintain_order=True)


def course(
    province: Province, days: Sequence[date], only: tuple[str, ...] = ()
) -> dict[str, list[TargetVerdict | None]]:
    """The verdicts on each target as of each of `days`, each from what was known by then (None: not yet promised)."""
    seen = [{v.target: v for v in _promised(province, day, only)} for day in days]
    targets = dict.fromkeys(target for found in seen for target in found)
    return {target: [found.get(target) for found in seen] for target in targets}


def _promised(province: Province, day: date, only: tuple[str, ...]) -> list[TargetVerdict]:
    known = set(province.known_on(day)["targets"]["target"])
    asked = tuple(target for target in only if target in known)
    return [] if only and not asked else evaluate(province, day, only=asked)
