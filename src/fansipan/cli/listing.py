"""A group that is also a command: called without the name of one of its commands, it lists."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

LIST = "list"


class Listing(TyperGroup):
    """``fansipan obstacles PROVINCE`` lists, ``fansipan obstacles resolve PROVINCE …`` resolves."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments, ``list`` put before them unless they name a command or ask for help."""
        if args and args[0] not in (*self.commands, "--help"):
            args = [LIST, *args]
        return list(super().parse_args(ctx, args))
