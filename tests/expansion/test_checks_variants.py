"""The contradictions of rule E28 in other guises: other tables, other years, at one remove; each still named."""

import pytest

from fansipan.expansion.checks.contradictions import contradictions


def add(tables, table, **row):
    tables.setdefault(table, []).append(row)


def small(tables):
    return next(row for row in tables["candidates"] if row["process"] == "small")


def big(tables):
    return next(row for row in tables["candidates"] if row["process"] == "big")


def negative_length_of_life(t):
    t["processes"][0]["land"] = -3.0


def negative_limit(t):
    t["limits"][0]["value"] = -1.0


def share_above_one(t):
    add(
        t,
        "limits",
        limit="share",
        name="Tỷ trọng chế biến",
        name_en="Share of processing",
        scope="province",
        measure="output_share",
        comparison="at-least",
        value=1.2,
    )


def more_jobs_than_there_can_be(t):
    add(
        t,
        "limits",
        limit="jobs",
        name="Việc làm",
        name_en="Jobs",
        scope="province",
        measure="labour",
        comparison="at-least",
        value=1e6,
    )


def value_added_out_of_reach(t):
    """18 t at 4 - 2 a tonne and less: 36 at most."""
    add(
        t,
        "limits",
        limit="va",
        name="Giá trị tăng thêm",
        name_en="Value added",
        scope="province",
        measure="value_added",
        comparison="at-least",
        value=40.0,
    )


def park_that_opens_after_its_date(t):
    add(t, "zones", zone="K1", kind="park", name="Khu Một", name_en="Park One")
    add(t, "zone_stages", zone="K1", stage=1, cost=1.0, hectares=50.0, lead=2)
    add(
        t,
        "limits",
        limit="park",
        name="Khu mới",
        name_en="A new park",
        scope="province",
        measure="parks",
        comparison="at-least",
        value=1.0,
        first_year=2026,
        last_year=2026,
    )


def smelter_that_must_run_on_too_little_ore(t):
    """The only ore is mined under a licence of 4; a smelter of 10 t at half load needs 10."""
    t["markets"] = [row for row in t["markets"] if row["commodity"] != "ore"]
    big_one = next(row for row in t["processes"] if row["process"] == "big")
    big_one |= {"capacity": 10.0, "min_load": 0.5}
    add(t, "processes", process="mine", site="town", reference_commodity="ore", capacity=99.0)
    add(t, "process_flows", process="mine", mode="top", commodity="ore", quantity=1.0)
    add(
        t,
        "deposits",
        deposit="Sườn Tây",
        block="top",
        order=1,
        commodity="ore",
        tonnes=99.0,
        licence_per_year=4.0,
        process="mine",
    )


def licence_of_the_second_block_runs_out(t):
    """One licence of 30 until 2025; from 2026 of 3, below half load of 10."""
    add(t, "processes", process="mine", site="town", reference_commodity="ore", capacity=10.0, min_load=0.5)
    for block, order, first, last, licence in (("top", 1, 2025, 2025, 30.0), ("low", 2, 2026, 2026, 3.0)):
        add(t, "process_flows", process="mine", mode=block, commodity="ore", quantity=1.0)
        add(
            t,
            "deposits",
            deposit="Hill",
            block=block,
            order=order,
            commodity="ore",
            tonnes=99.0,
            process="mine",
            licence_per_year=licence,
            first_year=first,
            last_year=last,
        )


def made_only_where_nothing_can_run(t):
    """Ore from a mine without capacity that nobody may build."""
    t["markets"] = [row for row in t["markets"] if row["commodity"] != "ore"]
    add(t, "processes", process="mine", site="town", reference_commodity="ore", capacity=0.0)
    add(t, "process_flows", process="mine", mode="dig", commodity="ore", quantity=1.0)


def sale_agreed_of_what_nobody_makes(t):
    add(
        t,
        "commodities",
        commodity="wire",
        name="Dây đồng",
        name_en="Copper wire",
        unit="t",
        kind="product",
        balance="equal",
    )
    add(t, "markets", site="town", commodity="wire", direction="sell", step=1, price=5.0, minimum=2.0)


def sale_agreed_where_no_link_leads(t):
    add(t, "zones", zone="port", kind="cluster", name="Cảng cạn", name_en="Dry port")
    add(t, "markets", site="port", commodity="metal", direction="sell", step=1, price=5.0, minimum=1.0)


