"""A linear model with integers as labelled blocks of arrays, and its matrix for the solver.

Method rule E1. Variables and rows are added as whole blocks: a block has a name, the keys it is indexed by, and arrays
of bounds. The matrix is gathered as coordinate lists, block by block, and put together once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fansipan.linear.keys import Codes, Floats, Keys, Terms


@dataclass(frozen=True)
class Block:
    """A block of variables or rows: entry ``k`` in slice ``l`` has the number ``first + k * width + l``."""

    name: str
    keys: Keys
    first: int
    across: str = ""
    width: int = 1

    @property
    def size(self) -> int:
        """How many variables or rows the block holds."""
        return len(self.keys) * self.width

    @property
    def span(self) -> slice:
        """Where the block stands among all variables or rows."""
        return slice(self.first, self.first + self.size)

    def number(self, position: Codes) -> Codes:
        """The numbers of the entries at `position`; across slices an axis of that length is added at the end."""
        if not self.across:
            return self.first + position
        return self.first + position[..., None] * self.width + np.arange(self.width)


@dataclass(frozen=True)
class Arrays:
    """The model as the solver takes it: costs and bounds of columns, bounds of rows, the matrix by rows."""

    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Floats
    integer: NDArray[np.int32]
    offset: float = 0.0
    maximise: bool = False


@dataclass
class Model:
    """Blocks of variables and rows as they are added; `labels` names the codes of every dimension."""

    labels: Mapping[str, Sequence[str]]
    variables: dict[str, Block] = field(default_factory=dict)
    rows: dict[str, Block] = field(default_factory=dict)
    offset: float = 0.0
    maximise: bool = False
    _columns: list[tuple[Floats, Floats, Floats, bool]] = field(default_factory=list)
    _bounds: list[tuple[Floats, Floats]] = field(default_factory=list)
    _terms: list[tuple[NDArray[np.int32], NDArray[np.int32], Floats]] = field(default_factory=list)

    def add_variables(
        self,
        name: str,
        keys: Keys,
        *,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        cost: ArrayLike = 0.0,
        integer: bool = False,
        across: str = "",
    ) -> Block:
        """Add a block of variables; bounds and cost are scalars or arrays of shape (keys,) or (keys, slices)."""
        block = self._block(name, keys, across, _total(self.variables))
        shape = (len(keys), block.width)
        self._columns.append((_full(cost, shape), _full(lower, shape), _full(upper, shape), integer))
        self.variables[name] = block
        return block

    def add_rows(
        self,
        name: str,
        keys: Keys,
        terms: Sequence[Terms],
        *,
        lower: ArrayLike = -np.inf,
        upper: ArrayLike = np.inf,
        across: str = "",
    ) -> Block:
        """Add a block of rows ``lower <= sum of terms <= upper``; the terms carry row numbers local to the block."""
        block = self._block(name, keys, across, _total(self.rows))
        shape = (len(keys), block.width)
        self._bounds.append((_full(lower, shape), _full(upper, shape)))
        for row, column, value in terms:
            rows, columns, values = np.broadcast_arrays(row, column, value)
            used = values.ravel() != 0
            some = slice(None) if used.all() else used
            self._terms.append(
                (
                    (rows.ravel()[some] + block.first).astype(np.int32),
                    columns.ravel()[some].astype(np.int32),
                    values.ravel()[some].astype(np.float64),
                )
            )
        self.rows[name] = block
        return block

    def _block(self, name: str, keys: Keys, across: str, first: int) -> Block:
        return Block(name, keys, first, across, len(self.labels[across]) if across else 1)

    @property
    def column_count(self) -> int:
        """How many variables there are."""
        return _total(self.variables)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return _total(self.rows)

    def arrays(self) -> Arrays:
        """Put the blocks together; coefficients at the same place are added up."""
        from scipy.sparse import coo_array

        cost, lower, upper = (_join([column[:3][k] for column in self._columns]) for k in range(3))
        rows, columns, values = (_join([term[k] for term in self._terms]) for k in range(3))
        matrix = coo_array((values, (rows, columns)), shape=(self.row_count, self.column_count)).tocsr()
        kinds = [np.full(len(column[0]), column[3], np.int32) for column in self._columns]
        return Arrays(
            cost,
            lower,
            upper,
            _join([low for low, _ in self._bounds]),
            _join([high for _, high in self._bounds]),
            matrix.indptr.astype(np.int32, copy=False),
            matrix.indices.astype(np.int32, copy=False),
            matrix.data,
            np.concatenate(kinds) if kinds else np.empty(0, np.int32),
            self.offset,
            self.maximise,
        )


def _total(blocks: dict[str, Block]) -> int:
    return next((block.first + block.size for block in reversed(blocks.values())), 0)


def _full(value: ArrayLike, shape: tuple[int, int]) -> Floats:
    array = np.asarray(value, np.float64)
    if array.ndim == 1:
        array = array[:, None]
    return np.broadcast_to(array, shape).ravel()


def _join(parts: list[NDArray]) -> NDArray:
    return np.concatenate(parts) if parts else np.empty(0)
