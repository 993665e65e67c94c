"""Changes tried before they are written: codes, months and values that could never do what they say are refused."""

import pytest

from fansipan.errors import InvalidInput
from fansipan.scenario.new_changes import CODES, check_changes
from fansipan.tables.declarations.foresight import ACTS, SELECTIONS

GOOD = {
    "order": 1,
    "select": "product",
    "item": "cement",
    "act": "multiply",
    "value": 0.9,
    "first_month": "2024-07",
    "last_month": "2024-09",
}


def test_every_selection_with_a_code_is_known_and_the_examples_own_changes_pass(laocai):
    assert set(CODES) == {code for code, _, _ in SELECTIONS} - {"all", "hydropower"}
    check_changes(laocai, laocai["scenario_changes"].iter_rows(named=True))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"first_month": None},
        {"last_month": None},
        {"first_month": "2024-09"},
        {"select": "all", "item": None},
        {"select": "hydropower", "item": None},
        {"select": "industry", "item": "C"},
        {"act": "add", "value": -5.0},
        {"act": "set", "value": 0.0},
        {"act": "shift", "value": 2.0},
        {"act": "shift", "value": -1.5, "select": "project", "item": "mh-lan"},
        {"select": "portfolio", "item": "maintain"},
        {"select": "area", "item": "080"},
    ],
)
def test_changes_that_make_sense_pass(laocai, change):
    check_changes(laocai, [GOOD | change])


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"item": "cemnt"}, "scenario.change-item", "cement"),
        ({"item": None}, "scenario.change-item", "products"),
        ({"select": "zone", "item": "tang-long"}, "scenario.change-item", "tang-loong"),
        ({"select": "industry", "item": "20x"}, "scenario.change-item", "industries"),
        ({"first_month": "2024-10"}, "scenario.change-months", ("10/2024", "2024-10")),
        ({"value": -1.0}, "scenario.change-value", "-1.0"),
        ({"act": "cap", "value": -1.0}, "scenario.change-value", "cap"),
        ({"act": "shift", "value": 1.5}, "scenario.change-value", "1.5"),
    ],
)
def test_changes_that_could_never_do_what_they_say_are_refused(laocai, change, code, words):
    with pytest.raises(InvalidInput) as refused:
        check_changes(laocai, [GOOD, GOOD | {"order": 2} | change])
    [fault] = refused.value.faults
    assert fault.code == code
    told = dict(zip(("vi", "en"), (words, words) if isinstance(words, str) else words, strict=True))
    for lang in ("vi", "en"):
        assert told[lang] in fault.line(lang)
        assert "2" in fault.message(lang)


def test_every_fault_is_told_at_once(laocai):
    with pytest.raises(InvalidInput) as refused:
        check_changes(laocai, [GOOD | {"item": "x", "value": -1.0, "first_month": "2025-01"}])
    assert len(refused.value.faults) == 3


def test_every_act_is_tried(laocai):
    for act, _, _ in ACTS:
        check_changes(laocai, [GOOD | {"act": act, "value": 1.0}])
