"""Do the tests catch a wrong line? One-line changes of every room, each tried against the tests that run it.

    python -m pytest -n 2 --cov=fansipan --cov-context=test --cov-report=     # which test runs which line: .coverage
    python tools/mutants.py --per-room 20 -o docs/mutants.md                   # or: make mutants

A change ("mutant") is *killed* when a test that runs the line fails with it, and *survives* when all pass. Lines that
no test runs count as survivors. The sample hangs on the seed and on the source alone, so a score can be made again.
"""

import argparse
import ast
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fansipan"

# Words, worked examples and command lines are held by other tests than those of figures.
LEFT_OUT = {"__init__", "__main__", "texts", "examples", "cli"}
# widths and colours of drawings, layouts of files: held by pictures and golden files, not by figures
LOOKED_AT = {"drawings", "writers"}

COMPARISONS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATIONS: dict[type, type] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "min_horizontal": "max_horizontal", "ceil": "floor"}
GUARDS = {"strict", "frozen", "maintain_order", "exist_ok", "parents"}
ROW_SELECTORS = {"filter", "unique", "drop_nulls", "abs"}


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the line, what stood there and what stands there now."""

    path: Path
    line: int
    before: str
    after: str
    text: str

    @property
    def name(self) -> str:
        """Where, what stood there and what stands there now."""
        return f"{self.path.relative_to(SOURCE)}:{self.line}  `{self.before}` → `{self.after}`"


def is_text(node: ast.expr) -> bool:
    """A piece of text, whose sum with another is no arithmetic."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def variants(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """The expressions of one node that can be written differently, each with its new text."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        changed = ast.Compare(node.left, [COMPARISONS[type(node.ops[0])]()], node.comparators)
        yield node, ast.unparse(changed)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS and not is_text(node.left):
        yield node, ast.unparse(ast.BinOp(node.left, OPERATIONS[type(node.op)](), node.right))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node, ast.unparse(ast.BoolOp(other, node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield node, ast.unparse(node.operand)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield node, repr(node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield node, repr(not node.value)
    elif isinstance(node, ast.Call):
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in ROW_SELECTORS:
            yield node, ast.unparse(called.value)
        elif isinstance(called, ast.Name) and called.id in NAMES:
            yield called, NAMES[called.id]


def no_behaviour(tree: ast.Module) -> set[int]:
    """Ids of nodes whose change alters nothing a user sees: hints, decorators, guards of zips, asserts."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        parts = [
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", []),
        ]
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant | ast.UnaryOp | ast.Slice):
            parts.append(node.slice)
        elif isinstance(node, ast.keyword) and node.arg in (
            "strict",
            "frozen",
            "maintain_order",
            "exist_ok",
            "parents",
        ):
            parts.append(node.value)
        elif isinstance(node, ast.Assert):
            parts.append(node)
        skipped |= {id(inner) for part in parts if isinstance(part, ast.AST) for inner in ast.walk(part)}
    return skipped


def mutants_of(path: Path) -> list[Mutant]:
    """Every one-line change of a module that this program knows."""
    source = path.read_text(encoding="utf8")
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    skipped = no_behaviour(tree)
    found: list[Mutant] = []
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        for place, new in variants(node):
            if place.lineno != place.end_lineno or "\n" in new:
                continue
            line = lines[place.lineno - 1].encode()
            old = line[place.col_offset : place.end_col_offset].decode()
            changed = (line[: place.col_offset] + f"({new})".encode() + line[place.end_col_offset :]).decode()
            text = "".join([*lines[: place.lineno - 1], changed, *lines[place.lineno :]])
            found.append(Mutant(path, place.lineno, old, new, text))
    return found


def rooms() -> list[str]:
    """The rooms and single modules of the source whose figures are at stake."""
    there = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    return sorted(there - LEFT_OUT)


def sample(room: str, size: int, seed: str) -> list[Mutant]:
    """So many changes of a room, drawn from all its modules."""
    single = SOURCE / f"{room}.py"
    paths = [single] if single.exists() else sorted((SOURCE / room).rglob("*.py"))
    paths = [path for path in paths if not LOOKED_AT & set(path.relative_to(SOURCE).parts)]
    every = [mutant for path in paths for mutant in mutants_of(path)]
    chance = random.Random(hashlib.sha256(f"{seed} {room}".encode()).digest())
    return sorted(chance.sample(every, min(size, len(every))), key=lambda mutant: (str(mutant.path), mutant.line))


def tests_of(coverage: Path, mutant: Mutant) -> list[str]:
    """The tests that run the mutant's line, those of its own room first.

    A line that is run when the module is imported (a constant, a table of rules) stands for its whole module.
    """
    with sqlite3.connect(coverage) as store:
        rows = store.execute(
            "select c.context, b.numbits from line_bits b join context c on c.id = b.context_id "
            "join file f on f.id = b.file_id where f.path like ?",
            (f"%/{mutant.path.relative_to(ROOT)}",),
        ).fetchall()
    byte, bit = divmod(mutant.line, 8)
    contexts = {context for context, bits in rows if byte < len(bits) and bits[byte] >> bit & 1}
    if contexts == {""}:
        contexts = {context for context, _ in rows}
    own = f"tests/{mutant.path.relative_to(SOURCE).parts[0].removesuffix('.py')}/"
    running = {context.split("|")[0] for context in contexts} - {""}
    return sorted(running, key=lambda name: (not name.startswith(own), "/cli/" in name, name))


def survives(mutant: Mutant, tests: list[str], copy: Path) -> bool:
    """Whether all given tests pass with the change in place. The copy is put right again."""
    target = copy / mutant.path.relative_to(ROOT)
    kept = target.read_text(encoding="utf8")
    target.write_text(mutant.text, encoding="utf8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:randomly", "--no-cov", *tests]
    environment = {**os.environ, "PYTHONPATH": f"{copy / 'src'}:{copy / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(kept, encoding="utf8")
    return done.returncode == 0


def trial(mutants: list[Mutant], coverage: Path, most: int) -> list[tuple[Mutant, str]]:
    """Each mutant with its fate: killed, survived or not run."""
    fates = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "out", "__pycache__"))
        for mutant in mutants:
            tests = tests_of(coverage, mutant)[:most]
            fate = "not run" if not tests else "survived" if survives(mutant, tests, copy) else "killed"
            fates.append((mutant, fate))
            print(f"{fate:9} {mutant.name}", flush=True)
    return fates


def table(fates: dict[str, list[tuple[Mutant, str]]], seed: str) -> str:
    """The score as a page of the documentation."""
    title, _, *explained = (__doc__ or "").strip().split("\n\n")
    lines = ["# Do the tests catch a wrong line?", "", title, "", *explained, ""]
    lines += [f"Seed `{seed}`, made by `make mutants`.", "", "| room | changes | killed | share |", "|---|--:|--:|--:|"]
    every = [one for room in fates.values() for one in room]
    for room, tried in [*fates.items(), ("all", every)]:
        killed = sum(fate == "killed" for _, fate in tried)
        lines.append(f"| {room} | {len(tried)} | {killed} | {100 * killed / max(len(tried), 1):.0f} % |")
    alive = [f"- {mutant.name} ({fate})" for mutant, fate in every if fate != "killed"]
    return "\n".join([*lines, "", "## Survivors", "", *alive, ""])


def main() -> None:
    """Draw the sample, try each change, write the score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--per-room", type=int, default=20)
    parser.add_argument("--rooms", nargs="*", default=rooms())
    parser.add_argument("--seed", default="1")
    parser.add_argument("--most", type=int, default=120, help="at most so many tests a change")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--coverage", type=Path, default=ROOT / ".coverage")
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args()
    with ThreadPoolExecutor(options.jobs) as pool:
        running = {
            room: pool.submit(trial, sample(room, options.per_room, options.seed), options.coverage, options.most)
            for room in options.rooms
        }
        fates = {room: future.result() for room, future in running.items()}
    page = table(fates, options.seed)
    print(page) if options.out is None else options.out.write_text(page, encoding="utf8")


if __name__ == "__main__":
    main()
