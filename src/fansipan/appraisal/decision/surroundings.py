"""What stands around a decision and says how projects fit: the province's tables and an expansion plan. Rule A38."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.decision.plan_fit import plan_fits
from fansipan.appraisal.decision.portfolio_fit import portfolio_group
from fansipan.errors import Fault, InvalidInput, Place
from fansipan.province import Province

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Surroundings:
    """Where the province's tables and the plan (a planning system or its answer's folder) stand; None: not asked."""

    province: Path | None = None
    plan: Path | None = None

    def fits(self, applications: Rows, names: tuple[str, ...], on: date | None) -> dict[str, Fit]:
        """The fit of each alternative: by the `project` of its application (else its own name) and by its industry.

        Raises InvalidInput for a province or plan that cannot be read, and for a decision without a day.
        """
        projects = {name: applications.get(name, {}).get("project") or name for name in names}
        planned = plan_fits(self.plan, set(projects.values())) if self.plan else {}
        found = {name: planned.get(project, Fit()) for name, project in projects.items()}
        if self.province is None:
            return {name: fit for name, fit in found.items() if fit.asked}
        if on is None:
            raise InvalidInput([Fault("appraisal.no-date", {}, Place("decision.toml"))])
        province = Province.read(self.province)
        for name, project in projects.items():
            industry = applications.get(name, {}).get("industry")
            group = portfolio_group(province, on, project=project, industry=industry)
            found[name] = replace(found[name], group=group)
        return {name: fit for name, fit in found.items() if fit.asked}
