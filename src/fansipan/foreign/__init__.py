"""Files of other programs, read in a process of its own with limits of memory and time and without a network.

Readers of foreign formats are not Python: a damaged file can make them allot memory without end, panic, or abort the
whole program. Here that ends the reader only, and is a fault of the file. One reader serves all files of a run.
"""

from fansipan.foreign.fence import Death, read_fenced
from fansipan.foreign.parquet_rows import ParquetRows
from fansipan.foreign.sqlite_rows import SqliteRows, SqliteTable
from fansipan.foreign.typed_cells import Cell, TypedCells, TypedSheet
from fansipan.foreign.workbook_cells import WorkbookCells, WorksheetCells
from fansipan.foreign.xlsx_package import Part, letters

__all__ = [
    "Cell",
    "Death",
    "ParquetRows",
    "Part",
    "SqliteRows",
    "SqliteTable",
    "TypedCells",
    "TypedSheet",
    "WorkbookCells",
    "WorksheetCells",
    "letters",
    "read_fenced",
]
