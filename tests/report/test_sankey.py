"""The flow diagram: layers, circles, widths that add up, names in both languages."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fansipan.report.content import Words, same
from fansipan.report.drawings.sankey import EDGE, Link, Node, layers, placed, sankey


def links(*pairs):
    return [Link(source, target, value, same(f"{source}{target}")) for source, target, value in pairs]


def test_layers_follow_the_longest_path():
    found = layers(links(("ore", "mill", 3), ("mill", "metal", 2), ("ore", "metal", 1), ("metal", "wire", 2)))
    assert found == {"ore": 0, "mill": 1, "metal": 2, "wire": 3}


def test_a_source_stands_just_before_what_it_feeds():
    found = layers(links(("ore", "mill", 3), ("mill", "metal", 2), ("power", "metal", 1)))
    assert found["power"] == found["metal"] - 1


@pytest.mark.parametrize(
    "circle", [(("a", "b", 1), ("b", "a", 1)), (("a", "a", 1),), (("a", "b", 1), ("b", "c", 1), ("c", "a", 1))]
)
def test_a_circle_is_drawn_all_the_same(circle):
    markup = sankey({code: Node(same(code), "#000") for code in "abc"}, links(*circle), same("circle"))
    assert markup.html.count('class="band"') == len(circle)


def test_nothing_that_flows_gives_no_picture():
    assert sankey({}, links(("a", "b", 0.0)), same("none")).html == ""


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), st.floats(0.01, 1e6)), min_size=1, max_size=25
    )
)
def test_nodes_are_as_high_as_what_flows_and_do_not_overlap(pairs):
    boxes, scale = placed(links(*pairs))
    for code, box in boxes.items():
        out, into = (sum(v for *ends, v in pairs if ends[at] == code) for at in (0, 1))
        assert box.height == pytest.approx(max(out, into) * scale)
        assert box.top >= EDGE - 1e-6
    for layer in {box.layer for box in boxes.values()}:
        column = sorted((box for box in boxes.values() if box.layer == layer), key=lambda box: box.top)
        assert all(a.top + a.height <= b.top + 1e-6 for a, b in pairwise(column))


def test_names_stand_in_both_languages_escaped_and_in_lines():
    nodes = {
        "a": Node(Words("Nhà máy tuyển quặng đồng <số 1>", "Copper mill <no. 1>"), "#111"),
        **{code: Node(same(code), "#222") for code in "bcdefg"},
    }
    html = sankey(nodes, links(*((a, b, 2.5) for a, b in pairwise("abcdefg"))), same("flows")).html
    assert "&lt;số" in html
    assert "<số" not in html
    assert re.search(r'<tspan lang="en">.*Copper mill', html)
    assert html.count("<tspan x=") > 2 * len(nodes), "a long name takes several lines"
