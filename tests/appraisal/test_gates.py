"""Gates: every way to write one, what passes, and what a refusal says."""

import pytest

from fansipan.appraisal.criteria.gate_reading import parse_gate
from fansipan.appraisal.criteria.gates import Gate, Refusal, shown
from fansipan.errors import FansipanError
from fansipan.texts import same


@pytest.mark.parametrize(
    ("words", "passes", "fails"),
    [
        (">=50", [50, 51], [49.999, None, float("nan"), "50"]),
        ("≥ 50", [50], [49]),
        ("<= 3", [3, -1], [3.1]),
        (">0", [0.1], [0, -1]),
        ("<-1.5", [-2], [-1.5]),
        ("> = 50 điểm", [50], [49]),
        ("=1", [1], [0]),
        ("==1", [1], [2]),
        ("!=0", [1], [0]),
        (">=20%", [20], [19]),
        ("in II|III", ["II", " iii "], ["I", None]),
        ("not in cấm | hạn chế", ["khuyến khích"], ["Cấm", "hạn chế", None]),
        ("in {II, III}", ["II"], ["I", None]),
        ("=II", ["ii"], ["I"]),
        ("!= cấm", ["khuyến khích"], ["Cấm"]),
        ("thuộc 'II' | 'III'", ["II"], ["I"]),
        ("không thuộc I", ["II"], ["I"]),
        ("in 1|3", [1, 3.0, "1"], [2]),
        ("not in {1; 2}", [3], [1, 2.0]),
        ("1..5", [1, 5], [0.9, 5.1]),
        ("1 đến 5", [3], [6]),
        ("at least 50", [50], [49]),
        ("tối thiểu 50%", [50], [49]),
        ("không quá 2,5", [2.5], [2.6]),
        ("trên 3", [3.1], [3]),
        ("=> 2; =< 4", [2, 4], [1, 5]),
        ("in {II; III}; != III", ["II"], ["III", "I"]),
        (">=10; <75", [10, 74], [9, 75]),
        (">=10 and <75", [10], [75]),
    ],
)
def test_what_passes_and_what_does_not(words, passes, fails):
    gates = parse_gate(words)
    assert all(gate.allows(value) for value in passes for gate in gates)
    assert not any(all(gate.allows(value) for gate in gates) for value in fails)


@pytest.mark.parametrize("words", [None, "", "  "])
def test_blank_is_no_gate(words):
    assert parse_gate(words) == ()


@pytest.mark.parametrize("words", ["50", "at least", ";", ">=", ">= fifty", ">= 3 ha", "in ", ">=5 <=7"])
def test_words_that_are_no_gate_are_refused(words):
    with pytest.raises(FansipanError, match="is not understood"):
        parse_gate(words)


def test_a_gate_is_shown_in_each_language_s_style():
    assert Gate(">=", 1500.5).shown("vi") == "≥ 1.500,5"
    assert Gate(">=", 1500.5).shown("en") == "≥ 1,500.5"
    assert Gate("not in", words=("I", "II")).shown("en") == "none of I, II"
    assert Gate("in", words=("I",)).shown("vi") == "một trong: I"


@pytest.mark.parametrize(
    "written", ["between 2 and 6", "trong khoảng 2 và 6", "trong khoảng từ 2 đến 6", "2..6", "6 - 2"]
)
def test_a_range_in_words_or_signs(written):
    assert parse_gate(written) == (Gate(">=", 2), Gate("<=", 6))


def test_refusal_tells_figure_condition_rule_and_cure():
    refusal = Refusal("gate.not-met", "vốn", 43.5, Gate(">=", 50), "Điều 13", same("Tăng vốn"))
    assert refusal.message("vi") == "Không đạt điều kiện vốn ≥ 50 (thực tế: 43,5)."
    assert refusal.as_dict("en") == {
        "criterion": "vốn",
        "value": 43.5,
        "gate": "≥ 50",
        "rule": "Điều 13",
        "cure": "Tăng vốn",
        "message": "The gate vốn ≥ 50 is not met (it is 43.5).",
    }


def test_refusal_without_a_figure():
    assert Refusal("gate.no-evidence", "vốn", float("nan")).as_dict("en")["value"] is None
    assert "no figure" in Refusal("gate.not-met", "vốn", None, Gate(">", 0)).message("en")


@pytest.mark.parametrize(("value", "words"), [(3.0, "3"), (0.12345, "0.123"), ("II", "II"), (None, "no figure")])
def test_figures_keep_the_decimals_they_need(value, words):
    assert shown(value, "en") == words
