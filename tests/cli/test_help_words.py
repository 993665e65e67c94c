"""The command line speaks one language, its library's own words included."""

import os

import pytest

from fansipan.cli import main

ENGLISH = (
    "Usage:",
    "Options:",
    "Arguments:",
    "Commands:",
    "Show this message",
    "[required]",
    "default:",
    "env var:",
    "; required]",
)


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["fansipan", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return stopped.value.code or 0, printed.out + printed.err

    return run


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("measure",),
        ("check",),
        ("index",),
        ("index", "aggregate"),
        ("zones",),
        ("scenario", "forecast"),
        ("edits", "record"),
    ],
)
def test_help_in_vietnamese_has_no_english_heading(run, command):
    status, told = run(*command, "--help")
    assert status == 0
    assert told.startswith("Cách dùng:")
    assert not [word for word in ENGLISH if word in told]


def test_help_in_english_is_as_the_library_writes_it(run):
    status, told = run("measure", "--help", "--lang", "en")
    assert status == 0
    assert "Usage:" in told
    assert "Show this message and exit." in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("measure",), "Thiếu tham số PROVINCE."),
        (("frob",), "Không có lệnh frob."),
        (("measure", "p", "--nosuch"), "Không có tùy chọn --nosuch."),
        (("measure", "p", "--month"), "Tùy chọn --month cần một giá trị."),
        (("measure", "p", "--compare", "bad"), "Giá trị của '--compare' không hợp lệ: «bad» không phải là một trong:"),
        (("measure", "p", "--known-on", "31/02/2024"), "«31/02/2024» không phải là một ngày"),
        (("measure", "p", "--lang", "fr"), "Giá trị của '--lang' không hợp lệ: Không có ngôn ngữ fr"),
        (("index", "aggregate", "a", "b", "-o", "c.csv", "--year-start", "14"), "phải nhỏ hơn hoặc bằng 12"),
    ],
)
def test_wrong_arguments_are_refused_in_vietnamese_with_status_2(run, arguments, words):
    status, told = run(*arguments)
    assert status == 2
    assert words in told
    assert "Lỗi: " in told


def test_a_group_without_a_command_prints_its_help(run):
    status, told = run("index")
    assert status == 2
    assert told.startswith("Cách dùng:")


def test_a_known_error_is_told_in_words_with_status_1(run):
    status, told = run("measure", "nowhere-at-all")
    assert status == 1
    assert "nowhere-at-all" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("arguments", [("--lang", "en"), ("--lang", "en", "measure", "--help"), ("--lang=en", "plan")])
def test_the_language_may_stand_before_the_command(run, arguments):
    assert "Usage:" in run(*arguments)[1]


def test_the_language_before_the_command_reaches_what_it_says(run, monkeypatch):
    monkeypatch.delenv("FANSIPAN_LANG", raising=False)
    assert "Product" in run("--lang", "en", "template")[1]
    assert "FANSIPAN_LANG" not in os.environ


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group", [(), ("plan",), ("zones",), ("index",)])
def test_the_summary_of_no_command_is_cut(run, group, language):
    told = run(*group, "--help", "--lang", language)[1]
    assert "..." not in told.replace("[ARGS]...", "").replace("[THAM SỐ]...", "")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("vi", ("<chữ>", "<đường dẫn>", "<31/05/2024>", "<31/05/2024 08:30:00>")), ("en", ("<text>", "<path>"))],
)
def test_what_an_argument_takes_is_said_in_words(run, lang, shown):
    told = run("zones", "record", "--help", "--lang", lang)[1]
    assert all(kind in told for kind in shown)
    assert not [code for code in ("<str>", "%d", "%Y", "%H") if code in told]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_day_that_is_none_is_refused_with_an_example(run, lang):
    told = run("zones", "record", "a", "b", "listed", "--by", "x", "--day", "31/31/2024", "--lang", lang)[1]
    assert "31/31/2024" in told
    assert "2024-05-31" in told
    assert "%d" not in told
