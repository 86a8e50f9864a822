"""The commands that keep a ledger, as people and their nightly jobs meet them."""

import json
import os
import pty
import subprocess
from contextlib import closing, suppress
from io import FileIO
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest

from planledger.cli.keeping import STANDARD
from planledger.storage.sqlite import SqliteStore
from tests.support.kept import add, held, ledger_file, now
from tests.support.postgres import new_database, new_login, writer
from tests.support.program import PATIENCE, PROGRAM, environment, invoke, run
from tests.support.told import ROOT

DOCUMENT = ROOT / "docs" / "guides" / "first-review-plan.txt"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Give a folder whose default ledger has entries."""
    ledger_file(tmp_path / "planledger.db")
    return tmp_path


def is_one_line(done: CompletedProcess[str], code: int, *parts: str) -> bool:
    """Whether a command said no with this code and in one line, with these parts in it."""
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (code, "", 1), done
    assert all(part in lines[0] for part in parts), lines[0]
    return True


def everything(path: Path) -> object:
    """Give all that the ledger in a file holds."""
    with closing(SqliteStore(path, now, create=False)) as store:
        return held(store)


def test_a_night_and_a_bad_morning(folder: Path) -> None:
    """Check, backup, and when the ledger is gone: restore, check, and go on."""
    assert (
        "The ledger is whole: 12 entries of 2 plans by 6 commands."
        in invoke("check", folder=folder).stdout
    )
    made = invoke("backup", "night.db", folder=folder)
    assert "Backed up to night.db: 12 entries of 2 plans by 6 commands; checked." in made.stdout
    before = everything(folder / "planledger.db")
    (folder / "planledger.db").unlink()

    restored = invoke("restore", "night.db", folder=folder)
    assert restored.stderr == "Made a new ledger at sqlite:///planledger.db.\n"
    assert "Restored night.db: 12 entries" in restored.stdout
    assert everything(folder / "planledger.db") == before
    digests = {done.stdout.splitlines()[-1] for done in (made, restored)}
    digests.add(invoke("check", folder=folder).stdout.splitlines()[-1])
    assert len(digests) == 1
    with closing(SqliteStore(folder / "planledger.db", now, create=False)) as store:
        assert add(store, "gamma", 0, "morning").first == 13


def test_an_export_in_a_file_and_one_in_a_pipe_are_the_same_ledger(folder: Path) -> None:
    """A pipe moves a ledger from one machine to the other; a file keeps it."""
    output = "file.ndjson.gz"
    told = invoke("export", "-o", output, folder=folder)
    assert "12 entries by 6 commands" in told.stdout
    piped = subprocess.run(
        [PROGRAM, "export"],
        cwd=folder,
        env=environment(LC_ALL="C"),
        capture_output=True,
        check=True,
    )
    for name, given, data in (("one", output, b""), ("two", "-", piped.stdout)):
        words = ("load", given, "--ledger", f"sqlite:///{name}.db", "--new", "--json")
        done = run(*words, folder=folder, given=data, env=environment(LC_ALL="C"))
        answer = json.loads(done.stdout)
        assert (answer["entries"], answer["findings"]) == (12, [])
        assert answer["sha256"] in told.stdout
        assert everything(folder / f"{name}.db") == everything(folder / "planledger.db")


def test_a_check_that_finds_something_says_so_and_ends_with_one(folder: Path) -> None:
    """A nightly job looks at the exit code, a person at the lines."""
    with closing(SqliteStore(folder / "planledger.db", now, create=False)) as store:
        add(store, "gamma", 1 - 1, "of gamma")
        with store._file.transaction(commit=True) as cursor:
            cursor.execute("DROP TRIGGER receipts_no_delete")
            cursor.execute("DELETE FROM receipts WHERE command_id = 'of gamma'")
    done = invoke("check", folder=folder)
    missing = "The commit at positions 13 to 13 has no receipt. Restore the ledger from a backup."
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "The trigger receipts_no_delete is missing. Export the ledger, and load it into a new one.",
        f"position 13: {missing}",
    ]
    assert done.stderr == "planledger: The ledger is not whole: 2 findings.\n"
    answer = json.loads(invoke("check", "--json", folder=folder).stdout)
    assert (answer["whole"], answer["wrong"], answer["position"]) == (False, 2, 13)
    assert [finding["position"] for finding in answer["findings"]] == [None, 13]

    assert is_one_line(invoke("backup", "no.db", folder=folder), 1, "no receipt", "No backup")
    assert sorted(path.name for path in folder.iterdir()) == ["planledger.db"]
    # What is there can still be saved, and is told apart from a ledger that is whole.
    assert invoke("export", "-o", "all.ndjson", folder=folder).returncode == 0
    words = ("restore", "all.ndjson", "--ledger", "sqlite:///new.db", "--new")
    assert is_one_line(invoke(*words, folder=folder), 2, "all.ndjson", "no receipt")


def test_no_file_is_ever_replaced(folder: Path) -> None:
    """Last night's backup is worth more than a slip of the keyboard."""
    for name in ("taken", "dangling", "folder"):
        path = folder / name
        if name == "taken":
            path.write_text("mine")
        elif name == "dangling":
            path.symlink_to("nowhere")
        else:
            path.mkdir()
        assert is_one_line(invoke("backup", name, folder=folder), 2, name, "choose another")
        assert is_one_line(invoke("export", "-o", name, folder=folder), 2, name, "choose another")
    assert (folder / "taken").read_text() == "mine"
    assert is_one_line(invoke("backup", "no/where.db", folder=folder), 2, "no such folder")


