"""The law's tests of an industrial cluster as of any date (Rules Z9-Z14).

Sources: Decrees 68/2017 and 66/2020; Decree 32/2024/NĐ-CP, Articles 2 and 8; Decrees 139/2025 and 303/2026.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from fansipan.norms import Norm, find, value
from fansipan.zones.law.occupancy import occupancy
from fansipan.zones.law.situation import Situation
from fansipan.zones.law.verdicts import Verdict, against, either, every, required, undecided

PROVINCE_DECIDES = "province-decides"


def size(facts: Situation, on: date) -> Verdict:
    """Rule Z9: the area against the largest and the smallest allowed (Art. 2.1).

    A small cluster established before 1 May 2024 is kept (Art. 35.1). What counts as mountain area is the province's to
    decide from 1 July 2025 to 14 September 2026: until its decision is recorded it is not known. Refused
    ``norm.no-regime`` where the date has none.
    """
    rule, most = "cluster.size", value("cluster.size.max", on)
    if facts.area is None:
        return undecided(rule, on, ("area",), most)
    area = facts.hectares("area")
    least = _least_size(facts, area, on)
    if least is None:
        return replace(every(rule, on, [against(rule, on, most, area)]), remarks=("verdict.least-not-carried",))
    return every(rule, on, [against(rule, on, most, area), least])


def _least_size(facts: Situation, area: Fraction, on: date) -> Verdict | None:
    general, special = find("cluster.size.min", on), find("cluster.size.min.special", on)
    if general is None or special is None:
        return None
    rule, kept = "cluster.size", find("cluster.size.kept", on)
    if not general.allows(area) and _before(facts, kept):
        return Verdict(rule, "waived", on, norm=kept)
    decided = facts.mountain_decided or not _left_to_province("cluster.size.mountain", on)
    if facts.craft_village or (facts.mountain and decided):
        return against(rule, on, special, area)
    unknown = facts.absent("mountain", "craft_village") if decided else ("mountain_decided",)
    if unknown and special.allows(area) and not general.allows(area):
        return undecided(rule, on, unknown, special)
    return against(rule, on, special if unknown and not special.allows(area) else general, area)


def _before(facts: Situation, norm: Norm | None) -> bool:
    """Whether the cluster is known to have been established before the day that `norm` names."""
    day = None if norm is None else date.fromisoformat(str(norm.value))
    return day is not None and facts.established is not None and facts.established < day


def _left_to_province(name: str, on: date) -> bool:
    """Whether the law of the day leaves `name` to a decision of the province."""
    norm = find(name, on)
    return norm is not None and norm.value == PROVINCE_DECIDES


def establish(facts: Situation, on: date) -> Verdict:
    """Rule Z10: may the cluster be established (Art. 8.1)?

    On the approved list; within the land-use plan, which is a test of its own; a developer proposes; and where the
    district (from 1 July 2025 the area that the province decides, from 15 September 2026 the commune) already has
    clusters, their average occupancy is above 50 %, or their unleased industrial land at most 100 ha (less than 50 ha
    before 1 May 2024; at most 50 ha from 15 September 2026, when high-tech and ecological clusters are freed).
    """
    planned = find("cluster.establish.planned", on)
    fits = [] if planned is None else [required("cluster.establish", on, planned, facts.planned_use, "planned_use")]
    parts = [
        required("cluster.establish", on, value("cluster.establish.listed", on), facts.listed, "listed"),
        *fits,
        required("cluster.establish", on, value("cluster.establish.developer", on), facts.developer, "developer"),
        _room_in_existing(facts, on),
    ]
    return every("cluster.establish", on, parts)


def _room_in_existing(facts: Situation, on: date) -> Verdict:
    """Averaged over the unit that the law of the day names, which the verdict says with its own certainty."""
    rule, waived = "cluster.establish.existing", find("cluster.establish.waived", on)
    scope = value("cluster.establish.scope", on)
    if waived is not None and facts.character and facts.character in str(waived.value).split():
        return Verdict(rule, "waived", on, norm=waived)
    unit = facts.averaging_area if scope.value == PROVINCE_DECIDES else str(scope.value)
    if unit is None:
        return undecided(rule, on, ("averaging_area",), scope)
    if facts.existing == 0:
        return Verdict(rule, "waived", on, norm=scope, remarks=("verdict.no-cluster-yet",))
    where = f"verdict.scope.{unit}"
    over, unleased = value("cluster.establish.occupancy", on), value("cluster.establish.unleased", on)
    missing = facts.absent("existing_industrial", "existing_leased", "existing_approved")
    if missing:
        if facts.existing is None:
            missing, where = ("existing",), where.replace("scope", "scope-unknown")
        open_ = either(rule, on, [undecided(rule, on, missing, over), undecided(rule, on, missing, unleased)])
        return replace(open_, norm=scope, remarks=(where,))
    found = occupancy(
        leased=facts.existing_leased or 0.0,
        approved=facts.existing_approved or 0.0,
        industrial=facts.existing_industrial or 0.0,
        on=on,
    )
    rate = against(rule, on, over, found.rate)
    if facts.existing_mean is not None and over.allows(facts.existing_mean) != over.allows(found.rate):
        rate = replace(rate, remarks=("verdict.mean-differs",))
    joined = either(rule, on, [rate, against(rule, on, unleased, found.unleased)])
    return replace(joined, norm=scope, remarks=(where,))


def expand(facts: Situation, on: date) -> Verdict:
    """Rule Z11: may the cluster be expanded (Art. 8.2)?

    At most 75 ha in all; a developer; occupancy at least 60 % (from 15 September 2026: 50 %), or demand over the land
    left; shared infrastructure working. Refused ``norm.no-regime`` before 1 May 2024.
    """
    rule, most = "cluster.expand", value("cluster.expand.size", on)
    parts = [
        _asked(facts, on, most),
        required(rule, on, value("cluster.expand.developer", on), facts.developer, "developer"),
        _filled(facts, on),
        _works(facts, on),
    ]
    return every(rule, on, parts)


def _asked(facts: Situation, on: date, most: Norm) -> Verdict:
    """The whole area after the expansion; one below the area that stands is taken for a slip, not for an expansion."""
    if facts.asked_area is None:
        return undecided("cluster.expand", on, ("asked_area",), most)
    if facts.area is not None and facts.asked_area < facts.area:
        return replace(undecided("cluster.expand", on, ("asked_area",), most), remarks=("verdict.asked-below-area",))
    return against("cluster.expand", on, most, facts.hectares("asked_area"))


def _works(facts: Situation, on: date) -> Verdict:
    """Shared infrastructure works, or the cluster is old enough to be freed from that."""
    rule, waived = "cluster.expand", find("cluster.expand.infrastructure.waived", on)
    if waived is not None and facts.infrastructure_working is not True:
        if facts.established is None:
            return undecided(rule, on, facts.absent("infrastructure_working", "established"), waived)
        if _before(facts, waived):
            return Verdict(rule, "waived", on, norm=waived)
    working = value("cluster.expand.infrastructure", on)
    return required(rule, on, working, facts.infrastructure_working, "infrastructure_working")


def _filled(facts: Situation, on: date) -> Verdict:
    rule, least, demand = (
        "cluster.expand.filled",
        value("cluster.expand.occupancy", on),
        find("cluster.expand.demand", on),
    )
    missing = facts.absent("industrial", "leased", "approved")
    if missing:
        return undecided(rule, on, missing, least)
    found = occupancy(
        leased=facts.leased or 0.0, approved=facts.approved or 0.0, industrial=facts.industrial or 0.0, on=on
    )
    filled = against(rule, on, least, found.rate)
    if demand is None:
        return filled
    if facts.demand is None:
        return either(rule, on, [filled, undecided(rule, on, ("demand",), demand)])
    wanted = facts.hectares("demand")
    outcome = "met" if wanted > found.left else "not-met"
    return either(rule, on, [filled, Verdict(rule, outcome, on, wanted, found.left, "ha", demand)])  # type: ignore[arg-type]


def services_share(facts: Situation, on: date) -> Verdict:
    """Rule Z12: services take at most 10 % of the cluster's area."""
    return _share("cluster.services_share", facts, on, part="services", whole="area")


