"""Every figure of the law as its printed summary says it, on the first and the last day of each regime.

The cases are written from the province's summary of the decrees, not from the files of the program: an empty article or
certainty is one that the summary does not give, ``none`` a day on which no figure is carried.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from fansipan import norms
from fansipan.errors import Refused
from fansipan.norms.registry import parse_value
from fansipan.texts import LANGUAGES

CASES = Path(__file__).parents[1] / "cases" / "norms" / "01_rules_of_law_by_date.csv"
ROWS = list(csv.DictReader(CASES.read_text(encoding="utf8").splitlines()))
EVERY = [norm for name in norms.names() for norm in norms.history(name)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']}@{row['on']}")
def test_case(row):
    on = date.fromisoformat(row["on"])
    if row["certainty"] == "none":
        with pytest.raises(Refused, match="is carried as in force on"):
            norms.value(row["name"], on=on)
        return
    found = norms.value(row["name"], on=on)
    expected = row["value"] if isinstance(found.value, str) else parse_value(row["value"])
    assert (found.value, found.unit, found.comparison) == (expected, row["unit"], row["comparison"])
    assert row["decree"] in found.decree
    assert not row["article"] or found.article == row["article"]
    assert not row["certainty"] or found.certainty == row["certainty"]


def test_every_norm_but_those_named_is_held_against_print():
    # The regimes' own names, law on land (from memory) and the denominator of parks are not figures of the summary.
    elsewhere = ("regime", "plot.", "park.occupancy.denominator")
    held = {row["name"] for row in ROWS}
    assert [name for name in norms.names() if name not in held and not any(part in name for part in elsewhere)] == []


@pytest.mark.parametrize("norm", EVERY, ids=lambda n: f"{n.name}@{n.valid_from}")
def test_a_figure_not_read_in_the_official_text_says_so_wherever_it_is_cited(norm):
    said = {"summary": ("summary", "tóm tắt"), "memory": ("memory", "trí nhớ")}.get(norm.certainty)
    for lang in LANGUAGES:
        cited = norm.cite(lang)
        assert cited.endswith(")") == (said is not None), cited
        assert said is None or said[lang == "vi"] in cited


@pytest.mark.parametrize(
    ("name", "on", "vi", "en"),
    [
        ("cluster.report.tenants.first", date(2025, 6, 1), "trước ngày 20/6", "before 20 June"),
        ("cluster.report.cutoff.second", date(2025, 6, 1), "ngày 14/12", "14 December"),
        ("document.body.indent.long", date(2024, 5, 31), "1,27 cm", "1.27 cm"),
        ("document.body.line.most", date(2024, 5, 31), "≤ 1,5 dòng", "≤ 1.5 lines"),
        (
            "document.issuer.style",
            date(2024, 5, 31),
            "in hoa, đậm, có đường kẻ dưới dài 1/3 đến 1/2",
            "capitals, bold, with a line a third to a half under it",
        ),
        (
            "zone.kinds",
            date(2024, 5, 31),
            "khu kinh tế ven biển, khu kinh tế cửa khẩu, chuyên ngành",
            "coastal, border-gate, specialised",
        ),
        ("project.environment.groups", date(2024, 5, 31), "I II III IV", "I II III IV"),
        ("document.font", date(2024, 5, 31), "Times New Roman", "Times New Roman"),
        ("cluster.establish.waived", date(2026, 9, 15), "công nghệ cao, sinh thái", "high-tech, ecological"),
    ],
)
def test_values_print_as_each_language_writes_them(name, on, vi, en):
    norm = norms.value(name, on=on)
    assert (norm.shown("vi"), norm.shown("en")) == (vi, en)


def test_an_annex_is_cited_as_one():
    norm = norms.value("document.paper", on=date(2024, 5, 31))
    assert norm.cite("vi") == "Phụ lục I Nghị định 30/2020/NĐ-CP"
    assert norm.cite("en") == "Decree 30/2020/NĐ-CP, Annex I"
