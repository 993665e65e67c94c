"""``fansipan imputation`` as it is typed."""

import json
import sys

import pytest

from fansipan.cli import main
from fansipan.province import Province
from support.returns import returned


@pytest.fixture
def folder(small, tmp_path):
    returns = [returned(who, "ore", m, 10.0) for who in "ab" for m in ("2023-05", "2024-04", "2024-05")]
    returns[2]["quantity"] = 0.0
    return Province(small(returns[:-1])).write(tmp_path / "province")


@pytest.fixture
def command(monkeypatch, capsys, folder):
    def run(name, *words, lang="en"):
        monkeypatch.setattr(sys, "argv", ["fansipan", "imputation", name, str(folder), *words, "--lang", lang])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return run


def test_the_effect_of_every_treatment(command):
    status, said, _ = command("effect", "--json")
    rows = {row["treatment"]: row for row in json.loads(said)}
    assert status == 0
    assert rows["reported-only"]["value"] == 0.0
    assert rows["carry"]["value"] == pytest.approx(0.02)
    assert rows["carry"]["missing"] == 0


def test_changes_of_state(command):
    assert [row["change"] for row in json.loads(command("changes", "--json")[1])] == ["stopped"]
    assert "ngừng sản" in command("changes", lang="vi")[1]


def test_into_a_file(command, tmp_path):
    status, said, _ = command("effect", "-o", str(tmp_path / "effect.csv"))
    assert (status, "8 rows" in said) == (0, True)


@pytest.mark.parametrize("words", [("--month", "x"), ("--known-on", "2000-01-01"), ("-o", "effect.doc")])
def test_what_cannot_be_answered_is_told(command, words):
    status, _, said = command("effect", *words)
    assert (status, bool(said), "Traceback" in said) == (1, True, False)


def test_measure_takes_the_method_by_name(fansipan, folder):
    told = fansipan("measure", folder, "--by", "total", "--impute", "carry")
    assert (told.returncode, "0.02" in told.stdout) == (0, True)
    assert "no imputation method “guess”" in fansipan("measure", folder, "--impute", "guess").stderr
