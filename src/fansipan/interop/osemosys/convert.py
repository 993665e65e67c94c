"""An OSeMOSYS model as a network of the planning engine (method rule E16)."""

from __future__ import annotations

from itertools import product

import numpy as np

from fansipan.expansion.network.arrays import (
    Activities,
    Bounds,
    Costs,
    Emissions,
    Flows,
    Horizon,
    Inputs,
    Links,
    Network,
    Nodes,
    Processes,
    Reserve,
    Shares,
    Stores,
)
from fansipan.expansion.system.accounting import capital_present, discount_factor, hurdle_factor
from fansipan.interop.osemosys.combinations import capacity_inputs, combinations_of
from fansipan.interop.osemosys.folder import Folder
from fansipan.interop.osemosys.modes import Modes
from fansipan.interop.osemosys.warn import acting, least_activity
from fansipan.linear.keys import Codes, Floats, Keys

NO_LIMIT = -1.0


def network_of(folder: Folder) -> Network:
    """The planning system that `folder` describes; regions are sites, technologies processes, fuels commodities."""
    sets, modes = folder.sets, _modes(folder)
    regions, technologies = len(sets["REGION"]), len(sets["TECHNOLOGY"])
    horizon = Horizon(tuple(int(year) for year in sets["YEAR"]), sets["TIMESLICE"], folder.dense("YearSplit"))
    mode_names = [
        f"{_name(folder, 'TECHNOLOGY', r, t)}|{sets['MODE_OF_OPERATION'][m]}"
        for r, t, m in zip(*modes.keys.codes, strict=True)
    ]
    assert modes.process.max(initial=-1) < regions * technologies
    return Network(
        horizon=horizon,
        processes=_processes(folder, modes),
        activities=Activities(tuple(mode_names), modes.process, modes.active),
        flows=_flows(folder, modes),
        nodes=_nodes(folder),
        costs=_costs(folder, modes, horizon.years),
        links=_links(folder),
        capacity=_bounds(folder, "TotalAnnualMinCapacity", "TotalAnnualMaxCapacity"),
        build=_bounds(folder, "TotalAnnualMinCapacityInvestment", "TotalAnnualMaxCapacityInvestment"),
        activity=_activity_bounds(folder),
        emissions=_emissions(folder, modes),
        reserve=_reserve(folder),
        shares=_shares(folder),
        stores=_stores(folder, modes),
        limits=combinations_of(folder, modes),
        inputs=Inputs(*capacity_inputs(folder)),
    )


def _name(folder: Folder, kind: str, region: int, code: int) -> str:
    own = folder.sets[kind][code]
    return own if len(folder.sets["REGION"]) == 1 else f"{folder.sets['REGION'][region]}|{own}"


def _names(folder: Folder, kind: str) -> tuple[str, ...]:
    sizes = (range(len(folder.sets["REGION"])), range(len(folder.sets[kind])))
    return tuple(_name(folder, kind, region, code) for region, code in product(*sizes))


def _flat(values: Floats) -> Floats:
    """Region and technology (or fuel, storage, emission) as one axis."""
    return values.reshape(values.shape[0] * values.shape[1], *values.shape[2:])


