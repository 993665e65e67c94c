"""Weights of the small province's index."""

TREE = [
    ("total", None, None, None),
    ("B", "total", None, None),
    ("0710", "B", None, None),
    ("C", "total", None, None),
    ("1104", "C", None, None),
    ("D", "total", None, None),
    ("3511", "D", None, None),
    ("ore", "0710", 60.0, 20.0),
    ("water", "1104", 30.0, 10.0),
    ("power", "3511", 10.0, 10.0),
]


def weights(tree, base_year):
    """The rows of `index_weights` of a tree of code, parent, weight and base volume."""
    return [
        {"base_year": base_year, "code": c, "parent": p, "weight": w, "base_volume": b, "source": "illustrative"}
        for c, p, w, b in tree
    ]


WEIGHTS = weights(TREE, 2021)
