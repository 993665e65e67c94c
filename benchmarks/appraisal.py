"""How fast choosing is: SMAA, cash flows, allocation; each beside a plain way of doing the same, in one run.

    python benchmarks/appraisal.py [--smoke]

Seconds are of this process's own work (CPU), so that a busy machine does not blur them; the wall clock stands beside.
The targets are those of the project: 100,000 draws of SMAA with 50 alternatives and 20 criteria, and NPV and IRR of
100,000 cash flows, each within two seconds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyxirr

from fansipan.appraisal.finance.measures import net_present_value
from fansipan.appraisal.finance.rates import internal_rates
from fansipan.appraisal.methods.smaa import smaa
from fansipan.appraisal.methods.weight_draws import WeightRegion, simplex

LIMIT = 2.0  # seconds


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU seconds, wall seconds and the result of `work`."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    return time.process_time() - cpu, time.perf_counter() - wall, found


def told(name: str, cpu: float, wall: float, beside: str = "") -> None:
    print(f"{name:58s} {cpu:7.2f} s CPU {wall:7.2f} s wall  {beside}")


def rank_by_sorting(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The plain way: one matrix product, one argsort, one count."""
    order = np.argsort(-(weights @ values.T), axis=1)
    count = values.shape[0]
    return np.stack([np.bincount(order[:, place], minlength=count) for place in range(count)], axis=1) / len(weights)


def bench_smaa(draws: int, alternatives: int, criteria: int) -> dict[str, float]:
    random = np.random.default_rng(1)
    values = random.random((alternatives, criteria))
    weights = simplex(draws, criteria, random)
    cpu, wall, found = timed(lambda: smaa(values, simplex(draws, criteria, np.random.default_rng(2))))
    told(f"SMAA, free weights, {draws} x {alternatives} x {criteria}", cpu, wall)
    plain, plain_wall, expected = timed(lambda: rank_by_sorting(values, weights))
    told("  sorting only: no pairwise, no central weights", plain, plain_wall, f"ratio {cpu / plain:.2f}")
    assert np.abs(found.acceptability - expected).max() < 0.05
    bounds = WeightRegion(np.full(criteria, 0.6 / criteria), np.full(criteria, 1.6 / criteria), np.zeros(0))
    narrow, narrow_wall, _ = timed(lambda: smaa(values, bounds.draw(draws, np.random.default_rng(3))))
    told("SMAA, every weight within narrow bounds", narrow, narrow_wall)

    def draw(start: int, stop: int) -> np.ndarray:
        return values + 0.1 * np.random.default_rng(start).random((stop - start, alternatives, criteria), np.float32)

    uncertain, uncertain_wall, _ = timed(lambda: smaa(values, weights, draw))
    told("SMAA, every weight and every mark uncertain", uncertain, uncertain_wall)
    return {"free": cpu, "narrow": narrow, "uncertain": uncertain}


def bench_rates(flows: int, years: int) -> dict[str, float]:
    random = np.random.default_rng(1)
    ordinary = np.abs(random.normal(100, 40, (flows, years)))
    ordinary[:, 0] = -random.uniform(400, 3000, flows)

    def both(table: np.ndarray) -> Any:
        return net_present_value(table, 0.1), internal_rates(table)

    cpu, wall, found = timed(lambda: both(ordinary))
    told(f"NPV and IRR of {flows} flows of {years} years", cpu, wall)
    some = ordinary[: max(flows // 20, 1)]
    peer, peer_wall, rates = timed(lambda: [(pyxirr.npv(0.1, row), pyxirr.irr(row)) for row in some])
    peer *= flows / len(some)
    told("  pyxirr, one by one (a twentieth, times twenty)", peer, peer_wall * 20, f"ratio {cpu / peer:.2f}")
    assert np.abs(found[1].rate[: len(some)] - [rate for _, rate in rates]).max() < 1e-9
    mixed, mixed_wall, _ = timed(lambda: both(random.normal(size=(flows, years))))
    told("NPV and every IRR of flows of any sign", mixed, mixed_wall)
    return {"ordinary": cpu, "mixed": mixed}


def main() -> None:
    """Run everything, small with ``--smoke``, and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small sizes, to see that it runs")
    smoke = parser.parse_args().smoke
    found = bench_smaa(2_000, 12, 5) if smoke else bench_smaa(100_000, 50, 20)
    found |= bench_rates(1_000, 20) if smoke else bench_rates(100_000, 25)
    late = [name for name in ("free", "ordinary") if found[name] > LIMIT]
    print("within two seconds" if not late else f"over two seconds: {', '.join(late)}")


if __name__ == "__main__":
    main()
