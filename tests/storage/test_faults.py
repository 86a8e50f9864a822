"""Where an append breaks, and whether it was kept all the same: every case, on every store.

After each the store says what happened and whether anything was recorded, and says the truth; goes
on by itself once the cause is gone; holds the whole ledger; and records a command that is sent
again once. `docs/storage.md` has the table in words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import product
from pathlib import Path

import pytest

from tests.storage import faults_postgres, faults_sqlite
from tests.storage.faults import KILLED, PLACES, UNSURE, Fault, Never, check_fault
from tests.support.struck_server import StruckServer

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
TABLES: dict[str, tuple[Sequence[Fault], Sequence[Never]]] = {
    "sqlite": (faults_sqlite.FAULTS, faults_sqlite.IMPOSSIBLE),
    "postgres": (faults_postgres.FAULTS, faults_postgres.IMPOSSIBLE),
}


@pytest.mark.parametrize("fault", faults_sqlite.FAULTS, ids=lambda fault: fault.title)
def test_whatever_breaks_under_sqlite_nothing_is_lost_doubled_or_half_there(
    tmp_path: Path, fault: Fault
) -> None:
    """Disks fill up, files are moved, machines die; a ledger is kept for decades."""
    bench = faults_sqlite.SqliteBench(tmp_path)
    with closing(bench):
        check_fault(bench, fault, fault.strike(bench))


@pytest.fixture(name="server", scope="module")
def _server() -> Iterator[StruckServer]:
    """Give a server that may be stopped and killed."""
    server = StruckServer()
    yield server
    server.stop()


@pytest.mark.parametrize("fault", faults_postgres.FAULTS, ids=lambda fault: fault.title)
def test_whatever_breaks_around_postgresql_nothing_is_lost_doubled_or_half_there(
    server: StruckServer, fault: Fault
) -> None:
    """Networks break, servers are restarted; nobody may have to guess what was recorded."""
    with ExitStack() as exits:
        bench = faults_postgres.PostgresBench(server, exits)
        check_fault(bench, fault, fault.strike(bench))


@pytest.mark.parametrize("kind", TABLES)
def test_the_table_has_an_answer_to_every_case(kind: str) -> None:
    """A case that nobody thought of is the one that happens."""
    faults, impossible = TABLES[kind]
    happens = {(fault.place, fault.kept) for fault in faults}
    never = {(case.place, case.kept) for case in impossible}
    assert happens | never == set(product(PLACES, (False, True)))
    assert not happens & never
    assert set(Counter(fault.title for fault in faults).values()) == {1}


def test_the_table_is_in_the_documentation() -> None:
    """Whoever runs a ledger decides by it what to do in the night; it has to be true."""
    rows = [
        f"| {place} | {NAMES[kind]} | {fault.name} | {_told(fault)} | "
        f"{'whole' if fault.kept else 'absent'} |"
        for place in PLACES
        for kind, (faults, _) in TABLES.items()
        for fault in faults
        if fault.place == place
    ]
    lines = (ROOT / "docs" / "storage.md").read_text(encoding="utf-8").splitlines()
    begin = lines.index("| Where | Store | What breaks | The caller is told | The commit is |")
    assert lines[begin + 2 : begin + 2 + len(rows) + 1] == [*rows, ""]


def _told(fault: Fault) -> str:
    if fault.says is None:
        return "that it is recorded"
    if fault.says == KILLED:
        return "nothing"
    unsure = "it is unknown" if fault.says == UNSURE else "nothing was recorded"
    return f"what is wrong, and that {unsure}"
