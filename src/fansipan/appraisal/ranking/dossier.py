"""Everything that a council should see of a decision, gathered once for all its sheets. Rule A19."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fansipan.appraisal.decision.decision import Decision
from fansipan.appraisal.decision.group_gates import group_totals
from fansipan.appraisal.finance.outlook import DRAWS as FINANCE_DRAWS
from fansipan.appraisal.finance.outlook import Outlook, outlook
from fansipan.appraisal.finance.spreads import assumed_spreads
from fansipan.appraisal.methods.objective_weights import critic_weights, entropy_weights
from fansipan.appraisal.methods.value import Floats
from fansipan.appraisal.ranking.firmness import Firmness, firmness
from fansipan.appraisal.ranking.ranking import DRAWS, METHODS, Method, Ranking, rank
from fansipan.errors import Refused
from fansipan.texts import Language


@dataclass(frozen=True)
class Dossier:
    """A decision with its rankings by every method, how firm the first is, and the finance of each project.

    `chosen` is the method that ranks; `values` and `weights` are those of the weighted value, `totals` its groups;
    `objective` has the entropy and CRITIC weights that exist. `fingerprint` is the SHA-256 of the folder's files;
    `lang` is the sheets' first language.
    """

    decision: Decision
    chosen: Method
    rankings: dict[Method, Ranking]
    values: Floats
    weights: Floats
    totals: dict[str, Floats]
    objective: dict[str, Floats]
    firm: Firmness
    outlooks: dict[str, Outlook]
    fingerprint: str
    lang: Language

    @property
    def ranking(self) -> Ranking:
        """The ranking by the chosen method."""
        return self.rankings[self.chosen]

    @property
    def full_marks(self) -> float:
        """What the whole is worth in points: the end of the scale of a single root, else 100."""
        roots = self.decision.tree.children(None)
        return roots[0].scale.ends[1] if len(roots) == 1 and roots[0].scale.kind == "linear" else 100.0


def dossier(
    decision: Decision,
    method: Method = "value",
    *,
    draws: int = DRAWS,
    seed: int = 1,
    fingerprint: str = "",
    lang: Language,
) -> Dossier:
    """Gather everything about `decision`, ranked by `method`, for sheets in `lang`."""
    values, weights = decision.values(), decision.tree.weights()
    return Dossier(
        decision=decision,
        chosen=method,
        rankings={name: rank(decision, name, draws=draws, seed=seed) for name in METHODS},
        values=values,
        weights=weights,
        totals=group_totals(decision, values, weights),
        objective=objective_weights(decision),
        firm=firmness(decision, method),
        outlooks=outlooks(decision, seed=seed),
        fingerprint=fingerprint,
        lang=lang,
    )


def outlooks(decision: Decision, *, draws: int = FINANCE_DRAWS, seed: int = 1) -> dict[str, Outlook]:
    """The outlook of each alternative that gave its financial assumptions."""
    assumed = not decision.spreads
    return {
        name: outlook(
            plan,
            assumed_spreads() if assumed else decision.spreads[name],
            assumed=assumed,
            fit=decision.fits.get(name),
            draws=draws,
            seed=seed,
        )
        for name, plan in decision.plans.items()
    }


def as_result(
    decision: Decision, ranking: Ranking, finance: dict[str, Outlook], firm: Firmness, lang: Language
) -> dict[str, Any]:
    """A ranking as plain data with the `finance` and the `fit` of each alternative that has them, the weights that the
    figures imply, the consistency of comparisons, and how firm the first is.
    """
    found = ranking.as_dict(lang)
    names = [leaf.name for leaf in decision.leaves]
    found["alternatives"] = [
        row
        | ({"finance": finance[row["alternative"]].as_dict()} if row["alternative"] in finance else {})
        | ({"fit": decision.fits[row["alternative"]].as_dict()} if row["alternative"] in decision.fits else {})
        for row in found["alternatives"]
    ]
    implied = {
        name: dict(zip(names, map(float, own), strict=True)) for name, own in objective_weights(decision).items()
    }
    compared = {"comparisons": [one.as_dict() for one in decision.consistency]} if decision.consistency else {}
    return found | {"objective_weights": implied} | compared | {"robustness": firm.as_dict()}


def objective_weights(decision: Decision) -> dict[str, Floats]:
    """The weights that the ranked figures imply, by ``entropy`` (unless some are negative) and by ``critic``."""
    figures = decision.figures[decision.eligible]
    if not len(figures):
        return {}
    found = {"critic": critic_weights(figures, decision.tree.maximise)}
    try:
        return {"entropy": entropy_weights(figures)} | found
    except Refused:  # negative figures have no shares
        return found


def fingerprint(folder: Path | str) -> str:
    """The SHA-256 over names and contents of the files of `folder`, by which anyone can tell the data is the same."""
    digest = hashlib.sha256()
    for path in sorted(path for path in Path(folder).iterdir() if path.suffix in (".csv", ".toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
