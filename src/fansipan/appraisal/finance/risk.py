"""What becomes of a project's worth when its assumptions are wrong, one at a time and together. Rules A36 and A37."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fansipan.appraisal.finance.cash_flow import Drivers, cash_flow
from fansipan.appraisal.finance.measures import net_present_value
from fansipan.appraisal.finance.plan import Plan
from fansipan.appraisal.finance.rates import Floats, internal_rates
from fansipan.errors import Fault, refuse

FACTORS = ("price", "volume", "inputs", "fixed", "capital")
NAMES = (*FACTORS, "delay")
GRID, REFINED = 401, 5  # points of each grid, and how often it is refined: to the last bits of a factor


def sensitivity(plan: Plan, change: float = 0.10, delay: float = 1.0) -> pl.DataFrame:
    """NPV with each driver `change` lower and higher (0.1 is 10 %), and production `delay` years late. Rule A36.

    Columns: driver, low, high (NPV in billion đồng), swing (their distance) and switch: the change (-0.2 is 20 % less)
    at which NPV is zero, null if none within -100 % to +300 %. Ordered by swing, the largest first.
    """
    rows = []
    for name in FACTORS:
        low, high = (_npv(plan, name, np.array([1 + side * change])) for side in (-1, 1))
        rows.append((name, float(low[0]), float(high[0]), _switch(plan, name)))
    late = float(_npv(plan, "delay", np.array([delay]))[0])
    rows.append(("delay", late, float(_npv(plan, "delay", np.zeros(1))[0]), None))
    frame = pl.DataFrame(rows, schema=["driver", "low", "high", "switch"], orient="row", infer_schema_length=None)
    swing = frame.with_columns(pl.col("switch").cast(pl.Float64), swing=(pl.col("high") - pl.col("low")).abs())
    return swing.sort("swing", descending=True, maintain_order=True).select("driver", "low", "high", "swing", "switch")


def _npv(plan: Plan, name: str, factor: Floats) -> Floats:
    flow = cash_flow(plan, Drivers.as_planned(len(factor)).changed(name, factor))
    return net_present_value(flow.project, flow.rate)


def _switch(plan: Plan, name: str) -> float | None:
    """The nearest change at which NPV crosses zero: on a fine grid, then on ever finer ones within its step."""
    low, high, near = 0.0, 4.0, 1.0
    for _ in range(REFINED):
        grid = np.linspace(low, high, GRID)
        values = _npv(plan, name, grid)
        crossings = np.flatnonzero(values[:-1] * values[1:] <= 0)
        if not len(crossings):
            return None
        at = crossings[np.argmin(np.abs(grid[crossings] - near))]
        low, high = grid[at], grid[at + 1]
        near = low
    return float((low + high) / 2 - 1)


@dataclass(frozen=True)
class Simulated:
    """Draws of a project's worth: `npv` and `irr` (nan where not one) one a draw, `least_cover` nan without debt.

    `drivers` has the factor of each driver in each draw.
    """

    npv: Floats
    irr: Floats
    least_cover: Floats
    drivers: pl.DataFrame

    def summary(self) -> dict[str, float | None]:
        """Mean, 5 %, 50 % and 95 % points of NPV; the chance that it is negative; the same points of IRR; the chance
        that in some year debt is not covered.
        """
        low, middle, high = (float(q) for q in np.quantile(self.npv, (0.05, 0.5, 0.95)))
        single = self.irr[~np.isnan(self.irr)]
        rates = [float(q) for q in np.quantile(single, (0.05, 0.5, 0.95))] if len(single) else [None] * 3
        covered = self.least_cover[~np.isnan(self.least_cover)]
        return {
            "npv_mean": float(self.npv.mean()),
            "npv_low": low,
            "npv_middle": middle,
            "npv_high": high,
            "loss": float(np.mean(self.npv < 0)),
            "irr_low": rates[0],
            "irr_middle": rates[1],
            "irr_high": rates[2],
            "irr_single": float(len(single) / len(self.irr)),
            "uncovered": float(np.mean(covered < 1)) if len(covered) else None,
        }

    def importance(self) -> pl.DataFrame:
        """How much each driver matters: its rank correlation with NPV, the strongest first."""
        ranked = np.argsort(np.argsort(self.npv)).astype(float)
        rows = []
        for name in self.drivers.columns:
            values = self.drivers[name].to_numpy()
            varies = np.ptp(values) > 0
            own = np.argsort(np.argsort(values)).astype(float)
            rows.append((name, float(np.corrcoef(own, ranked)[0, 1]) if varies and np.ptp(self.npv) > 0 else 0.0))
        frame = pl.DataFrame(rows, schema={"driver": pl.String, "correlation": pl.Float64}, orient="row")
        return frame.sort(pl.col("correlation").abs(), descending=True, maintain_order=True)


def simulate(plan: Plan, spreads: dict[str, tuple[float, float]], *, draws: int = 10_000, seed: int = 1) -> Simulated:
    """Draw the drivers named in `spreads` from triangles and find the worth of each draw. Rule A37.

    A spread is (low, high) around 1 for a factor, around 0 for ``delay`` (years). Raises InvalidInput for a driver that
    there is not, or a spread that does not hold its middle.
    """
    refuse(wrong_spreads(spreads))
    random = np.random.default_rng(seed)
    drivers, drawn = Drivers.as_planned(draws), {}
    for name in NAMES:
        low, high = spreads.get(name, (0.0, 0.0) if name == "delay" else (1.0, 1.0))
        middle = min(max(0.0, low), high) if name == "delay" else 1.0
        drawn[name] = random.triangular(low, middle, high, draws) if high > low else np.full(draws, low)
        drivers = drivers.changed(name, drawn[name])
    flow = cash_flow(plan, drivers)
    cover = np.where(np.isnan(flow.cover), np.inf, flow.cover).min(axis=1)
    least = np.where(np.isinf(cover), np.nan, cover)
    npv = net_present_value(flow.project, flow.rate)
    return Simulated(npv, internal_rates(flow.project).rate, least, pl.DataFrame(drawn))


def wrong_spreads(spreads: dict[str, tuple[float, float]]) -> list[Fault]:
    """A fault for each driver that there is not, and for each spread that does not hold its middle."""
    wrong = []
    for name, (low, high) in spreads.items():
        middle = 0.0 if name == "delay" else 1.0
        if name not in NAMES or not low <= middle <= high or low < 0:
            wrong.append(Fault("finance.spread", {"name": name, "known": ", ".join(NAMES)}))
    return wrong
