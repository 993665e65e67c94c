"""Targets evaluated from the tables: met, on track, at risk, off track, missed, each with its evidence."""

from datetime import date, datetime

import polars as pl
import pytest

from fansipan.delivery.targets.evaluation import evaluate, recorded
from fansipan.delivery.targets.verdicts import VERDICTS, worst
from fansipan.errors import NotFound
from fansipan.province import Province
from fansipan.texts import LANGUAGES, catalogue


def rows(*given: dict) -> pl.DataFrame:
    return pl.DataFrame([{"source": "illustrative", **row} for row in given], infer_schema_length=None)


def areas() -> pl.DataFrame:
    units = [("10", "province", None), ("h1", "district", "10"), ("h2", "district", "10"), ("tp", "city", "10")]
    return rows(
        *(
            {
                "area": a,
                "name": a,
                "level": level,
                "parent": parent,
                "valid_from": date(2019, 1, 1),
                "valid_to": date(2025, 6, 30),
            }
            for a, level, parent in units
        )
    )


def event(zone: str, state: str, day: str) -> dict:
    return {"zone": zone, "state": state, "happened_on": date.fromisoformat(day), "document": None}


EVENTS = rows(
    event("ccn-0", "operating", "2019-01-01"),
    event("ccn-1", "listed", "2023-01-01"),
    event("ccn-1", "proposed", "2024-05-06"),
    event("ccn-1", "appraised", "2024-06-03"),
    event("ccn-1", "established", "2024-07-15"),
    event("kcn-1", "planned", "2022-01-01"),
    event("kcn-1", "listed", "2023-01-01"),
    event("kcn-1", "proposed", "2024-02-01"),
)
ZONES = rows(
    {"zone": "ccn-0", "name": "Cụm cũ", "kind": "cluster", "area": "h2"},
    {"zone": "ccn-1", "name": "Cụm mới", "kind": "cluster", "area": "h1"},
    {"zone": "kcn-1", "name": "Khu mới", "kind": "park", "area": "h2"},
)


def target(code: str, indicator: str, **more) -> dict:
    base = {
        "target": code,
        "name": code,
        "indicator": indicator,
        "scope_kind": "province",
        "scope": "10",
        "reading": None,
        "comparison": "at-least",
        "value": 1.0,
        "start": date(2024, 1, 1),
        "due": date(2024, 12, 31),
    }
    return {**base, **more}


def province(*targets: dict, **tables: pl.DataFrame) -> Province:
    return Province({"areas": areas(), "zones": ZONES, "zone_events": EVENTS, "targets": rows(*targets), **tables})


EACH = target("each", "clusters-formed", scope_kind="areas", scope="district")


def found(given: Province, on: str, **options):
    return evaluate(given, date.fromisoformat(on), **options)[0]


@pytest.mark.parametrize(
    ("on", "verdict", "parts"),
    [
        ("2023-12-31", "not-started", {}),
        ("2024-04-30", "at-risk", {"h1": "at-risk", "h2": "at-risk"}),
        ("2024-05-31", "at-risk", {"h1": "on-track", "h2": "at-risk"}),
        ("2024-07-15", "at-risk", {"h1": "met", "h2": "at-risk"}),
        # from the end of October the law's own clocks no longer leave time for a cluster that nobody proposed
        ("2024-10-31", "off-track", {"h1": "met", "h2": "off-track"}),
        ("2025-01-01", "missed", {"h1": "met", "h2": "missed"}),
        # districts ended on 1 July 2025: the target stays with the units of its own date
        ("2025-08-01", "missed", {"h1": "met", "h2": "missed"}),
    ],
)
def test_each_district_forms_a_cluster(on, verdict, parts):
    verdict_found = found(province(EACH), on)
    assert verdict_found.verdict == verdict
    assert {part.unit: part.verdict for part in verdict_found.parts} == parts


