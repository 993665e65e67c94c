"""The benchmark runs, at a small size."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_smoke():
    run = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "appraisal.py", "--smoke"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert run.returncode == 0, run.stderr
    assert "SMAA, free weights, 2000 x 12 x 5" in run.stdout
