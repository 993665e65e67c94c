"""The figures an expert reads beside an adjustment (Rule SA8).

M1-M11, Q and Q2 of X-11: Lothian and Morry (1978), Ladiray and Quenneville (2001), Seasonal Adjustment with the X-11
Method, chapter 5; below 1 is acceptable. QS: Maravall (2012); a p-value below 0.01 tells of seasonality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan

from fansipan.statistics.seasonal.x13.output import Output

QS_SERIES = {
    "original": "qsori",
    "original_without_extremes": "qsorievadj",
    "residuals": "qsrsd",
    "adjusted": "qssadj",
    "adjusted_without_extremes": "qssadjevadj",
    "irregular": "qsirr",
    "irregular_without_extremes": "qsirrevadj",
}
QS_LEVEL = 0.01
SEATS_PARTS = {
    "trend": ("vartrend", "oustatvartcfull"),
    "adjusted": ("varseasadj", "oustatvarsafull"),
    "irregular": ("varirreg", "oustatvarirfull"),
    "seasonal": ("varseasonal", "oustatvarsffull"),
}


@dataclass(frozen=True, slots=True)
class Statistic:
    """A test: its statistic and the probability of one as large where there is nothing to find."""

    statistic: float
    p: float


@dataclass(frozen=True)
class Quality:
    """X-11's monitoring statistics: `m` has M1 to M11 by name, `q` all of them weighted, `q2` without M2."""

    m: Mapping[str, float]
    q: float
    q2: float
    seasonal_filter: str
    trend_filter: str


@dataclass(frozen=True)
class SeatsQuality:
    """SEATS: the model it decomposed (it may replace one that has no decomposition) and component variances.

    `variances` gives, a part, those of the component, its estimator and its estimate (the last two should be close:
    `over_under` tests it); `revision_trend` and `revision_adjusted` are the variances of the revision that the last
    month's figures will undergo. All variances are in units of that of the model's innovations.
    """

    model: str
    replaced: bool
    variances: Mapping[str, tuple[float, float, float]]
    over_under: Mapping[str, Statistic]
    revision_trend: float
    revision_adjusted: float


@dataclass(frozen=True)
class Diagnostics:
    """What the program says of one adjustment; parts that the method does not give are None.

    `ljung_box` tests the model's residuals at lag 24, `kruskal_wallis` stable seasonality; `identifiable` is the
    combined test of stable and moving seasonality; `peaks` names the spectra with seasonal peaks.
    """

    quality: Quality | None
    seats: SeatsQuality | None
    qs: Mapping[str, Statistic]
    ljung_box: Statistic | None
    kruskal_wallis: Statistic | None
    identifiable: bool | None
    peaks: tuple[str, ...] = field(default=())

    @property
    def residual_seasonality(self) -> bool:
        """Whether QS finds seasonality left in the adjusted series, extremes in or out."""
        left = (self.qs.get(name) for name in ("adjusted", "adjusted_without_extremes"))
        return any(test is not None and test.p < QS_LEVEL for test in left)


def read_diagnostics(answer: Output) -> Diagnostics:
    """Gather the diagnostics of one answer of the program."""
    identifiable = answer.diagnostics.get("f2.idseasonal")
    return Diagnostics(
        quality=_quality(answer),
        seats=_seats(answer),
        qs={name: test for name, key in QS_SERIES.items() if (test := _test(answer, key))},
        ljung_box=_ljung_box(answer),
        kruskal_wallis=_test(answer, "f2.kw", percent=True),
        identifiable=None if identifiable is None else identifiable == "yes",
        peaks=tuple(word for word in answer.diagnostics.get("peaks.seas", "none").split() if word != "none"),
    )


def _ljung_box(answer: Output) -> Statistic | None:
    """The test of the model's residuals at the last lag saved, where it has degrees of freedom."""
    lags = answer.lags.get("acf")
    if lags is None or isnan(lags[-1, 4]) or lags[-1, 3] < 1:
        return None
    return Statistic(float(lags[-1, 2]), float(lags[-1, 4]))


def _quality(answer: Output) -> Quality | None:
    if "f3.q" not in answer.diagnostics:
        return None
    return Quality(
        m={f"M{k}": answer.number(f"f3.m{k:02d}") for k in range(1, 12)},
        q=answer.number("f3.q"),
        q2=answer.number("f3.qm2"),
        seasonal_filter=answer.diagnostics.get("sfmsr", ""),
        trend_filter=answer.diagnostics.get("finaltrendma", ""),
    )


def _seats(answer: Output) -> SeatsQuality | None:
    model = answer.diagnostics.get("seatsmdl")
    if model is None:
        return None
    return SeatsQuality(
        model=model,
        replaced=model != answer.diagnostics.get("x13mdl", model),
        variances={
            part: (answer.number(key), answer.number(key, 1), answer.number(key, 2))
            for part, (key, _) in SEATS_PARTS.items()
        },
        over_under={part: test for part, (_, key) in SEATS_PARTS.items() if (test := _test(answer, key))},
        revision_trend=answer.number("concesterr"),
        revision_adjusted=answer.number("concesterr", 1),
    )


def _test(answer: Output, key: str, p: int = 1, *, percent: bool = False) -> Statistic | None:
    statistic, probability = answer.number(key), answer.number(key, p)
    if isnan(statistic) or isnan(probability):
        return None
    return Statistic(statistic, probability / 100 if percent else probability)
