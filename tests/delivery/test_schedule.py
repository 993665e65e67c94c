"""Steps of programmes: order, lateness, forecast, and what cannot be ordered."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.delivery.targets.schedule import standing
from fansipan.errors import Refused

ON = date(2024, 5, 31)


def steps(*given: tuple[str, str | None, str | None, str | None]) -> pl.DataFrame:
    parsed = [
        {
            "programme": "d",
            "step": s,
            "name": s,
            "kind": "draft",
            "office": None,
            "after": after,
            "due": date.fromisoformat(due) if due else None,
            "done_on": date.fromisoformat(done) if done else None,
            "recorded_at": datetime(2024, 1, 1),
        }
        for s, due, done, after in given
    ]
    return pl.DataFrame(parsed, schema_overrides={"done_on": pl.Date, "due": pl.Date, "after": pl.String})


def test_states_and_order():
    found = standing(
        steps(
            ("submit", "2024-12-01", None, "ask"),
            ("ask", "2024-07-01", None, "draft"),
            ("draft", "2024-03-31", "2024-04-10", None),
            ("plan", "2024-01-31", "2024-01-31", None),
            ("cost", "2024-05-01", None, None),
        ),
        "d",
        ON,
    )
    seen = {s.step: s for s in found}
    assert {name: s.state for name, s in seen.items()} == {
        "draft": "done-late",
        "plan": "done",
        "cost": "late",
        "ask": "ready",
        "submit": "waiting",
    }
    assert (seen["draft"].late, seen["cost"].late, seen["submit"].waits_for) == (10, 30, ("ask",))
    order = [s.step for s in found]
    assert order.index("draft") < order.index("ask") < order.index("submit")


def test_a_late_step_pushes_those_after_it():
    found = {
        s.step: s
        for s in standing(
            steps(
                ("draft", "2024-05-01", None, None),
                ("ask", "2024-07-01", None, "draft"),
                ("submit", "2024-12-01", None, "ask"),
            ),
            "d",
            ON,
        )
    }
    assert found["draft"].forecast == date(2024, 5, 31)
    assert found["ask"].forecast == date(2024, 7, 31)
    assert found["submit"].forecast == date(2024, 12, 31)


def test_a_step_without_a_day_passes_the_slip_on():
    found = {
        s.step: s
        for s in standing(
            steps(("a", "2024-05-01", None, None), ("b", None, None, "a"), ("c", "2024-08-01", None, "b")), "d", ON
        )
    }
    assert found["b"].forecast is None
    assert found["c"].forecast == date(2024, 8, 31)


def test_the_row_recorded_last_counts_and_the_earlier_stays():
    log = steps(("draft", "2024-05-01", None, None))
    again = log.with_columns(pl.lit(date(2024, 9, 1)).alias("due"), pl.lit(datetime(2024, 5, 2)).alias("recorded_at"))
    both = pl.concat([log, again.cast(log.schema)])
    assert standing(both, "d", ON)[0].state == "ready"
    assert both.height == 2


def test_steps_that_wait_for_one_another_are_refused():
    with pytest.raises(Refused, match="wait for one another"):
        standing(steps(("a", None, None, "b"), ("b", None, None, "a")), "d", ON)


def test_a_step_after_one_that_does_not_exist_is_refused():
    with pytest.raises(Refused, match="after one that does not exist: z"):
        standing(steps(("a", None, None, "z")), "d", ON)
