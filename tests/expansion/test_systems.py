"""A province's system from its tables to a plan, against sums done by hand."""

import pytest

from fansipan.expansion.answers.comparison import cases, comparison
from fansipan.expansion.answers.outcome import answer_frames, openings
from fansipan.expansion.network.compilation import network_of
from fansipan.expansion.solve.plan import solve_network


def solved(system):
    return solve_network(network_of(system))


def test_two_processes_by_product_cap_and_lumps_as_in_the_docs(copper):
    """Rule E27: the case worked by hand in docs/methods/expansion.md."""
    plan = solved(copper())
    assert plan.answer.status == "optimal"
    assert plan.answer.objective == pytest.approx(10.0)


def test_a_block_is_mined_only_after_the_one_before(copper):
    """Ore from a mine: the upper 8 t cost 1 each, the lower nothing; 20 t are needed, so all 8 dear ones come first."""

    def change(tables):
        tables["markets"] = [row for row in tables["markets"] if row["commodity"] != "ore"]
        tables["processes"].append(
            {"process": "dear", "site": "town", "reference_commodity": "ore", "capacity": 99.0, "variable_cost": 0.0}
        )
        tables["commodities"].append({"commodity": "fee", "unit": "t", "kind": "waste", "balance": "equal"})
        tables["process_flows"] += [
            {"process": "dear", "mode": "upper", "commodity": "ore", "quantity": 1.0},
            {"process": "dear", "mode": "upper", "commodity": "fee", "quantity": 1.0},
            {"process": "dear", "mode": "lower", "commodity": "ore", "quantity": 1.0},
        ]
        tables["markets"].append({"site": "town", "commodity": "fee", "direction": "dispose", "step": 1, "price": 1.0})
        tables["deposits"] = [
            {"deposit": "hill", "block": block, "order": order, "commodity": "ore", "tonnes": tonnes, "process": "dear"}
            for order, (block, tonnes) in enumerate((("upper", 8.0), ("lower", 99.0)), 1)
        ]

    plan = solved(copper(change))
    assert plan.answer.objective == pytest.approx(10 * 3.6 - 6 - 8)


def test_land_opens_by_stages_and_the_stage_is_paid_less_what_is_left(copper):
    """8 ha for 1, decided in 2025 and usable in 2026: two small ones then, half of them left; 49/50 of the
    works left.
    """

    def change(tables):
        tables["zone_stages"] = [{"zone": "town", "stage": 1, "cost": 1.0, "hectares": 8.0, "lead": 1}]

    plan = solved(copper(change))
    assert plan.answer.objective == pytest.approx(5 * 1.6 - 3 - 0.02)
    assert openings(plan).to_dicts() == [{"zone": "town", "stage": "1", "year": 2025, "in_use": 2026}]


@pytest.mark.parametrize(("storage", "energy"), [(0.0, 6 + 21.9), (5.0, 6 + 5 + 21.9), (99.0, 21.9 + 20.1)])
def test_water_is_kept_for_the_dry_season(storage, energy, make_system):
    """5 MW make 21.9 GWh in half a year; 6 million m3 flow in in the dry half, 36 in the wet, 1 m3 a kWh."""
    tables = {
        "commodities": [{"commodity": "power", "unit": "GWh", "kind": "energy", "balance": "equal"}],
        "processes": [
            {
                "process": "dam",
                "site": "S",
                "reference_commodity": "power",
                "capacity": 5.0,
                "activity_per_capacity": 8.76,
            }
        ],
        "process_flows": [{"process": "dam", "mode": "run", "commodity": "power", "quantity": 1.0}],
        "markets": [{"site": "S", "commodity": "power", "direction": "sell", "step": 1, "price": 1.0}],
        "hydro_inflow": [
            {
                "process": "dam",
                "hydrology": "normal",
                "month": month,
                "inflow": 1.0 if month < 7 else 6.0,
                "m3_per_kwh": 1.0,
                "storage": storage,
            }
            for month in range(1, 13)
        ],
        "plan_slices": [
            {"slice": "dry", "order": 1, "hours": 4380.0, "months": "1;2;3;4;5;6"},
            {"slice": "wet", "order": 2, "hours": 4380.0, "months": "7;8;9;10;11;12"},
        ],
        "plan_settings": [
            {"setting": name, "value": value}
            for name, value in (("first_year", "2025"), ("last_year", "2025"), ("discount_rate", "0"))
        ],
    }
    assert solved(make_system(tables)).answer.objective == pytest.approx(energy)


