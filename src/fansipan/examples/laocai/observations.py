"""The monthly tables of the example: returns, establishments' own returns, and edits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import fsum
from random import Random

import polars as pl

from fansipan.examples.laocai.calibration import Volumes, calibrate
from fansipan.examples.laocai.forms import Crews, read_data
from fansipan.examples.laocai.lines import Line, all_lines, events_of, latent_volumes
from fansipan.examples.laocai.mishaps import all_mishaps, gaps_of, planned_mishaps
from fansipan.examples.laocai.prices import current_prices
from fansipan.examples.laocai.reporting import Edit, Return, returns_of, sending, stage_moment, stocks_of, with_mishaps
from fansipan.tables import REGISTRY

REASONS = (
    "Cán bộ thống kê nghỉ phép",
    "Chậm chốt số liệu kho",
    "Lỗi đường truyền",
    "Nghỉ Tết, chốt sổ muộn",
    "Chờ xác nhận sản lượng",
)
RULES = {
    "unit": ("unit", "Sai đơn vị tính, gấp 1.000 lần"),
    "swapped": ("digits", "Đảo chữ số khi nhập"),
    "cumulative": ("cumulative", "Ghi số lũy kế thay cho số tháng"),
    "sign": ("sign", "Ghi mất dấu âm của hàng trả lại"),
}
OFFICE = "Phòng Quản lý công nghiệp, Sở Công Thương"


@cache
def calibrated_volumes(seed: int) -> Volumes:
    """The example's volumes as known on 31 May 2024, each in the product's unit, plus one month of foresight."""
    lines = all_lines()
    latent = {line.key: latent_volumes(line, seed) for line in lines}
    return calibrate(lines, latent, gaps_of(planned_mishaps()))


def monthly_tables(seed: int) -> dict[str, pl.DataFrame]:
    """The tables `returns`, `establishment_returns` and `edits`."""
    lines, volumes = all_lines(), calibrated_volumes(seed)
    rows = [row for line in lines for row in returns_of(line, stocks_of(line, volumes, seed), volumes, seed)]
    came, edits = with_mishaps(rows, all_mishaps(lines, volumes, seed), volumes)
    return {
        "returns": _returns(came, seed),
        "establishment_returns": _establishment_returns(came, lines, volumes, seed),
        "edits": _edits(edits),
    }


def _frame(name: str, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    """Rows in the order of the declared columns, without source and origin, as an illustrative table."""
    table = REGISTRY[name]
    schema = {n: c.dtype for n, c in table.columns().items() if n not in ("source", "origin")}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.lit("illustrative").alias("source"))
    return pl.concat([table.create_empty(), frame], how="diagonal")


def _returns(came: Sequence[Return], seed: int) -> pl.DataFrame:
    prices, rows = current_prices(seed), []
    for r in sorted(came, key=lambda r: (r.recorded_at, r.line.key, r.month)):
        chance = Random(f"{seed}/value/{r.line.establishment}/{r.line.product}/{r.month}/{r.stage}")
        worth = r.true_quantity * prices[r.line.product, r.month] / 1000.0 * (0.99 + 0.02 * chance.random())
        value = None if r.quantity is None else round(worth, 4)
        figures = (r.quantity, r.sales, r.stock, value, r.expected_next)
        rows.append((r.line.establishment, r.line.product, str(r.month), r.recorded_at, r.stage, *figures))
    return _frame("returns", rows)


def _edits(edits: Sequence[Edit]) -> pl.DataFrame:
    rows = []
    for number, e in enumerate(sorted(edits, key=lambda e: (e.recorded_at, e.line.key, e.month, e.field)), 1):
        rule, reason = RULES[e.rule]
        where = (f"HC{number:03d}", e.line.establishment, e.line.product, str(e.month), e.recorded_at)
        rows.append((*where, e.field, e.before, e.after, rule, reason, OFFICE))
    return _frame("edits", rows)


def _establishment_returns(came: Sequence[Return], lines: Sequence[Line], volumes: Volumes, seed: int) -> pl.DataFrame:
    """One row for each establishment and month that sent anything: labour, revenue, whether late and why."""
    crews = dict(read_data("crews", Crews).iter_rows())
    usual = {e: fsum(x.price * x.annual / 12000.0 for x in lines if x.establishment == e) for e in crews}
    prices = current_prices(seed)
    sent = sorted({(r.line.establishment, r.month) for r in came})
    of = {e: [line for line in lines if line.establishment == e] for e in crews}
    rows = []
    for establishment, month in sent:
        chance = Random(f"{seed}/crew/{establishment}/{month}")
        own = [line for line in of[establishment] if month in volumes[line.key]]
        made = fsum(line.price * volumes[line.key][month] / 1000.0 for line in own)
        # People leave and come more slowly than output falls and rises.
        busy = 0.75 + 0.25 * min(made / usual[establishment], 1.2)
        labour = round(crews[establishment] * busy * (0.99 + 0.02 * chance.random()))
        revenue = fsum(volumes[line.key][month] * prices[line.product, month] / 1000.0 for line in own)
        came_in = sending(establishment, month, seed)
        at = stage_moment(establishment, month, "preliminary", seed) if came_in.next_month else came_in.recorded_at
        happened = [reason for line in own for _, reason in events_of(line, month)]
        reason = REASONS[int(chance.random() * len(REASONS))] if came_in.late else next(iter(happened), None)
        rows.append((establishment, str(month), at, labour, round(revenue * 0.98, 4), came_in.late, reason))
    return _frame("establishment_returns", sorted(rows, key=lambda r: (r[2], r[0])))
