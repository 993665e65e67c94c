"""200 spoilt workbooks and folders, made by a seeded program: each ends in a list of faults or a clean import.

None ends in a traceback, a hang or a half-written province.
"""

import json
import random
import signal
from contextlib import contextmanager

import pytest

from fansipan.checks import check
from fansipan.errors import InvalidInput
from fansipan.province import Province, survey
from support import spoilt_folders, spoilt_workbooks
from support.sound_province import sound_province, two_provinces

SPOILERS = (*spoilt_workbooks.SPOILERS, *spoilt_folders.SPOILERS)
CASES = [(SPOILERS[n % len(SPOILERS)], n) for n in range(200)]
LONGEST = 60


@contextmanager
def within(seconds: int):
    """Ends in an error what would hang."""

    def ring(*_):
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(("spoil", "seed"), CASES, ids=[f"{spoil.__name__}-{seed}" for spoil, seed in CASES])
def test_a_spoilt_input_ends_in_faults_or_a_clean_import(tmp_path, spoil, seed):
    path = spoil(tmp_path, random.Random(seed))
    old = two_provinces()[1]
    target = old.write(tmp_path / "đích")
    with within(LONGEST):
        gathered = survey(path)
        faults = check(gathered)
        words = json.dumps([fault.as_dict("vi") for fault in faults], ensure_ascii=False)
        lines = [fault.line("en") for fault in faults]
        assert (words == "[]") is (lines == [])
        assert all(fault.place.file for fault in faults)
        if any(fault.severity == "error" for fault in gathered.faults):
            with pytest.raises(InvalidInput):
                Province.read(path)
            assert Province.read(target) == old
        else:
            imported = Province.read(path)
            imported.write(target)
            assert Province.read(target) == imported


def test_the_sound_province_is_sound(tmp_path):
    assert check(survey(sound_province().write(tmp_path / "p.xlsx"))) == ()