def craft_share(facts: Situation, on: date) -> Verdict:
    """Rule Z13: in a craft-village cluster at least 75 % of the industrial land (60 % from 15 September 2026) is for
    moved crafts; else waived.
    """
    if facts.craft_village is False:
        return Verdict("cluster.craft_share", "waived", on, norm=value("cluster.craft_share", on))
    missing = facts.absent("craft_village")
    if missing:
        return undecided("cluster.craft_share", on, missing, value("cluster.craft_share", on))
    return _share("cluster.craft_share", facts, on, part="craft", whole="industrial")


def plan_excess(facts: Situation, on: date) -> Verdict:
    """Rule Z14: the area exceeds the plan by at most 5 ha, decided at establishment."""
    rule, most = "cluster.plan_excess", value("cluster.plan_excess", on)
    missing = facts.absent("area", "planned")
    if missing:
        return undecided(rule, on, missing, most)
    return against(rule, on, most, facts.hectares("area") - facts.hectares("planned"))


def _share(rule: str, facts: Situation, on: date, *, part: str, whole: str) -> Verdict:
    norm = value(rule, on)
    missing = facts.absent(part, whole)
    if missing or not facts.hectares(whole):
        return undecided(rule, on, missing or (whole,), norm)
    return against(rule, on, norm, 100 * facts.hectares(part) / facts.hectares(whole))


CLUSTER_RULES: dict[str, Callable[[Situation, date], Verdict]] = {
    "cluster.size": size,
    "cluster.establish": establish,
    "cluster.expand": expand,
    "cluster.services_share": services_share,
    "cluster.craft_share": craft_share,
    "cluster.plan_excess": plan_excess,
}
