"""The law's tests of an industrial park as of any date (Rule Z15). Source: Decree 35/2022/NĐ-CP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fansipan.norms import value
from fansipan.zones.law.occupancy import occupancy
from fansipan.zones.law.situation import Situation
from fansipan.zones.law.verdicts import Verdict, against, either, every, required, undecided

TRADES = {"specialised": "park.specialised.trade_share", "high-tech": "park.high_tech.trade_share"}


def formed(facts: Situation, on: date) -> Verdict:
    """A park counts as formed once its infrastructure project has investment policy approval."""
    return required("park.formed", on, value("park.formed_by", on), facts.policy_approved, "policy_approved")


def establish(facts: Situation, on: date) -> Verdict:
    """May a new park be set up: existing parks filled, land for small firms, land for workers' housing?"""
    return every("park.establish", on, [_existing(facts, on), support_land(facts, on), housing_share(facts, on)])


def _existing(facts: Situation, on: date) -> Verdict:
    rule, least = "park.establish.existing", value("park.establish.occupancy", on)
    if facts.existing == 0:
        return Verdict(rule, "waived", on, norm=least, remarks=("verdict.no-park-yet",))
    missing = facts.absent("existing_industrial", "existing_leased", "existing_approved")
    if missing:
        return undecided(rule, on, missing, least)
    found = occupancy(
        leased=facts.existing_leased or 0.0,
        approved=facts.existing_approved or 0.0,
        industrial=facts.existing_industrial or 0.0,
        on=on,
        kind="park",
    )
    return against(rule, on, least, found.rate)


def support_land(facts: Situation, on: date) -> Verdict:
    """Land for small and supporting firms: at least 5 ha, or at least 3 % of the industrial land."""
    rule = "park.support_land"
    area, share = value("park.support_land.area", on), value("park.support_land.share", on)
    if facts.support is None:
        return either(rule, on, [undecided(rule, on, ("support",), area)])
    by_area = against(rule, on, area, facts.hectares("support"))
    if not facts.industrial:
        return either(rule, on, [by_area, undecided(rule, on, ("industrial",), share)])
    of_land = 100 * facts.hectares("support") / facts.hectares("industrial")
    return either(rule, on, [by_area, against(rule, on, share, of_land)])


def housing_share(facts: Situation, on: date) -> Verdict:
    """Land for workers' housing and services: at least 2 % of the area of all parks on the province's list."""
    return _share("park.housing_share", "park.housing_share", facts, on, part="parks_housing", whole="parks_area")


def trade_share(facts: Situation, on: date) -> Verdict:
    """A specialised park gives its trade at least 60 % of the industrial land, a high-tech park at least 30 %.

    Waived for a park of another kind.
    """
    name = TRADES.get(facts.character)
    if name is None:
        return Verdict("park.trade_share", "waived", on, norm=value("park.kinds", on))
    return _share("park.trade_share", name, facts, on, part="trade", whole="industrial")


def _share(rule: str, name: str, facts: Situation, on: date, *, part: str, whole: str) -> Verdict:
    norm = value(name, on)
    missing = facts.absent(part, whole)
    if missing or not facts.hectares(whole):
        return undecided(rule, on, missing or (whole,), norm)
    return against(rule, on, norm, 100 * facts.hectares(part) / facts.hectares(whole))


PARK_RULES: dict[str, Callable[[Situation, date], Verdict]] = {
    "park.formed": formed,
    "park.establish": establish,
    "park.trade_share": trade_share,
    "park.support_land": support_land,
    "park.housing_share": housing_share,
}
