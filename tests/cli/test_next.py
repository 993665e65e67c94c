"""What is missing becomes shorter as a new province is filled in, until its first month can be printed."""

import json
import re

import polars as pl
import pytest
from typer.testing import CliRunner

from fansipan.checks.readiness import STAGES, missing
from fansipan.cli import build
from fansipan.cli.province.new import start_province
from fansipan.intake import take_in
from fansipan.province import Province
from fansipan.statistics.drafts import draft_prices, draft_weights
from fansipan.texts import text
from support.department import Department, write_book
from support.intake import AT, province_of

GROUPS = ("province.next_steps", "province.check", "statistics.month", "statistics.measure")


def run(*arguments):
    return CliRunner().invoke(
        build(["province.next_steps", "province.check", "statistics.month", "statistics.measure"]), list(arguments)
    )


def codes(province):
    return [step.code for step in missing(province)]


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A province with firms, products and two years of returns; without prices and weights."""
    department = Department(3)
    path = write_book(department.sheets(), tmp_path_factory.mktemp("next") / "b.xlsx")
    found = take_in([path], province_of(department), {}, AT).province
    labour = pl.DataFrame(
        [
            {
                "establishment": tax,
                "month": "2024-12",
                "recorded_at": AT,
                "labour": 50,
                "late": False,
                "source": "reported",
            }
            for _, tax, _ in department.firms
        ]
    )
    empty = found["establishment_returns"]
    return found.replace(
        establishment_returns=pl.concat([empty, labour], how="diagonal_relaxed").cast(dict(empty.schema))
    )


def test_from_a_new_province_to_the_first_month(taken, tmp_path):
    folder = tmp_path / "tinh moi"
    start_province(folder, "Lào Cai", "vi")
    shown = run("next", str(folder), "--lang", "en")
    assert shown.exit_code == 0
    assert text("next.empty", "en") in shown.stdout
    assert f'--into "{folder}"' in shown.stdout  # a path with a space is one word of the command
    checked = run("check", str(folder), "--lang", "en")
    assert "has no data of its own yet" in checked.stdout
    assert "No faults" not in checked.stdout

    province = Province.read(folder)
    lengths = [len(missing(province))]
    assert codes(province)[:3] == ["establishments", "products", "returns"]
    for table, still in (
        ("establishments", ["products", "returns"]),
        ("products", ["returns"]),
        ("returns", ["prices"]),
    ):
        province = province.replace(**{table: taken[table]})
        assert [step.code for step in missing(province) if step.stage == "month" and step.blocking] == still
        lengths.append(len(missing(province)))
    province = province.replace(establishment_returns=taken["establishment_returns"])
    (prices,) = [step for step in missing(province) if step.code == "prices"]
    assert prices.params["count"] == province["returns"]["product"].n_unique()
    province = province.replace(product_prices=draft_prices(province, 2024, {"total": 900.0}))
    province.write(folder)
    assert run("month", str(folder), "--month", "2024-12", "--lang", "en").exit_code == 0
    assert "A first month: ready: fansipan month" in run("next", str(folder), "--lang", "en").stdout
    assert "weights" in codes(province)
    province = province.replace(index_weights=draft_weights(province, 2024))
    lengths.append(len(missing(province)))
    assert [step for step in missing(province) if step.blocking] == []
    province.write(folder)
    measured = run("measure", str(folder), "--indicator", "index", "--month", "2024-12", "--lang", "en")
    assert measured.exit_code == 0, measured.output
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < lengths[0]


def test_a_product_with_only_a_current_price_or_without_a_weight_is_named(taken):
    priced = taken.replace(product_prices=draft_prices(taken, 2024, {"total": 900.0}))
    whole = priced.replace(index_weights=draft_weights(priced, 2024))
    one = whole["product_prices"]["product"][0]
    current = whole["product_prices"].with_columns(
        pl.when(pl.col("product") == one).then(pl.lit("current")).otherwise("price_basis").alias("price_basis")
    )
    (step,) = [step for step in missing(whole.replace(product_prices=current)) if step.code == "prices"]
    assert step.params == {"count": 1, "names": one}
    without = whole["index_weights"].filter(pl.col("code") != one)
    (step,) = [step for step in missing(whole.replace(index_weights=without)) if step.code == "unweighted"]
    assert step.params["names"] == one
    assert not step.blocking


@pytest.mark.parametrize(("months", "told"), [(1, True), (12, True), (13, False), (14, False)])
def test_thirteen_months_can_be_compared(taken, months, told):
    first = taken["returns"]["month"].unique().sort()[:months]
    short = taken.replace(returns=taken["returns"].filter(pl.col("month").is_in(first.implode())))
    assert ("year-before" in codes(short)) is told


def test_an_establishment_that_never_sent_a_quantity_is_named_unless_closed(taken):
    quiet = taken["establishments"]["establishment"][0]
    rest = taken["returns"].filter(pl.col("establishment") != quiet)
    province = taken.replace(returns=rest)
    (step,) = [step for step in missing(province) if step.code == "silent"]
    assert step.params == {"count": 1, "names": quiet}
    closed = pl.when(pl.col("establishment") == quiet).then(pl.date(2020, 1, 1)).otherwise("closed_on")
    province = province.replace(establishments=taken["establishments"].with_columns(closed_on=closed))
    assert "silent" not in codes(province)


def test_as_data_and_in_both_languages(tmp_path):
    start_province(tmp_path / "p", "Lào Cai", "vi")
    for lang in ("vi", "en"):
        steps = json.loads(run("next", str(tmp_path / "p"), "--json", "--lang", lang).stdout)
        assert {step["stage"] for step in steps} <= set(STAGES)
        assert all(re.search(r"fansipan (import|template|draft)", step["command"]) for step in steps)
