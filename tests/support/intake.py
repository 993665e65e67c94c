"""A province that knows the made-up department's firms, and taking its files in."""

from datetime import datetime

import polars as pl

from fansipan.province import Province
from fansipan.reference import areas_of, industries, products, province_named, read_unit
from support.department import PRODUCTS

AT = datetime(2026, 1, 5, 8)


def province_of(department):
    settings = {"name": "Lào Cai", "classification": "VSIC2018"}
    code = province_named("Lào Cai")
    province = Province(
        {
            "settings": pl.DataFrame({"setting": list(settings), "value": list(settings.values())}),
            "areas": areas_of(code),
            "industries": industries(),
        }
    )
    ward = province["areas"].filter(pl.col("valid_to").is_null(), level="ward")["area"][0]
    classes = dict(products().select("name", "industry").iter_rows())
    rows = [
        {
            "establishment": tax,
            "name": name,
            "tax_code": tax,
            "version": "VSIC2018",
            "industry": classes[made[0][0]],
            "ownership": "non-state",
            "kind": "industry",
            "area": ward,
            "source": "illustrative",
        }
        for name, tax, made in department.firms
    ]
    return province.replace(establishments=pl.concat([province["establishments"], pl.DataFrame(rows)], how="diagonal"))


class Outcome:
    """What came of taking a file in, held against the department's truth."""

    def __init__(self, taken, department):
        self.taken = taken
        names = dict(taken.province["products"].select("product", "name").iter_rows())
        units = dict(taken.province["products"].select("product", "unit").iter_rows())
        own = {name.casefold(): (name, unit) for name, unit, *_ in PRODUCTS}
        self.wrong, self.right = [], set()
        for row in taken.province["returns"].iter_rows(named=True):
            name, unit = own[names[row["product"]].casefold()]
            value = float(row["quantity"] * read_unit(units[row["product"]]).per(read_unit(unit)))
            key = (row["establishment"], name, row["month"])
            truth = department.truth.get(key)
            if truth is None or abs(value - truth) > 1e-6 * max(1, abs(truth)):
                self.wrong.append((key, value, truth, row["origin"]))
            self.right.add(key)
        self.lacking = set(department.truth) - self.right

    @property
    def held(self):
        """Whether nothing may be taken in: a question is open or something is refused."""
        return bool(self.taken.questions or self.taken.errors)
