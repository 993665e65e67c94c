"""Style and types, as `make check` has them: a tree that does not pass them is not whole."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECKS = {
    "lint": ("ruff", "check", "src", "tests", "benchmarks"),
    "layout": ("ruff", "format", "--check", "src", "tests", "benchmarks"),
    "types": ("mypy",),
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_tree_passes(check, tmp_path):
    module, *arguments = CHECKS[check]
    cache = ("--cache-dir", str(tmp_path)) if module == "mypy" else ("--no-cache",)
    found = subprocess.run(
        [sys.executable, "-m", module, *arguments, *cache],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf8",
        timeout=900,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
