"""The file ``finance.csv`` of a decision folder: one project's assumptions a row; and the figures computed from them.

Rules A34 and A39.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fansipan.appraisal.decision.fit import Fit
from fansipan.appraisal.finance.appraisal import worth
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.province import province_view
from fansipan.errors import Fault, InvalidInput, Place, refuse
from fansipan.tables import columns as column
from fansipan.tables.columns import Table, declared
from fansipan.tables.reading.sheet import Sheet
from fansipan.tables.reading.widening import read_wide


def _number(vi: str, en: str, unit: str = "", **options: Any) -> Any:
    return column.number(vi, en, unit=unit, scale=None, nullable=True, **options)


@declared("finance", vi="Giả định tài chính", en="Financial assumptions", registered=False)
class Finance(Table):
    """A row is a project: money in billion đồng, prices and costs per unit of volume, rates and shares in percent."""

    alternative = column.code("Phương án", "Alternative", key=True)
    start = column.day("Ngày bắt đầu", "Start")
    years = column.integer("Số năm sản xuất", "Years of production", min=1, max=100)
    capital_1 = column.number("Vốn năm 1", "Capital in year 1", unit="tỷ đồng", scale=None, min=0)
    capital_2 = _number("Vốn năm 2", "Capital in year 2", "tỷ đồng", min=0)
    capital_3 = _number("Vốn năm 3", "Capital in year 3", "tỷ đồng", min=0)
    capital_4 = _number("Vốn năm 4", "Capital in year 4", "tỷ đồng", min=0)
    volume = column.number("Sản lượng khi đủ công suất", "Volume at full capacity", scale=None, min=0)
    price = column.number("Giá bán", "Price", unit="tỷ đồng", scale=None, min=0)
    inputs = _number("Đầu vào mua ngoài", "Purchased inputs", "tỷ đồng", min=0)
    other_variable = _number("Chi phí biến đổi khác", "Other variable cost", "tỷ đồng", min=0)
    fixed = _number("Chi phí cố định", "Fixed cost", "tỷ đồng/năm", min=0)
    wages = _number("Tiền lương", "Wages", "tỷ đồng/năm", min=0)
    ramp_1 = _number("Công suất năm đầu", "Capacity used in the first year", "%", min=0, max=100)
    ramp_2 = _number("Công suất năm thứ hai", "Capacity used in the second year", "%", min=0, max=100)
    ramp_3 = _number("Công suất năm thứ ba", "Capacity used in the third year", "%", min=0, max=100)
    price_growth = _number("Giá bán tăng", "Growth of the price", "%/năm")
    cost_growth = _number("Chi phí tăng", "Growth of costs", "%/năm")
    working_capital = _number("Vốn lưu động", "Working capital", "ngày doanh thu", min=0)
    life = column.integer("Số năm khấu hao", "Years of depreciation", nullable=True, min=1)
    residual = _number("Giá trị còn lại", "Residual value", "%", min=0, max=100)
    debt = _number("Tỷ lệ vốn vay", "Share of debt", "%", min=0, max=100)
    interest = _number("Lãi suất", "Interest", "%/năm", min=0)
    grace = column.integer("Số năm ân hạn", "Years of grace", nullable=True, min=0)
    debt_years = column.integer("Số năm trả nợ", "Years of repayment", nullable=True, min=1)
    foreign_debt = _number("Phần vay bằng ngoại tệ", "Share of the debt in foreign money", "%", min=0, max=100)
    foreign_interest = _number("Lãi suất vay ngoại tệ", "Interest on foreign debt", "%/năm", min=0)
    devaluation = _number("Ngoại tệ lên giá so với đồng", "Growth of the foreign money's price", "%/năm")
    building_interest = column.choice(
        "Lãi vay trong thời gian xây dựng",
        "Interest while building",
        [
            ("paid", "chủ đầu tư trả, tính vào chi phí trong năm", "paid by the owners, a cost of the year"),
            ("asset", "chủ đầu tư trả, tính vào nguyên giá", "paid by the owners, part of the asset"),
            ("added", "nhập gốc, tính vào nguyên giá", "added to the loan, part of the asset"),
        ],
        nullable=True,
    )
    vat = _number("Thuế GTGT của vốn đầu tư", "VAT on capital", "%", min=0)
    vat_refund = column.integer("Hoàn thuế GTGT sau", "VAT refunded after", unit="tháng", nullable=True, min=0)
    land_rent = _number("Tiền thuê đất", "Land rent", "tỷ đồng/ha/năm", min=0)
    rent_free = column.integer("Số năm sản xuất được miễn tiền thuê đất", "Years free of rent", nullable=True, min=0)
    preferred = column.flag("Ưu đãi thuế", "Preferred tax", nullable=True)
    incentive = column.choice(
        "Mức ưu đãi thuế",
        "Kind of incentive",
        [
            ("special", "đặc biệt khó khăn hoặc đặc biệt ưu đãi", "very difficult place or specially favoured trade"),
            ("difficult", "địa bàn khó khăn", "difficult place"),
            ("park", "khu công nghiệp ngoài các địa bàn trên", "industrial park outside these places"),
        ],
        nullable=True,
    )
    monthly = column.flag("Dòng tiền theo tháng", "Cash flow by months", nullable=True)
    discount = _number("Suất chiết khấu", "Discount rate", "%/năm", min_exclusive=-100)
    other_taxes = _number("Thuế, phí khác", "Other taxes", "% doanh thu", min=0)
    jobs = _number("Việc làm", "Jobs", "người", min=0)
    land = _number("Đất", "Land", "ha", min=0)
    energy = _number("Điện năng", "Energy", "MWh/năm", min=0)
    emissions = _number("Phát thải", "Emissions", "tCO2/năm", min=0)


@declared("finance_prices", vi="Giá bán theo năm", en="Prices by year", registered=False)
class FinancePrices(Table):
    """A row is the price of one project's product in one calendar year, in place of the price that grows."""

    alternative = column.code("Phương án", "Alternative", key=True)
    year = column.integer("Năm", "Year", key=True, min=1900, max=2200)
    price = column.number("Giá bán", "Price", unit="tỷ đồng", scale=None, min=0)


