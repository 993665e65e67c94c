"""Fansipan shows a province what its industry made, where the year will end, what to build, what stands in the way."""

__version__ = "0.1.0"
