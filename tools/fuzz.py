"""Real inputs spoilt at random, read by every reader: each ends in an answer or in a fault, never in a traceback.

    python tools/fuzz.py --mutations 320 --seed 1 -o docs/hostile-inputs.md

A mutation is told by reader, seed and number, so that one that ended badly can be made again and become a test.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import polars as pl  # noqa: E402
import xlwt  # noqa: E402

from fansipan.appraisal.decision.reading import read_heading  # noqa: E402
from fansipan.errors import FansipanError  # noqa: E402
from fansipan.foreign import fence  # noqa: E402
from fansipan.interop.geojson import read_boundaries  # noqa: E402
from fansipan.interop.gso.workbook import read_workbook as read_gso  # noqa: E402
from fansipan.statistics.index.inputs import IndexSeries, IndexWeights, PricesQuantities, read_rows  # noqa: E402
from fansipan.tables.files.container import read_contents, write_container  # noqa: E402
from fansipan.tables.reading.contents import gather  # noqa: E402
from support.crafted_files import CRAFTED, HARMLESS  # noqa: E402
from support.sound_province import sound_province  # noqa: E402

ODD = [b"\x00", b"\xff", b"1e308", b"-0", b"NaN", b"\x1b[2J", b"[" * 3000, b'"', b"=cmd()", "\u200d\u202e".encode()]
SECONDS = 60.0


def province(path: Path) -> None:
    """Any container of tables, read to checked frames."""
    for fault in gather(read_contents(path)).faults:
        fault.line("vi")


def rows(table: type) -> Callable[[Path], None]:
    """A file of index rows."""

    def read(path: Path) -> None:
        read_rows(path, table)

    return read


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The content with some bytes changed, cut, doubled or odd ones put in."""
    words = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        at = chance.randrange(len(words) or 1)
        act = chance.randrange(5)
        if act == 0 and words:
            words[at] = chance.randrange(256)
        elif act == 1:
            words[at:at] = chance.choice(ODD)
        elif act == 2:
            del words[at : at + chance.choice((1, 16, 500))]
        elif act == 3:
            words[at:at] = words[at : at + chance.choice((8, 200))]
        elif chance.random() < 0.2:
            del words[at:]
    return bytes(words)


def inputs(folder: Path) -> dict[str, tuple[Path, Callable[[Path], None]]]:
    """A sound file for each reader, with the reader."""
    tables = sound_province()
    frames = {name: getattr(tables, name) for name in ("returns", "establishments", "products", "areas")}
    for name in ("p.xlsx", "p.sqlite"):
        write_container(frames, folder / name)
    book = xlwt.Workbook()
    for name, frame in frames.items():
        page = book.add_sheet(name)
        for r, row in enumerate([frame.columns, *frame.rows()]):
            for c, value in enumerate(row):
                page.write(r, c, None if value is None else str(value))
    book.save(str(folder / "p.xls"))
    frames["returns"].write_parquet(folder / "returns.parquet")
    frames["returns"].write_csv(folder / "returns.csv")
    frames["returns"].write_csv(folder / "returns.tsv.csv", separator="\t")
    (folder / "utf16.csv").write_bytes((folder / "returns.csv").read_text(encoding="utf8").encode("utf-16"))
    shape = {"type": "Polygon", "coordinates": [[[104.0, 22.0], [104.5, 22.0], [104.5, 22.5], [104.0, 22.0]]]}
    feature = {"type": "Feature", "properties": {"name": "Bảo Thắng"}, "geometry": shape}
    words = json.dumps({"type": "FeatureCollection", "features": [feature] * 3})
    (folder / "areas.geojson").write_text(words, encoding="utf8")
    (folder / "decision.toml").write_text('title = "Chọn"\non = 2024-05-01\nillustrative = true\n', encoding="utf8")
    series = pl.DataFrame({"code": ["B", "C"], "period": ["2024-01", "2024-02"], "value": [100.0, 104.5]})
    series.write_csv(folder / "series.csv")
    weights = pl.DataFrame({"code": ["T", "B", "C"], "parent": ["", "T", "T"], "weight": [100.0, 40.0, 60.0]})
    weights.write_csv(folder / "weights.csv")
    prices = pl.DataFrame({"product": ["a", "b"], "period": ["1", "2"], "price": [1.0, 2.0], "quantity": [3.0, 4.0]})
    prices.write_csv(folder / "prices.csv")
    return {
        "workbook .xlsx": (folder / "p.xlsx", province),
        "workbook .xls": (folder / "p.xls", province),
        "statistics office's .xlsx": (folder / "p.xlsx", read_gso),
        "statistics office's .xls": (folder / "p.xls", read_gso),
        "SQLite": (folder / "p.sqlite", province),
        "Parquet": (folder / "returns.parquet", province),
        "CSV": (folder / "returns.csv", province),
        "CSV with tabs": (folder / "returns.tsv.csv", province),
        "CSV in UTF-16": (folder / "utf16.csv", province),
        "GeoJSON": (folder / "areas.geojson", read_boundaries),
        "decision.toml": (folder / "decision.toml", read_heading),
        "index series": (folder / "series.csv", rows(IndexSeries)),
        "index weights": (folder / "weights.csv", rows(IndexWeights)),
        "prices and quantities": (folder / "prices.csv", rows(PricesQuantities)),
    }


