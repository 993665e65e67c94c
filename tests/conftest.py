"""What every test may ask for: the reference data's folder, and a run of the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# One profile for all: the same examples in every run, few enough for the whole to stay quick, and no clock.
settings.register_profile("fansipan", deadline=None, max_examples=40, derandomize=True)
settings.load_profile("fansipan")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference data; skips, with the reason, where it is absent."""
    folder = os.environ.get("FANSIPAN_REFERENCE_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("the reference data is absent: set FANSIPAN_REFERENCE_DATA to its folder")
    return Path(folder)


@pytest.fixture(scope="session")
def fansipan():
    """Run the command line as a user does; returns the completed process with text output."""

    def run(*arguments: object, lang: str = "en", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "FANSIPAN_LANG": lang,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUTF8": "1",
            "COLUMNS": "200",
        }
        return subprocess.run(
            [sys.executable, "-m", "fansipan", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf8",
            env=environment,
            cwd=cwd,
            timeout=600,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def frames():
    """Tables of a small province from rows as dictionaries; columns left out are null, tables left out are empty."""
    import polars as pl

    from fansipan.tables import REGISTRY

    def make(**tables: list[dict]) -> dict[str, pl.DataFrame]:
        made = {name: table.create_empty() for name, table in REGISTRY.items()}
        for name, rows in tables.items():
            schema = {n: c.dtype for n, c in REGISTRY[name].columns().items()}
            full = [{column: row.get(column) for column in schema} for row in rows]
            made[name] = pl.DataFrame(full, schema=schema, orient="row")
        return made

    return make


from support.small_province import small  # noqa: E402, F401 - a fixture for every test below
