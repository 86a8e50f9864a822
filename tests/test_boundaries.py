"""The shape of the code: who may import whom, what is pure, how long things may get.

Everything is read from the source, so a rule is broken when it is written, not when it runs. Each
rule also fails when it finds nothing to look at, and is shown to fail on code that breaks it.
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "planledger"

MAY_IMPORT = {
    "events": set[str](),
    "domain": {"events"},
    "projections": {"events", "domain"},
    "storage": {"events"},
    "documents": {"events", "domain"},
    "ledger": {"events", "domain", "projections", "storage"},
    "keeping": {"events", "domain", "projections", "storage", "ledger"},
    "importing": {"events", "domain", "documents", "ledger"},
    "answers": {"events"},
    "simulation": {"events", "domain", "projections", "storage", "ledger", "importing"},
    "graphql": {"events", "domain", "projections", "ledger", "importing", "answers"},
    "cli": {
        *("events", "domain", "projections", "storage", "documents", "ledger", "importing"),
        *("answers", "graphql", "settings", "simulation", "server", "terminal", "examples"),
        *("keeping", "readmodel", "reports", "recording"),
    },
    "readmodel": {"events", "domain", "projections", "storage", "ledger", "answers"},
    "terminal": {"events", "domain", "projections", "answers"},
    "settings": set[str](),
    "recording": {"events", "domain", "projections", "documents", "answers"},
    "reports": {"events", "projections", "answers", "graphql"},
    "server": {
        *("events", "storage", "ledger", "answers", "graphql", "reports", "recording"),
        *("domain", "projections"),
    },
    "__init__": set[str](),  # what it imported, every room would import
}
"""A room is a folder, or a file at the top. A file at the top that is not named here assembles the
rooms: it may import anything, and no room may import it."""

APART = ("planledger.reports.pages", "planledger.reports.papers")
"""Two parts of one room that know nothing of each other; what both use stands above them."""

PURE_ROOMS = ("events", "domain", "projections")
PURE_LIBRARIES = {
    *("abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum"),
    *("fractions", "functools", "hashlib", "heapq", "itertools", "math", "operator", "re"),
    *("statistics", "string", "textwrap", "types", "typing", "unicodedata"),
    *("immutables", "msgspec"),
    "holidays",  # which days are bank holidays, not which day it is
    "zoneinfo",  # the rules of a time zone, not the time
}
"""What a pure room may import: nothing with a clock, chance, a log, an environment or I/O."""

IMPURE_CALLS = {"__import__", "breakpoint", "eval", "exec", "input", "open", "print"}
CLOCK_CALLS = {"now", "today", "utcnow"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 40


class Module(NamedTuple):
    """A module of ours, read but not run."""

    name: str
    text: str
    is_package: bool = False

    @property
    def room(self) -> str:
        """Where it stands: "events", "ledger", or "__init__" for the package itself."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"

    @property
    def nodes(self) -> Iterator[ast.AST]:
        """Everything written in it, inside functions and `if TYPE_CHECKING` too."""
        return ast.walk(ast.parse(self.text))

    @property
    def imports(self) -> Iterator[str]:
        """Every dotted name it imports, in full."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                yield from (f"{base}.{alias.name}" for alias in node.names)

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        keep = self.name.split(".")
        keep = keep[: len(keep) - node.level + self.is_package]
        return ".".join([*keep, *([node.module] if node.module else [])])


def modules() -> list[Module]:
    """Read every module under planledger/."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Module(name, path.read_text(encoding="utf-8"), is_package))
    assert found, f"No module found under {PACKAGE}."
    return found


def arrows(among: Iterable[Module]) -> set[tuple[str, str]]:
    """Give (module, room it imports from) for every import across rooms."""
    return {
        (module.name, imported.split(".")[1])
        for module in among
        for imported in module.imports
        if imported.startswith("planledger.") and imported.split(".")[1] != module.room
    }


def wrong_arrows(among: Iterable[Module]) -> list[str]:
    """Give every import that goes against the table."""
    return [
        f"{module} imports {room}"
        for module, room in sorted(arrows(among))
        if room not in MAY_IMPORT.get(Module(module, "").room, {room})
    ]


def joined(among: Iterable[Module]) -> list[str]:
    """Give every import between the two parts that are to stay apart."""
    found = []
    for module in among:
        own = [part for part in APART if f"{module.name}.".startswith(f"{part}.")]
        others = [f"{part}." for part in APART if own and part not in own]
        found += [
            f"{module.name} imports {imported}"
            for imported in module.imports
            if any(f"{imported}.".startswith(other) for other in others)
        ]
    return found


