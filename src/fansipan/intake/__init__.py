"""Taking in other people's files: a file is evidence about a table, never trusted a cell at a time.

    taken = take_in([Path("bao-cao.xlsx")], province, answers={})
    taken.questions        # what only a person can say; with any, nothing may be added
    taken.additions        # rows for the province's tables, each with file, sheet and cell
    taken.sums             # the file's own totals, held against its rows

Each step is a module: `opening` (cells as typed, old fonts converted), `headings` and `layout` (tables in a sheet and
what their columns mean), `numbers` (which marks group and which divide), `rows` (data, groups, totals), `matching`
(names to codes), `returns` and `establishments` (rows of the province's tables), `sums`, `mapping` (answers kept).
"""

from fansipan.intake.mapping import Question, answers_of, mapping_rows
from fansipan.intake.taking_in import Taken, take_in

__all__ = ["Question", "Taken", "answers_of", "mapping_rows", "take_in"]
