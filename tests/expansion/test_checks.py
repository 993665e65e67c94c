"""Contradictions planted one at a time in a sound system: each is refused before solving, by name."""

import pytest

from fansipan.errors import InvalidInput
from fansipan.expansion.checks.contradictions import check, contradictions


def process(tables, code="small"):
    return next(row for row in tables["processes"] if row["process"] == code)


def market(tables, commodity):
    return next(row for row in tables["markets"] if row["commodity"] == commodity)


def add(tables, table, **row):
    tables.setdefault(table, []).append(row)


def negative_capacity(t):
    process(t)["capacity"] = -1.0


def negative_price(t):
    market(t, "acid")["price"] = -0.4


def other_unit(t):
    t["process_flows"][0]["unit"] = "kg"


def no_output(t):
    add(t, "processes", process="idle", site="town", reference_commodity="ore", capacity=1.0)
    add(t, "process_flows", process="idle", mode="run", commodity="ore", quantity=-1.0)


def nobody_makes_it(t):
    t["markets"].remove(market(t, "ore"))


def missing_link(t):
    market(t, "ore")["site"] = "hills"
    add(t, "zones", zone="hills", kind="cluster", name="Cụm Đồi", name_en="Hills")


def nobody_takes_it(t):
    t["markets"].remove(market(t, "acid"))


def exclusive_musts(t):
    t["candidates"][0] |= {"must": True, "excludes": "B"}
    t["candidates"][1]["must"] = True


def must_without_a_year(t):
    t["candidates"][0] |= {"must": True, "earliest": 2030}


def zone_opens_too_late(t):
    t["candidates"][0] |= {"must": True, "latest": 2025}
    add(t, "zone_stages", zone="town", stage=1, cost=1.0, hectares=50.0, lead=1)


def target_above_all(t):
    add(
        t,
        "limits",
        limit="much",
        scope="province",
        measure="production",
        commodity="metal",
        comparison="at-least",
        value=19.0,
    )


def budget_below_must(t):
    t["candidates"][1] |= {"must": True, "owner": "state"}
    add(t, "limits", limit="purse", scope="owner", item="state", measure="budget", comparison="at-most", value=8.0)


def licence_below_load(t):
    process(t) | {"capacity": 4.0}
    add(t, "processes", process="mine", site="town", reference_commodity="ore", capacity=10.0, min_load=0.5)
    add(t, "process_flows", process="mine", mode="top", commodity="ore", quantity=1.0)
    add(
        t,
        "deposits",
        deposit="Hill",
        block="top",
        order=1,
        commodity="ore",
        tonnes=99.0,
        licence_per_year=4.0,
        process="mine",
    )


def water_below_load(t):
    add(t, "commodities", commodity="power", unit="GWh", kind="energy", balance="at-least")
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
    add(t, "plan_settings", setting="hydrology", value="dry")
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


def loop_from_nothing(t):
    add(t, "processes", process="back", site="town", reference_commodity="ore", capacity=1.0)
    for commodity, quantity in (("metal", -1.0), ("ore", 2.5), ("acid", -0.5), ("smoke", -0.1)):
        add(t, "process_flows", process="back", mode="run", commodity=commodity, quantity=quantity)
    t.pop("commodity_elements")


def element_from_nothing(t):
    t["commodity_elements"][1]["content"] = 1.2


def unknown_commodity(t):
    t["process_flows"][0]["commodity"] = "gold"


def unknown_requirement(t):
    t["candidates"][0]["requires"] = "Z9"


def nothing_at_all(t):
    t.clear()


PLANTED = [
    (unknown_requirement, "plan.check.unknown", "Z9"),
    (nothing_at_all, "plan.check.empty", "processes"),
    (negative_capacity, "plan.check.negative", "capacity"),
    (negative_price, "plan.check.negative-price", "Sulphuric acid"),
    (other_unit, "plan.check.unit", "kg"),
    (no_output, "plan.check.no-output", "idle"),
    (nobody_makes_it, "plan.check.unmade", "Copper concentrate"),
    (missing_link, "plan.check.unreachable", "Hills"),
    (nobody_takes_it, "plan.check.untaken", "Sulphuric acid"),
    (exclusive_musts, "plan.check.exclusive", "Small smelter"),
    (must_without_a_year, "plan.check.no-window", "Small smelter"),
    (zone_opens_too_late, "plan.check.zone-late", "2026"),
    (target_above_all, "plan.check.target", "18"),
    (budget_below_must, "plan.check.budget", "purse"),
    (licence_below_load, "plan.check.licence", "Hill"),
    (water_below_load, "plan.check.water", "dam"),
    (loop_from_nothing, "plan.check.from-nothing", "back"),
    (element_from_nothing, "plan.check.element", "Cu"),
    (unknown_commodity, "plan.check.unknown", "process_flows"),
]


@pytest.mark.parametrize(("plant", "code", "named"), PLANTED, ids=[plant.__name__ for plant, _, _ in PLANTED])
def test_a_planted_contradiction_is_refused_by_name(copper, plant, code, named):
    with pytest.raises(InvalidInput) as refused:
        check(copper(plant))
    found = [fault for fault in refused.value.faults if fault.code == code]
    assert found, [fault.line("en") for fault in refused.value.faults]
    assert any(named in fault.line("en") for fault in found)
    assert all(fault.line("vi") for fault in found)


def test_a_sound_system_has_no_contradiction(copper):
    assert contradictions(copper()) == ()


def test_all_contradictions_are_told_at_once(copper):
    def plant(tables):
        for one in (negative_capacity, negative_price, nobody_takes_it, exclusive_musts, other_unit):
            one(tables) if one is not nobody_takes_it else None
        tables["candidates"][0]["lump"] = -2.0

    with pytest.raises(InvalidInput) as refused:
        check(copper(plant))
    codes = {fault.code for fault in refused.value.faults}
    assert {"plan.check.negative", "plan.check.negative-price", "plan.check.exclusive", "plan.check.unit"} <= codes


def test_a_target_that_may_be_missed_is_a_warning(copper):
    def plant(tables):
        target_above_all(tables)
        tables["limits"][-1]["priority"] = 1

    assert [fault.code for fault in check(copper(plant))] == ["plan.check.target"]
