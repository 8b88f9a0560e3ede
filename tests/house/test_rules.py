"""The rules of the house: small files and functions, names that say something, no special case, nothing undocumented."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from holdbook.model.nouns import NOUNS
from holdbook.problems import REASONS
from holdbook.questions.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "holdbook"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 60
# one noun each, of which no part has a name of its own: a door, a grammar, a reader by kinds
LONGER, LONGEST_OF_THEM = {"api.py", "quantity/stated.py", "reader/shape.py"}, 400
SAY_NOTHING = {"utils", "util", "common", "helpers", "helper", "misc", "base", "core", "manager", "handler"}
SUBJECTS = re.compile("softbank|nvidia|openai|exor|industriv|kinnevik|prosus|wendel", re.IGNORECASE)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
KNOWN = {*sys.stdlib_module_names, "holdbook", "__future__"}
LEFT_OUT = {".venv", ".git", "__pycache__", ".hypothesis", "build", "dist"}


def project_files() -> Iterator[Path]:
    """Every file that belongs to the project; caches and what `demo` writes do not."""
    for parent, folders, names in os.walk(ROOT):
        here = Path(parent)
        folders[:] = [
            name
            for name in folders
            if name not in LEFT_OUT and not name.endswith(("_cache", ".egg-info")) and not (here == ROOT and name == "softbank")
        ]
        yield from (
            here / name
            for name in names
            if name not in LEFT_OUT  # in a second work tree `.git` is a file
            and not name.endswith((".so", ".pyc"))
            and not name.startswith(".coverage")
            and not (here == ROOT and name == "report.html")
        )


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def words_of(name: str) -> set[str]:
    """The words of a name: `BaseManager` has base and manager."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def defined(module: Path, *kinds: type[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """What a file defines of some kinds, by file and name."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, kinds):
            yield f"{module.relative_to(SOURCE)}: {getattr(node, 'name', '')}", node


