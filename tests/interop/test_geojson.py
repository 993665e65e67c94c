"""Boundaries from GeoJSON: polygons, holes, points inside and out, files that are not what they should be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.errors import InvalidInput
from fansipan.interop.geojson import Feature, read_boundaries

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]


def written(tmp_path, content, encoding="utf8"):
    path = tmp_path / "ranh-gioi.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding=encoding)
    return path


def feature(kind: str, coordinates, **properties) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def test_polygons_with_names_and_holes(tmp_path):
    content = {
        "type": "FeatureCollection",
        "features": [
            feature("Polygon", [SQUARE, HOLE], name="Huyện Bảo Thắng"),
            feature("Point", [1, 1]),
            feature("MultiPolygon", [[SQUARE], [[[9, 9], [10, 9], [10, 10], [9, 9]]]]),
            {"type": "Feature", "geometry": None},
        ],
    }
    first, second = read_boundaries(written(tmp_path, content, "utf-8-sig"))
    assert first.properties["name"] == "Huyện Bảo Thắng"
    assert (first.contains(3, 3), first.contains(1.5, 1.5), first.contains(5, 3)) == (True, False, False)
    assert second.contains(9.9, 9.5)


def test_a_bare_geometry_is_read_too(tmp_path):
    assert len(read_boundaries(written(tmp_path, {"type": "Polygon", "coordinates": [SQUARE]}))) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file.unreadable"),
        ("not json", "file.unreadable"),
        ("[]", "file.unreadable"),
        ('{"type": "FeatureCollection"}', "file.unreadable"),
        ('{"type": "FeatureCollection", "features": []}', "geojson.no-polygons"),
        ({"type": "FeatureCollection", "features": [feature("Polygon", [[["x", 0]]])]}, "file.unreadable"),
    ],
)
def test_what_is_no_boundary_is_refused_in_words(tmp_path, content, code):
    with pytest.raises(InvalidInput) as caught:
        read_boundaries(written(tmp_path, content))
    assert caught.value.faults[0].code == code


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="There is no file"):
        read_boundaries(tmp_path / "none.geojson")


@given(st.floats(-2, 6), st.floats(-2, 6))
def test_a_point_is_inside_a_square_exactly_when_its_coordinates_are(x, y):
    square = Feature({}, ((tuple(map(tuple, SQUARE)),),))
    if not {x, y} & {0.0, 4.0}:
        assert square.contains(x, y) == (0 < x < 4 and 0 < y < 4)
