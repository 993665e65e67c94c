"""Fansipan in three lines of Python; every figure is a Polars frame (``.to_pandas()`` gives a pandas one).

>>> import fansipan
>>> laocai = fansipan.read(fansipan.example())
>>> laocai.output("2024-05", by="section").columns[:3]
['section', 'level', 'base']

The functions below call the same library as the command line: what a command prints and what a frame holds are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fansipan.periods import Month
from fansipan.province import Province

if TYPE_CHECKING:
    import polars as pl

    from fansipan.report.content import Page
    from fansipan.statistics.output_value import Output

Moment = str | Month


class Desk:
    """A province and what can be asked of it. Months are `Month` or text in any spelling (``05/2024``, ``T5/2024``).

    `tables` is the `Province` itself: its tables by name. Questions without a month mean the last one with returns.
    """

    def __init__(self, tables: Province, known_on: date | None = None) -> None:
        """Take a province, as known at the end of `known_on` (everything, where None)."""
        self.tables = tables if known_on is None else tables.known_on(known_on)
        self.known_on = known_on

    def __repr__(self) -> str:
        return f"Desk({self.tables.setting('name') or '–'}, {self.tables!r})"

    def __getitem__(self, table: str) -> pl.DataFrame:
        """A table by name: ``desk["returns"]``."""
        return self.tables[table]

    def as_known_on(self, day: date) -> Desk:
        """The same province without what was recorded or published after `day`."""
        return Desk(self.tables, day)

    @property
    def last_month(self) -> Month:
        """The last month with returns; raises Refused where there is none."""
        from fansipan.errors import Refused

        last = self.tables["returns"]["month"].max()
        if last is None:
            raise Refused("output.no-returns-at-all")
        return Month.parse(str(last))

    def _month(self, month: Moment | None) -> Month:
        if month is None:
            return self.last_month
        return month if isinstance(month, Month) else Month.parse(month)

    def _compiled(self, month: Moment | None) -> Output:
        from fansipan.statistics.output_value import compile_output

        return compile_output(self.tables, until=self._month(month), known_on=self.known_on)

    def output(
        self,
        month: Moment | None = None,
        *,
        by: str = "total",
        compare: str = "yoy",
        basis: str = "constant-2010",
        scope: Mapping[str, str] | None = None,
    ) -> pl.DataFrame:
        """Gross output of a month (billion đồng) and its growth (percent) by section, area, ownership, product...

        `compare` is ``mom``, ``yoy``, ``ytd`` or ``year``; `basis` ``constant-2010`` or ``current``; `scope` narrows
        it, as in ``{"area": "bao-thang"}``. Rules G1 to G9.
        """
        from fansipan.statistics.measures import growth_of_output

        wanted = cast(Any, {"by": by, "basis": basis, "scope": dict(scope or {})})
        return growth_of_output(self._compiled(month), self._month(month), cast(Any, compare), **wanted)

    def index(
        self, month: Moment | None = None, *, by: str | None = None, indicator: str = "index", compare: str = "yoy"
    ) -> pl.DataFrame:
        """The index of production (or ``shipment``, ``inventory``, ``labour``) of a month. Rules G13 and G14."""
        import polars as pl

        from fansipan.statistics.index.parts import index_by

        found = index_by(self.tables, self._compiled(month), indicator, by, cast(Any, compare))
        return found.filter(pl.col("period") == str(self._month(month)))

    def month(self, month: Moment | None = None) -> pl.DataFrame:
        """A month in a few rows: measure, value, unit and growth on last month and last year (percent)."""
        import polars as pl

        rows: list[tuple[str, float | None, str, float | None, float | None]] = []
        output = self._compiled(month)
        for measure, compare in (("output", "yoy"), ("output-since-january", "ytd")):
            grown = self._grown(output, compare)
            before = self._grown(output, "mom")["growth"] if compare == "yoy" else None
            rows.append((measure, grown["level"], "billion đồng", before, grown["growth"]))
        if self.tables["index_weights"].height:
            top = self.index(month).filter(pl.col("code") == self._root())
            last = self.index(month, compare="mom").filter(pl.col("code") == self._root())
            if top.height:
                rows.append(("index", top["index"][0], "base year = 100", last["growth"][0], top["growth"][0]))
        return pl.DataFrame(rows, schema=["measure", "value", "unit", "on_last_month", "on_last_year"], orient="row")

    def _grown(self, output: Output, compare: str) -> Mapping[str, Any]:
        from fansipan.statistics.measures import growth_of_output

        return growth_of_output(output, output.until, cast(Any, compare)).row(0, named=True)

    def _root(self) -> str:
        from fansipan.statistics.production_index import base_year_weights, root_of

        return root_of(base_year_weights(self.tables))

    def scenario(self, month: Moment | None = None, *, by: str = "total", scenario: str = "baseline") -> pl.DataFrame:
        """The year as seen from a month: output by month, reported and projected (billion đồng). Rules P.

        One process is used: a script of three lines has no guard against being run again by a second one.
        """
        from fansipan.scenario.forecast.engine import forecast_each
        from fansipan.scenario.projection import LEVEL, project, summed

        def forecaster(histories: Any, horizon: int, *, progress: Any) -> Any:
            return forecast_each(histories, horizon, levels=(LEVEL,), workers=1, progress=progress)[0]

        chosen = self._month(month)
        found = project(self.tables, chosen, known_on=self.known_on, scenario=scenario, forecaster=forecaster)
        return summed(found, by)

    def plan(self, *, gap: float = 0.005, seconds: float = 120) -> dict[str, pl.DataFrame]:
        """What to build, where and when: the frames of the plan (``builds``, ``flows``, ``targets``...). Rules E."""
        from fansipan.expansion.answers.outcome import answer_frames
        from fansipan.expansion.network.compilation import network_of
        from fansipan.expansion.solve.plan import solve_network
        from fansipan.expansion.system.definition import System
        from fansipan.linear.solver import Options

        system = System.of(self.tables)
        return answer_frames(system, solve_network(network_of(system), Options(gap=gap, time_limit=seconds)))

    def check(self) -> pl.DataFrame:
        """What the checks find: severity, code, file, row, column, value and message in Vietnamese and English."""
        import polars as pl

        from fansipan.checks import check_province

        rows = [
            (f.severity, f.code, f.place.sheet, f.place.row, f.place.column, f.message("vi"), f.message("en"))
            for f in check_province(self.tables)
        ]
        heads = {"severity": pl.String, "code": pl.String, "table": pl.String, "row": pl.Int64, "column": pl.String}
        return pl.DataFrame(rows, schema=heads | {"vi": pl.String, "en": pl.String}, orient="row")

    def page(self, name: str, month: Moment | None = None) -> Page:
        """A page of the province by name (`report.province_pages.PAGES`): ``month``, ``scenario``, ``zones``..."""
        from fansipan.report.province_pages import ProvincePages

        chosen = self._month(month)
        last = self.tables.last_recorded() or chosen.last_day
        return ProvincePages(self.tables, chosen, self.known_on or max(last, chosen.last_day)).make(name)


def read(path: Path | str, *, known_on: date | None = None) -> Desk:
    """Read a province (folder, workbook or SQLite file). Raises InvalidInput with every fault of it."""
    return Desk(Province.read(path), known_on)


def example(folder: Path | str | None = None) -> Path:
    """Write the worked example, illustrative data of Lào Cai, into a folder (a new temporary one) and return it."""
    import tempfile

    from fansipan.examples.laocai.building import build

    return build().write(Path(folder) if folder else Path(tempfile.mkdtemp()) / "laocai")
