"""What is doubted is no yardstick: switched units, confirmed changes, the headline without (ED16 to ED18)."""

from datetime import datetime

import polars as pl
import pytest

from fansipan.errors import InvalidInput
from fansipan.periods import Month, month_range
from fansipan.province import Province
from fansipan.statistics.editing import compile_calls, propose_edits, record_edits
from fansipan.statistics.editing.doubt import doubted_figures, records_until
from fansipan.statistics.editing.headline import at_usual, far_off
from fansipan.statistics.measures import growth_of_output
from fansipan.statistics.output_value import compile_output
from fansipan.statistics.records import apply_edits, latest
from support.returns import returned

FIRST, LAST = Month(2022, 1), Month(2023, 12)
MAKERS = {"a": ("ore", 100.0), "b": ("ore", 300.0), "c": ("water", 500.0), "d": ("power", 900.0)}
COLUMNS = ("quantity", "sales", "stock")
ACCEPTED = datetime(2024, 6, 1)


def level(who, month):
    """A quiet season of a tenth, one phase for each."""
    return MAKERS[who][1] * (1 + 0.02 * ((month.ordinal + ord(who)) % 6))


def rows(switched=None, since=None, factor=1.0, columns=COLUMNS, until=LAST):
    made = []
    for who, (product, _) in MAKERS.items():
        for month in month_range(FIRST, until):
            figures = {
                "quantity": level(who, month),
                "sales": level(who, month),
                "stock": 40.0,
                "value": level(who, month) / 1e3,
            }
            if who == switched and month >= since:
                figures |= {name: figures[name] * factor for name in columns}
            made.append({**returned(who, product, str(month), 0.0, on=str(month.last_day)), **figures})
    return made


def changed(made, who, quantity):
    """The rows with another quantity of one establishment in the last month."""
    last = (who, str(LAST))
    return [{**row, "quantity": quantity} if (row["establishment"], row["month"]) == last else row for row in made]


def province(small, *args, **options):
    return Province(small(rows(*args, **options)))


def accepted(of, edits, at=ACCEPTED):
    return of.replace(edits=record_edits(of["edits"], edits, of["returns"], office="T", recorded_at=at))


def said(who, product, month, figure, rule):
    """An edit that leaves the quantity as it is: a confirmation, or one that is undone."""
    row = {"establishment": who, "product": product, "month": str(month), "field": "quantity", "before": figure}
    row |= {"after": figure, "rule": rule, "reason": "by telephone"}
    return pl.DataFrame([row], schema_overrides={"before": pl.Float64, "after": pl.Float64})


@pytest.mark.parametrize("who", list(MAKERS))
@pytest.mark.parametrize("back", [0, 1, 2, 5, 13])
@pytest.mark.parametrize("factor", [10.0, 100.0, 1000.0, 0.1, 0.01, 0.001])
def test_a_switch_is_first_on_the_list_and_undone_in_all_its_months(small, who, back, factor):
    since = LAST - back
    here = province(small, who, since, factor)
    calls = compile_calls(here, LAST)
    first = calls.rows.row(0, named=True)
    assert (first["establishment"], first["slip"], first["since"]) == (who, "switch", str(since))
    assert first["factor"] == factor
    assert first["meant"] == pytest.approx(level(who, LAST))
    proposed = propose_edits(calls, lang="en")
    own = proposed.filter(establishment=who)
    assert own["month"].unique().sort().to_list() == [str(m) for m in month_range(since, LAST)]
    assert set(own["field"]) == set(COLUMNS)
    mended = accepted(here, own)
    truth = province(small)
    now = apply_edits(latest(mended["returns"]), mended["edits"]).sort("establishment", "month")
    right = latest(truth["returns"]).sort("establishment", "month")
    for name in COLUMNS:
        assert now[name].to_list() == pytest.approx(right[name].to_list(), rel=1e-6)
    assert who not in set(compile_calls(mended, LAST).rows["establishment"])


@pytest.mark.parametrize("columns", [("quantity",), ("quantity", "sales"), ("quantity", "stock"), (*COLUMNS, "value")])
@pytest.mark.parametrize("factor", [1000.0, 0.1])
def test_whichever_columns_moved(small, columns, factor):
    here = province(small, "c", LAST - 3, factor, columns)
    first = compile_calls(here, LAST).rows.row(0, named=True)
    assert (first["establishment"], first["slip"], first["factor"]) == ("c", "switch", factor)
    assert set(first["columns"]) == set(columns)


