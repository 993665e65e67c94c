"""Names on a map: none lies on another, larger grounds first, marks left in sight, all shown when near enough."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fansipan.report.drawings.labels import ZOOMS, Placed, Wanted, _box, _meet, place


def test_a_name_alone_is_shown_at_every_zoom():
    assert place([Wanted(10, 100, 100, 5)], []) == [Placed(100, 100, ZOOMS[0])]


def test_of_two_names_that_meet_the_larger_ground_is_named_first():
    small, large = place([Wanted(12, 100, 100, 5), Wanted(12, 110, 102, 50)], [])
    assert large.zoom == ZOOMS[0]
    assert small.zoom > 1
    assert (small.x, small.y) == (100, 100)


def test_a_name_moves_a_line_to_leave_a_mark_in_sight():
    found = place([Wanted(10, 100, 100, 5)], [(100, 98)])[0]
    assert found.y != 100
    assert abs(found.y - 100) < 20


def test_a_name_between_marks_on_every_side_stays():
    marks = [(100, y) for y in range(60, 150, 8)]
    assert place([Wanted(10, 100, 100, 5)], marks)[0].y == 100


def test_names_on_one_spot_are_shown_one_at_a_time():
    zooms = [p.zoom for p in place([Wanted(8, 50, 50, size) for size in (3, 2, 1)], [])]
    assert zooms == [ZOOMS[0], ZOOMS[-1], ZOOMS[-1]]


NAMES = st.builds(Wanted, st.integers(3, 25), st.floats(0, 800), st.floats(0, 600), st.floats(1, 1e4))


@given(st.lists(NAMES, max_size=14))
def test_at_no_zoom_but_the_nearest_does_a_name_lie_on_another(names):
    found = place(names, [])
    for zoom in ZOOMS[:-1]:
        shown = [(n.letters, p) for n, p in zip(names, found, strict=True) if p.zoom <= zoom]
        boxes = [_box(letters, p.x, p.y, zoom) for letters, p in shown]
        assert not any(_meet(a, b) for a, b in combinations(boxes, 2))


@given(st.lists(NAMES, max_size=10))
def test_every_name_has_a_place_in_the_order_given(names):
    found = place(names, [(400, 300)])
    assert [p.x for p in found] == [n.x for n in names]
    assert all(p.zoom in ZOOMS for p in found)
