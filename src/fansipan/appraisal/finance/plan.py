"""The assumptions of a project, as the applicant states them. Rule A34."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fansipan.appraisal.finance.tax import Incentive
from fansipan.errors import Fault, refuse

BuildingInterest = Literal["paid", "asset", "added"]


@dataclass(frozen=True)
class Plan:
    """A project year by year. Money in billion đồng, volumes in any unit a year, prices in billion đồng per unit.

    `capital` is spent year by year from `start`, and production begins the year after the last of it. `ramp_up` gives
    the share of capacity in the first years of production (1 from then on). Prices and costs are of the first year and
    grow by their own yearly rates; `price_path` replaces the price of a calendar year. Per unit, `inputs` are bought
    from others and `other_variable` is not, so that value added is right; `wages` and `fixed` are yearly, `other_taxes`
    a share of revenue, `energy` and `emissions` yearly in units of the applicant's choice. `working_capital` is in days
    of revenue. Capital is depreciated in equal parts over `life`; `residual` is the share of it left at the end.
    `debt` is the share of capital borrowed, repaid in equal parts over `debt_years` after `grace` years at `interest`;
    what is owed when the project ends falls due then. The share `foreign_debt` of it is owed in foreign money, at
    `foreign_interest` (`interest` without), of which the price in đồng grows by `devaluation` a year. Interest while
    building is `paid` by the owners as a loss of the year, paid and part of the `asset`, or `added` to the loan and
    part of the asset. `vat` is paid on capital as a share of it and refunded `vat_refund` months later. `land_rent` is
    yearly for each hectare of `land`, free while building (for as long as the law frees it) and for the first
    `rent_free` years of production.
    `preferred` says whether the project has the strongest preferred income tax of its place and trade, `incentive`
    which one where it is another (``difficult``: places with difficult conditions). `monthly` has the cash flow run by
    months, each year's capital, production and costs in equal parts.
    """

    start: date
    capital: tuple[float, ...]
    years: int
    volume: float
    price: float
    inputs: float = 0.0
    other_variable: float = 0.0
    fixed: float = 0.0
    wages: float = 0.0
    ramp_up: tuple[float, ...] = ()
    price_growth: float = 0.0
    cost_growth: float = 0.0
    price_path: dict[int, float] = field(default_factory=dict)
    working_capital: float = 0.0
    life: int = 10
    residual: float = 0.0
    debt: float = 0.0
    interest: float = 0.0
    grace: int = 0
    debt_years: int = 0
    foreign_debt: float = 0.0
    foreign_interest: float | None = None
    devaluation: float | None = None
    building_interest: BuildingInterest = "paid"
    vat: float = 0.0
    vat_refund: int = 12
    land_rent: float = 0.0
    rent_free: int = 0
    preferred: bool = False
    incentive: Incentive | None = None
    monthly: bool = False
    discount: float = 0.10
    other_taxes: float = 0.0
    jobs: float = 0.0
    land: float = 0.0
    energy: float = 0.0
    emissions: float = 0.0

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> list[Fault]:
        tests = {
            "capital": bool(self.capital) and all(part >= 0 for part in self.capital) and sum(self.capital) > 0,
            "years": 1 <= self.years <= 100,
            "volume": self.volume >= 0,
            "ramp_up": all(0 <= share <= 1 for share in self.ramp_up),
            "life": self.life >= 1,
            "residual": 0 <= self.residual <= 1,
            "debt": 0 <= self.debt <= 1 and (self.debt == 0 or self.debt_years >= 1),
            "grace": self.grace >= 0,
            "interest": self.interest >= 0,
            "foreign_debt": 0 <= self.foreign_debt <= 1 and (self.foreign_debt == 0 or self.debt > 0),
            "foreign_interest": self.foreign_interest is None or self.foreign_interest >= 0,
            "devaluation": self.foreign_debt == 0 if self.devaluation is None else self.devaluation > -1,
            "vat": self.vat >= 0,
            "vat_refund": self.vat_refund >= 0,
            "land_rent": self.land_rent >= 0 and (self.land_rent == 0 or self.land > 0),
            "rent_free": self.rent_free >= 0,
            "discount": self.discount > -1,
            "working_capital": self.working_capital >= 0,
            "price_path": all(price >= 0 for price in self.price_path.values()),
        }
        return [Fault("finance.assumption", {"name": name}) for name, kept in tests.items() if not kept]

    @property
    def tax_incentive(self) -> Incentive | None:
        """The income tax incentive in force for the project."""
        return self.incentive or ("special" if self.preferred else None)

    @property
    def construction(self) -> int:
        """Years of building before production."""
        return len(self.capital)

    @property
    def horizon(self) -> int:
        """Years of building and production together."""
        return self.construction + self.years
