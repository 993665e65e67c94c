"""The law's figures by date: the right regime on its day, and a refusal where there is none."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from fansipan import norms
from fansipan.errors import NotFound, Refused
from fansipan.norms.norm import COMPARISONS, cite_article
from fansipan.norms.registry import parse_value
from fansipan.texts import LANGUAGES, catalogue

EVERY = [norm for name in norms.names() for norm in norms.history(name)]


@pytest.mark.parametrize(
    ("name", "on", "expected", "certainty"),
    [
        ("cluster.size.max", date(2024, 4, 30), 75, "memory"),
        ("cluster.size.max", date(2024, 5, 1), 75, "sure"),
        ("cluster.size.min", date(2024, 5, 1), 10, "sure"),
        ("cluster.size.min", date(2026, 9, 14), 10, "sure"),
        ("cluster.size.min", date(2026, 9, 15), 5, "summary"),
        ("cluster.establish.unleased", date(2024, 4, 30), 50, "memory"),
        ("cluster.establish.unleased", date(2024, 5, 1), 100, "sure"),
        ("cluster.establish.unleased", date(2026, 9, 15), 50, "summary"),
        ("cluster.establish.scope", date(2025, 6, 30), "district", "sure"),
        ("cluster.establish.scope", date(2025, 7, 1), "province-decides", "sure"),
        ("cluster.expand.occupancy", date(2026, 9, 14), 60, "sure"),
        ("cluster.expand.occupancy", date(2026, 9, 15), 50, "summary"),
        ("cluster.clock.appraisal", date(2024, 5, 1), 25, "sure"),
        ("cluster.clock.appraisal", date(2026, 9, 15), 20, "summary"),
        ("park.establish.occupancy", date(2022, 7, 15), 60, "memory"),
        ("project.deposit.tier1.rate", date(2026, 2, 28), 3, "sure"),
        ("project.investment_law", date(2026, 3, 1), "143/2025/QH15", "sure"),
        ("classification.vsic", date(2025, 11, 14), "2018", "sure"),
        ("classification.vsic", date(2025, 11, 15), "2025", "sure"),
    ],
)
def test_value_on_a_date(name, on, expected, certainty):
    norm = norms.value(name, on=on)
    assert (norm.value, norm.certainty) == (expected, certainty)
    assert norm.holds_on(on)


def test_the_developers_scale_adds_up_to_100_points():
    for on in (date(2021, 1, 1), date(2024, 5, 1), date(2026, 9, 15)):
        parts = ("infrastructure", "environment", "capacity", "finance")
        assert sum(norms.value(f"cluster.score.{part}", on=on).figure for part in parts) == 100
        assert norms.value("cluster.score.least", on=on).figure == 50


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("cluster.size.max", date(2017, 7, 14)),
        ("cluster.size.min", date(2024, 4, 30)),
        ("cluster.expand.occupancy", date(2024, 4, 30)),
        ("cluster.expand.demand", date(2024, 4, 30)),
        ("park.establish.occupancy", date(2022, 7, 14)),
        ("project.deposit.tier1.rate", date(2026, 3, 1)),
        ("cluster.report.cutoff.first", date(2024, 9, 30)),
    ],
)
def test_a_date_in_no_regime_is_refused_in_words(name, on):
    with pytest.raises(Refused, match=rf"No figure {name} \(.*\) is carried as in force on {on}") as caught:
        norms.value(name, on=on)
    assert caught.value.code == "norm.no-regime"
    assert f"có hiệu lực vào ngày {on:%d/%m/%Y}; các giai đoạn" in caught.value.describe("vi")
    assert norms.find(name, on) is None


def test_an_unknown_name_gives_the_nearest():
    with pytest.raises(NotFound, match=r"cluster\.size\.max"):
        norms.value("cluster.size.maximum", on=date(2024, 6, 1))


def test_a_figure_known_from_memory_says_so():
    cited = norms.value("park.establish.occupancy", on=date(2024, 1, 1))
    assert "from memory, to be confirmed" in cited.cite("en")
    assert "theo trí nhớ, cần xác nhận" in cited.cite("vi")
    assert norms.value("cluster.establish.occupancy", on=date(2024, 6, 1)).cite("vi") == (
        "điểm c khoản 1 Điều 8 Nghị định 32/2024/NĐ-CP"
    )
    assert norms.value("cluster.size.max", on=date(2024, 6, 1)).cite("en") == "Decree 32/2024/NĐ-CP, Art. 2.1"


def test_a_conclusion_is_as_certain_as_its_weakest_norm():
    sure = norms.value("cluster.size.max", on=date(2024, 6, 1))
    memory = norms.value("park.establish.occupancy", on=date(2024, 6, 1))
    summary = norms.value("cluster.size.max", on=date(2026, 10, 1))
    assert norms.least_certain([sure, summary]) == "summary"
    assert norms.least_certain([summary, memory, sure]) == "memory"
    assert norms.least_certain([]) == "sure"


def test_shown_with_its_sign_and_unit():
    assert norms.value("cluster.size.max", on=date(2024, 6, 1)).shown("vi") == "≤ 75 ha"
    assert norms.value("cluster.establish.occupancy", on=date(2024, 6, 1)).shown("en") == "> 50%"
    assert norms.value("cluster.clock.notice", on=date(2024, 6, 1)).shown("vi") == "5 ngày làm việc"
    assert norms.value("project.deposit.tier2.limit", on=date(2024, 6, 1)).shown("vi") == "≤ 1.000 tỷ đồng"
    assert norms.value("cluster.regime", on=date(2024, 6, 1)).shown("en") == "32/2024"


def test_comparisons_at_the_boundary():
    over = norms.value("cluster.establish.occupancy", on=date(2024, 6, 1))
    assert (over.allows(50.0), over.allows(50.01)) == (False, True)
    most = norms.value("cluster.establish.unleased", on=date(2024, 6, 1))
    assert (most.allows(100.0), most.allows(100.01)) == (True, False)
    with pytest.raises(Refused, match="not a number"):
        norms.value("cluster.establish.scope", on=date(2024, 6, 1)).allows(1.0)


@pytest.mark.parametrize("name", norms.names())
def test_regimes_of_a_name_do_not_overlap(name):
    regimes = norms.history(name)
    for earlier, later in pairwise(regimes):
        assert earlier.valid_to is not None
        assert later.valid_from > earlier.valid_to
    assert all(n.valid_to is None or n.valid_to >= n.valid_from for n in regimes)


@pytest.mark.parametrize("norm", EVERY, ids=lambda n: f"{n.name}@{n.valid_from}")
def test_every_norm_is_whole(norm):
    assert norm.decree
    assert norm.certainty in norms.CERTAINTIES
    assert norm.comparison in {"", *COMPARISONS}
    for lang in LANGUAGES:
        assert norm.label(lang)
        assert norm.cite(lang)
        assert norm.shown(lang)
        assert bool(norm.remark(lang)) == bool(norm.note)


def test_every_label_is_of_a_norm():
    labelled = {code.removeprefix("norm.name.") for code in catalogue() if code.startswith("norm.name.")}
    assert labelled == set(norms.names())


def test_articles_as_each_language_cites_them():
    assert cite_article("8.1.c", "vi") == "điểm c khoản 1 Điều 8"
    assert cite_article("10", "vi") == "Điều 10"
    assert cite_article("10", "en") == "Art. 10"
    assert cite_article("", "en") == ""


def test_values_read():
    assert (parse_value("75"), parse_value("true"), parse_value("district")) == (75.0, True, "district")


def test_every_day_of_decree_32_has_one_regime():
    day = date(2017, 7, 15)
    while day < date(2026, 12, 31):
        assert norms.value("cluster.regime", on=day).holds_on(day)
        day += timedelta(days=7)
