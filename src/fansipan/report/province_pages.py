"""Every page of a province by name, each made once from what others may share: the year ahead, the plan.

pages = ProvincePages(province, Month(2024, 5))
pages.make("meeting")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.report.content import Page
from fansipan.report.delivery.meeting_page import meeting_page
from fansipan.report.delivery.page import delivery_page
from fansipan.report.growth.data import ScenarioData, gather_gap
from fansipan.report.growth.page import scenario_page
from fansipan.report.month.data import gather_month
from fansipan.report.month.page import month_page
from fansipan.report.plan.province_page import ProvincePlan, province_plan
from fansipan.report.zones.invest_page import invest_page
from fansipan.report.zones.page import zones_page
from fansipan.scenario.changes import BASELINE
from fansipan.texts import Words


@dataclass
class ProvincePages:
    """The pages of `province` in `month`, as known at the end of `known_on`.

    `scenario` is the one that the year ahead follows, and with `news` it is told what moved it since the month before.
    """

    province: Province
    month: Month
    known_on: date
    scenario: str = BASELINE
    news: bool = False

    @cached_property
    def outlook(self) -> ScenarioData:
        """The year as seen from the month."""
        since = self.month - 1 if self.news else None
        return gather_gap(
            self.province, self.month, known_on=self.known_on, scenario=self.scenario, since=since, planless=True
        )

    @cached_property
    def plan(self) -> ProvincePlan:
        """The plan to the last year of the planning system, solved by quarters."""
        return province_plan(self.province)

    @cached_property
    def prices(self) -> dict[str, tuple[float, str]]:
        """What obstacles cost a month: by the plan where a limit of it names them, else by the year ahead."""
        if self.province["obstacles"].is_empty():
            return {}
        planned = self.plan.prices if self.province["processes"].height else {}
        return {**self.outlook.prices, **planned}

    @cached_property
    def _chances(self) -> dict[str, float]:
        """How likely each target is by the year ahead; nothing where there are no targets."""
        return {} if self.province["targets"].is_empty() else dict(self.outlook.target_chances)

    def make(self, name: str) -> Page:
        """The page of that name; raises NotFound with the names there are, and what the page itself refuses."""
        if name not in PAGES:
            raise NotFound("name.unknown", kind=Words("trang", "page"), name=name, near=", ".join(PAGES))
        return PAGES[name](self)


def _delivery(pages: ProvincePages) -> Page:
    return delivery_page(pages.province, pages.known_on, prices=pages.prices, chances=pages._chances)


def _meeting(pages: ProvincePages) -> Page:
    return meeting_page(pages.province, pages.known_on, prices=pages.prices, chances=pages._chances)


def _plan(pages: ProvincePages) -> Page:
    if pages.province["processes"].is_empty():
        raise Refused("page.no-system")
    return pages.plan.page


# Every page by name, with what makes it; the first is the front page.
PAGES: Mapping[str, Callable[[ProvincePages], Page]] = {
    "month": lambda pages: month_page(gather_month(pages.province, pages.month, pages.known_on)),
    "scenario": lambda pages: scenario_page(pages.outlook),
    "plan": _plan,
    "zones": lambda pages: zones_page(pages.province, pages.known_on),
    "invest": lambda pages: invest_page(pages.province, pages.known_on),
    "delivery": _delivery,
    "meeting": _meeting,
}
