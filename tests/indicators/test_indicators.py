"""Indicators: figures with their evidence, scopes by their own date, what the tables do not say."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.areas import standing_for, valid_on
from fansipan.errors import NotFound
from fansipan.examples import laocai
from fansipan.indicators import INDICATORS, Scope, Source, Span, compute
from fansipan.indicators.scopes import leaves, units, zones_of
from fansipan.province import Province
from fansipan.texts import LANGUAGES, catalogue

ON = date(2024, 5, 31)
FIRST = Span(date(2024, 1, 1), ON)


@pytest.fixture(scope="module")
def source():
    return Source(laocai.build(), ON)


def test_gross_output_of_the_first_five_months_is_the_published_figure(source):
    found = compute("gross-output", source, Scope("province", "10"), FIRST)
    assert round(found.value, 1) == 17151.7
    assert found.evidence[0].sentence("vi") == "báo cáo sản phẩm từ 01/2024 đến 05/2024 (5 tháng)"


def test_shares_of_the_sections_add_up_to_the_whole(source):
    shares = [compute("share-of-output", source, Scope("industry", s), FIRST).value for s in "BCDE"]
    assert sum(shares) == pytest.approx(100)
    assert shares[0] == pytest.approx(100 * 1167.8 / 17151.7, abs=0.005)


def test_a_span_without_returns_is_not_known(source):
    assert (
        compute("gross-output", source, Scope("province", "10"), Span(date(2025, 1, 1), date(2025, 12, 31))).value
        is None
    )
    empty = Source(Province({}), ON)
    assert compute("share-of-output", empty, Scope("industry", "C"), FIRST).value is None
    assert empty.output is None


def test_clusters_by_unit_and_in_all(source):
    found = compute("clusters", source, Scope("areas", "all"), FIRST)
    assert found.value == 7
    assert {unit: part.value for unit, part in found.parts.items() if part.value} == {
        "080": 4,
        "086": 1,
        "087": 1,
        "089": 1,
    }
    assert compute("clusters", source, Scope("area", "080"), FIRST).value == 4
    assert compute("parks", source, Scope("province", "10"), FIRST).value == 3


def test_programmes_from_the_row_recorded_last():
    def step(code: str, kind: str, done: str | None, at: int) -> dict:
        return {
            "programme": "p",
            "step": code,
            "name": code,
            "kind": kind,
            "recorded_at": datetime(2024, 1, at),
            "done_on": date.fromisoformat(done) if done else None,
            "source": "illustrative",
        }

    rows = [step("a", "draft", None, 1), step("a", "draft", "2024-02-01", 2), step("b", "submission", None, 1)]
    source = Source(Province({"programme_steps": pl.DataFrame(rows, infer_schema_length=None)}), ON)
    scope = Scope("programme", "p")
    assert compute("programme-submitted", source, scope, FIRST).value == 0
    assert compute("programme-done", source, scope, FIRST).value == 0
    done = Source(
        Province(
            {
                "programme_steps": pl.DataFrame(
                    [*rows, step("b", "submission", "2024-05-01", 3)], infer_schema_length=None
                )
            }
        ),
        ON,
    )
    assert compute("programme-submitted", done, scope, FIRST).value == 1
    assert compute("programme-done", done, scope, FIRST).value == 1
    assert compute("programme-done", done, Scope("programme", "q"), FIRST).value is None


def test_a_dossier_whose_end_is_not_known_is_left_out():
    rows = [
        {
            "dossier": "d",
            "procedure": "X",
            "office": "Y",
            "received_on": date(2026, 12, 20),
            "length": 30,
            "counting": "working days",
            "source": "illustrative",
        }
    ]
    source = Source(Province({"procedures": pl.DataFrame(rows)}), date(2026, 12, 31))
    span = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert compute("clocks-kept", source, Scope("province", "10"), span).value is None


def test_scopes():
    areas = laocai.build()["areas"]
    assert len(units(areas, "district", date(2024, 1, 1))) == 7
    assert len(units(areas, "all", date(2024, 1, 1))) == 9
    assert units(areas, "all", date(2025, 7, 1)) == []
    assert valid_on(areas, date(2025, 7, 1))["area"].to_list() == ["15"]
    assert "ccn-pho-rang" in zones_of(laocai.build(), "087", "cluster", date(2024, 1, 1))
    with pytest.raises(NotFound, match="does not mean any group"):
        units(areas, "counties", ON)


def test_the_same_span_a_year_before():
    assert Span(date(2024, 2, 1), date(2024, 2, 29)).last_year() == Span(date(2023, 2, 1), date(2023, 2, 28))


def test_every_indicator_has_words_and_an_unknown_one_gives_the_nearest(source):
    assert all(set(LANGUAGES) <= set(catalogue()[f"indicator.{name}"]) for name in INDICATORS)
    assert all(indicator.label("vi") for indicator in INDICATORS.values())
    with pytest.raises(NotFound, match="gross-output"):
        compute("gros-output", source, Scope("province", "10"), FIRST)


MERGED = pl.DataFrame(
    [
        ("10", "province", None, date(2019, 1, 1), date(2025, 6, 30), "15-2025"),
        ("15", "province", None, date(2019, 1, 1), date(2025, 6, 30), "15-2025"),
        ("h1", "district", "10", date(2019, 1, 1), date(2025, 6, 30), "15-2025"),
        ("h2", "district", "15", date(2019, 1, 1), date(2025, 6, 30), "15-2025"),
        ("x1", "commune", "h1", date(2019, 1, 1), date(2025, 6, 30), "m1"),
        ("15-2025", "province", None, date(2025, 7, 1), None, None),
        ("m1", "commune", "15-2025", date(2025, 7, 1), None, None),
        ("m2", "ward", "15-2025", date(2025, 7, 1), None, None),
    ],
    schema=["area", "level", "parent", "valid_from", "valid_to", "successor"],
    orient="row",
)


@pytest.mark.parametrize(
    ("word", "on", "own", "found"),
    [
        ("district", date(2024, 5, 31), "10", ["h1"]),
        ("district", date(2024, 5, 31), "15", ["h2"]),
        ("district", date(2024, 5, 31), None, ["h1", "h2"]),
        ("district", date(2025, 7, 1), "10", []),
        # a target of a later year is of the units that the province has by then
        ("all-communes", date(2026, 1, 1), "10", ["m1", "m2"]),
        ("all-communes", date(2025, 6, 30), "10", ["x1"]),
        # a code that began later, or is not there, keeps none out
        ("district", date(2024, 5, 31), "15-2025", ["h1", "h2"]),
        ("district", date(2024, 5, 31), "99", ["h1", "h2"]),
    ],
)
def test_a_scope_means_the_units_of_ones_own_province(word, on, own, found):
    assert units(MERGED, word, on, own) == found


def test_what_stands_for_a_unit_on_a_day():
    days = [date(2018, 12, 31), date(2025, 6, 30), date(2025, 7, 1)]
    assert [standing_for(MERGED, "10", day) for day in days] == [None, "10", "15-2025"]
    assert standing_for(MERGED, "h1", date(2030, 1, 1)) == "15-2025"
    turned = MERGED.with_columns(successor=pl.lit("10"))
    assert standing_for(turned, "10", date(2026, 1, 1)) is None


def test_the_finest_units_of_a_day():
    assert leaves(MERGED, date(2025, 6, 30))["area"].to_list() == ["h2", "x1"]
    assert leaves(MERGED, date(2025, 7, 1), "10")["area"].to_list() == ["m1", "m2"]
    assert leaves(MERGED, date(2025, 6, 30), "10")["area"].to_list() == ["x1"]
    assert leaves(MERGED, date(2025, 6, 30), "99")["area"].to_list() == ["h2", "x1"]


def test_clusters_of_a_merger_are_counted_by_the_provinces_own_districts(source):
    given = source.province
    other = given["areas"].head(1).with_columns(area=pl.lit("999"), level=pl.lit("district"), parent=pl.lit("99"))
    both = Source(given.replace(areas=pl.concat([given["areas"], other])), ON)
    parts = compute("clusters", both, Scope("areas", "district"), FIRST).parts
    assert len(parts) == 7
    assert "999" not in parts
