"""What every province knows alike, shipped with the program: classes of industry, products, areas, units of measure.

Industries are sections B to E of VSIC 2018 (Decision 27/2018/QĐ-TTg), all four levels. Products are those that the
statistics offices report by month, with their usual unit and class. Areas are made by ``tools/reference_areas.py``.
"""

from fansipan.reference.areas import areas_of, province_named
from fansipan.reference.lists import industries, product_named, products
from fansipan.reference.units import Unit, read_unit

__all__ = ["Unit", "areas_of", "industries", "product_named", "products", "province_named", "read_unit"]
