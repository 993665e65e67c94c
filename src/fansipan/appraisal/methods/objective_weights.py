"""Weights read from the figures themselves, for comparison with the council's: entropy and CRITIC. Rule A8.

Shannon's entropy as in Hwang and Yoon (1981), chapter 3; Diakoulaki, Mavrotas and Papayannakis (1995), Determining
objective weights in multiple criteria problems: the CRITIC method, Computers and Operations Research 22.
"""

from __future__ import annotations

import numpy as np

from fansipan.appraisal.methods.value import Flags, Floats, local_values
from fansipan.errors import Refused


def _normalised(shares: Floats) -> Floats:
    total = shares.sum()
    return shares / total if total > 0 else np.full(len(shares), 1 / max(len(shares), 1))


def entropy_weights(matrix: Floats) -> Floats:
    """Weights in proportion to one minus each column's entropy; equal where no column tells alternatives apart.

    `matrix` is alternatives x criteria. A column of zeros is constant and weighs nothing. Raises Refused
    ``weights.entropy-negative`` for negative figures, of which no shares can be taken.
    """
    if (matrix < 0).any():
        raise Refused("weights.entropy-negative")
    total = matrix.sum(axis=0)
    shares = np.where(total > 0, matrix / np.where(total > 0, total, 1.0), 1 / max(len(matrix), 1))
    logs = np.log(np.where(shares > 0, shares, 1.0))
    entropy = -(shares * logs).sum(axis=0) / np.log(max(len(matrix), 2))
    # A constant column has an entropy of one up to the last bits.
    return _normalised(np.where(1 - entropy > 1e-14, 1 - entropy, 0.0))


def critic_weights(matrix: Floats, maximise: Flags) -> Floats:
    """Weights in proportion to spread times disagreement with the other criteria; equal where nothing varies.

    `matrix` is alternatives x criteria. A constant column has no spread and no correlation and weighs nothing.
    """
    values = local_values(matrix, maximise)
    if len(values) < 2:
        return _normalised(np.zeros(matrix.shape[1]))
    spread = values.std(axis=0, ddof=1)
    varies = spread > 0
    centred = (values - values.mean(axis=0)) / np.where(varies, spread, 1.0)
    correlation = centred.T @ centred / (len(values) - 1)
    conflict = np.where(varies[:, None] & varies, 1 - correlation, 0.0).sum(axis=0)
    # Two criteria that always agree leave rounding noise, not conflict.
    return _normalised(spread * np.where(conflict > 1e-12, conflict, 0.0))