def impurities(module: Module) -> list[str]:
    """Give everything in a module that its promise to be pure forbids."""
    libraries = {imported.split(".")[0] for imported in module.imports}
    found = [f"imports {library}" for library in libraries - PURE_LIBRARIES - {"planledger"}]
    for node in module.nodes:
        match node:
            case ast.Name(id=name) if name in IMPURE_CALLS:
                found.append(f"{name} in line {node.lineno}")
            case ast.Attribute(
                attr=name, value=ast.Name(id="date" | "datetime") | ast.Attribute(attr="datetime")
            ) if name in CLOCK_CALLS:
                found.append(f"{name} in line {node.lineno}")
            case _:
                pass
    return [f"{module.name}: {what}" for what in sorted(found)]


def reads_of_words(module: Module) -> list[int]:
    """Give the lines in which the `words` of a `Personal` are read."""
    lines = []
    for node in module.nodes:
        match node:
            case ast.Attribute(attr="words", ctx=ast.Load()):
                lines.append(node.lineno)
            case ast.MatchClass(kwd_attrs=names) if "words" in names:
                lines.append(node.lineno)
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value="words"), *_]):
                lines.append(node.lineno)
            case _:
                pass
    return lines


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, text: str) -> int:
    """Count a function's lines of code: no docstring, no comment, no blank line."""
    first, last = function.lineno, function.end_lineno or function.lineno
    docstring = range(0)
    if ast.get_docstring(function) is not None:
        statement = function.body[0]
        docstring = range(statement.lineno, (statement.end_lineno or 0) + 1)
    lines = enumerate(text.splitlines()[first - 1 : last], start=first)
    return sum(
        number not in docstring and bool(line.strip()) and not line.lstrip().startswith("#")
        for number, line in lines
    )


def too_long(module: Module) -> list[str]:
    """Give the file or its functions where they are too long."""
    found = []
    if (length := len(module.text.splitlines())) > LONGEST_FILE:
        found.append(f"{module.name} has {length} lines, more than {LONGEST_FILE}")
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = code_lines(node, module.text)
            if length > LONGEST_FUNCTION:
                found.append(
                    f"{module.name}.{node.name} has {length} lines, over {LONGEST_FUNCTION}"
                )
    return found


def test_imports_between_rooms_go_one_way() -> None:
    """An arrow back makes two rooms one: neither can be read, tested or replaced alone."""
    assert arrows(modules()), (
        "No import between rooms was found; the check looks in the wrong place."
    )
    assert wrong_arrows(modules()) == []


def test_every_room_is_in_the_table_and_the_table_names_only_rooms() -> None:
    """A room without a line in the table would be free of every rule."""
    rooms = {module.room for module in modules()}
    folders = {room for room in rooms if (PACKAGE / room).is_dir()}
    assert folders - MAY_IMPORT.keys() == set(), "Say in the table what these may import."
    assert MAY_IMPORT.keys() - rooms == set(), "The table names rooms that are not there."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("planledger.domain.x", "from planledger.projections.plan import state"),
        ("planledger.events.x", "import planledger.domain.plan"),
        ("planledger.events", "from planledger import domain"),
        ("planledger.domain.x", "from ..storage import port"),
        ("planledger.domain.x", "def late():\n    from planledger import server"),
        ("planledger.graphql.x", "from planledger.storage.port import EntryStore"),
        ("planledger.settings", "from planledger.ledger import Ledger"),
    ],
)
def test_a_wrong_arrow_is_found_however_it_is_written(name: str, text: str) -> None:
    """A check that cannot fail guards nothing."""
    assert len(wrong_arrows([Module(name, text)])) == 1


def test_pages_and_papers_stay_apart() -> None:
    """What both say is said in one place: else a change has one name here and another there."""
    for part in APART:
        assert any(module.name.startswith(f"{part}.") for module in modules())
    assert joined(modules()) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("planledger.reports.pages.x", "from planledger.reports.papers.parts import lines"),
        ("planledger.reports.papers.x", "import planledger.reports.pages.telling"),
        ("planledger.reports.pages", "from planledger.reports import papers"),
        ("planledger.reports.papers.x", "def late():\n    from ..pages import telling"),
    ],
)
def test_pages_and_papers_that_are_joined_are_found(name: str, text: str) -> None:
    """A check that cannot fail guards nothing."""
    assert len(joined([Module(name, text)])) == 1


