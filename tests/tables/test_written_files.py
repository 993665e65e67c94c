"""What is written: the same bytes whenever, nothing half, no formula out of text."""

import re
import resource
import time
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fansipan.errors import FansipanError
from fansipan.tables.files import writing
from fansipan.tables.files.writing import neutral, replaced, write_csv, write_frame
from fansipan.tables.reading.delimited import GUARD, read_cells

STARTS = ("=", "+", "-", "@", " =", "\t=", "＝", "'=", "''=", "-2+3+cmd|' /C calc'!A0 ")
FORMULAS = [f"{start}HYPERLINK(1)" for start in STARTS]
FRAME = pl.DataFrame({"name": FORMULAS, "value": [-1.5] * len(FORMULAS)})


def test_text_that_looks_like_a_formula_is_neutral_in_a_csv_and_reads_back(tmp_path):
    path = write_frame(FRAME.rename({"name": "=name"}), tmp_path / "a.csv")
    cells, faults = read_cells(path)
    assert not faults
    assert cells.rows() == [("=name", "value"), *((name, "-1.5") for name in FORMULAS)]
    lines = path.read_text(encoding="utf8").splitlines()
    assert all(line.lstrip('"').startswith("'") for line in lines)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.sampled_from(["", *STARTS]))
def test_marked_text_reads_back_exactly(words, start):
    marked = neutral(pl.DataFrame({"a": [start + words]}))["a"][0]
    assert re.sub(GUARD, r"\1", marked) == start + words


@pytest.mark.parametrize("figure", ["-5", "+0.5", "-1.234,5", "-", "-1e5", "2024-05"])
def test_figures_and_a_lone_sign_stay_as_they_are(figure):
    assert neutral(pl.DataFrame({"a": [figure]}))["a"].to_list() == [figure]


def test_a_workbook_has_no_formula_out_of_text(tmp_path):
    book = load_workbook(write_frame(FRAME, tmp_path / "a.xlsx"))
    assert [cell.data_type for row in book["data"].iter_rows(min_row=2, max_col=1) for cell in row] == ["s"] * len(
        FORMULAS
    )


@pytest.mark.parametrize("ending", writing.ENDINGS)
def test_the_same_frame_gives_the_same_bytes_at_another_time(tmp_path, monkeypatch, ending):
    first = write_frame(FRAME, tmp_path / f"a{ending}").read_bytes()
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() + 1e6)
    assert write_frame(FRAME, tmp_path / f"b{ending}").read_bytes() == first


def test_a_document_packed_at_another_time_has_the_same_bytes(tmp_path, monkeypatch):
    from docx import Document

    written = []
    for year in (2001, 2031):
        monkeypatch.setattr("time.time", lambda year=year: datetime(year, 1, 1).timestamp())
        with replaced(tmp_path / "a.docx") as temporary:
            document = Document()
            document.add_paragraph("Lào Cai")
            document.save(str(temporary))
        written.append((tmp_path / "a.docx").read_bytes())
    assert written[0] == written[1]
    assert Document(str(tmp_path / "a.docx")).paragraphs[0].text == "Lào Cai"


@pytest.fixture
def full_disk():
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("ending", writing.ENDINGS)
def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path, full_disk, ending):
    path = tmp_path / f"a{ending}"
    path.write_text("old")
    chance = pl.DataFrame({"a": [str(n * 7919 % 10007) for n in range(20_000)]})
    with pytest.raises(FansipanError, match=r"too large|quá lớn") as told:
        write_frame(chance, path)
    assert told.value.code == "file.unwritable"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "old"


@pytest.mark.parametrize("kind", ["folder", "device", "parent-is-a-file"])
def test_what_is_no_file_is_refused(tmp_path, kind):
    target = {"folder": tmp_path / "d.csv", "device": tmp_path / "n.csv", "parent-is-a-file": tmp_path / "f" / "a.csv"}[
        kind
    ]
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "n.csv").symlink_to("/dev/full")
    (tmp_path / "f").write_text("")
    for write in (write_frame, write_csv):
        with pytest.raises(FansipanError) as told:
            write(FRAME, target)
        assert told.value.code == "file.unwritable"
    assert not Path("/dev/full").is_file()
