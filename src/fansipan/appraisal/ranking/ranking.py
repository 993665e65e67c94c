"""Ranking a decision by one method, with what the method adds. Rules A10 to A14 and A20."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

import numpy as np

from fansipan.appraisal.council.common_marks import uneven_members
from fansipan.appraisal.criteria.gates import Refusal
from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.decision.group_gates import group_totals
from fansipan.appraisal.methods.promethee import promethee
from fansipan.appraisal.methods.smaa import Smaa, smaa
from fansipan.appraisal.methods.topsis import topsis
from fansipan.appraisal.methods.value import Floats, ranks, weighted_value
from fansipan.appraisal.methods.vikor import Vikor, vikor
from fansipan.appraisal.ranking.mark_draws import value_draws
from fansipan.appraisal.ranking.proposal import proposal
from fansipan.errors import Fault, NotFound, Place
from fansipan.notation import number
from fansipan.texts import LANGUAGES, Language, Words, text

Method = Literal["value", "topsis", "vikor", "promethee2", "smaa"]
METHODS: tuple[Method, ...] = get_args(Method)
DRAWS = 100_000


@dataclass(frozen=True)
class Standing:
    """Where an alternative stands: `score` and `rank` are None where a gate refused it; `details` are the method's.

    `untested` are the gates of the law that could not be tested.
    """

    alternative: str
    score: float | None
    rank: int | None
    refused: tuple[Refusal, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    untested: tuple[Fault, ...] = ()

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The standing as plain data."""
        refused = [refusal.as_dict(lang) for refusal in self.refused]
        head = {"alternative": self.alternative, "score": self.score, "rank": self.rank, "refused": refused}
        untested = {"untested": [fault.message(lang) for fault in self.untested]} if self.untested else {}
        return head | untested | self.details