def tried(path: Path, read: Callable[[Path], None]) -> tuple[str, float]:
    """What became of it (``answered``, ``refused``, or the name of what went wrong), and the seconds it took."""
    began = time.monotonic()
    try:
        read(path)
        end = "answered"
    except FansipanError:
        end = "refused"
    except Exception as error:
        end = f"{type(error).__name__}: {error!s:.80}"
    took = time.monotonic() - began
    return (end if took < SECONDS else "slow"), took


def main() -> int:
    """Try every reader and write the table; the status is 1 where anything ended badly."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutations", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", type=float, default=1e9, help="seconds after which no further reader is begun")
    parser.add_argument("-o", "--out", type=Path)
    wanted = parser.parse_args()
    seen = [0]
    real = fence.memory_of
    fence.memory_of = lambda process: seen.append(max(seen.pop(), real(process))) or seen[0]  # type: ignore[func-returns-value]
    lines, bad, began = [], [], time.monotonic()

    def row(name: str, ends: list[tuple[str, float]]) -> None:
        faulty = [end for end, _ in ends if end not in ("answered", "refused")]
        slowest, most = max(took for _, took in ends), seen.pop() / 1e6
        seen.append(0)
        lines.append(
            f"| {name} | {len(ends)} | {len(ends) - len(faulty)} | {len(faulty)} | {slowest:.1f} | {most:.0f} |"
        )
        print(lines[-1], flush=True)
        bad.extend(faulty)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, (path, read) in inputs(folder).items():
            if time.monotonic() - began > wanted.until:
                print(f"not tried: {kind}")
                continue
            content, ends = path.read_bytes(), []
            for number in range(wanted.mutations):
                path.write_bytes(spoilt(content, random.Random(f"{kind}/{wanted.seed}/{number}")))
                ends.append(tried(path, read))
                if ends[-1][0] not in ("answered", "refused"):
                    print(f"{kind}, seed {wanted.seed}, number {number}: {ends[-1][0]}", flush=True)
            path.write_bytes(content)
            row(kind, ends)
        for kind, build in {**CRAFTED, **HARMLESS}.items():
            with tempfile.TemporaryDirectory() as place:
                row(f"crafted: {kind}", [tried(build(Path(place)), province)])
    if wanted.out:
        head = (
            "# Hostile inputs\n\nMade by `make fuzz`. Real files spoilt at random, and small files made to do harm."
            " Passed is an answer or a refusal in words;\na fault is a traceback or more"
            " than 60 seconds. Memory is that of the"
            " reader's own process (0: read without one).\n\n"
            f"Seed {wanted.seed}.\n\n| reader | tried | passed | faults | slowest, s | memory, MB |\n"
            "|---|---|---|---|---|---|\n"
        )
        wanted.out.write_text(head + "\n".join(lines) + "\n", encoding="utf8")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
