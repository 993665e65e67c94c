"""Substations, treatment plants and roads as candidates: they make room under a limit or over a link (rule E39)."""

import pytest

from fansipan.expansion.answers.bottlenecks import bottlenecks
from fansipan.expansion.answers.wording import group_words
from fansipan.expansion.checks.contradictions import contradictions
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network


def add(tables, table, **row):
    tables.setdefault(table, []).append(row)


def small(tables):
    return next(row for row in tables["candidates"] if row["process"] == "small")


def process(tables, code):
    return next(row for row in tables["processes"] if row["process"] == code)


def works(tables, *, capital=0.5, lead=0, raises="line", by=4.0, lumps=3, life=2):
    """A substation of one unit a lump; it makes nothing itself."""
    add(
        tables,
        "processes",
        process="station",
        name="Trạm biến áp",
        name_en="Substation",
        site="town",
        life=life,
        reference_commodity="metal",
        capacity=0.0,
    )
    add(
        tables,
        "candidates",
        candidate="ST",
        process="station",
        lump=1.0,
        max_lumps=lumps,
        capital=capital,
        lead=lead,
        raises=raises,
        raises_by=by,
    )


def limit(tables, measure, value, **more):
    add(
        tables,
        "limits",
        limit="line",
        name="Cấp điện thị trấn",
        name_en="Power of the town",
        scope="site",
        item="town",
        measure=measure,
        comparison="at-most",
        value=value,
        **more,
    )


def value(system):
    return solve_network(network_of(system), prices=False).answer.objective


def without_big(tables):
    tables["candidates"] = [row for row in tables["candidates"] if row["process"] != "big"]


@pytest.mark.parametrize("measure", ["power", "water", "waste_water", "land"])
def test_a_resource_is_widened_where_that_pays(copper, measure):
    """A small smelter of 4 t needs 4; 4 there: one gives 9.8. Works for 0.5 give 4 more: two, 10 - 0.5 = 9.5, so no.

    For 0.1 a lump it pays: 10 - 0.1 = 9.9.
    """

    def change(capital):
        def planted(tables):
            without_big(tables)
            process(tables, "small")[measure] = 1.0
            limit(tables, measure, 4.0)
            works(tables, capital=capital)

        return planted

    assert value(copper(change(0.5))) == pytest.approx(9.8)
    assert value(copper(change(0.1))) == pytest.approx(9.9)


def test_room_comes_after_the_lead_time(copper):
    """Decided in 2025, there in 2026: the second small smelter can only be built then: 14.4 - 3 - 1.5 - 0.05."""

    def change(tables):
        without_big(tables)
        process(tables, "small")["power"] = 1.0
        limit(tables, "power", 4.0)
        works(tables, capital=0.1, lead=1, life=2)

    # half of the works' life is left: 0.1 - 0.05
    assert value(copper(change)) == pytest.approx(14.4 - 4.5 - 0.05)


def test_what_exists_of_the_works_counts(copper):
    def change(tables):
        without_big(tables)
        process(tables, "small")["power"] = 1.0
        limit(tables, "power", 0.0)
        works(tables, capital=9.0)
        process(tables, "station")["capacity"] = 2.0

    assert value(copper(change)) == pytest.approx(10.0)


def road(tables, capacity):
    """Ore comes from the hills over a road."""
    next(row for row in tables["markets"] if row["commodity"] == "ore")["site"] = "hills"
    add(tables, "zones", zone="hills", kind="cluster", name="Cụm Đồi", name_en="Hills")
    add(tables, "links", from_site="hills", to_site="town", commodity="ore", capacity=capacity, link="road")


def test_a_road_is_widened_by_what_is_built(copper):
    """2 t of ore a tonne: the road takes 8, so 4 t a year, one small smelter: 9.8; the second lane makes it 10 t."""

    def change(capital):
        def planted(tables):
            road(tables, 8.0)
            works(tables, capital=capital, raises="road", by=2.0)

        return planted

    assert value(copper(change(0.15))) == pytest.approx(10 - 0.15)
    assert value(copper(change(0.3))) == pytest.approx(9.8)


