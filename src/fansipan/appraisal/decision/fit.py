"""How a project fits what the province means to do: its portfolio group, its place in the expansion plan. Rule A38."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Group = Literal["maintain", "priority", "new", "other"]


@dataclass(frozen=True)
class Fit:
    """None stands for what was not asked.

    `group` is the portfolio group of the project's line (``other``: in none of them); `planned` whether the expansion
    plan builds it, `in_use` from which year; `plan_value` what the plan's objective gains by building it, in the plan's
    money: the best plan with it less the best without, below zero where it does harm.
    """

    group: Group | None = None
    planned: bool | None = None
    in_use: int | None = None
    plan_value: float | None = None

    @property
    def asked(self) -> bool:
        """Whether anything is known."""
        return self != Fit()

    def as_dict(self) -> dict[str, Any]:
        """The fit as plain data."""
        return {"group": self.group, "planned": self.planned, "in_use": self.in_use, "plan_value": self.plan_value}