def test_the_units_that_have_not_are_listed_with_reasons():
    verdict = found(province(EACH), "2024-07-15")
    assert verdict.open_units == ("h2",)
    assert "nothing has been proposed; begun at once, the earliest day:" in verdict.parts[1].reasons[0].sentence("en")
    assert verdict.evidence[0].sentence("vi") == "1/2 đơn vị đã đạt; chưa đạt: h2"
    assert "Cụm mới formed on 2024-07-15" in verdict.evidence[1].sentence("en")


def test_readings_stand_side_by_side():
    all_units = {**EACH, "target": "all", "scope": "all", "reading": "all-units"}
    has_one = {**EACH, "target": "has", "indicator": "clusters", "reading": "has-one"}
    verdicts = {v.target: v for v in evaluate(province(EACH, all_units, has_one), date(2024, 7, 15))}
    assert [len(verdicts[code].parts) for code in ("each", "all", "has")] == [2, 3, 2]
    assert verdicts["has"].verdict == "met"
    assert (verdicts["has"].value, verdicts["has"].needed) == (2, 2)


def test_what_was_not_known_does_not_count():
    late = EVENTS.with_columns(pl.when(pl.col("state") == "established").then(date(2024, 8, 1)).alias("published_on"))
    given = province(EACH, zone_events=late)
    assert found(given, "2024-07-31").parts[0].verdict == "on-track"
    assert found(given, "2024-08-01").parts[0].verdict == "met"


@pytest.mark.parametrize(("needed", "verdict"), [(1, "on-track"), (2, "off-track")])
def test_parks_by_what_is_under_way(needed, verdict):
    parks = target("parks", "parks-implemented", value=float(needed))
    assert found(province(parks), "2024-05-31").verdict == verdict


def test_a_listed_park_is_a_risk_only():
    parks = target("parks", "parks-implemented")
    assert found(province(parks), "2024-01-31").verdict == "at-risk"


def step(code: str, kind: str, due: str, done: str | None = None, after: str | None = None) -> dict:
    return {
        "programme": "de-an",
        "step": code,
        "name": code,
        "kind": kind,
        "due": date.fromisoformat(due),
        "done_on": date.fromisoformat(done) if done else None,
        "after": after,
        "recorded_at": datetime(2024, 1, 1),
    }


SCHEME = target("scheme", "programme-submitted", scope_kind="programme", scope="de-an", comparison="done", value=None)


@pytest.mark.parametrize(
    ("steps", "on", "verdict"),
    [
        ([], "2024-05-31", "no-evidence"),
        (
            [step("draft", "draft", "2024-06-30"), step("submit", "submission", "2024-11-30", after="draft")],
            "2024-05-31",
            "on-track",
        ),
        (
            [step("draft", "draft", "2024-04-30"), step("submit", "submission", "2024-11-30", after="draft")],
            "2024-05-31",
            "at-risk",
        ),
        (
            [step("draft", "draft", "2024-04-30"), step("submit", "submission", "2024-12-15", after="draft")],
            "2024-05-31",
            "off-track",
        ),
        ([step("submit", "submission", "2024-11-30", "2024-11-20")], "2024-12-01", "met"),
        ([step("submit", "submission", "2024-11-30", "2025-01-02")], "2025-01-10", "missed"),
        ([step("submit", "submission", "2024-11-30")], "2025-01-10", "missed"),
    ],
)
def test_a_programme_to_be_submitted(steps, on, verdict):
    given = province(SCHEME, **({"programme_steps": rows(*steps)} if steps else {}))
    assert found(given, on).verdict == verdict


