"""The example's monthly returns: deterministic, complete, wrong on purpose here and there, and right after mending."""

import hashlib
import subprocess
import sys
from calendar import monthrange
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from fansipan.examples import laocai
from fansipan.examples.laocai.calibration import block_totals, monthly_aims
from fansipan.examples.laocai.lines import MONTHS, all_lines, latent_volumes
from fansipan.examples.laocai.mishaps import planned_mishaps, swap_digits
from fansipan.examples.laocai.observations import calibrated_volumes
from fansipan.periods import Month
from fansipan.statistics.measures import gross_output
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.records import apply_edits, latest

SEED = 2024
MAY = Month(2024, 5)
DIGEST = """
import hashlib
from fansipan.examples import laocai
province = laocai.build()
print(hashlib.sha256("".join(province[name].write_csv() for name in province).encode()).hexdigest(), end="")
"""


@pytest.fixture(scope="module")
def province():
    return laocai.build()


def test_another_process_builds_the_same_bytes(province):
    environment = {"PYTHONPATH": str(Path(laocai.__file__).parents[3]), "PYTHONHASHSEED": "1"}
    run = [sys.executable, "-c", DIGEST]
    other = subprocess.run(run, env=environment, capture_output=True, text=True, check=True, timeout=300).stdout
    here = hashlib.sha256("".join(province[name].write_csv() for name in province).encode()).hexdigest()
    assert other == here


def test_another_seed_gives_other_returns_and_the_same_register(province):
    other = laocai.build(7)
    assert not other.returns.equals(province.returns)
    assert other.zones.equals(province.zones)


def test_returns_run_from_january_2019_to_may_2024(province):
    assert sorted(province.returns["month"].unique()) == [str(m) for m in MONTHS]
    assert province.returns["recorded_at"].max().date() <= date(2024, 5, 31)


def test_what_is_known_after_mending_is_what_was_made(province):
    records = apply_edits(latest(province.returns), province.edits)
    known = {(e, p, m): q for e, p, m, q in records.select("establishment", "product", "month", "quantity").iter_rows()}
    volumes, gaps = calibrated_volumes(SEED), 0
    for line in all_lines():
        for month in (m for m in MONTHS if line.runs(m)):
            quantity = known.get((*line.key, str(month)))
            gaps += quantity is None
            assert quantity is None or quantity == pytest.approx(volumes[line.key][month], abs=1e-9)
    assert gaps == sum(m.kind in ("absent", "blank") for m in planned_mishaps())


def test_every_kind_of_mishap_and_of_mending_is_there(province):
    planned = planned_mishaps()
    assert {m.kind for m in planned} == {"absent", "blank", "unit", "swapped", "cumulative", "sign"}
    assert {m.mended_by for m in planned} == {None, "resent", "edit", "next"}
    assert set(province.edits["rule"]) == {"unit", "digits", "cumulative", "sign"}


def test_an_edit_says_what_stood_there(province):
    returns = {
        r[:4]: r[4]
        for r in province.returns.select("establishment", "product", "month", "status", "quantity").iter_rows()
    }
    edits = province.edits.filter(pl.col("field") == "quantity")
    for e, p, m, before, after in edits.select("establishment", "product", "month", "before", "after").iter_rows():
        stages = [returns.get((e, p, m, s)) for s in ("estimate", "preliminary", "final")]
        assert before in stages
        assert before != after


def test_mended_errors_move_the_headline_as_known_on_20_may(province):
    early = compile_output(province, until=MAY, known_on=date(2024, 5, 20))
    late = compile_output(province, until=MAY, known_on=date(2024, 5, 31))

    def total(output, month: Month) -> float:
        return gross_output(output).filter(pl.col("month") == str(month))["value"].item()

    assert total(early, MAY) > 1.5 * total(late, MAY)
    assert total(early, MAY - 1) != pytest.approx(total(late, MAY - 1), abs=1)


