"""Sparse tables of integer codes: what a block of variables or rows is indexed by.

A block holds one entry for each key that exists (an activity in a year, say) and, if it runs across the slices of the
year, a dense row of them. Nothing is stored for combinations that do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# A linear block: local row numbers, column numbers and coefficients, of shapes that broadcast together.
Terms = tuple[NDArray[np.int64], NDArray[np.int64], "NDArray[np.float64] | float"]


@dataclass(frozen=True)
class Keys:
    """Distinct integer keys over named dimensions.

    `codes` has one array a dimension, all of the same length; `sizes` says how many labels each dimension has.
    """

    dims: tuple[str, ...]
    sizes: tuple[int, ...]
    codes: tuple[Codes, ...]

    def __len__(self) -> int:
        return len(self.codes[0]) if self.codes else 1

    @cached_property
    def _order(self) -> tuple[Codes, Codes]:
        flat = flatten(self.codes, self.sizes)
        order = np.argsort(flat, kind="stable")
        return flat[order], order

    def find(self, *codes: Codes) -> Codes:
        """The position of each key asked for, -1 where it is absent; the arrays broadcast together."""
        asked = flatten(codes, self.sizes)
        known, order = self._order
        if not len(known):
            return np.full(asked.shape, -1, np.int64)
        place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        return np.where(known[place] == asked, order[place], -1)

    @classmethod
    def of(cls, **dims: tuple[Codes, int]) -> Keys:
        """The distinct keys among the rows given, in ascending order; each dimension as ``name=(codes, size)``."""
        sizes = tuple(size for _, size in dims.values())
        flat = np.unique(flatten(tuple(codes for codes, _ in dims.values()), sizes))
        codes = np.unravel_index(flat, sizes) if len(flat) else tuple(np.empty(0, np.int64) for _ in sizes)
        return cls(tuple(dims), sizes, tuple(np.asarray(code, np.int64) for code in codes))

    @classmethod
    def where(cls, mask: Flags, *dims: str) -> Keys:
        """The keys at which the dense array `mask` is true, its axes named by `dims`."""
        return cls(dims, mask.shape, tuple(np.asarray(code, np.int64) for code in np.nonzero(mask)))


def flatten(codes: tuple[Codes, ...], sizes: tuple[int, ...]) -> Codes:
    """One integer for each key, in row-major order of the dimensions."""
    flat: Codes = np.zeros((), np.int64)
    for code, size in zip(codes, sizes, strict=True):
        flat = flat * size + code
    return flat