def test_a_project_to_be_speeded_up():
    speed = target("speed", "project-progress", scope_kind="project", scope="p", comparison="done", value=None)

    def milestone(kind: str, day: str, at: str) -> dict:
        return {
            "project": "p",
            "milestone": "commissioning",
            "kind": kind,
            "day": date.fromisoformat(day),
            "recorded_at": datetime.fromisoformat(at),
        }

    history = rows(
        milestone("planned", "2024-06-30", "2023-01-01"),
        milestone("forecast", "2024-08-31", "2024-03-01"),
        milestone("forecast", "2024-11-30", "2024-05-01"),
        milestone("actual", "2024-12-20", "2024-12-21"),
    )
    given = province(speed, milestones=history)
    seen = {on: found(given, on) for on in ("2024-02-01", "2024-04-01", "2024-05-31", "2024-12-31")}
    assert [(v.verdict, v.value) for v in seen.values()] == [
        ("on-track", 0),
        ("at-risk", 62),
        ("off-track", 153),
        ("met", 173),
    ]
    assert found(province(speed), "2024-05-31").verdict == "no-evidence"


def test_a_forecast_decides_where_there_is_one():
    parks = target("parks", "parks-implemented")
    for chance, verdict in ((0.9, "on-track"), (0.6, "at-risk"), (0.1, "off-track")):
        forecast = found(province(parks), "2024-05-31", chances={"parks": chance})
        assert (forecast.verdict, forecast.basis) == (verdict, "forecast")


def test_clocks_kept_against_last_year():
    up = target("clocks", "clocks-kept", comparison="up", value=None, due=None)

    def dossier(code: str, received: str, done: str) -> dict:
        return {
            "dossier": code,
            "procedure": "Giấy phép",
            "office": "Sở",
            "received_on": date.fromisoformat(received),
            "length": 10,
            "counting": "working days",
            "done_on": date.fromisoformat(done),
        }

    given = province(
        up,
        procedures=rows(
            dossier("a", "2023-03-01", "2023-03-10"),
            dossier("b", "2023-03-01", "2023-04-10"),
            dossier("c", "2024-03-01", "2024-03-10"),
            dossier("d", "2024-04-10", "2024-05-20"),
            dossier("e", "2024-04-10", "2024-04-20"),
        ),
    )
    verdict = found(given, "2024-05-31")
    assert (verdict.verdict, round(verdict.value, 1)) == ("on-track", 66.7)
    assert verdict.evidence[0].sentence("en").startswith("d (Giấy phép): due 2024-04-25")


def test_verdicts_are_kept_as_rows_that_fit_the_table():
    verdicts = evaluate(province(EACH), date(2024, 5, 31))
    history = recorded(verdicts, datetime(2024, 6, 1, 8))
    assert Province({"target_verdicts": history})["target_verdicts"]["verdict"].to_list() == ["at-risk"]


def test_a_verdict_as_plain_data_and_in_words():
    verdict = found(province(EACH), "2024-07-15")
    plain = verdict.as_dict("vi")
    assert (plain["verdict"], plain["parts"][1]["verdict"]) == ("at-risk", "at-risk")
    assert verdict.sentence("vi").startswith("có nguy cơ không đạt (theo hồ sơ đang giải quyết): 1/2 đơn vị đã đạt")


def test_an_unknown_target_and_an_unknown_indicator_are_refused():
    with pytest.raises(NotFound, match="no target with the code zz"):
        found(province(EACH), "2024-05-31", only=("zz",))
    with pytest.raises(NotFound, match="clusters-formed"):
        found(province({**EACH, "indicator": "clusters-forming"}), "2024-05-31")
    with pytest.raises(NotFound, match="does not mean any group"):
        found(province({**EACH, "scope": "counties"}), "2024-05-31")


@pytest.mark.parametrize("bad", [{"indicator": "clusters-forming"}, {"scope": "counties"}, {"indicator": "nope"}])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_bad_target_never_stops_the_others(bad, place):
    targets = [{**EACH, "target": f"t{k}"} for k in range(3)]
    targets[place] = {**targets[place], **bad}
    alone, every = province(EACH), province(EACH).replace(targets=rows(*targets))
    found = evaluate(every, date(2024, 5, 31))
    right = evaluate(alone, date(2024, 5, 31))[0].verdict
    assert [v.verdict for v in found] == ["no-evidence" if k == place else right for k in range(3)]
    assert found[place].evidence[0].sentence("en").startswith("could not be evaluated: ")
    assert found[place].evidence[0].sentence("vi").startswith("chưa đánh giá được: ")
    told = evaluate(every, date(2024, 5, 31), only=(f"t{(place + 1) % 3}",))
    assert [v.verdict for v in told] == [right]


