"""Who signs the comparison: everybody who marked, the chair last."""

from __future__ import annotations

from fansipan.appraisal.ranking.dossier import Dossier
from fansipan.texts import text


def signers(found: Dossier) -> list[str]:
    """The members who marked and then the chair; where nobody marked, the secretary and the chair."""
    chair = found.decision.heading.chair or text("sheet.chair", found.lang)
    judges = found.decision.marks.judges if found.decision.marks else [text("sheet.secretary", found.lang)]
    return [*(judge for judge in judges if judge != chair), chair]