@pytest.mark.parametrize("months", [4, 5, 8])
def test_a_switch_early_in_the_history(small, months):
    """Three months of past are enough where the whole form moved; two are not enough to judge by."""
    since = FIRST + 3
    here = province(small, "b", since, 1000.0, until=since + months)
    first = compile_calls(here, since + months).rows.row(0, named=True)
    assert (first["establishment"], first["since"]) == ("b", str(since))
    unknown = province(small, "b", FIRST + 2, 1000.0, until=FIRST + 2 + months)
    found = doubted_figures(records_until(unknown["returns"], unknown["edits"], FIRST + 2 + months))
    assert found.is_empty()


def test_the_other_figures_are_not_doubted(small):
    here = province(small, "a", LAST - 4, 1000.0)
    assert set(doubted_figures(records_until(here["returns"], here["edits"], LAST))["establishment"]) == {"a"}
    assert doubted_figures(records_until(rows_frame(small), here["edits"], LAST)).is_empty()


def rows_frame(small):
    return Province(small(rows()))["returns"]


@pytest.mark.parametrize(("factor", "doubted"), [(2.0, 0), (2.01, 1), (0.5, 0), (0.49, 1)])
def test_the_border_of_doubt(small, factor, doubted):
    """Just at, and just over, twice the largest and half the smallest of the past."""
    made = rows()
    past = [row["quantity"] for row in made if row["establishment"] == "a" and row["month"] < str(LAST)]
    edge = (max(past) if factor > 1 else min(past)) * factor
    made = [
        {**row, "quantity": edge} if (row["establishment"], row["month"]) == ("a", str(LAST)) else row for row in made
    ]
    here = Province(small(made))
    found = doubted_figures(records_until(here["returns"], here["edits"], LAST))
    assert found.height == doubted


@pytest.mark.parametrize("factor", [10.0, 3.0])
def test_a_true_lasting_change_is_asked_about_until_it_is_confirmed(small, factor):
    since = LAST - 4
    here = province(small, "d", since, factor)
    for month in month_range(since, LAST):
        assert "d" in set(compile_calls(here, month).rows["establishment"])
    figure = here["returns"].filter(establishment="d", month=str(since))["quantity"].item()
    sure = accepted(here, said("d", "power", since, figure, "confirmed"))
    for month in month_range(since, LAST):
        assert "d" not in set(compile_calls(sure, month).rows["establishment"])
    assert far_off(sure, LAST, [LAST]).is_empty()
    undone = accepted(sure, said("d", "power", since, figure, "undone"), datetime(2024, 6, 2))
    assert "d" in set(compile_calls(undone, LAST).rows["establishment"])


def test_a_blank_cannot_be_confirmed(small):
    made = [{**row, "quantity": None} if row["month"] == str(LAST) else row for row in rows()]
    with pytest.raises(InvalidInput, match="there is no quantity to confirm"):
        accepted(Province(small(made)), said("a", "ore", LAST, None, "confirmed"))


@pytest.mark.parametrize("factor", [1000.0, 0.01])
def test_the_headline_at_the_usual_level(small, factor):
    here, truth = province(small, "a", LAST - 2, factor), province(small)
    output = compile_output(here, until=LAST)
    doubted = far_off(here, LAST, [LAST, LAST - 12])
    assert doubted.select("establishment", "month").rows() == [("a", str(LAST))]
    usual = growth_of_output(at_usual(output, doubted), LAST, "yoy").row(0, named=True)
    right = growth_of_output(compile_output(truth, until=LAST), LAST, "yoy").row(0, named=True)
    assert usual["level"] == pytest.approx(right["level"])
    assert usual["growth"] == pytest.approx(right["growth"])


@pytest.mark.parametrize(("factor", "told"), [(4.9, 0), (5.2, 1)])
def test_the_border_of_what_is_told_beside_the_headline(small, factor, told):
    made = rows()
    past = sorted(row["quantity"] for row in made if row["establishment"] == "b" and row["month"] < str(LAST))
    median = (past[len(past) // 2] + past[(len(past) - 1) // 2]) / 2
    made = [
        {**row, "quantity": median * factor} if (row["establishment"], row["month"]) == ("b", str(LAST)) else row
        for row in made
    ]
    assert far_off(Province(small(made)), LAST, [LAST]).height == told


def test_measure_tells_the_total_without(small, tmp_path, fansipan):
    province(small, "a", LAST - 2, 1000.0).write(tmp_path / "p")
    run = fansipan("measure", tmp_path / "p")
    assert run.returncode == 0
    assert "figures far from what is usual, neither mended nor confirmed: 1 (" in run.stderr
    assert "fansipan calls" in run.stderr
    run = fansipan("edits", "accept", tmp_path / "p", "--all", "--by", "T")
    assert run.returncode == 0, run.stderr
    assert "far from what is usual" not in fansipan("measure", tmp_path / "p").stderr
