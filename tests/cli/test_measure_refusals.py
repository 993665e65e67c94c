"""fansipan measure refuses what it would otherwise answer with nothing or with zeros."""

import pytest

from fansipan.cli import main
from fansipan.province import Province
from support.returns import returned


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--month", "2030-01"), "tháng cuối có báo cáo là 2024-01"),
        (("--scope", "section=Z"), "trong phạm vi section=Z"),
        (("--scope", "section"), "Không hiểu phạm vi «section»"),
    ],
)
def test_what_has_no_returns_is_refused(small, tmp_path, monkeypatch, capsys, arguments, words):
    Province(small([returned("a", "ore", "2024-01", 10.0, on="2024-01-20")])).write(tmp_path / "province")
    monkeypatch.setattr("sys.argv", ["fansipan", "measure", str(tmp_path / "province"), *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert words in capsys.readouterr().err
