"""Whatever stands in the two files, the command ends in an index or in words, never in a traceback or half a file."""

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fansipan.cli.index.group import Growth, Missing, compile_file
from fansipan.errors import FansipanError
from fansipan.texts import LANGUAGES

VALUES = "code,period,index\nA,2023-12,90\nB,2023-12,95.5\nA,2024-01,100\nB,2024-01,1.5e2\nA,2024-02,110\nB,2024-02,\n"
WEIGHTS = "code,parent,weight\nTổng,,\nP,Tổng,\nA,P,3\nB,Tổng,1\n"
PIECES = (
    "",
    ",",
    ";",
    "\n",
    "\r\n",
    '"',
    "A",
    "B",
    "P",
    "Tổng",
    "code",
    "index",
    "2024-01",
    "2024-13",
    "1e999",
    "-1",
    "0",
    "nan",
    "NULL",
    "1,5",
    "1.234,5",
    "\ufeff",
    "\x00",
    " ",
    "\t",
    "=1+1",
    "Ω",
    "١",
    "9" * 400,
    "inf",
    "−3",
)


@st.composite
def damaged(draw, words):
    """`words` with a few cuts, insertions and repeated or swapped lines."""
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(words)))
        stop = min(len(words), start + draw(st.integers(0, 6)))
        words = words[:start] + draw(st.sampled_from(PIECES)) + words[stop:]
    lines = words.split("\n")
    if draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(lines)))
    if draw(st.booleans()):
        lines = draw(st.permutations(lines))
    return "\n".join(lines)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damaged(VALUES), damaged(WEIGHTS), st.sampled_from(Missing), st.sampled_from([None, *Growth]), st.binary(max_size=3)
)
def test_an_index_or_words(tmp_path, values, weights, missing, growth, tail):
    files = tmp_path / "values.csv", tmp_path / "weights.csv", tmp_path / "out.csv"
    files[0].write_bytes(values.encode() + tail)
    files[1].write_bytes(weights.encode())
    files[2].unlink(missing_ok=True)
    refused = None
    try:
        compile_file(*files, growth, missing, 1)
    except FansipanError as error:
        refused = error
    if refused is not None:
        assert all(refused.describe(lang) for lang in LANGUAGES)
        assert not files[2].exists()
    else:
        found = pl.read_csv(files[2], schema_overrides={"code": pl.String})
        assert found.columns[:4] == ["code", "period", "index", "imputed"]
        assert found.height == found["code"].n_unique() * found["period"].n_unique()
    assert {path.name for path in tmp_path.iterdir()} <= {path.name for path in files}
