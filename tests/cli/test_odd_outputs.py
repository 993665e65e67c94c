"""Outputs that cannot be written, and words that would steer a terminal."""

import subprocess
import sys

import pytest
import typer

from fansipan.cli import main
from fansipan.cli.language import print_error
from fansipan.cli.outputs import check_output
from fansipan.errors import FansipanError, Fault, InvalidInput, Place
from support.sound_province import sound_province


@pytest.mark.parametrize(
    "name", ["returns.csv", "Returns.CSV", "RETURNS.parquet", "returns (2).csv", "Monthly returns.csv"]
)
def test_an_output_that_would_be_read_as_a_table_of_the_province_is_refused(tmp_path, name):
    with pytest.raises(FansipanError, match="over what is read"):
        check_output(tmp_path / name, [tmp_path])
    check_output(tmp_path / "answer.csv", [tmp_path])


def test_control_characters_of_data_never_reach_the_terminal(capsys):
    fault = Fault("file.unreadable", {"file": "\x1b[2Ja\u202e.csv", "reason": "\x07"}, Place("\x1b[2J.csv"), "\x9b31m")
    print_error(InvalidInput([fault]), "vi")
    shown = capsys.readouterr().err
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert ".csv" in shown


def test_control_characters_never_reach_the_terminal_on_the_way_of_answers_either(tmp_path, monkeypatch, capsys):
    """A period's name of an index file goes into the answer on standard output."""
    monkeypatch.setattr("sys.argv", ["fansipan", "check", str(tmp_path / "\x1b[2Jp\u202e"), "--lang", "en"])
    with pytest.raises(SystemExit):
        main()
    typer.echo("\x1b]0;title\x07 Lào Cai\n\x9b2J")
    shown = "".join(capsys.readouterr())
    assert "Lào Cai" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize("encoding", ["cp1258", "ascii", "utf-8"])
def test_an_encoding_without_the_letters_is_no_reason_to_end(tmp_path, encoding):
    folder = sound_province().write(tmp_path / "p")
    told = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "fansipan", "check", str(folder)],
        capture_output=True,
        env={"PYTHONIOENCODING": encoding, "PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin"},
        check=False,
    )
    assert b"Traceback" not in told.stderr
    assert told.stdout
