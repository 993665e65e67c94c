"""Every published fact about Lào Cai's industry that the worked example must reproduce, to the printed digit.

Sources: A, an article of early 2024 on the province's industry; B, the department's May 2024 figures in the press;
C, other press and plan documents. Figures at constant 2010 prices, as known on 31 May 2024.
"""

from datetime import date

import polars as pl
import pytest

from fansipan.examples import laocai
from fansipan.notation import number
from fansipan.periods import Month
from fansipan.statistics.measures import gross_output, growth_of_output
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.plan_progress import percent_of_plan

MAY, KNOWN_ON = Month(2024, 5), date(2024, 5, 31)


@pytest.fixture(scope="module", params=[2024, 7], ids=["the example", "another seed"])
def province(request):
    return laocai.build(request.param)


@pytest.fixture(scope="module")
def output(province):
    return compile_output(province, until=MAY, known_on=KNOWN_ON)


def compared(output, month: Month, comparison: str, by: str = "total") -> dict[str, dict[str, float]]:
    frame = growth_of_output(output, month, comparison, by=by)
    return {row[by]: row for row in frame.iter_rows(named=True)}


def test_output_of_2023(output):
    whole = compared(output, Month(2023, 12), "year")["total"]
    assert (number(whole["level"], 0, "vi"), number(whole["growth"], 2, "vi")) == ("46.100", "0,07")  # A


def test_handicraft_of_2023(output):
    handicraft = compared(output, Month(2023, 12), "year", by="kind")["handicraft"]
    assert (number(handicraft["level"], 0, "vi"), number(handicraft["growth"], 1, "vi")) == ("4.497", "12,9")  # A
    assert handicraft["level"] < 4497, "the source says nearly"


def test_first_five_months_of_2024(output):
    whole = compared(output, MAY, "ytd")["total"]
    assert (number(whole["level"], 1, "vi"), number(whole["growth"], 2, "vi")) == ("17.151,7", "5,34")  # B


@pytest.mark.parametrize(
    ("section", "printed", "of_plan", "plan"),
    [
        ("B", "1.167,8", "43,54", "2.682,1"),
        ("C", "13.843,6", "34,89", "39.677,8"),
        ("D", "2.010,8", "21,14", "9.511,8"),
        ("E", "129,6", "39,88", "325,0"),
    ],
)
def test_sections_of_the_first_five_months_and_their_plans(province, output, section, printed, of_plan, plan):
    row = percent_of_plan(output, province.plans, MAY).row(by_predicate=pl.col("scope") == section, named=True)
    assert (number(row["done"], 1, "vi"), number(row["percent"], 2, "vi")) == (printed, of_plan)  # B
    assert number(row["plan"], 1, "vi") == plan


def test_the_year_plan_is_the_sections_implied_one(province, output):
    whole = percent_of_plan(output, province.plans, MAY).row(by_predicate=pl.col("scope") == "total", named=True)
    assert (number(whole["plan"], 1, "vi"), number(whole["percent"], 1, "vi")) == ("52.196,8", "32,9")
    sections = province.plans.filter(pl.col("scope_kind") == "industry")["value"].sum()
    assert whole["plan"] == pytest.approx(sections, abs=1e-9)


def test_may_2024_on_april(output):
    whole = compared(output, MAY, "mom")["total"]
    assert (number(whole["level"], 1, "vi"), number(whole["growth"], 2, "vi")) == ("3.726,7", "4,75")  # B


def test_electricity_of_may_2024(output):
    assert number(compared(output, MAY, "mom", by="section")["D"]["growth"], 2, "vi") == "18,45"  # B
    assert number(compared(output, MAY, "yoy", by="section")["D"]["growth"], 0, "vi") == "13"  # B


def test_jointly_feasible_ranges(output):
    month = dict(gross_output(output).select("month", "value").iter_rows())
    assert 46_065.4 <= sum(v for m, v in month.items() if m.startswith("2022")) <= 46_070.1
    assert 16_281.4 <= sum(month[f"2023-0{m}"] for m in range(1, 6)) <= 16_283.0
    assert 3_557.5 <= month["2024-04"] <= 3_557.9


def test_output_of_2020_agrees_with_the_published_figure(province, output):
    compiled = sum(v for m, v in gross_output(output).select("month", "value").iter_rows() if m.startswith("2020"))
    assert number(compiled, 1, "vi") == "37.050,8" == number(official(province, "2020", "level"), 1, "vi")  # C


def official(province, period: str, measure: str, scope_kind: str = "province", scope: str = "10") -> float:
    where = {"indicator": "gross-output", "period": period, "measure": measure, "scope_kind": scope_kind}
    rows = province.official_figures.filter(*(pl.col(c) == v for c, v in where.items()), pl.col("scope") == scope)
    return rows.filter(pl.col("source") == "published")["value"].item()


