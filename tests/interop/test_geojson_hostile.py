"""GeoJSON that no map program writes: refused in bounded words."""

import json

import pytest

from fansipan.errors import InvalidInput
from fansipan.interop.geojson import read_boundaries

CASES = {
    "an integer beyond a double": json.dumps({"type": "Polygon", "coordinates": [[[10**400, 1], [1, 1], [2, 2]]]}),
    "an empty ring": json.dumps({"type": "Polygon", "coordinates": [[]]}),
    "no number": '{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [2, 2]]]}',
    "nested deep": "[" * 100_000,
    "an odd type": json.dumps({"type": "Polygon", "coordinates": 7}),
    "a list": "[1, 2]",
    "a long word": json.dumps({"type": "Polygon", "coordinates": [[["x" * 100_000, 1], [1, 1], [2, 2]]]}),
}


@pytest.mark.parametrize("kind", CASES)
def test_odd_shapes_are_refused(tmp_path, kind):
    path = tmp_path / "a.geojson"
    path.write_text(CASES[kind], encoding="utf8")
    with pytest.raises(InvalidInput) as refused:
        read_boundaries(path)
    assert len(refused.value.describe("vi")) < 1_000
