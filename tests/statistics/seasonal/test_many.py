"""Many series side by side: order, refusals in their place, a lent effect, progress (Rules SA2, SA7)."""

import numpy as np
import pytest

from fansipan.errors import NotAvailable, NotFound, Refused
from fansipan.statistics.seasonal import many
from fansipan.statistics.seasonal.adjustment import Adjustment
from fansipan.statistics.seasonal.many import MonthlySeries, adjust_each
from fansipan.statistics.seasonal.x13 import program as x13
from support.monthly import EFFECTS, START, needs_x13, wave, with_tet


def series(**values: np.ndarray) -> dict[str, MonthlySeries]:
    return {name: MonthlySeries(START, figures) for name, figures in values.items()}


@needs_x13
def test_a_refused_series_takes_no_other_down():
    finished: list[str] = []
    given = series(b=wave(60), short=wave(20), a=wave(72))
    done = adjust_each(given, holiday="none", stability=False, progress=finished.append)
    assert list(done) == ["b", "short", "a"]
    assert [len(done[name].original) for name in ("b", "a")] == [60, 72]
    assert isinstance(done["short"], Refused)
    assert done["short"].code == "x13.too-short"
    assert sorted(finished) == ["a", "b", "short"]


@needs_x13
def test_any_number_of_programs_gives_the_same():
    given = series(a=wave(60), b=wave(60, seed=2), c=wave(60, seed=3))
    one, three = (adjust_each(given, holiday="none", stability=False, workers=n) for n in (1, 3))
    for name in given:
        assert (one[name].parts.adjusted == three[name].parts.adjusted).all()


@needs_x13
def test_short_series_take_the_effect_of_the_named_one():
    done = adjust_each(series(young=with_tet(40), old=with_tet(108)), lend_from="old", stability=False)
    young, old = done["young"], done["old"]
    assert isinstance(young, Adjustment)
    assert young.holiday == old.holiday
    assert [one.estimate for one in young.coefficients[:2]] == pytest.approx(EFFECTS, abs=0.025)
    assert young.parts.holiday == pytest.approx(old.parts.holiday[:40], rel=1e-9)


@needs_x13
def test_a_lender_must_be_there_and_have_an_effect():
    with pytest.raises(NotFound, match=r"no series named olt.*Nearest: old"):
        adjust_each(series(old=wave(60)), lend_from="olt")
    with pytest.raises(Refused, match="old has no multiplicative Tết effect"):
        adjust_each(series(old=wave(120) - 200, young=wave(40)), lend_from="old", stability=False)
    with pytest.raises(Refused, match="old has no multiplicative Tết effect"):
        adjust_each(series(old=wave(20), young=wave(40)), lend_from="old")


def test_without_the_program_nothing_is_begun(monkeypatch):
    def absent():
        raise NotAvailable("x13.absent")

    monkeypatch.setattr(many, "program", absent)
    with pytest.raises(NotAvailable, match="does not have the X-13ARIMA-SEATS program"):
        adjust_each(series(a=wave(60)))


@needs_x13
def test_run_each_gives_answers_in_order():
    from fansipan.statistics.seasonal.x13.spec import regarima

    answers = x13.run_each([regarima(wave(n), START) for n in (48, 60, 72)], workers=3)
    assert [answer.diagnostics["nobs"] for answer in answers] == ["48", "60", "72"]