@pytest.mark.parametrize(
    ("period", "measure", "scope_kind", "scope", "value"),
    [
        ("2020", "level", "province", "10", 37050.8),
        ("2023", "level", "province", "10", 46100),
        ("2023", "yoy", "province", "10", 0.07),
        ("2023", "level", "kind", "handicraft", 4497),
        ("2023", "yoy", "kind", "handicraft", 12.9),
        ("2024-05", "ytd", "province", "10", 17151.7),
        ("2024-05", "ytd", "industry", "B", 1167.8),
        ("2024-05", "ytd", "industry", "C", 13843.6),
        ("2024-05", "ytd", "industry", "D", 2010.8),
        ("2024-05", "ytd", "industry", "E", 129.6),
        ("2024-05", "ytd-yoy", "province", "10", 5.34),
        ("2024-05", "level", "province", "10", 3726.7),
        ("2024-05", "mom", "province", "10", 4.75),
        ("2024-05", "mom", "industry", "D", 18.45),
        ("2024-05", "yoy", "industry", "D", 13),
        ("2024-05", "percent-of-plan", "province", "10", 26.1),
    ],
)
def test_published_figures_stand_as_printed(province, period, measure, scope_kind, scope, value):
    assert official(province, period, measure, scope_kind, scope) == value


def test_every_published_figure_says_when_it_was_published_and_how_sure_it_is(province):
    published = province.official_figures.filter(pl.col("source") == "published")
    assert published.select("published_on", "certainty", "document").null_count().row(0) == (0, 0, 0)
    money = published.filter(pl.col("indicator") == "gross-output")
    assert set(money["price_basis"]) == {"constant-2010"}


def test_figures_of_the_whole_economy(province):
    rows = province.economy.iter_rows(named=True)
    value = {(row["year"], row["sector"], row["measure"]): row["value"] for row in rows}
    assert value[2023, "industry-construction", "share"] == 35.94  # A
    assert value[2022, "total", "growth"] == 9.02  # C
    assert value[2023, "total", "growth"] == 5.11
    assert (value[2024, "total", "growth"], value[2024, "total", "value"]) == (7.38, 78_000)


def test_the_growth_of_2024_is_unknown_in_may(province):
    known = province.known_on(KNOWN_ON)
    assert set(known.economy["year"]) == {2022, 2023}
    assert known.returns.height == province.returns.height


def test_steel_stopped_on_14_may_2022_and_was_still_stopped(output):
    steel = dict(output.rows.filter(pl.col("product") == "steel-billet").select("month", "quantity").iter_rows())
    assert min(v for m, v in steel.items() if m < "2022-05") > 0
    assert steel["2022-05"] / steel["2022-04"] == pytest.approx(13 / 31, abs=0.05)
    assert {v for m, v in steel.items() if m > "2022-05"} == {0.0}


def test_chemicals_ran_at_60_to_80_percent_for_lack_of_apatite_in_early_2023(province, output):
    short = ["yellow-phosphorus", "phosphoric-acid", "dcp", "dap", "npk", "superphosphate"]
    early = output.rows.filter(
        pl.col("product").is_in(short) & pl.col("month").is_in(["2023-01", "2023-02", "2023-03"])
    )
    made = early.group_by("establishment", "product").agg(pl.col("quantity").sum())
    use = made.join(province.capacities, on=["establishment", "product"]).select(
        pl.col("quantity") / pl.col("capacity") * 4
    )
    assert use.height == 10
    assert use["quantity"].is_between(0.6, 0.8).all()


def test_hydropower_follows_the_wet_season(output):
    made = (
        output.rows.filter(pl.col("product") == "electricity-generated").group_by("month").agg(pl.col("quantity").sum())
    )
    for year in range(2019, 2024):
        months = {m: v for m, v in made.iter_rows() if m.startswith(str(year))}
        wet = [months[f"{year}-{m:02d}"] for m in range(5, 11)]
        assert sum(wet) > 0.7 * sum(months.values())
        assert min(wet) > max(v for m, v in months.items() if m[5:] in ("01", "02", "03", "04"))


def test_direction_of_the_structure(output):
    months = gross_output(output, by="section")
    share = {}
    for year in (2019, 2023):
        of_year = months.filter(pl.col("month").str.starts_with(str(year)))
        sums = dict(of_year.group_by("section").agg(pl.col("value").sum()).iter_rows())
        share[year] = {s: v / sum(sums.values()) for s, v in sums.items()}
    assert share[2023]["C"] > share[2019]["C"]
    assert share[2023]["B"] < share[2019]["B"]