def link_the_wrong_way_round(t):
    ore = next(row for row in t["markets"] if row["commodity"] == "ore")
    ore["site"] = "hills"
    add(t, "zones", zone="hills", kind="cluster", name="Cụm Đồi", name_en="Hills")
    add(t, "links", from_site="town", to_site="hills", commodity="ore")


def disposal_that_takes_nothing(t):
    next(row for row in t["markets"] if row["commodity"] == "acid")["maximum"] = 0.0


def must_that_requires_what_another_must_excludes(t):
    """S must be built and requires B; B must not stand beside S."""
    small(t).update({"must": True, "requires": "B"})
    big(t)["excludes"] = "S"


def required_but_never_open_to_decision(t):
    small(t).update({"must": True, "requires": "B"})
    big(t)["earliest"] = 2031


def second_stage_comes_too_late(t):
    """A lump needs 4 ha by 2025; the first stage gives 1 ha at once, the second the rest a year later."""
    small(t).update({"must": True, "latest": 2025})
    for stage, lead in ((1, 0), (2, 1)):
        add(t, "zone_stages", zone="town", stage=stage, cost=1.0, hectares=1.0 + 9.0 * (stage - 1), lead=lead)


def two_musts_above_one_budget(t):
    """3 and 9 in the same only year, 10 to spend: each alone would do."""
    small(t).update({"must": True, "latest": 2025})
    big(t).update({"must": True, "latest": 2025})
    add(
        t,
        "limits",
        limit="purse",
        name="Ngân sách tỉnh",
        name_en="Provincial budget",
        scope="province",
        measure="budget",
        comparison="at-most",
        value=10.0,
        first_year=2025,
        last_year=2025,
    )


def must_above_the_budget_of_all_years(t):
    big(t)["must"] = True
    add(
        t,
        "limits",
        limit="purse",
        name="Ngân sách tỉnh",
        name_en="Provincial budget",
        scope="province",
        measure="budget",
        comparison="at-most",
        value=8.0,
        total=True,
    )


def loop_of_two_in_which_slag_appears(t):
    add(t, "commodities", commodity="slag", name="Xỉ", name_en="Slag", unit="t", kind="by-product", balance="at-least")
    for process, takes, gives, extra in (("there", "metal", "ore", 0.0), ("back", "ore", "metal", 0.2)):
        add(t, "processes", process=process, site="town", reference_commodity=gives, capacity=1.0)
        flows = ((takes, -1.0), (gives, 1.0), *([("slag", extra)] if extra else []))
        for commodity, quantity in flows:
            add(t, "process_flows", process=process, mode="run", commodity=commodity, quantity=quantity)
    t.pop("commodity_elements")


def dry_scenario_below_load(t):
    """The plan is of a normal year, one of its scenarios of a dry one."""
    add(t, "commodities", commodity="power", name="Điện", unit="GWh", kind="energy", balance="at-least")
    add(
        t,
        "processes",
        process="dam",
        site="town",
        reference_commodity="power",
        capacity=10.0,
        min_load=0.5,
        activity_per_capacity=8.76,
    )
    add(t, "process_flows", process="dam", mode="run", commodity="power", quantity=1.0)
    add(t, "plan_scenarios", scenario="drought", change="hydrology", item="*", value="dry", probability=0.2)
    for month in range(1, 13):
        for hydrology, inflow in (("dry", 1.0), ("normal", 9.0)):
            add(
                t,
                "hydro_inflow",
                process="dam",
                hydrology=hydrology,
                month=month,
                inflow=inflow,
                m3_per_kwh=1.0,
                storage=50.0,
            )


VARIANTS = [
    (negative_length_of_life, "plan.check.negative", "Land"),
    (negative_limit, "plan.check.negative", "Smoke cap"),
    (share_above_one, "plan.check.target", "Share of processing"),
    (more_jobs_than_there_can_be, "plan.check.target", "Jobs"),
    (value_added_out_of_reach, "plan.check.target", "Value added"),
    (park_that_opens_after_its_date, "plan.check.target", "A new park"),
    (smelter_that_must_run_on_too_little_ore, "plan.check.licence", "Sườn Tây"),
    (licence_of_the_second_block_runs_out, "plan.check.licence", "2026"),
    (made_only_where_nothing_can_run, "plan.check.unmade", "Copper concentrate"),
    (sale_agreed_of_what_nobody_makes, "plan.check.unmade", "Copper wire"),
    (sale_agreed_where_no_link_leads, "plan.check.unreachable", "Dry port"),
    (link_the_wrong_way_round, "plan.check.unreachable", "Hills"),
    (disposal_that_takes_nothing, "plan.check.untaken", "Sulphuric acid"),
    (must_that_requires_what_another_must_excludes, "plan.check.exclusive", "Big smelter"),
    (required_but_never_open_to_decision, "plan.check.no-window", "Big smelter"),
    (second_stage_comes_too_late, "plan.check.zone-late", "2026"),
    (two_musts_above_one_budget, "plan.check.budget-together", "Provincial budget"),
    (must_above_the_budget_of_all_years, "plan.check.budget", "Provincial budget"),
    (loop_of_two_in_which_slag_appears, "plan.check.from-nothing", "Slag"),
    (dry_scenario_below_load, "plan.check.water", "dry"),
]


