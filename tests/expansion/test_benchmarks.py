"""The benchmarks run, at a size that takes no time, and build the same model as bare arrays do."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_benchmark_of_building_runs_at_a_small_size():
    command = [sys.executable, ROOT / "benchmarks" / "expansion_build.py", "--smoke", "--solve"]
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert "9,360 variables, 5,832 rows, 36,139 coefficients" in run.stdout
    assert re.search(r"fansipan +build +[\d.]+ s", run.stdout)
    values = re.findall(r"objective ([\d.]+)", run.stdout)
    assert len(values) == 2
    assert values[0] == values[1]