@pytest.mark.parametrize("slices", [False, True])
def test_a_connection_to_the_grid_is_widened(copper, slices):
    """A tonne takes 1 GWh at 0.1 from the grid; 0.5 MW are 4.38 GWh, another 0.5 MW 4.38 more."""

    def change(capital):
        def planted(tables):
            without_big(tables)
            tables["limits"] = []
            add(tables, "commodities", commodity="power", unit="GWh", kind="energy", balance="equal")
            add(tables, "process_flows", process="small", mode="melt", commodity="power", quantity=-1.0)
            add(tables, "markets", site="town", commodity="power", direction="buy", step=1, price=0.1)
            limit(tables, "grid", 0.5, commodity="power")
            works(tables, capital=capital, by=0.5)
            if slices:
                for order, hours in ((1, 2000.0), (2, 6760.0)):
                    add(tables, "plan_slices", slice=f"s{order}", order=order, hours=hours)

        return planted

    # 4 t a year with one small smelter: 8 x 1.5 - 3 = 9; with two and the wider line 6 t a year: 18 - 6 - works
    assert value(copper(change(0.4))) == pytest.approx(12 - 0.4)
    assert value(copper(change(9.0))) == pytest.approx(9.0)


def test_the_transport_of_a_link_is_a_bottleneck_by_name(copper):
    system = copper(lambda tables: road(tables, 6.0))
    found = bottlenecks(solve_network(network_of(system)))
    one = next(one for one in found if one.kind == "link_most")
    assert one.limit == pytest.approx(6.0)
    assert one.more == pytest.approx(0.5 * 1.6 * 2)
    words = [group_words(system, one.kind, one.name, lang) for lang in ("vi", "en")]
    assert words[1] == "the transport of Copper concentrate from Hills to Park A"
    assert words[0].startswith("năng lực vận chuyển")
    assert "Cụm Đồi" in words[0]


def test_the_storage_of_a_by_product_is_a_bottleneck_by_name(copper):
    """Acid goes nowhere but into a store of 1.5 t: 3 t of metal, built in the second year; 1 t more acid is 2 t."""

    def change(tables):
        tables["markets"] = [row for row in tables["markets"] if row["commodity"] != "acid"]
        acid = next(row for row in tables["commodities"] if row["commodity"] == "acid")
        acid.update({"storable": True, "stock_limit": 1.5})

    system = copper(change)
    plan = solve_network(network_of(system))
    assert plan.answer.objective == pytest.approx(3 * 1.8 - 1.5)
    one = next(one for one in bottlenecks(plan) if one.kind == "stock_most")
    assert one.more == pytest.approx(2 * 1.8)
    assert group_words(system, one.kind, one.name, "en") == "the storage of Sulphuric acid at Park A"


def unknown(tables):
    works(tables, raises="nowhere")


def floor(tables):
    works(tables)
    add(
        tables,
        "limits",
        limit="line",
        name="Sàn",
        name_en="A floor",
        scope="province",
        measure="production",
        commodity="metal",
        comparison="at-least",
        value=0.0,
    )


def by_nothing(tables):
    limit(tables, "power", 4.0)
    works(tables, by=None)


def no_size(tables):
    small(tables)["lump"] = 0.0


def twice(tables):
    add(tables, "candidates", candidate="S2", process="small", lump=1.0, max_lumps=1, capital=1.0)


@pytest.mark.parametrize(
    ("plant", "code", "named"),
    [
        (unknown, "plan.check.raises-unknown", "nowhere"),
        (floor, "plan.check.raises-floor", "Substation"),
        (by_nothing, "plan.check.raises-by", "Substation"),
        (no_size, "plan.check.lump", "Small smelter"),
        (twice, "plan.check.process-twice", "S2"),
    ],
)
def test_candidates_that_cannot_be_what_they_say_are_refused(copper, plant, code, named):
    found = [fault for fault in contradictions(copper(plant)) if fault.code == code]
    assert found
    assert named in found[0].line("en")
    assert found[0].line("vi") != found[0].line("en")


def test_works_without_output_are_no_contradiction(copper):
    def change(tables):
        limit(tables, "power", 4.0)
        works(tables)

    assert contradictions(copper(change)) == ()
