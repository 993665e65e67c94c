"""A result is never written over what a command reads."""

import pytest

from fansipan.cli import main
from fansipan.examples.laocai import build

SERIES = "series,period,value\n" + "".join(f"a,2024M{month:02d},{month}\n" for month in range(1, 13))


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments: object, lang: str = "vi") -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["fansipan", *map(str, arguments), "--lang", lang])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return stopped.value.code or 0, printed.out + printed.err

    return run


@pytest.mark.parametrize(("lang", "words"), [("vi", "sẽ ghi đè lên số liệu đang được đọc"), ("en", "written over")])
def test_a_result_does_not_replace_its_input(run, tmp_path, lang, words):
    series = tmp_path / "series.csv"
    series.write_text(SERIES)
    same = tmp_path / "." / ".." / tmp_path.name / "series.csv"
    status, told = run("scenario", "forecast", series, "--horizon", "2", "-o", same, lang=lang)
    assert (status, words in told) == (1, True)
    assert series.read_text() == SERIES


def test_a_result_elsewhere_is_written_and_written_again(run, tmp_path):
    series, result = tmp_path / "series.csv", tmp_path / "result.csv"
    series.write_text(SERIES)
    for _ in range(2):
        status, _ = run("scenario", "forecast", series, "--horizon", "2", "-o", result)
        assert (status, result.read_text().count("\n")) == (0, 3)


def test_a_result_does_not_become_a_table_of_the_province(run, tmp_path):
    folder = tmp_path / "province"
    build().write(folder)
    before = (folder / "targets.csv").read_bytes()
    status, told = run("measure", folder, "-o", folder / "targets.csv", lang="en")
    assert (status, "another name" in told) == (1, True)
    assert (folder / "targets.csv").read_bytes() == before
    assert run("measure", folder, "-o", folder / "measured.csv")[0] == 0


def test_results_of_a_folder_do_not_go_among_its_tables(run, tmp_path):
    """A plan writes a targets.csv of its own: into the folder that it reads it would replace the province's."""
    folder = tmp_path / "province"
    build().write(folder)
    before = (folder / "targets.csv").read_bytes()
    for command in (("plan", "solve", folder), ("scenario", "gap", folder, "--paths", "10")):
        status, told = run(*command, "-o", folder, lang="en")
        assert (status, "written over" in told) == (1, True)
    assert (folder / "targets.csv").read_bytes() == before
    assert not (folder / "gap.csv").exists()
    assert run("measure", folder, "-o", folder / "targets.parquet")[0] == 1


def test_one_of_several_inputs_is_kept_too(run, tmp_path):
    monthly, annual = tmp_path / "monthly.csv", tmp_path / "annual.csv"
    monthly.write_text(SERIES)
    annual.write_text("series,period,value\na,2024,100\n")
    assert run("benchmark", monthly, annual, "--out", annual)[0] == 1
    assert annual.read_text() == "series,period,value\na,2024,100\n"
