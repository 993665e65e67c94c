"""Figures laid on the units of any day: sums kept, nothing re-keyed, targets by the units of their own date."""

from datetime import date

import polars as pl
import pytest

from fansipan.delivery.reorganisation import changes
from fansipan.delivery.targets.evaluation import evaluate
from fansipan.delivery.unit_figures import FIGURES, unit_figures
from fansipan.errors import NotFound
from fansipan.examples import laocai
from fansipan.interop.admin_units import read_reorganisation
from fansipan.province import Province

ON, AFTER = date(2024, 5, 31), date(2025, 7, 1)


@pytest.fixture(scope="module")
def province():
    return laocai.build()


@pytest.mark.parametrize("figure", FIGURES)
def test_sums_are_the_same_by_old_and_new_units(province, figure):
    old, new = (unit_figures(province, figure, ON, day) for day in (ON, AFTER))
    assert old["value"].sum() == pytest.approx(new["value"].sum())
    assert new.drop_nulls("area")["area"].to_list() == ["15"]
    assert old["level"].drop_nulls().is_in(["district", "city", "town"]).all()


def test_output_by_unit_adds_up_to_the_published_figure(province):
    old = unit_figures(province, "output", ON, ON)
    assert old.height == 9
    assert round(old["value"].sum(), 1) == 17151.7
    assert old["from"].to_list() == old["area"].to_list()


def test_an_unknown_figure_names_the_known_ones(province):
    with pytest.raises(NotFound, match="output, establishments, zones"):
        unit_figures(province, "rain", ON, ON)


def test_a_target_of_2024_asked_after_the_districts_ended_keeps_its_districts(province):
    found = evaluate(province, date(2025, 7, 15), only=("clusters-2024",))[0]
    assert (found.verdict, len(found.parts)) == ("missed", 7)
    assert "086" not in found.open_units


@pytest.mark.reference
def test_communes_of_the_real_lists_are_laid_on_the_99_new_ones(reference_data):
    folder = reference_data / "admin_units"
    areas = read_reorganisation(
        folder / "laocai_yenbai_legacy_communes.csv", folder / "laocai_2025_communes.csv", AFTER
    )
    communes = areas.filter(pl.col("level").is_in(["commune", "ward", "township"]) & (pl.col("valid_to") < AFTER))
    zones = communes.select(zone="area", name="name", area="area").with_columns(
        pl.lit("cluster").alias("kind"), pl.lit("illustrative").alias("source")
    )
    held = Province({"areas": areas, "zones": zones})
    new = unit_figures(held, "zones", ON, AFTER)
    assert new["value"].sum() == communes.height
    assert new["area"].str.ends_with("-2025").all()
    assert new.height <= 99
    ended = changes(areas, date(2025, 6, 30), AFTER).filter(pl.col("change") == "ended")
    assert ended.height == communes.height + 18 + 2
