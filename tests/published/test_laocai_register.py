"""The published facts about Lào Cai's zones, projects and promises, line by line (sources A and C)."""

from datetime import date

import polars as pl
import pytest

from fansipan.examples import laocai

province = laocai.build()


def zone(code: str) -> dict:
    return province.zones.row(by_predicate=pl.col("zone") == code, named=True)


def land(code: str) -> tuple[str, float]:
    return province.zone_land.filter(pl.col("zone") == code).select("kind", "hectares").row(0)


@pytest.mark.parametrize(
    ("code", "kind", "hectares", "projects", "occupancy"),
    [
        ("tang-loong", "industrial", 914, 29, 85),
        ("dong-pho-moi", "gross", 100, 41, 90),
        ("bac-duyen-hai", "gross", 66, 63, 90),
    ],
)
def test_parks_in_operation(code, kind, hectares, projects, occupancy):
    assert land(code) == (kind, hectares)
    assert zone(code)["tenant_projects"] == projects
    figure = province.official_figures.filter(pl.col("scope") == code)
    assert figure["value"].item() == occupancy


@pytest.mark.parametrize(
    ("code", "hectares", "cost", "low", "high", "jobs", "year", "area"),
    [
        ("ban-qua", 107, 669, 6000, 8200, 1500, 2024, "082"),
        ("coc-my-trinh-tuong", 897, 6997, 25000, 30000, 8000, 2025, "082"),
        ("cam-con", 100, 925, 5000, 6000, 1500, 2026, "087"),
        ("vo-lao", 200, 1704, 12000, 15000, 2200, 2027, "089"),
    ],
)
def test_parks_of_the_plan_of_october_2022(code, hectares, cost, low, high, jobs, year, area):
    row = zone(code)
    assert land(code) == ("gross", hectares)
    assert (row["infrastructure_cost"], row["expected_output_low"], row["expected_output_high"]) == (cost, low, high)
    assert (row["expected_jobs"], row["planned_from"], row["area"]) == (jobs, year, area)
    works = province.projects.row(by_predicate=pl.col("project") == f"works-{code}", named=True)
    assert (works["kind"], works["capital"], works["land"]) == ("infrastructure", cost, hectares)


def test_clusters_in_operation():
    published = (pl.col("kind") == "cluster") & (pl.col("source") == "published")
    clusters = province.zones.filter(published)["zone"]
    assert {code: land(code)[1] for code in clusters} == {
        "ccn-bac-duyen-hai": 19.5,
        "ccn-dong-pho-moi": 3.5,
        "ccn-son-man": 7.5,
        "ccn-pho-rang": 31.01,
        "ccn-khanh-yen-thuong": 5.17,
    }
    operating = province.zone_events.filter(pl.col("state") == "operating")["zone"]
    assert set(clusters) < set(operating)


def test_there_is_one_border_gate_economic_zone():
    assert province.zones.filter(pl.col("kind") == "economic-zone")["name"].to_list() == [
        "Khu kinh tế cửa khẩu Lào Cai"
    ]


@pytest.mark.parametrize(
    ("target", "comparison", "value", "due"),
    [
        ("clusters-2024", "at-least", 1, date(2024, 12, 31)),
        ("parks-2024", "at-least", 2, date(2024, 12, 31)),
        ("review-2024", "done", None, date(2024, 12, 31)),
        ("options-2024", "done", None, date(2024, 12, 31)),
        ("promotion-2024", "done", None, date(2024, 12, 31)),
        ("scheme-2024", "done", None, date(2024, 12, 31)),
        ("regulation-2024", "done", None, date(2024, 12, 31)),
        ("gross-output-2025", "at-least", 60000, date(2025, 12, 31)),
        ("parks-2030", "at-least", 7, date(2030, 12, 31)),
        ("clusters-2030", "at-least", 20, date(2030, 12, 31)),
        ("manufacturing-share", "up", None, None),
        ("mining-share", "down", None, None),
    ],
)
def test_targets(target, comparison, value, due):
    row = province.targets.row(by_predicate=pl.col("target") == target, named=True)
    assert (row["comparison"], row["value"], row["due"]) == (comparison, value, due)
    assert row["document"]
    assert row["published_on"]


def test_the_cluster_target_has_its_three_readings():
    readings = province.targets.filter(pl.col("target").str.starts_with("clusters-2024"))["reading"]
    assert sorted(readings) == ["all-units-in-year", "rural-districts-has-one", "rural-districts-in-year"]


def test_scheme_and_regulation():
    rows = {r["programme"]: r for r in province.programmes.iter_rows(named=True)}
    assert rows["supporting-industries"]["kind"] == "scheme"
    assert rows["mineral-planning"]["kind"] == "regulation"
    partners = rows["mineral-planning"]["partners"]
    assert all(name in partners for name in ("Bộ Công Thương", "Lào Cai", "Yên Bái", "Lai Châu", "Hà Giang"))


def test_real_projects_carry_published_facts_only():
    real = province.projects.filter(pl.col("standing").is_not_null() & (pl.col("source") == "published"))
    assert real["standing"].value_counts().sort("standing").rows() == [("cited", 3), ("speed-up", 3)]
    made_up = ["capital", "land", "power", "water", "waste_water", "labour", "environment_group"]
    assert real.select(made_up).null_count().row(0) == (real.height,) * len(made_up)
    assert set(real["source"]) == {"published"}
    for table in ("milestones", "obstacles", "project_products"):
        frame = province[table]
        for column in ("project", "blocks"):
            if column in frame.columns:
                assert not set(frame[column]) & set(real["project"])


def test_documents_named_by_the_facts():
    documents = set(province.documents["document"])
    assert {"A", "B", "C", "resolution-10", "decree-32-2024", "decree-35-2022", "decree-30-2020"} <= documents
    later = province.known_on(date(2024, 5, 31)).documents["document"]
    assert "decree-32-2024" in later
    assert not {"decree-139-2025", "decree-303-2026", "decision-36-2025", "law-investment-2025"} & set(later)
