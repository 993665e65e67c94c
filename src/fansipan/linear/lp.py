"""A model as text that a person can read, in the layout of an LP file (method rule E2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from fansipan.linear.model import Block, Model


def names_of(model: Model, block: Block) -> list[str]:
    """The name of every entry of `block`: ``rate(coal,2025,day)``."""
    names = []
    for entry in range(len(block.keys)):
        labels = [model.labels[dim][code[entry]] for dim, code in zip(block.keys.dims, block.keys.codes, strict=True)]
        pieces = [[*labels, across] for across in model.labels[block.across]] if block.across else [labels]
        names += [f"{block.name}({','.join(piece)})" if piece else block.name for piece in pieces]
    return names


def lp_text(model: Model) -> str:
    """The whole model: objective, rows, bounds and integers, names written out."""
    arrays = model.arrays()
    columns = [name for block in model.variables.values() for name in names_of(model, block)]
    lines = [
        "maximise" if model.maximise else "minimise",
        *_wrap(_sum(np.flatnonzero(arrays.cost), arrays.cost, columns)),
    ]
    lines += ["subject to", *rows_text(model).splitlines(), "bounds", *_bounds(arrays.lower, arrays.upper, columns)]
    whole = [columns[number] for number in np.flatnonzero(arrays.integer)]
    return "\n".join(lines + (["integer", *(f"  {name}" for name in whole)] if whole else []) + ["end", ""])


def rows_text(model: Model) -> str:
    """The rows alone, a line each: ``name: terms <= bound``."""
    arrays = model.arrays()
    columns = [name for block in model.variables.values() for name in names_of(model, block)]
    lines = []
    for block in model.rows.values():
        for number, name in enumerate(names_of(model, block), block.first):
            span = slice(arrays.start[number], arrays.start[number + 1])
            terms = dict(zip(arrays.index[span], arrays.value[span], strict=True))
            lines.append(f"  {name}: {_row(terms, arrays.row_lower[number], arrays.row_upper[number], columns)}")
    return "\n".join([*lines, ""])


def _wrap(words: str) -> list[str]:
    """A long sum a term a line."""
    return [f"  {piece}" for piece in words.replace(" +", "\n+").replace(" -", "\n-").split("\n")]


def _sum(numbers: Iterable[int], values: Mapping[int, float] | np.ndarray, columns: list[str]) -> str:
    return " ".join(f"{values[n]:+.10g} {columns[n]}" for n in numbers) or "0"


def _row(terms: Mapping[int, float], lower: float, upper: float, columns: list[str]) -> str:
    total = _sum(sorted(terms), terms, columns)
    if lower == upper:
        return f"{total} = {lower:.10g}"
    if np.isinf(lower):
        return f"{total} <= {upper:.10g}"
    return f"{total} >= {lower:.10g}" + ("" if np.isinf(upper) else f", <= {upper:.10g}")


def _bounds(lower: np.ndarray, upper: np.ndarray, columns: list[str]) -> Iterator[str]:
    """Every variable whose bounds are not from zero to infinity."""
    for number in np.flatnonzero((lower != 0) | np.isfinite(upper)):
        yield f"  {lower[number]:.10g} <= {columns[number]} <= {upper[number]:.10g}"
