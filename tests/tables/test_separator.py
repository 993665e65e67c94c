"""Which mark parts the cells of a text file: that of its header, whatever lists and decimals stand in the rows."""

import pytest

from fansipan.tables.reading.delimited import read_delimited

CASES = {
    "lists in cells": ("slice,order,hours,months\ndry,1,4000.0,11;12;1;2;3;4\nwet,2,4760.0,5;6;7;8;9;10\n", 4),
    "decimal commas": ("mã;tên;giá\nA;Đồng, loại 1;1,5\nB;Apatit;22,75\n", 3),
    "tabs with lists": ("code\tmonths\nA\t1;2;3\nB\t4;5;6\n", 2),
}


@pytest.mark.parametrize(("text", "width"), CASES.values(), ids=CASES)
def test_the_header_decides(tmp_path, text, width):
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf8")
    sheet, faults = read_delimited(file)
    assert not faults
    assert sheet.frame.width == width
