"""Checks that take more than one row: references, dates, likeness (C1-C6) and printed figures (C7-C12).

    faults = check(survey("laocai"))                  # lenient: contradictions are warnings
    faults = check(survey("form.xlsx"), beside=Province.read("laocai"), strict=True)

Each check is a function from a `Subject` to faults; `CHECKS` lists them in the order of the rules of
``docs/methods/checks.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fansipan.checks.lettering import letters_gone_wrong, text_for_old_fonts
from fansipan.checks.likeness import (
    mixed_price_bases,
    mixed_units,
    same_name,
    several_constant_prices,
    unpriced_products,
)
from fansipan.checks.magnitude import misread_thousands
from fansipan.checks.published import (
    cumulative_against_months,
    growth_printed_as_ratio,
    parts_against_totals,
    percentages_against_amounts,
    plan_against_sections,
)
from fansipan.checks.references import dangling_references, dangling_scopes
from fansipan.checks.subject import Subject
from fansipan.checks.trees import parent_cycles, weight_trees
from fansipan.checks.validity import (
    areas_not_in_force,
    blanks_over_figures,
    overlapping_periods,
    recorded_too_soon,
    returns_outside_life,
    reversed_dates,
)
from fansipan.errors import Fault
from fansipan.province import Province
from fansipan.tables.reading.contents import Gathered

CHECKS: tuple[Callable[[Subject], Iterator[Fault]], ...] = (
    dangling_references,
    dangling_scopes,
    parent_cycles,
    weight_trees,
    reversed_dates,
    returns_outside_life,
    recorded_too_soon,
    blanks_over_figures,
    areas_not_in_force,
    overlapping_periods,
    same_name,
    mixed_units,
    mixed_price_bases,
    unpriced_products,
    several_constant_prices,
    parts_against_totals,
    percentages_against_amounts,
    cumulative_against_months,
    plan_against_sections,
    growth_printed_as_ratio,
    misread_thousands,
    text_for_old_fonts,
    letters_gone_wrong,
)

__all__ = ["CHECKS", "Subject", "check", "check_province"]


def check(gathered: Gathered, *, beside: Province | None = None, strict: bool = False) -> tuple[Fault, ...]:
    """Every fault of an input: those found in reading it, then those of each check."""
    subject = Subject(gathered, beside or Province(), strict)
    return (*gathered.faults, *(fault for run in CHECKS for fault in run(subject)))


def check_province(province: Province, *, strict: bool = False) -> tuple[Fault, ...]:
    """Every fault that the checks find in a province made in Python."""
    return check(Subject.of(province).gathered, strict=strict)
