"""Random small provinces that use every planning table: mines, smelters, power, parks, works, targets."""

import random


def province(seed):
    """Rows by table: ore from two blocks to metal at one of two parks, with acid, power from a dam or the grid."""
    d = random.Random(seed)

    def some(low, high, digits=2):
        return round(d.uniform(low, high), digits)

    def perhaps(value, chance=0.5):
        return value if d.random() < chance else None

    first, years = 2024, d.choice([1, 2, 3])
    last = first + years - 1
    tables = {
        "plan_settings": [
            {"setting": "first_year", "value": str(first)},
            {"setting": "last_year", "value": str(last)},
            {"setting": "discount_rate", "value": d.choice(["0", "0.08"])},
            {"setting": "depreciation", "value": d.choice(["sinking-fund", "straight-line"])},
            {"setting": "hydrology", "value": d.choice(["dry", "normal"])},
        ],
        "zones": [
            {"zone": "hill", "name": "Đồi", "kind": "cluster", "area": "north"},
            {"zone": "town", "name": "Thị trấn", "kind": "park", "area": "south"},
            {"zone": "park", "name": "Khu mới", "kind": "park", "area": "south"},
        ],
        "commodities": [
            good("ore", "ore", "at-least", some(0.5, 1)),
            good("metal", "product", "equal", some(6, 9), some(4, 6)),
            good(
                "acid",
                "by-product",
                d.choice(["equal", "at-least"]),
                0.0,
                storable=d.random() < 0.5,
                stock_limit=perhaps(some(0, 9)),
            ),
            good("power", "energy", "at-least", 0.5, 0.4),
            good("dust", "emission", "at-least"),
            good("tea", "product", "equal", some(1, 3), some(1, 3)),
        ],
        "process_flows": [],
        "markets": [],
        "links": [],
        "candidates": [],
        "limits": [],
        "zone_stages": [],
        "processes": [],
        "availability": [],
        "deposits": [],
        "hydro_inflow": [],
    }
    slices = d.choice([[], [("dry", 4000.0, "11;12;1;2;3;4"), ("wet", 4760.0, "5;6;7;8;9;10")]])
    tables["plan_slices"] = [
        {"slice": name, "order": k, "hours": hours, "months": months}
        for k, (name, hours, months) in enumerate(slices, 1)
    ]

    def process(code, site, good, **more):
        tables["processes"].append({"process": code, "name": code, "site": site, "reference_commodity": good} | more)

    def flow(code, mode, **goods):
        tables["process_flows"] += [
            {"process": code, "mode": mode, "commodity": name, "quantity": amount} for name, amount in goods.items()
        ]

    process("mine", "hill", "ore", capacity=some(20, 60), variable_cost=some(0, 0.3), section="B", jobs=0.5)
    for order, block in enumerate(("rich", "poor"), 1):
        flow("mine", block, ore=1.0, dust=some(0, 0.2))
        tables["deposits"].append(
            {
                "deposit": "D",
                "block": block,
                "order": order,
                "commodity": "ore",
                "process": "mine",
                "tonnes": some(5, 40),
                "licence_per_year": perhaps(some(10, 40)),
                "last_year": perhaps(last, 0.2),
            }
        )
    for site in ("town", "park"):
        process(
            f"smelt-{site}",
            site,
            "metal",
            capacity=d.choice([0.0, 2.0]) if site == "town" else 0.0,
            section="C",
            group=d.choice(["priority", None]),
            life=d.choice([2, 5, 30]),
            fixed_cost=some(0, 0.4),
            variable_cost=some(0, 0.5),
            intermediate_share=d.choice([1.0, 0.6]),
            jobs=2.0,
            land=some(0, 1),
            power=some(0, 1),
            water=1.0,
            waste_water=0.5,
            min_load=d.choice([None, 0.3]),
            ramp_1=perhaps(0.6),
            ramp_2=perhaps(0.8),
            retires=perhaps(last) if site == "town" else None,
        )
        flow(f"smelt-{site}", "run", ore=-some(2, 3), power=-some(0.1, 0.5), metal=1.0, acid=0.5, dust=some(0, 0.5))
        if d.random() < 0.4:
            flow(f"smelt-{site}", "clean", ore=-3.0, power=-0.9, metal=1.0, acid=0.5)
        size, most, capital = some(1, 4), d.choice([1, 2]), some(1, 6)
        tables["candidates"].append(
            candidate(d, f"smelt-{site}", "smelter", size, most, capital)
            | {"owner": "state", "hurdle_rate": perhaps(0.12, 0.3)}
        )
        tables["markets"].append(market(site, "acid", "dispose", some(0.1, 0.6), maximum=perhaps(some(0, 6))))
        tables["links"].append(
            {
                "from_site": "hill",
                "to_site": site,
                "commodity": "ore",
                "cost": some(0, 0.2),
                "capacity": perhaps(some(4, 30)),
                "loss": perhaps(0.02),
                "link": "road" if site == "town" else None,
            }
        )
        tables["links"].append({"from_site": "hill", "to_site": site, "commodity": "power", "loss": 0.05})
        tables["markets"].append(market(site, "metal", "sell", some(6, 9), maximum=perhaps(some(3, 9))))
    tables["markets"] += [
        market("town", "metal", "sell", 3.0, step=2, growth=perhaps(0.05), maximum=20.0),
        market("hill", "power", "buy", some(0.5, 1.5), growth=perhaps(0.1, 0.3), maximum=perhaps(some(3, 30))),
        market("hill", "tea", "sell", some(1, 3), maximum=some(1, 5), minimum=perhaps(some(0, 0.5), 0.3)),
    ]
    process("garden", "hill", "tea", capacity=some(1, 4), section="C", jobs=9.0, fixed_cost=0.1)
    flow("garden", "pick", tea=1.0)
    process("dam", "hill", "power", capacity=some(0.2, 2), activity_per_capacity=8.76, section="D")
    flow("dam", "run", power=1.0)
    for month in range(1, 13):
        for hydrology, factor in (("dry", 0.5), ("normal", 1.0)):
            tables["hydro_inflow"].append(
                {
                    "process": "dam",
                    "hydrology": hydrology,
                    "month": month,
                    "m3_per_kwh": 2.0,
                    "storage": 3.0,
                    "inflow": round(factor * (1.0 if month in (11, 12, 1, 2, 3, 4) else 3.0), 3),
                }
            )
    if slices:
        tables["availability"].append({"process": "garden", "slice": "wet", "share": some(0.3, 1)})
    _projects(d, tables, process, some, perhaps)
    _limits(d, tables, some, last)
    return tables