def test_pure_rooms_touch_nothing_outside() -> None:
    """Replaying the same history must give the same plan, on any machine, at any time."""
    pure = [module for module in modules() if module.room in PURE_ROOMS]
    assert {module.room for module in pure} == set(PURE_ROOMS)
    assert [what for module in pure for what in impurities(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "from os import environ",
        "import urllib.request",
        "def log():\n    import logging",
        "import datetime\nNOW = datetime.datetime.now()",
        "from datetime import date\nclock = date.today",
        "print('hello')",
        "handle = open('plan.txt')",
    ],
)
def test_an_impurity_is_found_however_it_is_written(text: str) -> None:
    """A check that cannot fail guards nothing."""
    assert len(impurities(Module("planledger.domain.x", text))) == 1


def test_only_answers_reads_the_words_of_a_personal_text() -> None:
    """A name that is to be erased must have one way out; a second one would keep leaking it."""
    readers = {module.name for module in modules() if reads_of_words(module)}
    itself = {"planledger.events.values"}  # where Personal checks its own text and gives none away
    assert readers - itself == {"planledger.answers"}


@pytest.mark.parametrize(
    "text",
    [
        "name.words",
        "getattr(name, 'words')",
        "match name:\n    case Personal(words=text):\n        pass",
    ],
)
def test_a_read_of_words_is_found_however_it_is_written(text: str) -> None:
    """A check that cannot fail guards nothing."""
    assert len(reads_of_words(Module("planledger.graphql.x", text))) == 1


def test_files_and_functions_stay_short_enough_to_read() -> None:
    """A function fits on a screen, a file holds one idea; past that there are two in it."""
    assert [what for module in modules() for what in too_long(module)] == []


def test_what_is_too_long_is_found() -> None:
    """A check that cannot fail guards nothing."""
    function = "def f():\n    '''Say.'''\n" + "    # why\n\n    x = 1\n" * LONGEST_FUNCTION
    assert len(too_long(Module("planledger.domain.x", function))) == 1
    assert len(too_long(Module("planledger.domain.x", "x = 1\n" * (LONGEST_FILE + 1)))) == 1


WATCH_IMPORTS = """
import importlib, json, os, sys

root, *names = sys.argv[1:]
seen = []
OUTWARD = ("sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen", "os.system")
SOURCE = (".py", ".pyc", ".so", ".pyd")

def watch(event, args):
    if event in OUTWARD:
        seen.append(f"{event} {args[0]!r}")
    elif event == "open" and isinstance(args[0], (str, bytes)):
        path, (mode, flags) = os.path.abspath(os.fsdecode(args[0])), args[1:]
        if flags & (os.O_WRONLY | os.O_RDWR) or set(mode or "") & set("wax+"):
            seen.append(f"writes {path}")
        ours = path.startswith(root + os.sep) and not path.startswith(sys.prefix + os.sep)
        if ours and not path.endswith(SOURCE):
            seen.append(f"reads {path}")

sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
print(json.dumps(seen))
"""


def seen_while_importing(*names: str, root: Path, cwd: Path) -> list[str]:
    """Import modules in a new interpreter; give what they opened, wrote to or connected to."""
    run = subprocess.run(
        [sys.executable, "-B", "-c", WATCH_IMPORTS, str(root), *names],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen: list[str] = json.loads(run.stdout)
    return seen


def test_importing_opens_nothing_and_reads_nothing(tmp_path: Path) -> None:
    """A tool that imports us to look at the schema must not create a ledger or start a server."""
    names = [module.name for module in modules() if not module.name.endswith("__main__")]
    assert seen_while_importing(*names, root=ROOT, cwd=tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("import sqlite3; sqlite3.connect('ledger.db')", "sqlite3.connect"),
        ("import pathlib; pathlib.Path('log.txt').write_text('')", "writes"),
        ("import pathlib; pathlib.Path(__file__).with_name('settings.toml').read_text()", "reads"),
    ],
)
def test_what_an_import_opens_is_seen(text: str, seen: str, tmp_path: Path) -> None:
    """A check that cannot fail guards nothing."""
    (tmp_path / "settings.toml").touch()
    (tmp_path / "opener.py").write_text(text)
    assert seen_while_importing("opener", root=tmp_path, cwd=tmp_path)[0].startswith(seen)


def test_graphql_means_the_library_even_in_the_checkout() -> None:
    """Our room of that name must never stand in the way of the library that strawberry imports."""
    run = subprocess.run(
        [sys.executable, "-c", "import graphql, strawberry; print(graphql.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert PACKAGE not in Path(run.stdout.strip()).parents
    assert "site-packages" in run.stdout
