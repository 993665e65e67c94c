"""``--verbose`` shows the library's log on standard error, in the language of the run; without it nothing is shown."""

import logging

import pytest

from fansipan.cli import main
from fansipan.cli.log import LIBRARY, Spoken, show_log


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments: str) -> tuple[str, str]:
        monkeypatch.setattr("sys.argv", ["fansipan", *arguments])
        with pytest.raises(SystemExit):
            main()
        printed = capsys.readouterr()
        return printed.out, printed.err

    handlers, level = list(LIBRARY.handlers), LIBRARY.level
    yield run
    LIBRARY.handlers[:] = handlers
    LIBRARY.setLevel(level)


def test_nothing_is_shown_unless_it_is_wanted(run, tmp_path):
    run("new", str(tmp_path / "tinh"))
    quiet = run("check", str(tmp_path / "tinh"))
    assert "tables," not in quiet[1]
    out, log = run("--verbose", "--lang", "en", "check", str(tmp_path / "tinh"))
    assert "fansipan.province" in log
    assert f"Read {tmp_path / 'tinh'}: " in log
    assert "Read" not in out


def test_the_log_speaks_the_language_of_the_run(run, tmp_path):
    run("new", str(tmp_path / "tinh"))
    assert "Đã đọc" in run("--verbose", "check", str(tmp_path / "tinh"))[1]


def test_twice_shows_where_a_refusal_arose(run, tmp_path):
    once = run("--verbose", "--lang", "en", "measure", str(tmp_path / "nowhere"))[1]
    twice = run("--verbose", "--verbose", "--lang", "en", "measure", str(tmp_path / "nowhere"))[1]
    assert "Traceback" not in once
    assert "Refused with the code" in twice
    assert "Traceback" in twice


@pytest.mark.parametrize(("verbose", "level"), [(0, "WARNING"), (1, "INFO"), (2, "DEBUG"), (3, "DEBUG")])
def test_levels(run, verbose, level):
    show_log(verbose, "en")
    show_log(verbose, "vi")
    assert logging.getLevelName(LIBRARY.level) == level
    assert sum(isinstance(handler.formatter, Spoken) for handler in LIBRARY.handlers) == 1


def test_a_record_that_is_no_code_and_a_percent_sign_are_written_as_they_stand():
    form = Spoken("en")
    plain = logging.makeLogRecord({"name": "x", "msg": "done: %d", "args": (3,), "relativeCreated": 0.0})
    coded = logging.makeLogRecord(
        {"name": "x", "msg": "log.solved", "args": {"status": "100%s"}, "relativeCreated": 0.0}
    )
    assert form.format(plain).endswith("done: 3")
    assert form.format(coded).endswith("The solver answers: 100%s")
