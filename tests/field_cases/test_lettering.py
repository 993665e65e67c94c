"""Cases from elsewhere of names in old fonts; in their own words in docs/cases.md."""

import pytest


@pytest.mark.reference
def test_tcvn3_names(case, fansipan):
    folder = case("tcvn3_names")
    run = fansipan("check", "establishments.csv", cwd=folder)
    told = " ".join((run.stdout + run.stderr).split())
    assert "old font encoding TCVN3; in Unicode it is “Công ty khai thác đá Lào Cai”" in told
