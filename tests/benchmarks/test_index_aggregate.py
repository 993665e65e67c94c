"""The benchmark runs, and both contenders come to the same answer; how fast they are is not a test."""

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("pandas", reason="pandas, the peer of the benchmark, is absent")


def benchmark():
    path = Path(__file__).parents[2] / "benchmarks" / "index_aggregate.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_index_aggregate", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_come_to_the_same_answer():
    found = benchmark().compare(leaves=48, months=26, repeats=1)
    assert found["difference"] < 1e-12
    assert found["ratio"] > 0