@pytest.mark.parametrize(("limit", "value"), [(None, 12.0), (1.0, 7.1), (0.0, 5.0)])
def test_a_by_product_is_stored_within_its_limit(copper, limit, value):
    """Acid can be disposed of from 2026 only; what stays in stock at the end costs nothing. Stored without limit, 5 + 5
    t are made and 5 t of acid kept: 10 + 2. With 1 t in stock 2 t are made in 2025: one small smelter then, one more in
    2026, 7 x 1.6 - 3 - 1.5 + 0.4. With none, two in 2026: 8 - 3.
    """

    def kept(tables):
        next(row for row in tables["commodities"] if row["commodity"] == "acid").update(
            storable=True, stock_limit=limit
        )
        next(row for row in tables["markets"] if row["commodity"] == "acid")["first_year"] = 2026

    assert solved(copper(kept)).answer.objective == pytest.approx(value)


def test_what_needs_another_waits_and_what_excludes_another_gives_way(copper):
    def needs(tables):
        tables["limits"][0]["value"] = 9.0
        tables["markets"][1]["maximum"] = 50.0
        tables["candidates"][0] |= {"requires": "B", "earliest": 2026}

    def excludes(tables):
        needs(tables)
        tables["candidates"][0] |= {"requires": None, "excludes": "B", "earliest": None}

    # with both: 10 t a year from the big one, 8 t more in 2026 from two small ones: 16 + 16 + 12.8 - 9 - 3 = 32.8
    assert solved(copper(needs)).answer.objective == pytest.approx(32.8)
    # one or the other: 10 t twice less 9 = 23 beats 8 t twice less 6 = 19.6
    assert solved(copper(excludes)).answer.objective == pytest.approx(23.0)


def test_the_least_cost_of_a_given_supply(copper):
    """4 t are agreed in 2026: one small smelter then (1.5), 8 t of ore, acid 0.8, all variable cost 2."""

    def change(tables):
        tables["plan_settings"].append({"setting": "objective", "value": "cost"})
        tables["markets"][1] |= {"minimum": 4.0, "first_year": 2026}

    plan = solved(copper(change))
    assert plan.answer.objective == pytest.approx(1.5 + 8 + 0.8 + 2)


def test_the_tables_of_the_answer(copper):
    system = copper()
    frames = answer_frames(system, solved(system))
    assert frames["builds"].select("project", "year", "lumps", "capital").rows() == [("S", 2025, 2.0, 6.0)]
    assert frames["targets"].select("limit", "year", "asked", "done", "met").rows() == [
        ("smoke", 2025, 1.0, pytest.approx(1.0), True),
        ("smoke", 2026, 1.0, pytest.approx(1.0), True),
    ]
    (first, _) = frames["by_group"].filter(group="priority").to_dicts()
    assert (first["output"], first["value_added"], first["jobs"]) == (
        pytest.approx(10.0),
        pytest.approx(9.0),
        pytest.approx(80.0),
    )
    assert frames["utilisation"].filter(process="small")["used"].to_list() == [pytest.approx(5 / 8)] * 2
    (copper_row,) = frames["elements"].to_dicts()
    assert (copper_row["bought"], copper_row["sold"]) == (pytest.approx(10.0), pytest.approx(10.0))
    assert copper_row["closes"] == pytest.approx(0.0, abs=1e-9)
    sold = frames["trade"].filter(direction="sell")
    assert sold["quantity"].to_list() == [pytest.approx(5.0)] * 2


def test_doing_nothing_the_projects_as_registered_and_the_best(copper):
    system = copper()
    table = {row["case"]: row["objective"] for row in comparison(system, cases(system)).iter_rows(named=True)}
    # as registered: two small and the big one in 2025, the cap still allows 5 t a year: 16 - 15
    assert table == {"nothing-new": 0.0, "as-registered": pytest.approx(1.0), "best": pytest.approx(10.0)}
