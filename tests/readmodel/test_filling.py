"""Filling the register: whole commits, in any batches, by one filler or by several at once."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from time import monotonic

import psycopg
import pytest

from planledger.domain.commands import DraftPlan, ImportPlan
from planledger.ledger import Ledger
from planledger.readmodel import filling
from planledger.readmodel.batch import OvertakenError, RegisterError
from planledger.readmodel.checking import check
from planledger.readmodel.filling import Filler
from planledger.readmodel.register import Register
from planledger.readmodel.schema import NAME
from planledger.storage.port import EntryStore
from tests.support.ledgers import SettableClock, begin_plan, open_kind, recorded, small_draft
from tests.support.postgres import OwnStore
from tests.support.registers import KINDS, copied, registered, rows_of
from tests.support.simulated import northbridge


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EntryStore]:
    """Give the ledger of northbridge, in a store of each kind."""
    with copied(request.param, tmp_path, northbridge()[0]._store) as store:
        yield store


@pytest.fixture
def register(store: EntryStore) -> Iterator[Register]:
    """Give its register, still empty."""
    with registered(store) as register:
        yield register


def test_the_rows_are_the_same_in_whatever_batches_they_come(
    store: EntryStore, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Live, entries come one by one; a rebuild takes hundreds at a time. Both are compared."""
    monkeypatch.setattr(filling, "BATCH", 40)
    for position in (1, 400, 400, 401, 402, 403, 700, 1_304):
        reached = Filler(store, register).catch_up(position)  # each time a new process
        commit = store.commit_at(position=position)
        assert commit is not None
        assert reached == commit.last
    in_small_ones = rows_of(register)
    monkeypatch.undo()
    with register.beside() as beside:
        Filler(store, beside).catch_up()
        assert rows_of(beside) == in_small_ones


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_ledger_makes_an_empty_register_that_fills_up_later(
    kind: str, tmp_path: Path
) -> None:
    """The service is set up before anything is recorded."""
    store = open_kind(kind, tmp_path, SettableClock())
    ledger = Ledger(store, SettableClock())
    with registered(store) as register:
        filler = Filler(store, register)
        assert filler.catch_up() == 0
        assert check(store, register).sound
        begin_plan(ledger)
        assert filler.catch_up() == 4
        assert check(store, register).sound
    ledger.close()


def test_a_commit_is_filled_in_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan half imported was never the plan, and a position inside it stands for all of it."""
    monkeypatch.setattr(filling, "BATCH", 2)
    store = open_kind("sqlite", tmp_path, SettableClock())
    ledger = Ledger(store, SettableClock())
    recorded(ledger, DraftPlan(plan="alpha", title="First"))
    imported = recorded(ledger, ImportPlan(plan="beta", draft=small_draft()))
    assert len(imported.entries) > 3
    with registered(store) as register:
        register.show()
        assert Filler(store, register).catch_up(3) == imported.position
        reached = register.last_commit()
        assert reached is not None
        assert (reached.first, reached.last) == (2, imported.position)
        on = imported.entries[0].effective_on
        assert [len(register.milestones_at(at, on)) for at in (1, 2, 3)] == [0, 2, 2]
    ledger.close()


def test_of_two_fillers_one_wins_a_batch_and_the_other_reads_on(
    store: EntryStore, register: Register
) -> None:
    """A second service started by mistake must do no harm, and neither may give up."""
    first, second = Filler(store, register), Filler(store, register)
    assert not first.step()
    before = first.position
    assert not second.step()
    assert second.position > before
    assert not first.step()  # comes too late, and reads on from where the other is
    assert first.position == second.position
    assert first.catch_up() == second.catch_up() == 1_304
    assert check(store, register).sound


def test_fillers_that_work_at_the_same_time_fill_in_everything_once(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, as it happens: at once, on connections of their own."""
    monkeypatch.setattr(filling, "BATCH", 60)
    ready = Barrier(3)
    reached: list[int] = []

    def fill() -> None:
        with registered(store) as register:
            ready.wait(30)
            reached.append(Filler(store, register).catch_up())

    threads = [Thread(target=fill) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert reached == [1_304] * 3
    with registered(store) as register:
        assert check(store, register).sound


def test_a_register_can_be_checked_while_it_is_filled(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nightly check must not stop the service, nor be disturbed by it."""
    monkeypatch.setattr(filling, "BATCH", 40)
    with registered(store) as register, registered(store) as other:
        filler = Filler(store, other)
        filler.catch_up(900)
        register.show()
        thread = Thread(target=filler.catch_up)
        thread.start()
        compared = check(store, register)
        thread.join(60)
        assert compared.sound, compared.differences
        assert check(store, register).position == 1_304


def test_who_comes_second_waits_and_is_told_that_it_was_overtaken(
    store: EntryStore, register: Register
) -> None:
    """Both have read the same position, and both are about to record what follows it."""
    batch = Filler(store, register)._batch(store.read(after=0, limit=339))
    told: list[Exception] = []

    def second() -> None:
        with registered(store) as other:
            try:
                other.record(batch, 0, 0)
            except RegisterError as error:
                told.append(error)

    thread = Thread(target=second)
    with register._writing() as cursor:
        assert register._tracked(cursor, NAME, hold=True) == 0
        register._write(cursor, batch)
        thread.start()
        if isinstance(store, OwnStore):
            wait_until_one_waits(store.url)
        register._track(cursor, NAME, batch.last)
    thread.join(60)
    assert [type(error) for error in told] == [OvertakenError]
    assert register.last_commit() == store.commit_at(position=batch.last)


def wait_until_one_waits(url: str) -> None:
    """Wait until a connection to a database waits for another one's lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    deadline = monotonic() + 60
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(waiting).fetchone() == (0,):
            assert monotonic() < deadline


def test_what_follows_another_position_is_not_recorded(
    store: EntryStore, register: Register
) -> None:
    """The library only refuses to go back: without a look at the position, rows would double."""
    filler = Filler(store, register)
    filler.catch_up(500)
    batch = Filler(store, register)._batch(store.read(after=0, limit=500))
    batch.last = 900  # beyond where it is, so that the library's own check would let it pass
    before = rows_of(register)
    with pytest.raises(OvertakenError, match="reaches to position 500 by now, not 0"):
        register.record(batch, 0, 0)
    assert rows_of(register) == before


def test_a_register_of_another_ledger_is_not_filled(
    store: EntryStore, register: Register, tmp_path: Path
) -> None:
    """A restored backup has other entries at the same positions; a mixture would look right."""
    Filler(store, register).catch_up(300)
    folder = tmp_path / "other"
    folder.mkdir()
    other = open_kind("sqlite", folder, SettableClock())
    ledger = Ledger(other, SettableClock())
    begin_plan(ledger)
    with pytest.raises(RegisterError, match=r"not in this ledger.*planledger register rebuild"):
        Filler(other, register).catch_up()
    compared = check(other, register)
    assert (compared.wrong, compared.differences[0].table) == (1, "commits")
    ledger.close()
