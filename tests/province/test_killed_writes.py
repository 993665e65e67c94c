"""A write killed midway leaves the old province whole: a process that writes is killed at random moments."""

import random
import time

import pytest

from fansipan.province import Province, survey
from support import writing_process
from support.sound_province import two_provinces


@pytest.mark.parametrize(("name", "kills"), [("tỉnh", 8), ("tỉnh.xlsx", 3), ("tỉnh.sqlite", 3)])
def test_a_killed_write_leaves_one_province_or_the_other(tmp_path, name, kills):
    path, chance = tmp_path / name, random.Random(name)
    provinces = two_provinces()
    provinces[0].write(path)
    for _ in range(kills):
        process = writing_process.start(path)
        time.sleep(chance.uniform(0, 0.6))
        process.kill()
        process.join(60)
        assert Province.read(path) in provinces
    provinces[0].write(path)
    assert Province.read(path) == provinces[0]
    assert survey(path).faults == ()
    if path.is_dir():
        assert all(file.suffix == ".csv" for file in path.iterdir())
