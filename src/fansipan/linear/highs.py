"""The HiGHS solver, silent from its first moment: some versions greet on standard output when they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from highspy import Highs


def new_solver() -> Highs:
    """An empty solver that prints nothing, not even the banner of its making: standard output is for answers."""
    import highspy

    class Silent(highspy.Highs):
        """Output is off before the callbacks, which print the banner, are set up."""

        def enableCallbacks(self) -> None:  # noqa: N802, the name is the solver's
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()

    return Silent()