def test_raw_totals_differ_and_what_is_missing_is_counted(province):
    raw = compile_output(province, until=MAY, known_on=date(2024, 5, 31), imputed=False)
    full = compile_output(province, until=MAY, known_on=date(2024, 5, 31))
    assert gross_output(raw)["value"][-1] < gross_output(full)["value"][-1] - 50
    missing = full.rows.filter(pl.col("month") == "2024-05").drop_nulls("method")
    assert set(missing["method"]) == {"same-month-class"}
    assert missing.height == 5


def test_recent_months_are_firm_in_their_order(province):
    firm = latest(province.returns).group_by("month").agg(pl.col("status").unique())
    status = {month: set(found) for month, found in firm.iter_rows()}
    assert status["2024-05"] == {"estimate"}
    assert status["2024-04"] == status["2024-03"] == {"preliminary"}
    assert status["2024-02"] == {"final"}


def test_estimates_are_close_and_preliminary_figures_closer(province):
    sound = province.returns.filter(pl.col("month") < "2024-03").drop_nulls("quantity")
    keys = ["establishment", "product", "month"]
    final = sound.filter(pl.col("status") == "final").select(*keys, pl.col("quantity").alias("final"))
    joined = sound.join(final, on=keys).filter(pl.col("final") > 0)
    off = joined.with_columns((pl.col("quantity") / pl.col("final") - 1).abs().alias("off"))
    median = dict(off.group_by("status").agg(pl.col("off").median()).iter_rows())
    assert 0.01 < median["estimate"] < 0.03
    assert 0.001 < median["preliminary"] < 0.008


def test_some_returns_come_late_and_say_why(province):
    late = province.establishment_returns.filter("late")
    assert 0.03 < late.height / province.establishment_returns.height < 0.15
    assert late["reason"].null_count() == 0
    stopped = province.establishment_returns.filter((pl.col("establishment") == "CS21") & (pl.col("month") > "2022-05"))
    assert stopped.filter(~pl.col("late"))["reason"].unique().to_list() == ["Tạm dừng sản xuất từ ngày 14/05/2022"]


def test_nobody_makes_more_than_the_design_capacity(province):
    for seed in (SEED, 7):
        volumes = calibrated_volumes(seed)
        for e, p, capacity in province.capacities.select("establishment", "product", "capacity").iter_rows():
            for month in MONTHS:
                share = capacity * monthrange(month.year, month.month)[1] / 365
                assert volumes[e, p].get(month, 0) <= 1.03 * share, (e, p, str(month))


def test_stocks_follow_from_output_and_sales(province):
    last = apply_edits(latest(province.returns), province.edits).drop_nulls(["stock", "sales", "quantity"])
    rows = last.sort("month").group_by("establishment", "product", maintain_order=True)
    for _, line in rows:
        final = line.filter(pl.col("month") < "2024-03")
        stock, made, sold = final["stock"], final["quantity"], final["sales"]
        change = (stock.diff() - made + sold).drop_nulls().abs()
        assert (change > 1e-6).sum() <= 2


def test_calibration_moves_the_made_up_volumes_only_a_little():
    lines = all_lines()
    latent = {line.key: latent_volumes(line, SEED) for line in lines}
    totals = block_totals(lines, latent)
    factors = [aim / totals[key] for key, aim in monthly_aims(totals).items()]
    assert 0.93 < min(factors) <= 1 <= max(factors) < 1.07


def test_handicraft_is_one_household_aggregate_a_unit_and_is_never_missing(province):
    rows = province.returns.filter(pl.col("product") == "handicraft")
    assert rows["establishment"].n_unique() == 9
    assert rows["quantity"].null_count() == 0
    assert rows.group_by("establishment").agg(pl.col("month").n_unique())["month"].unique().to_list() == [len(MONTHS)]


@pytest.mark.parametrize(
    ("value", "decimals", "swapped"), [(1342, 0, 1432), (1332, 0, 1323), (120.5, 1, 102.5), (77, 0, 86), (41, 0, 14)]
)
def test_swapped_digits(value, decimals, swapped):
    assert swap_digits(value, decimals) == swapped
