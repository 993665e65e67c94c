"""Obstacles: what they block, who owns them, how they escalate, what they cost, in which order (Rules D13 to D15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from fansipan.delivery.due_days import due_days
from fansipan.delivery.milestones import output_lost
from fansipan.errors import Refused
from fansipan.province import Province

ObstacleState = Literal["open", "overdue", "resolved"]
# Days past the due day from which an obstacle belongs on the desk of the next level up (Rule D14).
ESCALATION = {"office": 0, "department": 1, "vice-chair": 15, "chair": 45}
LEVELS = tuple(ESCALATION)


@dataclass(frozen=True, slots=True)
class ObstacleStanding:
    """An obstacle as seen on a day.

    `owner` and `due` are the latest given, `first_due` the first, `moves` how often it was moved and `slip` by how many
    days in all (Rule D31); `age` and `late` in days; `level` is the desk it belongs on by the rule,
    `told` the last one it was taken to (None: none yet); `price` what it costs a month, billion đồng, and where that
    comes from.
    """

    obstacle: str
    title: str
    kind: str
    blocks_kind: str
    blocks: str
    also: tuple[tuple[str, str], ...]
    owner: str
    raised_on: date
    due: date | None
    state: ObstacleState
    age: int
    late: int
    first_due: date | None
    moves: int
    slip: int
    level: str
    told: str | None
    price: float | None
    price_source: str | None
    proposal: str | None
    resolved_on: date | None

    @property
    def to_escalate(self) -> bool:
        """Whether the rule asks for a desk higher than the one it was last taken to."""
        reached = LEVELS.index(self.told) if self.told in LEVELS else 0
        return self.state == "overdue" and LEVELS.index(self.level) > reached


def standings(
    province: Province, on: date, *, prices: Mapping[str, tuple[float, str]] | None = None
) -> list[ObstacleStanding]:
    """Every obstacle raised by `on`, open ones first, in order of what they cost, then of lateness (Rule D15).

    `prices` gives a cost a month and its source by obstacle, from a scenario or a plan; it goes before a price recorded
    in the history, and that before the output lost by a month's delay of the blocked project (Rule D12).
    """
    raised = province["obstacles"].filter(pl.col("raised_on") <= on)
    valid = valid_events(province["obstacle_events"]).filter(pl.col("happened_on") <= on)
    events = valid.sort("happened_on", maintain_order=True)
    found = [_standing(province, row, events, on, prices or {}) for row in raised.iter_rows(named=True)]
    return sorted(found, key=lambda o: (o.state == "resolved", -(o.price or 0.0), -o.late, -o.age, o.obstacle))


def valid_events(events: pl.DataFrame) -> pl.DataFrame:
    """The acts that no other row makes void (Rule D20); a row that cancels another does nothing else."""
    mark = pl.format("{}@{}#{}", "act", pl.col("happened_on").cast(pl.String), "entry")
    void = events.filter(pl.col("cancels").is_not_null()).select("obstacle", mark=pl.col("cancels"))
    kept = events.filter(pl.col("act") != "undone").with_columns(mark.alias("mark"))
    return kept.join(void, on=["obstacle", "mark"], how="anti", maintain_order="left").drop("mark")


def _standing(
    province: Province, row: dict[str, Any], events: pl.DataFrame, on: date, prices: Mapping[str, tuple[float, str]]
) -> ObstacleStanding:
    own = events.filter(pl.col("obstacle") == row["obstacle"])
    moved = due_days([row["due"], *own.filter(pl.col("act") == "due-moved")["due"]])
    due = moved.last
    resolved_on = _resolved(own)
    end = resolved_on or on
    late = max((end - due).days, 0) if due is not None else 0
    state: ObstacleState = "resolved" if resolved_on else "overdue" if late else "open"
    also = further(province["obstacle_blocks"], row)
    price, price_source = prices.get(row["obstacle"]) or _price(province, row, own, also)
    return ObstacleStanding(
        obstacle=row["obstacle"],
        title=row["title"],
        kind=row["kind"],
        blocks_kind=row["blocks_kind"],
        blocks=row["blocks"],
        also=also,
        owner=_last(own, "owner-changed", "office") or row["owner"],
        raised_on=row["raised_on"],
        due=due,
        state=state,
        age=(end - row["raised_on"]).days,
        late=late,
        first_due=moved.first,
        moves=moved.moves,
        slip=moved.slip,
        level=level_of(late, escalation(province)),
        told=_last(own, "escalated", "office"),
        price=price,
        price_source=price_source,
        proposal=row["proposal"],
        resolved_on=resolved_on,
    )


def escalation(province: Province) -> dict[str, int]:
    """Days late from which each desk takes over: the province's own settings ``escalation_LEVEL``, else the rule's."""
    own = {level: province.setting(f"escalation_{level}") for level in LEVELS[1:]}
    wrong = next((level for level, days in own.items() if days is not None and not days.strip().isdecimal()), None)
    if wrong is not None:
        raise Refused("obstacle.escalation", setting=f"escalation_{wrong}", value=own[wrong])
    return {level: int(own.get(level) or days) for level, days in ESCALATION.items()}


def level_of(late: int, thresholds: Mapping[str, int] = MappingProxyType(ESCALATION)) -> str:
    """The desk on which an obstacle `late` days past its due day belongs (Rule D14)."""
    return max((level for level in LEVELS if late >= thresholds[level]), key=LEVELS.index)


def _last(own: pl.DataFrame, act: str, column: str) -> Any:
    found = own.filter(pl.col("act") == act)[column].drop_nulls()
    return found[-1] if len(found) else None


def _resolved(own: pl.DataFrame) -> date | None:
    """The day of the last resolution, unless the obstacle was raised again since."""
    ends = own.filter(pl.col("act").is_in(["resolved", "reopened"]))
    return ends["happened_on"][-1] if ends.height and ends["act"][-1] == "resolved" else None


def further(obstacle_blocks: pl.DataFrame, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The further things that the obstacle of `row` blocks, each a kind and a code, each once."""
    rows = obstacle_blocks.filter(pl.col("obstacle") == row["obstacle"]).select("blocks_kind", "blocks").iter_rows()
    return tuple((kind, code) for kind, code in rows if (kind, code) != (row["blocks_kind"], row["blocks"]))


def _price(
    province: Province, row: dict[str, Any], own: pl.DataFrame, also: tuple[tuple[str, str], ...]
) -> tuple[float | None, str | None]:
    """As recorded, else the output lost by a month's delay of the projects blocked, together where all are known."""
    price = _last(own, "priced", "price")
    if price is not None:
        return price, _last(own, "priced", "price_source")
    projects = [code for kind, code in ((row["blocks_kind"], row["blocks"]), *also) if kind == "project"]
    lost = [output_lost(province["project_products"], province["product_prices"], code) for code in projects]
    known = [part for part in lost if part is not None]
    return (sum(known), "D12") if known and len(known) == len(lost) else (None, None)
