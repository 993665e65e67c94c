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
WEIGHTS = [
    {"base_year": 2021, "code": c, "parent": p, "weight": w, "base_volume": b, "source": "illustrative"}
    for c, p, w, b in TREE
]
