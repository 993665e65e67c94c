"""Writing a frame by the file's ending, whole or not at all."""

import polars as pl
import pytest

from fansipan.errors import FansipanError
from fansipan.tables.files.writing import replaced, split_rows, write_frame

FRAME = pl.DataFrame({"code": ["Đá", "=1+1"], "value": [0.1 + 0.2, None]})


def test_figures_come_back_unrounded(tmp_path):
    kept = FRAME.with_columns(code=pl.Series(["Đá", "'=1+1"]))  # an apostrophe keeps a spreadsheet from reckoning it
    assert pl.read_csv(write_frame(FRAME, tmp_path / "f.csv")).equals(kept)
    assert pl.read_parquet(write_frame(FRAME, tmp_path / "f.parquet")).equals(FRAME)
    assert pl.read_json(write_frame(FRAME, tmp_path / "f.json")).equals(FRAME)
    sheet = pl.read_excel(write_frame(FRAME, tmp_path / "f.xlsx"))
    assert sheet["code"].to_list() == ["Đá", "=1+1"]
    assert sheet["value"][0] == pytest.approx(0.3, rel=1e-15)


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(FansipanError, match=r"\.doc of f\.doc is not known.*\.csv, \.xlsx"):
        write_frame(FRAME, tmp_path / "f.doc")


def test_a_write_that_is_cut_off_leaves_the_old_file_whole(tmp_path):
    path = write_frame(FRAME, tmp_path / "f.csv")
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt), replaced(path) as temporary:
        temporary.write_text("half")
        raise KeyboardInterrupt
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_table_goes_on_in_further_sheets():
    pieces = list(split_rows(pl.DataFrame({"x": range(5)}), "returns", most=2))
    assert [(name, piece.height) for name, piece in pieces] == [("returns", 2), ("returns (2)", 2), ("returns (3)", 1)]