def test_a_file_can_be_read_in_one_sitting() -> None:
    sizes = {str(module.relative_to(SOURCE)): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {name for name, size in sizes.items() if size > LONGEST_FILE} == LONGER
    assert max(sizes.values()) <= LONGEST_OF_THEM


def test_every_file_of_a_room_is_on_the_map() -> None:
    """Rooms whose files are listed by a rule, a noun, a measure or a question each, are named as a whole."""
    rows = re.findall(r"^\| `(\w+)/` \| (.*) \|$", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = {room: set(re.findall(r"\w+", row)) for room, row in rows}
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(told)
    by_name = rooms - {"model", "measures", "questions"}
    assert [
        f"{room}/{path.stem}" for room in sorted(by_name) for path in (SOURCE / room).glob("[!_]*.py") if path.stem not in told[room]
    ] == []


def test_a_function_fits_on_a_screen() -> None:
    sizes = {name: (node.end_lineno or 0) - node.lineno + 1 for module in MODULES for name, node in defined(module, *FUNCTIONS)}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_files_rooms_and_classes_have_names_that_say_something() -> None:
    names = [str(module.relative_to(SOURCE).with_suffix("")) for module in MODULES]
    names += [name for module in MODULES for name, _ in defined(module, ast.ClassDef)]
    assert [name for name in names if words_of(name) & SAY_NOTHING] == []


def test_what_is_public_is_documented() -> None:
    bare = [name for module in MODULES for name in undocumented(parsed(module), str(module.relative_to(SOURCE)))]
    assert bare == []


def undocumented(node: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    """Modules, public functions, public classes and their public methods without a docstring; an empty file has nothing to say."""
    if node.body and not ast.get_docstring(node):
        yield name
    for inner in node.body:
        if isinstance(inner, (*FUNCTIONS, ast.ClassDef)) and not inner.name.startswith("_"):
            if isinstance(inner, ast.ClassDef):
                yield from undocumented(inner, f"{name}: {inner.name}")
            elif not ast.get_docstring(inner):
                yield f"{name}: {inner.name}"


def test_no_book_is_a_special_case() -> None:
    """The one book that code names is the default of the command line; docstrings may take examples from where they like."""
    named = [f"{module.relative_to(SOURCE)}: {text}" for module in MODULES for text in texts_of(parsed(module)) if SUBJECTS.search(text)]
    assert named == ["api.py: softbank"]


def texts_of(tree: ast.Module) -> Iterator[str]:
    """The names and the strings of a file, without its docstrings."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)) and ast.get_docstring(node):
            skipped.add(id(getattr(node.body[0], "value", None)))
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.value


def test_no_rule_is_switched_off_without_saying_which_and_why() -> None:
    remarks = [remark for module in MODULES for remark in re.findall(r"#\s*(?:noqa|type: ignore).*", module.read_text(encoding="utf-8"))]
    assert remarks
    assert [remark for remark in remarks if not re.match(r"# (noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \w|type: ignore\[)", remark)] == []


@pytest.mark.parametrize("question", [question.name for question in CATALOGUE])
def test_a_question_is_documented_and_tested(question: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(f"holdbook ask {question}" in page.read_text(encoding="utf-8") for page in pages)
    others = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    assert any(re.search(rf"""["']{question}["']""", path.read_text(encoding="utf-8")) for path in others)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_has_entries_in_a_shipped_book(noun: str) -> None:
    books = list((SOURCE / "books").rglob("*.yaml"))
    tables = [path for path in (SOURCE / "books").rglob("*.csv") if path.name.split("-")[0].removesuffix(".csv") == noun]
    assert tables or any(re.search(rf"^{noun}:", path.read_text(encoding="utf-8"), re.MULTILINE) for path in books)


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_given_somewhere_and_documented(reason: str) -> None:
    given = [path for path in MODULES if path.name != "problems.py" and f'"{reason}"' in path.read_text(encoding="utf-8")]
    assert given
    assert f"## {reason}\n" in (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")


def test_no_reason_is_given_that_is_not_on_the_list() -> None:
    given = {
        node.args[0].value
        for module in MODULES
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args and isinstance(node.args[0], ast.Constant)
    }
    assert given
    assert given <= set(REASONS)


def test_no_file_names_a_place_of_one_machine() -> None:
    forbidden = re.compile("|".join((r"/" + r"work\b", r"/" + r"home/\w", r"\bshar" + r"ed/")))
    named = []
    for path in project_files():
        text = path.read_bytes().decode("utf-8", "replace")
        named += [f"{path.relative_to(ROOT)}: {match[0]}" for match in forbidden.finditer(text)]
    assert not named


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r"^(?:dependencies|cluster|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = [line for part in listed for line in part.splitlines()]
    assert len(listed) == 3
    assert lines
    assert [line for line in lines if not re.search(r'^    ".+",\s+# \w.+', line)] == []


def test_every_library_that_is_imported_is_a_dependency() -> None:
    text = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("dependencies = [")[2].partition("[dependency-groups]")[0].lower()
    )
    called = {"yaml": "pyyaml", "currency_converter": "currencyconverter", "dask": "distributed"}
    imported = {name.split(".")[0] for module in MODULES for name in imports(parsed(module))}
    foreign = {name for name in imported if name not in KNOWN}
    assert foreign
    assert [name for name in sorted(foreign) if f'"{called.get(name, name)}' not in text] == []


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_rules_find_who_breaks_them() -> None:
    assert len(MODULES) > 30
    assert sum(1 for _ in project_files()) > len(MODULES)
    assert words_of("BaseManager") & SAY_NOTHING == {"base", "manager"}
    spoilt = ast.parse('"""A room."""\nclass Bare:\n    def open(self): return "Nvidia"\n    def _closed(self): ...')
    assert list(undocumented(spoilt, "x")) == ["x: Bare", "x: Bare: open"]
    assert [text for text in texts_of(spoilt) if SUBJECTS.search(text)] == ["Nvidia"]