def good(code, kind, balance, price=None, fixed=None, **more):
    unit = "GWh" if kind == "energy" else "t"
    return {
        "commodity": code,
        "name": code,
        "unit": unit,
        "kind": kind,
        "balance": balance,
        "accounting_price": price,
        "price_2010": fixed,
    } | more


def market(site, commodity, direction, price, step=1, **more):
    return {"site": site, "commodity": commodity, "direction": direction, "step": step, "price": price} | more


def candidate(d, process, code, lump, most, capital):
    return {
        "candidate": code,
        "process": process,
        "lump": lump,
        "max_lumps": most,
        "capital": capital,
        "lead": d.choice([None, 0, 1]),
    }


def _projects(d, tables, process, some, perhaps):
    """A road, a substation, a second garden that needs the road or excludes it, and land that opens by stages."""
    process("road-works", "hill", "ore", capacity=0.0, life=20)
    process("substation", "town", "power", capacity=d.choice([0.0, 1.0]), life=20)
    process("garden-2", "hill", "tea", capacity=0.0, section="C", jobs=9.0)
    tables["process_flows"].append({"process": "garden-2", "mode": "pick", "commodity": "tea", "quantity": 1.0})
    tables["candidates"] += [
        candidate(d, "road-works", "road-works", 1.0, 2, some(0.1, 1)) | {"raises": "road", "raises_by": 5.0},
        candidate(d, "substation", "substation", 1.0, 2, some(0.1, 1)) | {"raises": "line", "raises_by": 2.0},
        candidate(d, "garden-2", "garden-2", 1.0, 1, some(0.1, 1))
        | {"requires": perhaps("road-works", 0.3), "excludes": perhaps("substation", 0.3), "must": d.random() < 0.3},
    ]
    if d.random() < 0.6:
        for stage in (1, 2):
            tables["zone_stages"].append(
                {
                    "zone": "park",
                    "stage": stage,
                    "cost": some(0.1, 1),
                    "hectares": some(1, 4),
                    "lead": d.choice([None, 1]),
                    "owner": "state",
                    "earliest": perhaps(2024 + stage - 1),
                }
            )


def _limits(d, tables, some, last):
    """Ceilings on resources, money and dust; floors of output, share and parks, some of which may be missed."""

    def limit(code, measure, value, comparison="at-most", scope="province", item=None, chance=0.5, **more):
        if d.random() < chance:
            tables["limits"].append(
                {
                    "limit": code,
                    "name": code,
                    "scope": scope,
                    "item": item,
                    "measure": measure,
                    "value": value,
                    "comparison": comparison,
                }
                | more
            )

    limit("line", "power", some(0.5, 3), scope="site", item="town", chance=1.0)
    limit("land-town", "land", some(1, 4), scope="site", item="town")
    limit("water", "water", some(2, 8), scope="area", item="south")
    limit("waste", "waste_water", some(1, 4), scope="province")
    limit("people", "labour", some(60, 99))
    limit("purse", "budget", some(3, 9), scope="owner", item="state")
    limit("all-money", "budget", some(6, 20), total=True)
    limit("dust", "emission", some(2, 9), commodity="dust")
    limit("ore-period", "production", some(20, 60), commodity="ore", total=True)
    limit("metal", "production", some(2, 8), "at-least", commodity="metal", priority=d.choice([1, 2]))
    limit("gross", "output", some(10, 40), "at-least", priority=2, first_year=last)
    limit("added", "value_added", some(5, 30), "at-least", priority=1)
    limit("share", "output_share", some(0.3, 0.9), "at-least", "section", "C", priority=1)
    limit("group", "value_share", some(0.1, 0.5), "at-least", "group", "priority", priority=2)
    limit("parks", "parks", 1.0, "at-least", priority=1, last_year=last)