@dataclass(frozen=True)
class Ranking:
    """The alternatives in the order of their file, with `extra` figures of the whole and messages (warnings, ties).

    `selected` is the one alternative of first rank, or on a tie the one that the chair proposes among the tied.
    """

    method: Method
    standings: tuple[Standing, ...]
    selected: str | None
    extra: dict[str, Any] = field(default_factory=dict)
    messages: tuple[Fault, ...] = ()

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The ranking as plain data, for ``--json``."""
        alternatives = [standing.as_dict(lang) for standing in self.standings]
        messages = [fault.line(lang) for fault in self.messages]
        head = {"method": self.method, "selected": self.selected, "alternatives": alternatives}
        return head | self.extra | {"messages": messages}

    @property
    def in_order(self) -> list[Standing]:
        """The ranked alternatives, the first first."""
        return sorted((s for s in self.standings if s.rank is not None), key=lambda s: s.rank or 0)

    @property
    def places(self) -> dict[str, int]:
        """The rank of each alternative that has one, in the order of the file."""
        return {standing.alternative: standing.rank for standing in self.standings if standing.rank is not None}


@dataclass(frozen=True)
class Scored:
    """What a method makes of the alternatives that are ranked: one score, rank and set of details each."""

    scores: Floats
    places: np.ndarray
    details: list[dict[str, Any]]
    extra: dict[str, Any] = field(default_factory=dict)
    messages: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Field:
    """The alternatives to be ranked: their positions in the decision, figures, values and the weights in force."""

    decision: Decision
    among: list[int]
    weights: Floats
    values: Floats
    seed: int
    draws: int

    @property
    def figures(self) -> Floats:
        """Alternatives x leaves as measured; the value where the scale itself says what is better. Rule A3."""
        direct = np.array([leaf.scale.gives_values for leaf in self.decision.leaves], dtype=bool)
        return np.where(direct, self.values, self.decision.figures[self.among])

    @property
    def names(self) -> list[str]:
        """The codes of the leaves."""
        return [leaf.name for leaf in self.decision.leaves]


def rank(decision: Decision, method: Method = "value", *, draws: int = DRAWS, seed: int = 1) -> Ranking:
    """Rank the alternatives of `decision` that no gate refuses.

    `draws` and `seed` are those of ``smaa``. Raises NotFound for a method that there is not.
    """
    if method not in METHODS:
        raise NotFound("name.unknown", kind=Words("phương pháp", "method"), name=method, near=", ".join(METHODS))
    among = decision.eligible
    made = scored(decision, method, draws=draws, seed=seed) if among else None
    standings = []
    for place, name in enumerate(decision.alternatives):
        untested = decision.untested_of(place)
        if made is None or place not in among:
            standings.append(Standing(name, None, None, decision.refused[place], untested=untested))
        else:
            at = among.index(place)
            score, position = float(made.scores[at]), int(made.places[at])
            standings.append(Standing(name, score, position, (), made.details[at], untested))
    first = [standing.alternative for standing in standings if standing.rank == 1]
    selected, told = proposal(decision, first)
    messages = (*decision.notes, *_marks_matter(decision, method), *(made.messages if made else ()), *told)
    return Ranking(method, tuple(standings), selected, made.extra if made else {}, messages)


def scored(
    decision: Decision, method: Method, *, draws: int = DRAWS, seed: int = 1, weights: Floats | None = None
) -> Scored:
    """What `method` makes of those that no gate refuses (at least one), under `weights` instead of those in force."""
    among = decision.eligible
    own = decision.tree.weights() if weights is None else weights
    return _SCORERS[method](Field(decision, among, own, decision.values()[among], seed, draws))


def turned(before: dict[str, int], after: dict[str, int]) -> list[tuple[str, str]]:
    """Pairs whose order turns between two rankings: the one that now stands before the other, and that other."""
    both = [name for name in after if name in before]
    return [(one, other) for one in both for other in both if after[one] < after[other] and before[one] > before[other]]


def _marks_matter(decision: Decision, method: Method) -> tuple[Fault, ...]:
    """A warning where the plain means of all marks would rank otherwise than the marks that compare alike. Rule A9.

    For ``smaa`` the order of the weighted value is held, which needs no draws.
    """
    if decision.own_means is None or not decision.eligible:
        return ()
    plain = replace(decision, figures=decision.own_means, own_means=None)
    names = [decision.alternatives[place] for place in decision.eligible]
    ranked = (scored(one, "value" if method == "smaa" else method).places for one in (decision, plain))
    pairs = turned(*(dict(zip(names, places, strict=True)) for places in ranked))
    if not pairs:
        return ()
    order = Words(*(", ".join(text("marks.before", lang, one=a, other=b) for a, b in pairs) for lang in LANGUAGES))
    params = {"members": ", ".join(uneven_members(decision)), "order": order}
    return (Fault("marks.matter", params, Place("marks.csv"), severity="warning"),)


def _named(names: list[str], figures: Floats) -> dict[str, float]:
    return {name: float(figure) for name, figure in zip(names, figures, strict=True)}


def _by_value(field: Field) -> Scored:
    scores = weighted_value(field.values, field.weights)
    totals = group_totals(field.decision, field.values, field.weights)
    roots = field.decision.tree.children(None)
    shown = totals[roots[0].name] if len(roots) == 1 and roots[0].name in totals else scores
    details = [
        {"values": _named(field.names, row), "groups": {name: float(total[at]) for name, total in totals.items()}}
        for at, row in enumerate(field.values)
    ]
    return Scored(shown, ranks(scores), details, {"weights": _named(field.names, field.weights)})


def _by_topsis(field: Field) -> Scored:
    found = topsis(field.figures, field.weights, field.decision.tree.maximise)
    details = [{"to_best": float(a), "to_worst": float(b)} for a, b in zip(found.to_best, found.to_worst, strict=True)]
    return Scored(found.closeness, ranks(found.closeness), details, {"weights": _named(field.names, field.weights)})


def _by_vikor(field: Field) -> Scored:
    found = vikor(field.figures, field.weights, field.decision.tree.maximise)
    details = [{"S": float(s), "R": float(r)} for s, r in zip(found.group, found.regret, strict=True)]
    names = [field.decision.alternatives[field.among[place]] for place in found.solution]
    extra = {
        "weights": _named(field.names, field.weights),
        "compromise": names,
        "acceptable_advantage": found.advantage,
        "acceptable_stability": found.stable,
    }
    messages = _compromise(found, names)
    return Scored(found.compromise, ranks(found.compromise, highest_first=False), details, extra, messages)


def _compromise(found: Vikor, names: list[str]) -> tuple[Fault, ...]:
    """A warning that names the compromise set where the first alone is not the solution. Rule A12."""
    if len(names) < 2:
        return ()
    ordered = np.sort(found.compromise)
    shown = {"gap": float(ordered[1] - ordered[0]), "least": 1 / (len(ordered) - 1)}
    params: dict[str, Any] = {
        name: Words(*(number(figure, 3, lang) for lang in LANGUAGES)) for name, figure in shown.items()
    }
    params |= {"names": ", ".join(names), "first": names[0]}
    return (Fault("vikor.unstable" if found.advantage else "vikor.no-advantage", params, severity="warning"),)


def _by_promethee(field: Field) -> Scored:
    preferences = [leaf.preference for leaf in field.decision.leaves]
    found = promethee(field.figures, field.weights, field.decision.tree.maximise, preferences)
    vetoes = _vetoes(field)
    details = [
        {"leaving": float(out), "entering": float(into), "vetoed_by": vetoes[at]}
        for at, (out, into) in enumerate(zip(found.leaving, found.entering, strict=True))
    ]
    return Scored(found.net, ranks(found.net), details, {"weights": _named(field.names, field.weights)})


def _vetoes(field: Field) -> list[list[str]]:
    """For each alternative the criteria on which another is better by the veto threshold or more. Told, not counted."""
    better = np.where(field.decision.tree.maximise, field.figures, -field.figures)
    behind = better.max(axis=0) - better
    return [
        [
            leaf.name
            for place, leaf in enumerate(field.decision.leaves)
            if leaf.veto is not None and row[place] >= leaf.veto > 0
        ]
        for row in behind
    ]


def smaa_of(field: Field) -> Smaa:
    """SMAA of the alternatives of `field` under its draws and seed."""
    weights = field.decision.tree.draw_weights(field.draws, np.random.default_rng([field.seed, 0]))
    return smaa(field.values, weights, value_draws(field.decision, field.among, field.seed))


def _by_smaa(field: Field) -> Scored:
    found = smaa_of(field)
    others = [field.decision.alternatives[place] for place in field.among]
    details = []
    for at in range(len(others)):
        central = found.central_weights[at]
        confidence = float(found.confidence[at])
        details.append(
            {
                "acceptability": [float(share) for share in found.acceptability[at]],
                "central_weights": None if np.isnan(central).any() else _named(field.names, central),
                "confidence": None if np.isnan(confidence) else confidence,
                "pairwise": {name: float(found.pairwise[at, k]) for k, name in enumerate(others) if k != at},
            }
        )
    exact = field.decision.tree.weights_are_exact and np.all((found.acceptability == 0) | (found.acceptability == 1))
    messages: tuple[Fault, ...] = (Fault("appraisal.nothing-uncertain", severity="warning"),) if exact else ()
    messages += _too_close(found, others)
    extra = {"draws": found.draws, "standard_error": float(np.sqrt(0.25 / found.draws))}
    return Scored(found.first, _lexicographic(found.acceptability), details, extra, messages)


def _too_close(found: Smaa, names: list[str]) -> tuple[Fault, ...]:
    """A warning where the draws cannot tell the first from the second: closer than twice the error of their gap."""
    if len(names) < 2:
        return ()
    second, first = np.argsort(found.first, kind="stable")[-2:]
    high, low = float(found.first[first]), float(found.first[second])
    error = np.sqrt(max(high + low - (high - low) ** 2, 0.0) / found.draws)
    if high == low or high - low > 2 * error:
        return ()
    return (Fault("smaa.too-close", {"one": names[first], "other": names[second]}, severity="warning"),)


def _lexicographic(acceptability: Floats) -> np.ndarray:
    """Ranks by the share of first ranks, then of second, and so on."""
    rows = [tuple(-row) for row in acceptability]
    return np.array([1 + sum(other < row for other in rows) for row in rows])


_SCORERS: dict[str, Callable[[Field], Scored]] = {
    "value": _by_value,
    "topsis": _by_topsis,
    "vikor": _by_vikor,
    "promethee2": _by_promethee,
    "smaa": _by_smaa,
}
