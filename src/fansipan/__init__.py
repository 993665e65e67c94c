"""Fansipan shows a province what its industry made, where the year will end, what to build, what stands in the way.

import fansipan
laocai = fansipan.read("laocai")
laocai.output("2024-05", by="section")      # a Polars frame; see `fansipan.api`
"""

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fansipan.api import Desk, example, read
    from fansipan.periods import Month

__version__ = "0.1.0"
__all__ = ["Desk", "Month", "__version__", "example", "read"]

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    """The public names, loaded at first use: the command line starts without them."""
    if name in ("Desk", "example", "read"):
        from fansipan import api

        return getattr(api, name)
    if name == "Month":
        from fansipan.periods import Month

        return Month
    raise AttributeError(f"module 'fansipan' has no attribute {name!r}")
