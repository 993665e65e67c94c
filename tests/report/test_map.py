"""The map: cells of points, grounds, marks and their names; nothing is fetched."""

from math import cos, hypot, radians

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from fansipan.report.content import Words, same
from fansipan.report.drawings.map import Ground, Mark, Projection, province_map, schematic_grounds
from fansipan.report.drawings.schematic import _frame, cells, hull

SQUARE = ((104.0, 22.0), (104.2, 22.0), (104.2, 22.2), (104.0, 22.2))


def area(ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def test_hull():
    assert set(hull([(0, 0), (2, 0), (1, 0.5), (2, 2), (0, 2)])) == {(0, 0), (2, 0), (2, 2), (0, 2)}
    assert hull([(1, 1), (1, 1)]) == [(1, 1)]


def test_no_points_no_cells_and_one_point_has_the_whole_ground():
    assert cells([]) == []
    assert len(cells([(104.0, 22.0)])[0]) > 10


@given(st.lists(st.tuples(st.floats(103, 105), st.floats(21, 23)), min_size=2, max_size=9, unique=True))
def test_every_cell_is_nearer_to_its_own_point(points):
    stretch = cos(radians(sum(y for _, y in points) / len(points)))
    for own, cell in zip(points, cells(points), strict=True):
        for x, y in cell:
            mine = hypot((x - own[0]) * stretch, y - own[1])
            assert all(mine <= hypot((x - px) * stretch, y - py) + 1e-6 for px, py in points)


def test_cells_share_out_the_ground_without_gaps():
    points = [(104.0, 22.0), (104.4, 22.1), (104.1, 22.5), (104.5, 22.4)]
    parts = [area(cell) for cell in cells(points)]
    assert all(part > 0 for part in parts)
    assert abs(sum(parts) - area(_outline(points))) < 1e-9


def _outline(points):
    stretch = cos(radians(sum(y for _, y in points) / len(points)))
    return [(x / stretch, y) for x, y in _frame([(x * stretch, y) for x, y in points])]


def test_the_map_names_grounds_and_marks_in_both_languages_and_fetches_nothing():
    ground = Ground(Words("Huyện Bảo Thắng", "Bảo Thắng district"), "h", (SQUARE,))
    mark = Mark(104.1, 22.1, same("Khu <A>"), Words("đang hoạt động", "operating"), "#123456")
    drawn = province_map([ground], [mark], Words("Bản đồ", "Map"), note=Words("gần đúng", "approximate"))
    assert "Huyện Bảo Thắng / Bảo Thắng district" in drawn.html
    assert "Khu &lt;A&gt;: đang hoạt động / Khu &lt;A&gt;: operating" in drawn.html
    assert '<span lang="vi">gần đúng</span>' in drawn.html
    assert drawn.alternative.en == "Map"
    assert "http" not in drawn.html


def test_an_empty_map_is_empty():
    assert province_map([], [], same("Bản đồ"), note=None).html == ""


def test_north_is_up_and_east_is_right():
    projection = Projection.around(SQUARE)
    west, east = projection.put((104.0, 22.0)), projection.put((104.2, 22.2))
    assert west[0] < east[0]
    assert west[1] > east[1]


def test_schematic_grounds_from_centroids():
    areas = pl.DataFrame(
        {
            "area": ["a", "b", "c"],
            "parent": ["h", "h", "k"],
            "latitude": [22.0, 22.3, None],
            "longitude": [104.0, 104.2, 104.4],
        }
    )
    found = schematic_grounds(areas, {code: same(code) for code in "abc"})
    assert [(g.name.vi, g.group) for g in found] == [("a", "a"), ("b", "b")]
