"""The benchmarks of forecasting run at a small size, and their measures are those of print."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture
def run():
    """Returns a function: a benchmark's words at its small size."""

    def start(name, *options):
        command = [sys.executable, BENCHMARKS / f"{name}.py", "--smoke", *options]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf8", timeout=600, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return start


@pytest.fixture
def accuracy():
    """The module of measures."""
    spec = importlib.util.spec_from_file_location("accuracy_of_benchmarks", BENCHMARKS / "_accuracy.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_m3(run, x13, reference_data):
    told = run("forecast_m3", "--training")
    assert "without forecast: 0" in told
    assert re.search(r"Fansipan +\d+\.\d\d +\d\.\d{3}", told)


def test_tet(run, x13, reference_data):
    told = run("forecast_tet")
    assert told.startswith("2 products, 3 origins")
    assert "Điện sản xuất" in told


def test_speed(run, x13):
    told = run("forecast_speed")
    assert "4 of 4 series of 48 months forecast 6 months ahead" in told
    assert "within five minutes - under 2 GB" in told


def test_measures(accuracy):
    """Worked by hand: 200 x 10 / 190 and 200 x 10 / 410, scale 12 (the figures rise by 1 a month)."""
    actual, forecast = np.array([100.0, 200.0]), np.array([90.0, 210.0])
    assert accuracy.smape(actual, forecast) == pytest.approx((2000 / 190 + 2000 / 410) / 2)
    assert accuracy.mase(actual, forecast, np.arange(30.0)) == pytest.approx(10 / 12)
    assert np.isnan(accuracy.mase(actual, forecast, np.full(30, 5.0)))
    assert accuracy.smape(np.zeros(2), np.zeros(2)) == 0


def test_memory_of_the_processes_started_is_counted(accuracy):
    with accuracy.PeakMemory() as memory:
        subprocess.run([sys.executable, "-c", "import time; x = bytearray(200 << 20); time.sleep(1)"], check=True)
    if Path("/proc/self/smaps_rollup").is_file():
        assert memory.resident > 200 << 20
        assert memory.resident >= memory.proportional
