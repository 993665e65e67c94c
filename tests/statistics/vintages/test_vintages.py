"""Vintages: frozen with a digest, revised by returns that can be named."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.errors import NotFound, Refused
from fansipan.periods import Month
from fansipan.province import Province
from fansipan.statistics.vintages.publishing import digest, publish, verify
from fansipan.statistics.vintages.revisions import revised_by, revision_summary, revision_triangle
from support.returns import returned

MAY = Month(2024, 5)
DAYS = [date(2024, 5, 31), date(2024, 6, 30), date(2024, 7, 31)]


@pytest.fixture
def province(small):
    """May 2024: ore of a first said 10, then 12, edited to 11 in July; b came in June; c from the start."""
    edit = {
        "edit": "1",
        "establishment": "a",
        "product": "ore",
        "month": "2024-05",
        "field": "quantity",
        "before": 12.0,
        "after": 11.0,
        "rule": "unit",
        "recorded_at": datetime(2024, 7, 5),
        "source": "reported",
    }
    old = [
        returned(e, p, "2023-05", q, on="2023-06-05")
        for e, p, q in (("a", "ore", 8.0), ("b", "ore", 4.0), ("c", "water", 20.0))
    ]
    new = [
        returned("a", "ore", "2024-05", 10.0, on="2024-05-20", status="estimate"),
        returned("a", "ore", "2024-05", 12.0, on="2024-06-10"),
        returned("b", "ore", "2024-05", 7.0, on="2024-06-15"),
        returned("c", "water", "2024-05", 20.0, on="2024-05-20"),
    ]
    return Province(small(old + new, [edit]))


def frozen(province, **changes):
    asked = {"vintage": "v1", "month": MAY, "known_on": DAYS[0], "published_on": date(2024, 6, 1), **changes}
    made = publish(province, **asked)
    grown = {"vintages": made.row, "vintage_figures": made.figures}
    return province.replace(**{n: pl.concat([province[n], f], how="diagonal_relaxed") for n, f in grown.items()})


def test_the_triangle_shows_each_month_as_known_on_each_day(province):
    triangle = revision_triangle(province, [MAY], DAYS)
    # b is imputed in May: 4 x 10/8 = 5; then 7 arrives; then 12 is edited to 11
    assert triangle["value"].to_list() == pytest.approx([0.050, 0.058, 0.056], rel=1e-12)
    assert triangle["growth"][0] == pytest.approx((50 / 44 - 1) * 100, rel=1e-12)


def test_revisions_are_averaged_by_step_and_in_all(province):
    summary = revision_summary(revision_triangle(province, [MAY], DAYS))
    assert summary["step"].to_list() == [0, 1, 2]
    assert summary["mean"].to_list() == pytest.approx([6 / 44 * 100, 8 / 44 * 100, -2 / 44 * 100], rel=1e-10)
    assert summary["mean_absolute"].to_list() == pytest.approx([6 / 44 * 100, 8 / 44 * 100, 2 / 44 * 100], rel=1e-10)


def test_what_moved_a_figure_is_named_and_adds_up(province):
    moved = revised_by(province, MAY, DAYS[0], DAYS[1])
    assert moved.select("establishment", "cause").rows() == [("a", "corrected"), ("b", "arrived")]
    assert moved["change"].sum() == pytest.approx(0.008, rel=1e-12)
    assert revised_by(province, MAY, DAYS[1], DAYS[2]).select("establishment", "cause").rows() == [("a", "edited")]


def test_a_published_vintage_is_sound_until_somebody_touches_it(province):
    published = frozen(province)
    assert verify(published, "v1")
    figures = published["vintage_figures"].with_columns(pl.col("value") + 1e-6)
    assert not verify(published.replace(vintage_figures=figures), "v1")
    assert not verify(published.replace(vintage_figures=published["vintage_figures"].head(3)), "v1")


def test_later_returns_do_not_move_a_vintage(province, tmp_path):
    early = province.replace(returns=province["returns"].filter(pl.col("recorded_at") < datetime(2024, 6, 1)))
    made, again = (
        publish(p, vintage="v", month=MAY, known_on=DAYS[0], published_on=DAYS[0]) for p in (early, province)
    )
    assert made.row["digest"][0] == again.row["digest"][0]
    written = frozen(province).write(tmp_path / "province")
    assert verify(Province.read(written), "v1")


def test_the_digest_does_not_depend_on_the_order_of_rows(province):
    figures = publish(province, vintage="v", month=MAY, known_on=DAYS[0], published_on=DAYS[0]).figures
    assert digest(figures) == digest(figures.reverse())


def test_a_vintage_is_never_changed(province):
    with pytest.raises(Refused, match="v1 exists and cannot be changed"):
        frozen(frozen(province))


def test_figures_from_the_future_are_refused(province):
    with pytest.raises(Refused, match="known on 2024-07-31 cannot have been published on 2024-06-01"):
        frozen(province, known_on=DAYS[2])


def test_an_unknown_vintage_is_refused_with_the_known_ones(province):
    with pytest.raises(NotFound, match=r"no vintage named v2.*v1"):
        verify(frozen(province), "v2")


def test_from_the_command_line(province, tmp_path, fansipan):
    folder = province.write(tmp_path / "province")
    options = ("--month", "2024-05", "--known-on", "2024-05-31", "--published-on", "2024-06-01")
    assert "figures frozen" in fansipan("vintages", "publish", folder, "v1", *options).stdout
    assert fansipan("vintages", "verify", folder, "v1").returncode == 0
    refused = fansipan("vintages", "publish", folder, "v1", *options)
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    shown = fansipan("vintages", "triangle", folder, "--months", "1", "--until", "2024-05", lang="vi")
    assert "Tam giác" not in shown.stderr
    assert "đến 31/05/2024" in shown.stdout
    compared = fansipan(
        "vintages", "compare", folder, "--month", "2024-05", "--before", "2024-05-31", "--after", "30/06/2024"
    )
    assert "return arrived" in compared.stdout
