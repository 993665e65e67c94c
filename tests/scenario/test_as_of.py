"""The day as of which a month is told, for provinces whose returns come in during the month and after it."""

from datetime import date, datetime, timedelta

import polars as pl

from fansipan.periods import Month
from fansipan.scenario.backtest.run import backtest
from fansipan.scenario.baseline.as_of import day_of

MAY = Month(2024, 5)


def later(province, days):
    """Every return and edit recorded `days` later."""
    tables = ("returns", "edits")
    moved = {name: province[name].with_columns(pl.col("recorded_at") + timedelta(days=days)) for name in tables}
    return province.replace(**moved)


def recorded(province, moments):
    """The returns of May recorded at `moments`, repeated in turn."""
    returns = province["returns"]
    may = returns.filter(pl.col("month") == str(MAY)).unique(["establishment", "product"], maintain_order=True).head(10)
    days = [moments[at % len(moments)] for at in range(may.height)]
    return province.replace(returns=may.with_columns(pl.Series("recorded_at", days, may.schema["recorded_at"])))


def test_returns_that_come_within_the_month_are_told_at_its_end(laocai):
    assert day_of(laocai, MAY) == date(2024, 5, 31)


def test_returns_that_come_after_the_month_are_told_when_nine_of_ten_had_come(laocai):
    early, late, last = datetime(2024, 5, 28), datetime(2024, 6, 5), datetime(2024, 7, 20)
    assert day_of(recorded(laocai, [early, late]), MAY) == date(2024, 5, 31)  # half of them
    assert day_of(recorded(laocai, [early, late, late]), MAY) == date(2024, 6, 5)
    assert day_of(recorded(laocai, [late] * 9 + [last]), MAY) == date(2024, 6, 5)
    assert day_of(recorded(laocai, [late] * 8 + [last] * 2), MAY) == date(2024, 7, 20)


def test_a_month_without_returns_is_told_at_its_end(laocai):
    assert day_of(laocai, Month(2030, 1)) == date(2030, 1, 31)


def test_a_month_whose_returns_came_later_is_projected_from_them(laocai, projected):
    moved = later(laocai, 20)
    day = day_of(moved, MAY)
    assert date(2024, 6, 1) < day < date(2024, 6, 20)
    found = projected(moved, MAY)
    assert (found.quantities == projected(moved, MAY, known_on=day).quantities).all()
    assert (found.lines.imputed[:, -1]).sum() < 0.2 * len(found.lines)


def test_origins_are_told_of_when_their_returns_had_come(laocai):
    rows = backtest(later(laocai, 20), MAY, origins=2, step=1, horizon=2, paths=20, workers=1)
    assert sorted(rows["as_of"].unique()) == [date(2024, 3, 31), date(2024, 4, 30)]


def test_origins_of_returns_entered_all_on_one_day_stay_apart(laocai):
    """Years of returns brought over from another program in an hour: every month is told as of that day."""
    entered = laocai["returns"].with_columns(recorded_at=pl.lit(datetime(2024, 6, 3), pl.Datetime("ms")))
    entered = entered.unique(["establishment", "product", "month"], keep="last", maintain_order=True)
    moved = laocai.replace(returns=entered, edits=laocai["edits"].clear())
    assert {day_of(moved, MAY + -back) for back in range(3)} == {date(2024, 6, 3)}
    rows = backtest(moved, MAY, origins=2, step=1, horizon=2, paths=20, workers=1)
    assert rows["as_of"].n_unique() == 2
    assert rows.select("as_of", "level", "code", "month").is_duplicated().sum() == 0
