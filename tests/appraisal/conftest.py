"""A decision folder written from plain words."""

import json

import pytest

ALTERNATIVES = "alternative,vốn,công nghệ,nước\nA,100,80,5\nB,90,85,3\nC,120,60,9\n"
CRITERIA = "criterion,weight,direction\nvốn,40,max\ncông nghệ,35,max\nnước,25,min\n"


@pytest.fixture
def folder(tmp_path):
    """Write the files of a decision; each named by its stem (`heading` for decision.toml), bytes as they are."""

    def write(alternatives=ALTERNATIVES, criteria=CRITERIA, heading=None, **others):
        for name, words in {"alternatives": alternatives, "criteria": criteria, **others}.items():
            if words is not None:
                content = words if isinstance(words, bytes) else words.encode()
                (tmp_path / f"{name}.csv").write_bytes(content)
        if heading is not None:
            (tmp_path / "decision.toml").write_text(heading, encoding="utf8")
        return tmp_path

    return write


@pytest.fixture
def appraise(folder, fansipan):
    """Run the command with --json on a folder; returns the exit status and what it printed, by alternative too."""

    def run(*arguments, **files):
        done = fansipan("appraise", folder(**files), *arguments, "--json")
        told = json.loads(done.stdout)
        return done.returncode, told, {row["alternative"]: row for row in told["alternatives"]}

    return run