def _modes(folder: Folder) -> Modes:
    """Every region, technology and mode that does something, and the years in which it does."""
    sizes = tuple(len(folder.sets[name]) for name in ("REGION", "TECHNOLOGY", "MODE_OF_OPERATION"))
    years = np.arange(len(folder.sets["YEAR"]))
    rows: list[tuple[Codes, Codes, Codes, Codes]] = []
    for name in ("InputActivityRatio", "OutputActivityRatio", "EmissionActivityRatio"):
        (r, t, _, m, y), _ = folder.parameters[name].nonzero()
        rows.append((r, t, m, y))
    for name in ("TechnologyToStorage", "TechnologyFromStorage"):
        (r, t, _, m), _ = folder.parameters[name].nonzero()
        r, t, m = (np.repeat(code, len(years)) for code in (r, t, m))
        rows.append((r, t, m, np.tile(years, len(r) // max(len(years), 1))))
    rows.append(folder.parameters["TechnologyActivityByModeLowerLimit"].nonzero()[0])  # type: ignore[arg-type]
    rows += _obliged(folder, sizes[2], years)
    r, t, m, y = (np.concatenate(codes) for codes in zip(*rows, strict=True))
    keys = Keys.of(REGION=(r, sizes[0]), TECHNOLOGY=(t, sizes[1]), MODE_OF_OPERATION=(m, sizes[2]))
    active = np.zeros((len(keys), len(years)), bool)
    active[keys.find(r, t, m), y] = True
    return Modes(keys, keys.codes[0] * sizes[1] + keys.codes[1], active)


def _obliged(folder: Folder, modes: int, years: Codes) -> list[tuple[Codes, Codes, Codes, Codes]]:
    """Technologies that have a least activity in a year and no mode with flows: they run in all of their modes.

    Where a mode has flows, only such modes run: others would meet the least activity, or earn, by doing nothing.
    """
    least = least_activity(folder) & ~acting(folder).any(axis=2)
    r, t, y = np.nonzero(least)
    return [(r, t, np.full(len(r), mode), y) for mode in range(modes)]


def _processes(folder: Folder, modes: Modes) -> Processes:
    existing = _flat(folder.dense("ResidualCapacity"))
    relevant = np.zeros(len(existing), bool)
    relevant[modes.process] = True
    for name in ("TotalAnnualMinCapacity", "TotalAnnualMinCapacityInvestment", "ReserveMarginTagTechnology"):
        relevant |= (_flat(folder.dense(name)) > 0).any(axis=1)
    for name in ("UDCMultiplierTotalCapacity", "UDCMultiplierNewCapacity"):
        relevant |= (_flat(folder.dense(name)) != 0).any(axis=(1, 2))
    relevant |= (_flat(folder.dense("CapitalCost")) < 0).any(axis=1)
    buildable = relevant[:, None] & (_flat(folder.dense("TotalAnnualMaxCapacityInvestment")) != 0)
    return Processes(
        names=_names(folder, "TECHNOLOGY"),
        unit=_flat(folder.dense("CapacityToActivityUnit")),
        life=_flat(folder.dense("OperationalLife")),
        existing=existing,
        buildable=buildable,
        lump=_flat(folder.dense("CapacityOfOneTechnologyUnit")),
        available=_flat(folder.dense("CapacityFactor")),
        yearly=_flat(folder.dense("AvailabilityFactor")),
    )


def _flows(folder: Folder, modes: Modes) -> Flows:
    fuels = len(folder.sets["FUEL"])
    columns = []
    for name, sign in (("OutputActivityRatio", 1.0), ("InputActivityRatio", -1.0)):
        (r, t, f, m, y), ratio = folder.parameters[name].nonzero()
        columns.append((modes.find(r, t, m), r * fuels + f, y, sign * ratio))
    return Flows(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def _nodes(folder: Folder) -> Nodes:
    demand = _flat(folder.dense("SpecifiedAnnualDemand"))
    profile = _flat(folder.dense("SpecifiedDemandProfile"))
    names = _names(folder, "FUEL")
    present = demand > 0
    fuels = len(folder.sets["FUEL"])
    for name in ("OutputActivityRatio", "InputActivityRatio"):
        (r, _, f, _, y), _ = folder.parameters[name].nonzero()
        present[r * fuels + f, y] = True
    (r, other, f, y), _ = folder.parameters["TradeRoute"].nonzero()
    present[r * fuels + f, y] = True
    present[other * fuels + f, y] = True
    sliced = demand[:, None, :] * profile
    return Nodes(names, np.zeros(len(names), bool), present, sliced, _flat(folder.dense("AccumulatedAnnualDemand")))


def _links(folder: Folder) -> Links:
    """One free amount for each pair of regions that trade: what one sends the other receives. OSeMOSYS EBa10, EBa11."""
    route = folder.dense("TradeRoute")
    both = (route != 0) | (route.transpose(1, 0, 2, 3) != 0)
    r, other, f, y = np.nonzero(both & np.triu(np.ones(both.shape[:2], bool), 1)[:, :, None, None])
    fuels, slices = len(folder.sets["FUEL"]), len(folder.sets["TIMESLICE"])
    regions = len(folder.sets["REGION"])
    flat = (r * regions + other) * fuels + f
    distinct, link = np.unique(flat, return_inverse=True)
    names = folder.sets["REGION"], folder.sets["FUEL"]
    ends = [(code // fuels // regions, code // fuels % regions, code % fuels) for code in distinct]
    free = np.full((len(r), slices), np.inf)
    return Links(
        tuple(f"{names[0][a]}-{names[0][b]}|{names[1][c]}" for a, b, c in ends),
        link,
        y,
        r * fuels + f,
        other * fuels + f,
        route[r, other, f, y],
        route[other, r, f, y],
        -free,
        free,
        np.zeros(len(r)),
    )


def _costs(folder: Folder, modes: Modes, years: tuple[int, ...]) -> Costs:
    """Present values, each region at its discount rate. OSeMOSYS CC1 to OC4, SV1 to SV4, E3 to E5, SI4 to SI10."""
    rate, method = folder.dense("DiscountRate"), folder.dense("DepreciationMethod")
    technologies, stores = len(folder.sets["TECHNOLOGY"]), len(folder.sets["STORAGE"])
    life = _flat(folder.dense("OperationalLife"))
    own, depreciation = np.repeat(rate, technologies), np.repeat(method, technologies)
    middle = discount_factor(rate, years, 0.5)
    region, technology, mode = modes.keys.codes
    variable = folder.parameters["VariableCost"].dense()[region, technology, mode]
    capital = _flat(folder.dense("CapitalCost")) * capital_present(own, life, depreciation, years)
    capital *= hurdle_factor(_flat(folder.dense("DiscountRateIdv")), own, life)[:, None]
    store_rate, store_life = (_flat(folder.dense(name)) for name in ("DiscountRateStorage", "OperationalLifeStorage"))
    return Costs(
        build=capital,
        hold=_flat(folder.dense("FixedCost")) * np.repeat(middle, technologies, axis=0),
        run=(variable + _penalty(folder, modes)) * middle[region],
        store=_flat(folder.dense("CapitalCostStorage"))
        * capital_present(store_rate, store_life, np.repeat(method, stores), years),
    )


def _penalty(folder: Folder, modes: Modes) -> Floats:
    (r, t, e, m, y), ratio = folder.parameters["EmissionActivityRatio"].nonzero()
    cost = np.zeros(modes.active.shape)
    np.add.at(cost, (modes.find(r, t, m), y), ratio * folder.dense("EmissionsPenalty")[r, e, y])
    return cost


def _upper(folder: Folder, name: str) -> Floats:
    limit = folder.dense(name)
    return np.where(limit == NO_LIMIT, np.nan, limit)


def _lower(folder: Folder, name: str) -> Floats:
    limit = folder.dense(name)
    return np.where(limit > 0, limit, np.nan)


def _bounds(folder: Folder, least: str, most: str) -> Bounds:
    return Bounds(_flat(_lower(folder, least)), _flat(_upper(folder, most)))


def _activity_bounds(folder: Folder) -> Bounds:
    kind = "TotalTechnologyAnnualActivity", "TotalTechnologyModelPeriodActivity"
    yearly, period = ((_lower(folder, f"{k}LowerLimit"), _upper(folder, f"{k}UpperLimit")) for k in kind)
    return Bounds(_flat(yearly[0]), _flat(yearly[1]), period[0].ravel(), period[1].ravel())


def _emissions(folder: Folder, modes: Modes) -> Emissions:
    (r, t, e, m, y), ratio = folder.parameters["EmissionActivityRatio"].nonzero()
    yearly = _upper(folder, "AnnualEmissionLimit") - folder.dense("AnnualExogenousEmission")
    period = _upper(folder, "ModelPeriodEmissionLimit") - folder.dense("ModelPeriodExogenousEmission")
    emission = r * len(folder.sets["EMISSION"]) + e
    names = _names(folder, "EMISSION")
    return Emissions(names, modes.find(r, t, m), emission, y, ratio, _flat(yearly), period.ravel())


def _reserve(folder: Folder) -> Reserve | None:
    nodes = _flat(folder.dense("ReserveMarginTagFuel"))
    if not nodes.any():
        return None
    process, node = _groups(folder)
    shares = _flat(folder.dense("ReserveMarginTagTechnology"))
    return Reserve(folder.sets["REGION"], process, shares, node, nodes, folder.dense("ReserveMargin"))


def _shares(folder: Folder) -> Shares | None:
    target = folder.dense("REMinProductionTarget")
    if not target.any():
        return None
    process, node = _groups(folder)
    return Shares(
        folder.sets["REGION"],
        process,
        _flat(folder.dense("RETagTechnology")),
        node,
        _flat(folder.dense("RETagFuel")),
        target,
    )


def _groups(folder: Folder) -> tuple[Codes, Codes]:
    regions = np.arange(len(folder.sets["REGION"]))
    return np.repeat(regions, len(folder.sets["TECHNOLOGY"])), np.repeat(regions, len(folder.sets["FUEL"]))


def _stores(folder: Folder, modes: Modes) -> Stores | None:
    if not folder.sets["STORAGE"]:
        return None
    return Stores(
        names=_names(folder, "STORAGE"),
        charge=_store_table(folder, modes, "TechnologyToStorage"),
        discharge=_store_table(folder, modes, "TechnologyFromStorage"),
        seasons=folder.sets["SEASON"],
        daytypes=folder.sets["DAYTYPE"],
        brackets=folder.sets["DAILYTIMEBRACKET"],
        season=folder.dense("Conversionls"),
        daytype=folder.dense("Conversionld"),
        bracket=folder.dense("Conversionlh"),
        day_share=folder.dense("DaySplit"),
        days=folder.dense("DaysInDayType"),
        start=_flat(folder.dense("StorageLevelStart")),
        existing=_flat(folder.dense("ResidualStorageCapacity")),
        least=_flat(folder.dense("MinStorageCharge")),
        charge_most=_flat(folder.dense("StorageMaxChargeRate")),
        discharge_most=_flat(folder.dense("StorageMaxDischargeRate")),
        life=_flat(folder.dense("OperationalLifeStorage")),
    )


def _store_table(folder: Folder, modes: Modes, name: str) -> tuple[Codes, Codes, Floats]:
    (r, t, s, m), rate = folder.parameters[name].nonzero()
    some = rate > 0
    store = r * len(folder.sets["STORAGE"]) + s
    return store[some], modes.find(r, t, m)[some], rate[some]
