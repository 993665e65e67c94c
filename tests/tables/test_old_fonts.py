"""Text typed for the fonts of before Unicode: recognised, converted, and nothing else touched."""

import unicodedata

import pytest

from fansipan.examples.laocai.building import build
from fansipan.tables.reading import old_fonts
from fansipan.tables.reading.old_fonts import old_text

TO_TCVN3 = {made: said for said, made in old_fonts._TCVN3.items()}
TO_VNI = {}
for said, made in old_fonts._VNI.items():
    TO_VNI.setdefault(made, said)


def in_tcvn3(words):
    return "".join(TO_TCVN3.get(c, c) for c in words)


def in_vni(words):
    return "".join(TO_VNI.get(c, c) for c in words)


@pytest.fixture(scope="module")
def names():
    province = build()
    found = {n for t in ("areas", "industries", "products", "zones", "establishments") for n in province[t]["name"]}
    return sorted(unicodedata.normalize("NFC", name) for name in found)


def test_words_in_unicode_are_left_alone(names):
    foreign = ["Müller GmbH", "Citroën", "São Paulo", "Côte d'Ivoire", "Nescafé", "3½", "X®", "«Đá»", "µm", "1000 m³"]
    assert [name for name in names + foreign if old_text(name)] == []


@pytest.mark.parametrize(("font", "typed"), [("TCVN3", in_tcvn3), ("VNI", in_vni)])
def test_every_name_of_two_words_and_more_comes_back(names, font, typed):
    """Names of one or two short words may stay unrecognised; none comes back as something else."""
    old = {name: typed(name) for name in names if not typed(name).isascii() and typed(name) != name}
    found = {name: old_text(text) for name, text in old.items()}
    assert len(old) > 80
    wrong = {n: f for n, f in found.items() if f and (f.font != font or f.converted.casefold() != n.casefold())}
    assert wrong == {}
    assert [n for n, f in found.items() if f is None and len(n.split()) > 4] == []
    assert sum(f is None for f in found.values()) <= 0.03 * len(found)


def test_a_text_of_capitals_stays_one():
    assert old_text("C¤NG TY C¥ KHÝ").converted == "CÔNG TY CƠ KHÍ"
    assert old_text("COÂNG TY CÔ KHÍ MOÛ").converted == "CÔNG TY CƠ KHÍ MỎ"
