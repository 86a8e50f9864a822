"""`planledger events --follow`: watching a ledger go by, as a person and as a program."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer

import pytest

from planledger.ledger import Ledger
from planledger.storage.port import EntryStore
from tests.storage.ledger_check import system_clock
from tests.support.feeds import record
from tests.support.ledgers import begin_plan, open_kind
from tests.support.program import PATIENCE, PROGRAM, environment, invoke


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[EntryStore]:
    """Give a ledger of three entries, as `plans.db` in the test's folder."""
    with closing(open_kind("sqlite", tmp_path, system_clock)) as store:
        record(store, "alpha", "beta", "alpha")
        yield store


@contextmanager
def following(
    folder: Path, *words: str, output: int = subprocess.PIPE
) -> Iterator[subprocess.Popen[str]]:
    """Start the program on that ledger."""
    with subprocess.Popen(
        [PROGRAM, "events", "--follow", "--ledger", "sqlite:///plans.db", *words],
        cwd=folder,
        env=environment(),
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = Timer(PATIENCE, process.kill)  # so that nobody reads for ever what never comes
        watch.start()
        try:
            yield process
        finally:
            watch.cancel()
            process.kill()


def lines(process: subprocess.Popen[str], count: int) -> list[str]:
    """Read so many lines, as they come."""
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end; give the exit code and what was still said."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def test_the_past_is_printed_and_then_each_entry_as_it_comes(
    tmp_path: Path, store: EntryStore
) -> None:
    """Who watches wants a line each, at once, and to end it as everything is ended: by Ctrl-C."""
    with following(tmp_path, "--after", "1") as process:
        past = lines(process, 2)
        record(store, "gamma")
        (live,) = lines(process, 1)
        process.send_signal(signal.SIGINT)
        assert ended(process) == (0, "", "")
    assert [line.split()[0] for line in (*past, live)] == ["@2", "@3", "@4"]
    assert "  gamma  Milestone agreed, effective on 12 February 2026 (Ann Officer)\n" in live


def test_json_is_what_events_prints_and_only_of_the_plan_asked_for(
    tmp_path: Path, store: EntryStore
) -> None:
    """One reader of the format must do for the past and for what comes."""
    begin_plan(Ledger(store, system_clock), "harbour")
    with following(tmp_path, "harbour", "--json") as process:
        past = lines(process, 4)
        record(store, "beta", "harbour")
        live = lines(process, 1)
        process.send_signal(signal.SIGINT)
        assert ended(process) == (0, "", "")
    plain = invoke("events", "harbour", "--ledger", "sqlite:///plans.db", folder=tmp_path)
    assert "".join(past + live) == plain.stdout
    assert [json.loads(line)["position"] for line in past + live] == [4, 5, 6, 7, 9]


def test_events_without_follow_are_json_as_ever(tmp_path: Path, store: EntryStore) -> None:
    """Scripts that read them do not know of the new option."""
    assert len(store.read(limit=9)) == 3
    words = ("events", "--ledger", "sqlite:///plans.db")
    plain = invoke(*words, folder=tmp_path)
    assert [json.loads(line)["position"] for line in plain.stdout.splitlines()] == [1, 2, 3]
    assert invoke(*words, "--json", folder=tmp_path).stdout == plain.stdout


def test_it_ends_when_nobody_reads_on(tmp_path: Path, store: EntryStore) -> None:
    """After `| head -3` the shell must come back, not when somebody happens to record something."""
    assert len(store.read(limit=9)) == 3
    with following(tmp_path) as process:
        assert process.stdout is not None
        lines(process, 3)
        process.stdout.close()
        process.stdout = None
        code, _, err = ended(process)
    assert (code, err) == (1, "")


def test_a_file_takes_it_all(tmp_path: Path, store: EntryStore) -> None:
    """`> file` is no pipe, and is never closed by its reader."""
    path = tmp_path / "log"
    with (
        path.open("w") as log,
        following(tmp_path, "--json", output=log.fileno()) as process,
    ):
        record(store, "beta")
        while len(path.read_text().splitlines()) < 4 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert ended(process)[0] == 0
    assert [json.loads(line)["position"] for line in path.read_text().splitlines()] == [1, 2, 3, 4]


def test_trouble_is_told_in_a_line_and_waited_for(tmp_path: Path, store: EntryStore) -> None:
    """What runs for weeks must outlive a bad minute, and say that there was one."""
    assert len(store.read(limit=9)) == 3
    path, away = tmp_path / "plans.db", tmp_path / "elsewhere.db"
    with following(tmp_path) as process:
        lines(process, 3)
        assert process.stderr is not None
        path.rename(away)
        trouble = process.stderr.readline()
        assert trouble.startswith("planledger: Following the ledger is interrupted")
        assert "was moved or deleted" in trouble
        away.rename(path)
        assert process.stderr.readline().startswith("planledger: Following the ledger again")
        record(store, "gamma")
        assert lines(process, 1)[0].startswith("@4 ")
        process.send_signal(signal.SIGINT)
        assert ended(process) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--after", "4"), 1, "The ledger has no position 4 yet; its last is 3."),
        (("nowhere",), 1, "There is no plan 'nowhere'"),
        (("--ledger", "sqlite:///missing.db"), 3, "There is no ledger"),
    ],
)
def test_what_cannot_be_followed_is_told_in_a_line(
    tmp_path: Path, store: EntryStore, words: tuple[str, ...], code: int, said: str
) -> None:
    """Waiting for what never comes looks just like waiting for what does."""
    assert len(store.read(limit=9)) == 3
    with following(tmp_path, *words) as process:
        ended_with, out, err = ended(process)
    assert (ended_with, out, len(err.splitlines())) == (code, "", 1)
    assert said in err
