"""Filled forms into a province: new rows only, every fault at once, nothing changed, in every form of files."""

from datetime import datetime

import openpyxl
import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from fansipan.cli.province import add
from fansipan.errors import FansipanError
from fansipan.examples import laocai
from fansipan.province import Province
from fansipan.tables import REGISTRY
from fansipan.tables.forms.template import write_template

RETURN = {
    "establishment": "a",
    "product": "ore",
    "month": "2024-05",
    "recorded_at": datetime(2024, 5, 20, 8),
    "status": "estimate",
    "quantity": 10.0,
    "source": "reported",
}


@pytest.fixture(params=["tinh", "tinh.xlsx", "tinh.sqlite"])
def province(request, small, tmp_path):
    return Province(small([RETURN])).write(tmp_path / request.param)


@pytest.fixture
def run(monkeypatch):
    """Run the command within this process; a refusal is the error itself."""

    def call(*arguments, lang="en"):
        monkeypatch.setenv("FANSIPAN_LANG", lang)
        monkeypatch.setenv("COLUMNS", "200")
        app = typer.Typer()
        add.register(app)
        return CliRunner().invoke(app, [*map(str, arguments)])

    return call


def refused(found, lang="en") -> str:
    assert isinstance(found.exception, FansipanError), found.output
    return found.exception.describe(lang)


@pytest.fixture
def form(province, tmp_path):
    """Write the blank form, fill it by hand, return its path."""

    def fill(name, *rows):
        path = write_template(REGISTRY["returns"], tmp_path / name, frames=dict(Province.read(province)), lang="vi")
        book = openpyxl.load_workbook(path)
        for row in rows:
            book["returns"].append(row)
        book.save(path)
        return path

    return fill


def row(establishment="b", quantity=7, at="20/05/2024 08:30", month="05/2024", source="cơ sở báo cáo"):
    return [establishment, "ore · ore (t)", month, at, "ước thực hiện", quantity, None, None, None, None, source]


def test_new_rows_are_added_and_rows_that_stand_there_are_left(run, province, form):
    path = form("phiếu tháng 5.xlsx", row(), row("a", 10, "20/05/2024 08:00"), row("a", 12, "21/05/2024 08:00"))
    found = run(province, path)
    assert found.exit_code == 0, found.output
    assert "2 rows added" in found.stdout
    assert "fansipan calls" in found.stdout
    after = Province.read(province).returns.sort("establishment", "recorded_at")
    assert after.select("establishment", "quantity").rows() == [("a", 10.0), ("a", 12.0), ("b", 7.0)]
    again = run(province, path)
    assert "no new row" in again.stdout
    assert Province.read(province).returns.height == 3


def test_a_form_is_only_tried(run, province, form):
    found = run(province, form("phieu.xlsx", row()), "--dry-run")
    assert "1 rows would be added" in found.stdout
    assert Province.read(province).returns.height == 1


def test_a_row_with_other_figures_is_refused_and_nothing_is_written(run, province, form):
    found = run(province, form("phieu.xlsx", row(), row("a", 11, "20/05/2024 08:00")), lang="vi")
    assert "đã có trong tỉnh với giá trị khác: 10.0" in refused(found, "vi")
    assert "Thời điểm ghi nhận" in refused(found, "vi")
    assert Province.read(province).returns.height == 1


def test_faults_of_every_form_are_told_at_once(run, province, form, tmp_path):
    unknown = form("một.xlsx", row("zz"))
    spoilt = form("hai.xlsx", row(quantity="mười"))
    found = run(province, unknown, spoilt, tmp_path / "không có.xlsx")
    assert all(name in refused(found) for name in ("một.xlsx", "hai.xlsx", "không có.xlsx", "zz", "mười"))
    assert Province.read(province).returns.height == 1


def test_the_same_row_in_two_forms_is_told(run, province, form):
    found = run(province, form("một.xlsx", row()), form("hai.xlsx", row(quantity=8)))
    assert "hai.xlsx" in refused(found)
    assert Province.read(province).returns.height == 1


def test_several_forms_become_one_table(run, province, form):
    found = run(province, form("một.xlsx", row()), form("hai.xlsx", row("d", 3)))
    assert found.exit_code == 0, found.output
    assert Province.read(province).returns.height == 3


def test_a_step_that_the_state_map_forbids_does_not_come_in_by_a_form(run, tmp_path):
    built = laocai.build()
    kept = ("settings", "areas", "documents", "zones", "zone_events", "zone_land")
    path = Province({name: built[name] for name in kept}).write(tmp_path / "tinh")
    last = built["zone_events"].filter(zone="mh-ccn-2").tail(1)
    step = tmp_path / "zone_events.csv"
    last.with_columns(
        pl.lit("operating").alias("state"),
        pl.lit(datetime(2024, 5, 30, 9)).alias("recorded_at"),
        pl.lit(datetime(2024, 5, 30).date()).alias("happened_on"),
        pl.lit(99).cast(last["entry"].dtype).alias("entry"),
    ).write_csv(step)
    found = run(path, step)
    assert "operating" in refused(found)
    assert Province.read(path)["zone_events"].height == built["zone_events"].height
