"""Fansipan shows a province what its industry made, where the year will end, what to build, what stands in the way."""

import logging

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())