PERCENT = (
    "price_growth",
    "cost_growth",
    "residual",
    "debt",
    "interest",
    "foreign_debt",
    "foreign_interest",
    "devaluation",
    "vat",
    "discount",
    "other_taxes",
)
AS_THEY_ARE = (
    "start",
    "years",
    "volume",
    "price",
    "inputs",
    "other_variable",
    "fixed",
    "wages",
    "working_capital",
    "life",
    "grace",
    "debt_years",
    "building_interest",
    "vat_refund",
    "land_rent",
    "rent_free",
    "preferred",
    "incentive",
    "monthly",
    "jobs",
    "land",
    "energy",
    "emissions",
)


def read_plans(path: Path | str) -> dict[str, Plan]:
    """The plan of each alternative in the file. Raises InvalidInput with every fault and its row."""
    frame, sheet, _ = read_wide(path, Finance, lambda _: {})
    plans: dict[str, Plan] = {}
    faults: list[Fault] = []
    for at, row in enumerate(frame.iter_rows(named=True)):
        try:
            plans[row["alternative"]] = plan_of(row)
        except InvalidInput as error:
            faults += _placed(error, sheet, at)
    refuse(faults)
    return plans


def with_prices(plans: dict[str, Plan], path: Path | str) -> dict[str, Plan]:
    """`plans` with the prices by calendar year of ``finance_prices.csv``.

    Raises InvalidInput for a project without assumptions, and a year in which the project does not run.
    """
    frame, sheet, _ = read_wide(path, FinancePrices, lambda _: {})
    paths: dict[str, dict[int, float]] = {}
    faults: list[Fault] = []
    for at, row in enumerate(frame.iter_rows(named=True)):
        place, plan = Place(sheet.file, None, sheet.rows[at]), plans.get(row["alternative"])
        if plan is None:
            faults.append(Fault("finance.prices-alone", {"name": row["alternative"]}, place))
        elif not plan.start.year <= row["year"] < plan.start.year + plan.horizon:
            years = {"first": plan.start.year, "last": plan.start.year + plan.horizon - 1}
            faults.append(Fault("finance.prices-year", {"year": row["year"]} | years, place))
        paths.setdefault(row["alternative"], {})[row["year"]] = row["price"]
    refuse(faults)
    return {name: replace(plan, price_path=paths.get(name, {})) for name, plan in plans.items()}


def _placed(error: InvalidInput, sheet: Sheet, at: int) -> Iterator[Fault]:
    for fault in error.faults:
        yield Fault(fault.code, fault.params, Place(sheet.file, None, sheet.rows[at], str(fault.params["name"])))


def plan_of(row: dict[str, Any]) -> Plan:
    """One row of `Finance` as a plan: percents to shares, steps to tuples, blanks to the plan's own defaults."""
    capital = [row[f"capital_{year}"] for year in range(1, 5)]
    last = max((year for year, part in enumerate(capital) if part), default=0)
    ramp = [row[f"ramp_{year}"] for year in range(1, 4)]
    known = {name: row[name] / 100 for name in PERCENT if row[name] is not None}
    known |= {name: row[name] for name in AS_THEY_ARE if row[name] is not None}
    return Plan(
        capital=tuple(part or 0.0 for part in capital[: last + 1]),
        ramp_up=tuple(share / 100 for share in ramp if share is not None),
        **known,
    )


# What a criterion may be computed from (its column `computed`), with the factor to its usual unit.
COMPUTED: dict[str, float] = {
    "npv": 1,
    "irr": 100,
    "equity_irr": 100,
    "payback": 1,
    "discounted_payback": 1,
    "least_cover": 1,
    "mean_cover": 1,
    "value_added": 1,
    "value_added_share": 100,
    "value_added_per_job": 1,
    "value_added_per_hectare": 1,
    "budget": 1,
    "output": 1,
    "jobs": 1,
    "capital_per_job": 1,
    "plan_value": 1,
    "land_per_value_added": 1,
    "energy_per_value_added": 1,
    "emissions_per_value_added": 1,
}


# Computed too, but a word: the portfolio group, which must stand among the criterion's categories in some language.
COMPUTED_WORD = "portfolio_group"


def computed(plan: Plan | None, fit: Fit | None = None) -> dict[str, float | None]:
    """Every figure of `COMPUTED` for one plan, rates and shares in percent; None where there is none."""
    if plan is None:
        return {"plan_value": fit.plan_value if fit else None}
    own, province = worth(plan), province_view(plan, fit=fit)
    found: dict[str, float | None] = {}
    for name, factor in COMPUTED.items():
        figure = getattr(own, name) if hasattr(own, name) else getattr(province, name)
        found[name] = None if figure is None else figure * factor
    return found