def test_every_verdict_has_words_and_a_place_in_the_order():
    assert all(set(LANGUAGES) <= set(catalogue()[f"target.{verdict}"]) for verdict in VERDICTS)
    assert worst(VERDICTS) == "missed"
    assert worst(["met", "on-track"]) == "on-track"
    assert worst([]) == "no-evidence"


def test_a_scope_that_no_unit_is_of_is_no_evidence():
    given = Province({"targets": rows(EACH)})
    verdict = found(given, "2024-05-31")
    assert verdict.verdict == "no-evidence"
    assert "no administrative unit was of this scope" in verdict.evidence[0].sentence("en")


def dossiers(*rows_given: tuple[str, str, str | None]) -> pl.DataFrame:
    return rows(
        *(
            {
                "dossier": code,
                "procedure": "Giấy phép",
                "office": "Sở",
                "received_on": date.fromisoformat(received),
                "length": 10,
                "counting": "working days",
                "done_on": date.fromisoformat(done) if done else None,
            }
            for code, received, done in rows_given
        )
    )


@pytest.mark.parametrize(
    ("kept", "verdict"), [(0, "off-track"), (1, "off-track"), (2, "off-track"), (3, "off-track"), (4, "met")]
)
def test_a_rate_does_not_grow_with_the_days(kept, verdict):
    ninety = target("clocks", "clocks-kept", value=90.0)
    given = [(f"d{k}", "2024-03-01", "2024-03-10" if k < kept else "2024-04-30") for k in range(4)]
    seen = found(province(ninety, procedures=dossiers(*given)), "2024-05-31")
    assert (seen.verdict, seen.value) == (verdict, 25.0 * kept)


def test_a_rate_moves_by_last_years_course_where_it_is_known():
    ninety = target("clocks", "clocks-kept", value=90.0)
    given = dossiers(
        ("a", "2023-03-01", "2023-04-30"),
        ("b", "2023-03-01", "2023-03-10"),
        ("c", "2023-09-01", "2023-09-10"),
        ("d", "2023-09-01", "2023-09-10"),
        ("e", "2024-03-01", "2024-03-10"),
        ("f", "2024-03-01", "2024-04-30"),
        ("g", "2024-03-01", "2024-03-10"),
    )
    # last year 50 % by May and 75 % at its end: 66.7 % by May of this year points to 100 %
    seen = found(province(ninety, procedures=given), "2024-05-31")
    assert (seen.verdict, seen.basis) == ("on-track", "pace")
    assert "100.0" in seen.evidence[-1].sentence("en")


def test_at_most_nothing_is_kept_while_nothing_has_come():
    few = target("few", "clusters-formed", comparison="at-most", value=2.0)
    assert found(province(few), "2024-05-31").verdict in ("met", "on-track", "at-risk")
    none = target("late", "clocks-kept", comparison="at-most", value=10.0)
    given = dossiers(("a", "2024-03-01", "2024-04-30"))
    assert found(province(none, procedures=given), "2024-05-31").verdict == "met"


@pytest.mark.parametrize("on", ["2024-05-31", "2025-01-10", "2026-01-01"])
def test_what_no_table_speaks_of_is_never_called_missed(on):
    speed = target("speed", "project-progress", scope_kind="project", scope="p", comparison="done", value=None)
    silent = [SCHEME, target("out", "gross-output", value=60000.0), target("kept", "clocks-kept", value=90.0), speed]
    seen = evaluate(province(*silent), date.fromisoformat(on))
    assert {v.target: v.verdict for v in seen} == dict.fromkeys(("scheme", "out", "kept", "speed"), "no-evidence")