def test_two_backups_to_one_name_at_once_leave_one_of_them_whole(folder: Path) -> None:
    """Two jobs were set up for one night."""
    jobs = [
        subprocess.Popen(
            [PROGRAM, "backup", "night.db"],
            cwd=folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for job in jobs:
        job.communicate(timeout=PATIENCE)
    assert sorted(job.returncode for job in jobs) == [0, 2]
    assert everything(folder / "night.db") == everything(folder / "planledger.db")
    assert sorted(path.name for path in folder.iterdir()) == ["night.db", "planledger.db"]


@pytest.mark.parametrize("words", [("load", "all.ndjson"), ("restore", "night.db")])
def test_a_ledger_that_is_there_stays_as_it_is(words: tuple[str, ...], folder: Path) -> None:
    """Whoever restores into the wrong ledger must not lose that one too."""
    invoke("backup", "night.db", folder=folder)
    invoke("export", "-o", "all.ndjson", folder=folder)
    before = everything(folder / "planledger.db")
    assert is_one_line(invoke(*words, folder=folder), 3, "has entries already")
    assert everything(folder / "planledger.db") == before


@pytest.mark.parametrize(
    "words",
    [
        ("import", str(DOCUMENT), "--plan", "northbridge"),
        ("simulate", "--events", "3"),
        ("load", "all.ndjson"),
        ("restore", "night.db"),
    ],
)
def test_a_ledger_that_is_named_and_not_there_is_made_only_when_asked_for(
    words: tuple[str, ...], folder: Path
) -> None:
    """A mistyped path would begin a second ledger, and half the board's decisions go there."""
    invoke("backup", "night.db", folder=folder)
    invoke("export", "-o", "all.ndjson", folder=folder)
    before = sorted(folder.iterdir())
    setting = {"PLANLEDGER_LEDGER": "sqlite:///mistyped.db"}
    option = ("--ledger", "sqlite:///mistyped.db")
    for said in (
        invoke(*words, *option, folder=folder),
        invoke(*words, folder=folder, **setting),
        invoke(*words, *option, folder=folder, PLANLEDGER_LEDGER="sqlite:///planledger.db"),
    ):
        assert is_one_line(said, 3, "no ledger at", "mistyped.db", "--new")
        assert sorted(folder.iterdir()) == before
    made = invoke(*words, "--new", folder=folder, **setting)
    assert (made.returncode, made.stderr) == (0, ""), made
    assert (folder / "mistyped.db").exists()


def test_the_default_ledger_is_made_and_that_is_said(folder: Path) -> None:
    """The first command of a newcomer works, and says where what it recorded lies."""
    invoke("export", "-o", "all.ndjson", folder=folder)
    (folder / "planledger.db").unlink()
    done = invoke("load", "all.ndjson", "--json", folder=folder)
    assert done.stderr == "Made a new ledger at sqlite:///planledger.db.\n"
    assert json.loads(done.stdout)["entries"] == 12


@pytest.mark.parametrize("command", ["load", "restore"])
def test_a_copy_that_is_no_good_leaves_no_ledger_behind(command: str, folder: Path) -> None:
    """An empty ledger beside the old one is one more thing to wonder about."""
    invoke("backup", "night.db", folder=folder)
    (folder / "text").write_text("1.1 Review the arrangements\n")
    whole = (folder / "night.db").read_bytes()
    (folder / "cut.db").write_bytes(whole[: len(whole) // 2])
    before = sorted(folder.iterdir())
    target = ("--ledger", "sqlite:///new.db", "--new")
    assert is_one_line(invoke(command, "text", *target, folder=folder), 2, "text", "not an export")
    assert is_one_line(invoke(command, "none", *target, folder=folder), 2, "none")
    assert is_one_line(invoke(command, ".", *target, folder=folder), 2, "directory")
    cut = invoke(command, "cut.db", *target, folder=folder)
    assert cut.returncode in {2, 3}
    assert len(cut.stderr.splitlines()) == 1
    assert sorted(folder.iterdir()) == before


def test_whoever_reads_the_export_may_stop(folder: Path) -> None:
    """`| head` is how people look into it."""
    ledger_file(folder / "long.db", commits=600)
    process = subprocess.Popen(
        [PROGRAM, "export", "--ledger", "sqlite:///long.db"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"line":"header"')
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as said:
        assert said.read() == b""
    process.wait(timeout=PATIENCE)


def test_progress_is_shown_on_a_terminal_and_nowhere_else(folder: Path) -> None:
    """Whoever waits for a large ledger wants to see that something is going on."""
    reading, terminal = pty.openpty()
    with closing(os.fdopen(reading, "rb", buffering=0)) as shown:
        seen: list[bytes] = []
        watcher = Thread(target=watch, args=(shown, seen))
        watcher.start()
        done = subprocess.run(
            [PROGRAM, "check"],
            cwd=folder,
            env=environment(TERM="xterm"),
            stdout=subprocess.PIPE,
            stderr=terminal,
            check=True,
            timeout=PATIENCE,
        )
        os.close(terminal)
        watcher.join(PATIENCE)
    assert b"Checking" in b"".join(seen)
    assert done.stdout.startswith(b"The ledger is whole")
    assert run("check", folder=folder).stderr == ""


def watch(shown: FileIO, seen: list[bytes]) -> None:
    """Look at a terminal until it is closed, which Linux tells by an error."""
    with suppress(OSError):
        while data := shown.read(1_000):
            seen.append(data)


def test_a_ledger_moves_to_postgresql_and_back(folder: Path) -> None:
    """A council grows, and some day it may want its one file again."""
    with new_database(user=writer()) as url:
        words = ("export", "--ledger", url)
        assert invoke("backup", "one.db", folder=folder).returncode == 0
        moved = invoke("restore", "one.db", "--ledger", url, folder=folder)
        assert moved.returncode == 0, moved.stderr
        assert "whole" in invoke("check", "--ledger", url, folder=folder).stdout
        assert invoke("backup", "two.db", "--ledger", url, folder=folder).returncode == 0
        assert invoke(*words, "-o", "all.ndjson", folder=folder).returncode == 0
    back = ("load", "all.ndjson", "--ledger", "sqlite:///back.db", "--new")
    assert invoke(*back, folder=folder).returncode == 0
    ledgers = [everything(folder / name) for name in ("planledger.db", "two.db", "back.db")]
    assert ledgers[0] == ledgers[1] == ledgers[2]


def test_a_database_without_a_ledger_is_not_filled(folder: Path) -> None:
    """Tables are made by whoever has the right to, once, and not by a slip of the keyboard."""
    invoke("backup", "night.db", folder=folder)
    with new_database(migrated=False) as url:
        done = invoke("restore", "night.db", "--ledger", url, "--new", folder=folder)
        assert is_one_line(done, 3, "planledger migrate")


def test_a_login_that_may_only_read_can_check_and_copy(folder: Path) -> None:
    """The machine that makes the backups needs no right to record."""
    with new_login("planledger_reader") as reader, new_database(user=reader) as url:
        assert invoke("check", "--ledger", url, folder=folder).returncode == 0
        assert invoke("backup", "night.db", "--ledger", url, folder=folder).returncode == 0
        done = invoke("restore", "planledger.db", "--ledger", url, folder=folder)
        assert is_one_line(done, 3, "rights of this user")


def test_the_name_of_a_pipe_is_what_everybody_uses() -> None:
    """A file of that name can still be named ./-."""
    assert str(STANDARD) == "-"
    assert Path("./-") == STANDARD
