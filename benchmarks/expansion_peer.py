"""One small multi-year system in Fansipan and in PyPSA: the objectives must be equal to 1e-6.

    python benchmarks/expansion_peer.py --peers PYTHON_OF_PEERS

The copper system of tests/cases/expansion/copper (two smelters in lumps, acid to be disposed of, smoke capped, two
years), which docs/methods/expansion.md works by hand (rule E27). In PyPSA: buses for ore,
metal and acid; smelters as links
with two outputs and whole modules; markets as generators; the cap on smoke as one on the ore bought, of which a tonne
gives 0.1; capital as a yearly payment of half, which over two years, at no discount, is capital less salvage.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

COPPER = Path(__file__).parents[1] / "tests" / "cases" / "expansion" / "copper"


def fansipan() -> float:
    """The best value in Fansipan, from the tables."""
    from fansipan.expansion.load import read_system
    from fansipan.expansion.network.compilation import network_of
    from fansipan.expansion.solve.plan import solve_network

    objective = solve_network(network_of(read_system(COPPER)[0])).answer.objective
    assert objective is not None
    return objective


def pypsa() -> float:
    """The best value in PyPSA: less its least cost."""
    import pandas as pd
    import pypsa

    years = [2025, 2026]
    network = pypsa.Network()
    network.set_snapshots(pd.MultiIndex.from_product([years, ["year"]]))
    network.investment_periods = years
    network.investment_period_weightings["objective"] = 1.0
    network.investment_period_weightings["years"] = 1.0
    network.add("Carrier", "ore", co2_emissions=0.1)
    for bus in ("ore", "metal", "acid"):
        network.add("Bus", bus)
    network.add("Generator", "buy ore", bus="ore", carrier="ore", p_nom=1e4, marginal_cost=1.0)
    network.add("Generator", "sell metal", bus="metal", sign=-1.0, p_nom=6.0, marginal_cost=-4.0)
    network.add("Generator", "dispose acid", bus="acid", sign=-1.0, p_nom=1e4, marginal_cost=0.4)
    for year in years:
        for name, lump, most, capital in (("small", 4.0, 2, 3.0), ("big", 10.0, 1, 9.0)):
            # a link is sized by its input: two tonnes of ore for one of metal
            network.add(
                "Link",
                f"{name} {year}",
                bus0="ore",
                bus1="metal",
                bus2="acid",
                efficiency=0.5,
                efficiency2=0.25,
                p_nom_extendable=True,
                p_nom_mod=2 * lump,
                p_nom_max=2 * lump * most,
                build_year=year,
                lifetime=2,
                capital_cost=capital / 2 / (2 * lump),
                marginal_cost=0.1,
            )
    for year in years:
        network.add(
            "GlobalConstraint",
            f"smoke {year}",
            type="primary_energy",
            carrier_attribute="co2_emissions",
            sense="<=",
            constant=1.0,
            investment_period=year,
        )
    status, condition = network.optimize(
        multi_investment_periods=True, solver_name="highs", log_to_console=False, mip_rel_gap=0.0
    )
    assert status == "ok", condition
    return -(network.objective + getattr(network, "objective_constant", 0.0))


def main() -> None:
    """Solve in both and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="the Python of the peers' environment")
    parser.add_argument("--one", action="store_true", help="print PyPSA's objective and stop")
    asked = parser.parse_args()
    if asked.one:
        print(f"objective {pypsa()!r}")
        return
    out = subprocess.run([asked.peers, __file__, "--one"], capture_output=True, text=True, check=True).stdout
    peer = float(next(line for line in out.splitlines() if line.startswith("objective")).split()[-1])
    own = fansipan()
    print(f"Fansipan {own:.9f}, PyPSA {peer:.9f}, relative difference {abs(own - peer) / abs(peer):.2e}")
    if abs(own - peer) > 1e-6 * abs(peer):
        sys.exit(1)


if __name__ == "__main__":
    main()
