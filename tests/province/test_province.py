"""The tables together: access, replacement, what was known by a date, folders."""

import pickle
from datetime import date, datetime

import polars as pl
import pytest

from fansipan.errors import FansipanError, InvalidInput, NotFound
from fansipan.province import Province, survey

RETURN = {
    "establishment": "a",
    "product": "Đá",
    "month": "2024-05",
    "recorded_at": datetime(2024, 6, 1, 8),
    "status": "estimate",
    "quantity": 1.5,
    "source": "illustrative",
}
DOCUMENT = {"document": "QĐ-1", "title": "Kế hoạch", "kind": "plan", "source": "illustrative"}


def returns(**changes: object) -> pl.DataFrame:
    return pl.DataFrame([RETURN | changes])


def test_missing_tables_are_empty_frames_of_the_declared_columns():
    province = Province()
    assert province.returns.schema["recorded_at"] == pl.Datetime("ms")
    assert province["returns"].height == 0


def test_unknown_tables_are_named_with_the_nearest():
    with pytest.raises(NotFound, match="Nearest: returns"):
        Province()["retruns"]
    with pytest.raises(AttributeError, match="no table 'retruns'"):
        _ = Province().retruns
    with pytest.raises(NotFound, match="no table named retruns"):
        Province().replace(retruns=returns())


def test_a_province_does_not_change():
    province = Province({"returns": returns()})
    other = province.replace(returns=returns(quantity=2.0))
    assert (province.returns["quantity"][0], other.returns["quantity"][0]) == (1.5, 2.0)
    with pytest.raises(AttributeError, match="use replace"):
        province.returns = returns()


def test_frames_are_taken_to_their_declared_form():
    text = "e\u0302 \r\nx\u200b  "
    row = Province({"returns": returns(establishment=text, product=7, quantity=-0.0, sales=None)}).returns.row(
        0, named=True
    )
    assert (row["establishment"], row["product"]) == ("ê \nx", "7")
    assert str(row["quantity"]) == "0.0"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"quantity": float("nan")}, "cell.not-number"),
        ({"quantity": -1.0}, "cell.too-small"),
        ({"status": "?"}, "cell.not-choice"),
        ({"establishment": " "}, "cell.empty"),
        ({"extra": 1}, "column.unknown"),
        ({"month": "2024-13"}, "cell.not-month"),
        ({"product": [1]}, "cell.not-text"),
    ],
)
def test_frames_that_break_the_declaration_are_refused(changes, code):
    with pytest.raises(InvalidInput) as caught:
        Province({"returns": returns(**changes)})
    assert [f.code for f in caught.value.faults if f.code != "cell.empty" or code == "cell.empty"] == [code]
    assert caught.value.faults[0].place.sheet == "returns"


def test_it_can_be_pickled_and_compared():
    province = Province({"returns": returns()})
    assert pickle.loads(pickle.dumps(province)) == province
    assert province != Province()
    assert repr(province) == "Province(returns 1)"


def test_settings_are_looked_up_by_name():
    province = Province({"settings": pl.DataFrame({"setting": ["name"], "value": ["Lào Cai"]})})
    assert (province.setting("name"), province.setting("x", "y")) == ("Lào Cai", "y")


@pytest.mark.parametrize(("day", "rows"), [(date(2024, 5, 31), 0), (date(2024, 6, 1), 1)])
def test_what_was_recorded_later_is_not_known(day, rows):
    assert Province({"returns": returns()}).known_on(day).returns.height == rows


def zone_land(**changes: object) -> pl.DataFrame:
    row = {"zone": "z", "kind": "gross", "as_of": date(2024, 6, 30), "hectares": 1.0, "source": "illustrative"}
    return pl.DataFrame([row | changes])


@pytest.mark.parametrize(
    ("changes", "known"),
    [({}, False), ({"published_on": date(2024, 5, 31)}, True), ({"published_on": date(2024, 6, 1)}, False)],
)
def test_the_day_of_publication_comes_before_the_day_of_the_figure(changes, known):
    province = Province({"zone_land": zone_land(**changes)}).known_on(date(2024, 5, 31))
    assert (province.zone_land.height == 1) is known