@pytest.mark.parametrize(("plant", "code", "named"), VARIANTS, ids=[plant.__name__ for plant, _, _ in VARIANTS])
def test_a_contradiction_in_another_guise_is_an_error_by_name(copper, plant, code, named):
    faults = contradictions(copper(plant))
    found = [fault for fault in faults if fault.code == code and fault.severity == "error"]
    assert found, [fault.line("en") for fault in faults]
    assert any(named in fault.line("en") for fault in found), [fault.line("en") for fault in found]
    assert all(fault.message("vi") != fault.message("en") for fault in found)


def dry_year_that_nobody_asked_for(t):
    dry_scenario_below_load(t)
    t["plan_scenarios"] = []


def budget_large_enough_over_two_years(t):
    two_musts_above_one_budget(t)
    for row in (small(t), big(t)):
        row["latest"] = 2026
    t["limits"][-1]["last_year"] = 2026


def one_place_of_two_is_open_in_time(t):
    small(t).update({"must": True, "latest": 2025, "project": None})
    add(t, "zone_stages", zone="town", stage=1, cost=1.0, hectares=50.0, lead=0)


def purchase_beside_the_licence(t):
    """As with too little ore, but ore can be bought too."""
    bought = [row for row in t["markets"] if row["commodity"] == "ore"]
    smelter_that_must_run_on_too_little_ore(t)
    t["markets"] += bought


@pytest.mark.parametrize(
    "plant",
    [
        dry_year_that_nobody_asked_for,
        budget_large_enough_over_two_years,
        one_place_of_two_is_open_in_time,
        purchase_beside_the_licence,
    ],
)
def test_what_is_no_contradiction_is_none(copper, plant):
    assert [fault.line("en") for fault in contradictions(copper(plant)) if fault.severity == "error"] == []


def nature_and_power(t):
    """A wood lot takes power and gives wood; a plant burns wood and gives more power: nature is in between."""
    for code, kind in (("power", "energy"), ("wood", "product")):
        add(t, "commodities", commodity=code, name=code, unit="GWh", kind=kind, balance="at-least")
    for process, flows in (("lot", (("power", -0.1), ("wood", 1.0))), ("burner", (("wood", -1.0), ("power", 0.3)))):
        add(t, "processes", process=process, site="town", reference_commodity="wood", capacity=1.0)
        for commodity, quantity in flows:
            add(t, "process_flows", process=process, mode="run", commodity=commodity, quantity=quantity)


def ore_dug_with_power(t):
    """As with wood, from a deposit."""
    nature_and_power(t)
    add(t, "deposits", deposit="seam", block="run", order=1, commodity="wood", tonnes=9.0, process="lot")


@pytest.mark.parametrize("plant", [nature_and_power, ore_dug_with_power])
def test_what_nature_gives_is_not_made_from_nothing(copper, plant):
    assert [fault.line("en") for fault in contradictions(copper(plant)) if fault.severity == "error"] == []


def test_the_processes_of_a_loop_are_named_in_the_language_of_the_sentence(copper):
    faults = contradictions(copper(loop_of_two_in_which_slag_appears))
    (loop,) = [fault for fault in faults if fault.code == "plan.check.from-nothing"]
    assert "there, back" in loop.line("en")


def share_of_what_nobody_can_build(t):
    add(
        t,
        "limits",
        limit="share",
        name="Tỷ trọng ngành mới",
        name_en="Share of the new group",
        scope="group",
        item="new",
        measure="value_share",
        comparison="at-least",
        value=0.2,
        first_year=2026,
    )


def test_a_share_of_a_group_in_which_nothing_can_run_is_out_of_reach(copper):
    (fault,) = contradictions(copper(share_of_what_nobody_can_build))
    assert fault.code == "plan.check.target"
    assert "(2026)" in fault.line("en")
    assert "Tỷ trọng ngành mới" in fault.line("vi")
