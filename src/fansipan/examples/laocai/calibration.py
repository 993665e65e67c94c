"""The returns made to add up to the published facts.

First the aims: for each block (B, C, D, E, and H for handicraft) and month the total at constant 2010 prices that
together give every published figure. Then the volumes: those reported are scaled until, with the missing ones imputed
as the department's default imputation does, each block meets its aim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from fansipan.examples.laocai.forms import read_settings
from fansipan.examples.laocai.lines import MONTHS, Line
from fansipan.periods import Month

BLOCKS = ("B", "C", "D", "E", "H")
Volumes = dict[tuple[str, str], dict[Month, float]]
Gaps = frozenset[tuple[str, str, Month]]
Aims = dict[tuple[str, Month], float]
MAY = Month(2024, 5)
APRIL = MAY - 1


def block_totals(lines: Sequence[Line], volumes: Volumes) -> Aims:
    """Output of each block and month at constant 2010 prices, billion đồng, of everything in `volumes`."""
    return {
        (block, month): fsum(
            line.price * volumes[line.key][month] / 1000.0
            for line in lines
            if line.block == block and month in volumes[line.key]
        )
        for block in BLOCKS
        for month in MONTHS
    }


def monthly_aims(totals: Aims) -> Aims:
    """`totals` moved as little as the published facts allow: whole spans of a block by one factor each."""
    facts = read_settings("calibration")
    aims = dict(totals)
    for year, value in facts["handicraft"].items():
        _scale(aims, "H", _months(year), value)
    _aim_electricity(aims, facts)
    first_five = _months("2024", 5)
    for block in ("B", "E"):
        _scale(aims, block, first_five, facts["january-may-2024"][block])
    _aim_manufacturing_of_2024(aims, facts)
    _close(aims, _months("2023", 5), facts["january-may"]["2023"])
    rest = facts["year"]["2023"] - facts["january-may"]["2023"]
    _close(aims, _months("2023")[5:], rest)
    _close(aims, _months("2022"), facts["year"]["2022"])
    _close(aims, _months("2020"), facts["year"]["2020"])
    return aims


def _months(year: str, last: int = 12) -> list[Month]:
    return [Month(int(year), m) for m in range(1, last + 1)]


def _sum(aims: Aims, blocks: Iterable[str], months: Sequence[Month]) -> float:
    return fsum(aims[block, month] for block in blocks for month in months)


def _scale(aims: Aims, block: str, months: Sequence[Month], total: float) -> None:
    """Give the block `total` over the months, each month moved by the same factor."""
    factor = total / _sum(aims, block, months)
    for month in months:
        aims[block, month] *= factor


def _close(aims: Aims, months: Sequence[Month], total: float) -> None:
    """Let manufacturing without handicraft make the months' total of all blocks."""
    _scale(aims, "C", months, total - _sum(aims, "BDEH", months))


def _aim_electricity(aims: Aims, facts: Mapping[str, Any]) -> None:
    growth = facts["electricity-may-2024"]
    may = aims["D", MAY]
    aims["D", APRIL] = may / (1.0 + growth["on-previous-month"] / 100.0)
    aims["D", MAY - 12] = may / (1.0 + growth["on-same-month"] / 100.0)
    left = facts["january-may-2024"]["D"] - may - aims["D", APRIL]
    _scale(aims, "D", _months("2024", 3), left)


def _aim_manufacturing_of_2024(aims: Aims, facts: Mapping[str, Any]) -> None:
    for month in (APRIL, MAY):
        _close(aims, [month], facts["month"][str(month)])
    made = facts["january-may-2024"]["C"] - _sum(aims, "H", _months("2024", 5))
    _scale(aims, "C", _months("2024", 3), made - _sum(aims, "C", [APRIL, MAY]))


def calibrate(lines: Sequence[Line], latent: Volumes, gaps: Gaps) -> Volumes:
    """Volumes in reported digits whose compiled totals meet the aims; `gaps` are the returns that never came.

    A gap keeps the line's own volume, which nobody reported: what counts is what the imputation makes of it. Months
    go in order, because an imputed month leans on the same month of the year before.
    """
    aims = monthly_aims(block_totals(lines, latent))
    volumes = {line.key: dict(latent[line.key]) for line in lines}
    for month in MONTHS:
        for block in BLOCKS:
            of_block = [line for line in lines if line.block == block and month in volumes[line.key]]
            _meet(of_block, volumes, gaps, month, aims[block, month])
    return volumes


def _meet(lines: Sequence[Line], volumes: Volumes, gaps: Gaps, month: Month, aim: float) -> None:
    """Scale one block's month to its aim, write it in reported digits, and let the finest line take up what is left."""
    reported = [line for line in lines if (*line.key, month) not in gaps]
    for _ in range(3):
        factor = aim / compiled_total(lines, volumes, gaps, month)
        for line in lines:
            volumes[line.key][month] *= factor
    for line in lines:
        volumes[line.key][month] = round(volumes[line.key][month], line.decimals)
    finest = min((line for line in reported if volumes[line.key][month] > 0), key=_grain)
    for _ in range(2):
        left = aim - compiled_total(lines, volumes, gaps, month)
        volumes[finest.key][month] += left * 1000.0 / finest.price
        volumes[finest.key][month] = round(volumes[finest.key][month], finest.decimals)


def _grain(line: Line) -> tuple[float, tuple[str, str]]:
    """What the last digit reported is worth."""
    return line.price / 10**line.decimals, line.key


def compiled_total(lines: Sequence[Line], volumes: Volumes, gaps: Gaps, month: Month) -> float:
    """The block's output in the month with its gaps imputed: same month last year moved by the class (Rule G4)."""
    return fsum(
        line.price * imputed(line, lines, volumes, gaps, month) / 1000.0
        if (*line.key, month) in gaps
        else line.price * volumes[line.key][month] / 1000.0
        for line in lines
    )


def imputed(line: Line, lines: Sequence[Line], volumes: Volumes, gaps: Gaps, month: Month) -> float:
    """What the default imputation gives for a gap, from those of its class who reported both months."""
    before = month - 12
    both = [
        peer
        for peer in lines
        if peer.industry == line.industry
        and before in volumes[peer.key]
        and not {(*peer.key, month), (*peer.key, before)} & gaps
    ]
    now = fsum(peer.price * volumes[peer.key][month] for peer in both)
    then = fsum(peer.price * volumes[peer.key][before] for peer in both)
    return volumes[line.key][before] * now / then
