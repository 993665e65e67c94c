"""Arguments typed with decomposed letters, as some keyboards and file systems write them."""

import unicodedata
from pathlib import Path

import pytest

from fansipan.cli import composed

NAMES = ["Lào Cai", "Bảo Thắng", "Mường Khương", "Ước tính", "--scope=Đồng", "ế" * 5000, "", "a\x00b"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_letters_are_composed(name: str, form: str) -> None:
    assert composed([unicodedata.normalize(form, name)]) == [name]


def test_a_file_that_stands_as_typed_keeps_its_name(tmp_path: Path) -> None:
    path = str(tmp_path / unicodedata.normalize("NFD", "Tỉnh"))
    assert composed([path]) == [unicodedata.normalize("NFC", path)]
    Path(path).mkdir()
    assert composed([path]) == [path]
