"""Following: live, through trouble and `kill -9`, until it is told to end."""

import logging
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from planledger.domain.commands import RewordItem
from planledger.ledger import Ledger
from planledger.readmodel import sqlite
from planledger.readmodel.checking import check
from planledger.readmodel.filling import Filler
from planledger.readmodel.following import Follower
from planledger.readmodel.opening import open_register
from planledger.readmodel.register import Register
from planledger.storage.port import EntryStore
from tests.readmodel.follower import STEPS
from tests.support.depth import rounds
from tests.support.ledgers import SettableClock, begin_plan, open_kind, recorded
from tests.support.postgres import OwnStore, end_connections
from tests.support.program import PROGRAM, environment
from tests.support.registers import KINDS, copied, registered
from tests.support.simulated import northbridge
from tests.support.told import ROOT

PATIENCE = 60
LAST = 1_304


def wait_for(so: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    deadline = monotonic() + PATIENCE
    look = Event()
    while not so():
        assert monotonic() < deadline, f"Not within {PATIENCE} seconds: {what}"
        look.wait(0.01)


def reached(register: Register) -> int:
    """Say how far a register reaches."""
    commit = register.last_commit()
    return commit.last if commit else 0


@contextmanager
def following(store: EntryStore) -> Iterator[Follower]:
    """Have a register followed by a thread until the end of the block."""
    with closing(open_register(store, create=True)) as register:
        follower = Follower(store, register)
        thread = Thread(target=follower.run)
        thread.start()
        try:
            yield follower
        finally:
            follower.end()
            thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EntryStore]:
    """Give an empty store of each kind."""
    with closing(open_kind(request.param, tmp_path, SettableClock())) as store:
        yield store


def test_what_is_recorded_is_in_the_register_soon_after(store: EntryStore) -> None:
    """A dashboard is looked at while the meeting goes on."""
    ledger = Ledger(store, SettableClock())
    with following(store), registered(store) as register:
        begin_plan(ledger)
        wait_for(lambda: reached(register) == 4, "the plan")
        recorded(ledger, RewordItem(plan="alpha", item="1.1/1", to="It meets", material=False))
        wait_for(lambda: reached(register) == 5, "the change")
    with registered(store) as register:
        assert check(store, register).sound


def test_trouble_is_told_once_and_filling_goes_on_when_it_is_over(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever is on call needs one line when it begins and one when it is over, and no restart."""
    caplog.set_level(logging.INFO, "planledger")
    monkeypatch.setattr(sqlite, "LOCK_TIMEOUT", 1)
    ledger = Ledger(store, SettableClock())
    begin_plan(ledger)

    def told(words: str) -> list[str]:
        return [message for message in caplog.messages if words in message]

    with following(store), registered(store) as register:
        wait_for(lambda: reached(register) == 4, "the plan")
        with trouble(store, register):
            recorded(ledger, RewordItem(plan="alpha", item="1.1/1", to="It meets", material=False))
            wait_for(lambda: bool(told("is interrupted")), "the trouble")
        wait_for(lambda: reached(register) == 5, "the change")
        wait_for(lambda: len(told("is filled again")) == 1, "its end")
        # In PostgreSQL it is two: the connection has ended, and then the table is not there.
        assert len(told("is interrupted")) == len(set(told("is interrupted"))) <= 2
        assert check(store, register).sound


@contextmanager
def trouble(store: EntryStore, register: Register) -> Iterator[None]:
    """Keep everybody from writing a register: lock it, or take the table away."""
    if isinstance(store, OwnStore):
        with register._writing() as cursor:
            cursor.execute(f"ALTER TABLE {register.prefix}commits RENAME TO away")
        end_connections(store.url)
        yield
        with register._writing() as cursor:
            cursor.execute("ALTER TABLE planledger_register.away RENAME TO register_v1_commits")
        return
    with closing(sqlite3.connect(register.name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGINT])
def test_the_program_follows_until_it_is_told_to_end(
    ended_by: signal.Signals, tmp_path: Path
) -> None:
    """A service manager ends it with SIGTERM, a person with Ctrl-C; neither is a failure."""
    with copied("sqlite", tmp_path, northbridge()[0]._store) as store:
        process = subprocess.Popen(
            [PROGRAM, "register", "follow", "--ledger", f"sqlite:///{tmp_path / 'plans.db'}"],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Filling the register ")
            with registered(store) as register:
                wait_for(lambda: reached(register) == LAST, "everything there was")
            process.send_signal(ended_by)
            _, errors = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
        assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_filler_killed_at_any_step_leaves_whole_batches(kind: str, tmp_path: Path) -> None:
    """Rows without their position would come twice, a position without its rows never."""
    chance = random.Random(5)  # noqa: S311 - dice
    with copied(kind, tmp_path, northbridge()[0]._store) as store, registered(store) as register:
        for _ in range(rounds(1, 20)):
            for position in sorted(chance.sample(range(1, LAST), rounds(5, 10))):
                if reached(register) == LAST:
                    break  # the one before came to the end before it was killed
                step = chance.choice([*STEPS, "any moment"])
                killed_at(step, max(position, reached(register) + 1), store, register)
                compare_beside(store, register)
            Filler(store, register).catch_up()
            assert check(store, register).sound
            with register.beside() as empty:
                register.take_over(empty, 0, anyway=True)
            assert reached(register) == 0


def killed_at(step: str, position: int, store: EntryStore, register: Register) -> None:
    """Fill a register by a process, and have it killed in the batch that reaches a position."""
    url = store.url if isinstance(store, OwnStore) else f"sqlite:///{register.name}"
    command = [sys.executable, "-m", "tests.readmodel.follower"]
    process = subprocess.Popen(
        [*command, url.replace(".register.db", ".db"), str(position), step],
        cwd=ROOT,
        env=environment(),
    )
    try:
        if step in STEPS:
            assert process.wait(PATIENCE) == -signal.SIGKILL
            assert (reached(register) >= position) == (step == "done")
        else:
            wait_for(lambda: reached(register) >= position, f"position {position}")
    finally:
        process.kill()
        process.wait(PATIENCE)


def compare_beside(store: EntryStore, register: Register) -> None:
    """Hold a register against the same one, filled without any interruption."""
    with register.beside() as beside:
        Filler(store, beside).catch_up(reached(register))
        assert register.differences(beside, 5) == (0, [])
