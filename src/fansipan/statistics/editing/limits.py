"""How far a return may go before somebody asks: every limit of the edits in one place, each with a usual value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditLimits:
    """The limits of the edits (Rules ED2 to ED8, ED16 to ED18); ratios are plain numbers, 2.0 is twice.

    `headline_ratio`: an unconfirmed figure farther than this from what is usual is told beside the headline.

    `range_factor`: most times the largest, least part of the smallest quantity of the last two years. `month_ratio` and
    `year_ratio`: to last month and to the same month last year, each way, beside the movement of the others.
    `capacity_ratio`: quantity over a month's design capacity. `stock_share`: what the stock identity may miss, as a
    share of the largest of its parts. `unit_value_ratio` and `expected_ratio`: the least spread allowed of value over
    quantity to what it was, and around the expected quantity. `spread_multiple`: how many robust standard deviations.
    `hb_exponent`, `hb_minimum` and `hb_multiple` are U, A and C of Hidiroglou and Berthelot; `least_group` is how many
    ratios a group needs to be judged by itself. `movement_share`: what the suspicion of an unusual movement counts
    where the return is near what several sources expected. `least_effect`, in percentage points of the headline: below
    it nobody is called, unless the figures of a return contradict each other or it has not come.
    """

    range_factor: float = 2.0
    month_ratio: float = 2.5
    year_ratio: float = 2.5
    unit_value_ratio: float = 1.05
    capacity_ratio: float = 1.1
    stock_share: float = 0.1
    expected_ratio: float = 1.1
    spread_multiple: float = 3.0
    hb_exponent: float = 0.5
    hb_minimum: float = 0.05
    hb_multiple: float = 4.0
    least_group: int = 5
    movement_share: float = 0.5
    least_effect: float = 0.0005
    headline_ratio: float = 5.0


USUAL = EditLimits()
