"""The activities of an OSeMOSYS model: which technology of a region runs in which mode."""

from __future__ import annotations

from dataclasses import dataclass

from fansipan.linear.keys import Codes, Flags, Keys


@dataclass(frozen=True)
class Modes:
    """Which region's technology runs in which mode: `keys` over REGION, TECHNOLOGY, MODE_OF_OPERATION."""

    keys: Keys
    process: Codes
    active: Flags

    def find(self, region: Codes, technology: Codes, mode: Codes) -> Codes:
        """The activity of each region, technology and mode."""
        return self.keys.find(region, technology, mode)
