"""Everything about a decision written into a folder."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import polars as pl

from fansipan.appraisal.ranking.dossier import Dossier, as_result
from fansipan.errors import FansipanError
from fansipan.report.choice.sheets.comparison import write_comparison
from fansipan.report.choice.sheets.score_sheet import write_score_sheet
from fansipan.report.choice.sheets.workbook import write_comparison_workbook
from fansipan.tables.files.writing import write_frame

LONGEST_NAME = 48


def write_sheets(found: Dossier, folder: Path | str) -> list[Path]:
    """Write the comparison (Word, Excel), a score sheet an alternative (Word), the ranking and the trail of marks (CSV)
    and the result (JSON), in the dossier's language; returns the paths.

    Raises FansipanError ``file.unwritable`` for a folder that cannot be written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _written(found, folder)
    except OSError as error:
        raise FansipanError("file.unwritable", file=str(folder), reason=error.strerror or "?") from error


def _written(found: Dossier, folder: Path) -> list[Path]:
    paths = [
        write_comparison(found, folder / "comparison.docx"),
        write_comparison_workbook(found, folder / "comparison.xlsx"),
        write_frame(ranking_frame(found), folder / "ranking.csv"),
    ]
    for number, name in enumerate(found.decision.alternatives, 1):
        paths.append(write_score_sheet(found, name, folder / f"score-{number:02d}-{plain(name)}.docx"))
    if found.decision.marks is not None:
        paths.append(write_frame(found.decision.marks.trail, folder / "marks-trail.csv"))
    result = folder / "result.json"
    ranked = as_result(found.decision, found.ranking, found.outlooks, found.firm, found.lang)
    content = ranked | {"fingerprint": found.fingerprint}
    result.write_text(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False), encoding="utf8")
    return [*paths, result]


def ranking_frame(found: Dossier) -> pl.DataFrame:
    """Alternative, and score and rank by every method, unrounded; null where refused."""
    columns: dict[str, list[object]] = {"alternative": list(found.decision.alternatives)}
    for method, ranking in found.rankings.items():
        columns[f"{method}_score"] = [standing.score for standing in ranking.standings]
        columns[f"{method}_rank"] = [standing.rank for standing in ranking.standings]
    return pl.DataFrame(columns)


def plain(name: str) -> str:
    """A name as part of a file name: letters without accents, digits and hyphens."""
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in letters if not unicodedata.combining(c))
    return "-".join(part for part in kept.lower().split("-") if part)[:LONGEST_NAME].rstrip("-") or "x"
