"""Cases of other people, each a folder of the reference data: copied, and the commands run on the copy."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def case(reference_data, tmp_path):
    """The copy of a case's folder, by name; skips where the reference data is absent."""

    def copied(name: str) -> Path:
        return Path(shutil.copytree(reference_data / "field_cases" / name, tmp_path / name))

    return copied