@pytest.mark.parametrize(("issued", "known"), [(date(2024, 5, 31), True), (date(2024, 6, 1), False), (None, True)])
def test_a_row_without_a_day_is_known_since_its_document_was_issued(issued, known):
    plan = {"indicator": "go", "scope_kind": "province", "scope": "LC", "period": "2024", "value": 1.0}
    province = Province(
        {
            "plans": pl.DataFrame([plan | {"document": "QĐ-1", "source": "illustrative"}]),
            "documents": pl.DataFrame([DOCUMENT | {"issued_on": issued}]),
        }
    )
    assert (province.known_on(date(2024, 5, 31)).plans.height == 1) is known


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_gives_back_what_was_written(tmp_path, form):
    province = Province(
        {"returns": returns(product='=1+1\nĐá, "1"', recorded_at=datetime(1899, 1, 2, 3, 4, 5, 678000))}
    )
    province.write(tmp_path / "p", form)
    assert Province.read(tmp_path / "p") == province
    assert [path.name for path in (tmp_path / "p").iterdir()] == [f"returns.{form}"]


def test_writing_again_leaves_no_stale_table_and_no_other_file_touched(tmp_path):
    folder = tmp_path / "p"
    Province({"returns": returns(), "documents": pl.DataFrame([DOCUMENT])}).write(folder, "parquet")
    (folder / "thư.csv").write_text("a\n")
    Province({"returns": returns()}).write(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["documents.csv", "returns.csv", "thư.csv"]
    found = survey(folder)
    assert found.frames["documents"].height == 0
    assert [f.code for f in found.faults] == ["table.unknown"]


def test_all_faults_of_all_files_are_told(tmp_path):
    (tmp_path / "returns.csv").write_text("establishment\n1\n")
    (tmp_path / "Văn bản.csv").write_text("document,title,kind,source\na,b,c,published\n,b,law,published\n")
    with pytest.raises(InvalidInput) as caught:
        Province.read(tmp_path)
    told = {(f.place.file, f.code) for f in caught.value.faults}
    assert {
        ("returns.csv", "column.missing"),
        ("Văn bản.csv", "cell.not-choice"),
        ("Văn bản.csv", "cell.empty"),
    } <= told


def test_a_table_may_go_on_in_further_files(tmp_path):
    Province({"returns": returns()}).write(tmp_path)
    (tmp_path / "returns.csv").rename(tmp_path / "returns (2).csv")
    Province({"returns": returns(product="B")}).write(tmp_path / "q")
    (tmp_path / "q" / "returns.csv").rename(tmp_path / "returns.csv")
    assert Province.read(tmp_path).returns["product"].to_list() == ["B", "Đá"]


def test_a_key_that_stands_in_two_files_is_found(tmp_path):
    Province({"returns": returns()}).write(tmp_path)
    (tmp_path / "returns (2).csv").write_bytes((tmp_path / "returns.csv").read_bytes())
    faults = survey(tmp_path).faults
    assert [(f.code, f.place.file, f.place.row) for f in faults] == [
        ("row.duplicate", "returns.csv", 2),
        ("row.duplicate", "returns (2).csv", 2),
    ]


def test_the_same_table_in_two_forms_is_refused(tmp_path):
    Province({"returns": returns()}).write(tmp_path)
    Province({"returns": returns()}).write(tmp_path / "q", "parquet")
    (tmp_path / "q" / "returns.parquet").rename(tmp_path / "returns.parquet")
    assert [f.code for f in survey(tmp_path).faults] == ["table.twice"]


def test_a_folder_without_tables_and_a_path_without_anything_are_told(tmp_path):
    assert [f.code for f in survey(tmp_path).faults] == ["folder.no-tables"]
    assert [f.code for f in survey(tmp_path / "nothing").faults] == ["file.missing"]


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FansipanError, match="cannot be written"):
        Province().write(tmp_path / "file" / "p")
