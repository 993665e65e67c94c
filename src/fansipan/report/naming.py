"""The names of what figures are summed by, in both languages, from the province's own tables."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from fansipan.classification import LEVELS
from fansipan.notation import unit_in_print
from fansipan.province import Province
from fansipan.report.content import Words, known_words, same, words
from fansipan.statistics.measures import TOTAL
from fansipan.tables import REGISTRY, names_of

# Where the names of a dimension stand: table, code column; or the column whose choices name it.
NAMED_BY_TABLE = {
    "product": ("products", "product"),
    "establishment": ("establishments", "establishment"),
    "area": ("areas", "area"),
    "zone": ("zones", "zone"),
    "line": ("portfolio", "line"),
    "project": ("projects", "project"),
}
NAMED_BY_CHOICE = {
    "ownership": ("establishments", "ownership"),
    "kind": ("establishments", "kind"),
    "portfolio": ("portfolio", "portfolio_group"),
    "use": ("products", "use"),
}


class Names:
    """Names by dimension and code; a code without a name stands for itself, no code for what is left over."""

    def __init__(self, province: Province) -> None:
        self._known: dict[str, Mapping[str, Words]] = {}
        self._province = province

    def of(self, dimension: str, code: str | None) -> Words:
        """The name of `code` in `dimension`, for example ``section`` and ``C``; ``total`` is the whole of any."""
        if TOTAL in (dimension, code):
            return words("name.total")
        if code is None:
            return known_words(f"name.none.{dimension}", words("name.none"))
        if dimension == "section":
            return known_words(f"name.section.{code}", self._of_tables(dimension, code))
        return self._of_tables(dimension, code)

    def _of_tables(self, dimension: str, code: str) -> Words:
        if dimension not in self._known:
            self._known[dimension] = self._named(dimension)
        return self._known[dimension].get(code, same(code))

    def product_with_unit(self, product: str) -> Words:
        """A product and what its quantities are counted in: ``Xi măng, tấn``."""
        name, unit = self.of("product", product), self.unit(product)
        return Words(f"{name.vi}, {unit.vi}", f"{name.en}, {unit.en}") if unit.vi else name

    def unit(self, product: str) -> Words:
        """The unit of a product's quantities; empty where the product is not known."""
        if "unit" not in self._known:
            rows = self._province["products"].select("product", "unit", "unit_en").iter_rows()
            self._known["unit"] = {
                code: Words(unit_in_print(unit), unit_in_print(english or unit)) for code, unit, english in rows
            }
        return self._known["unit"].get(product, same(""))

    def find(self, code: str) -> Words:
        """The name of a code of an index, whatever it is of: the whole, an industry, a product, a group, an
        establishment.
        """
        if code == TOTAL:
            return words("name.total")
        for dimension in ("product", *LEVELS, "portfolio", "line", "use", "establishment"):
            found = self.of(dimension, code)
            if found != same(code):
                return found
        return same(code)

    def _named(self, dimension: str) -> dict[str, Words]:
        if dimension in NAMED_BY_CHOICE:
            table, column = NAMED_BY_CHOICE[dimension]
            return {
                value: Words(_capital(said.vi), _capital(said.en))
                for value, said in REGISTRY[table].meaning(column).choice_words.items()
            }
        if dimension in LEVELS:
            industries = self._province["industries"]
            versions = set(self._province["products"]["version"])
            return names_of(industries.filter(pl.col("version").is_in(list(versions))), "industry")
        table, column = NAMED_BY_TABLE[dimension]
        return names_of(self._province[table], column)


def _capital(words: str) -> str:
    """With a capital at the start, as a name in a table has it."""
    return words[:1].upper() + words[1:]
