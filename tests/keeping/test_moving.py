"""A ledger moved from store to store is the same ledger, and goes on as one."""

from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from planledger.keeping.copying import backup, fill, opened_copy
from planledger.keeping.reading import Export
from planledger.storage.port import CommandAlreadyRecordedError, EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.kept import KINDS, add, exported, held, load, now, opened

PAIRS = list(product(KINDS, KINDS))


def check_goes_on(store: EntryStore) -> None:
    """Hold that what was recorded before is known, and that new positions follow it."""
    entries, receipts = held(store)
    head = store.head()
    assert head == receipts[-1].commit
    for receipt in receipts:
        assert store.receipt(receipt.command_id) == receipt
    with pytest.raises(CommandAlreadyRecordedError):
        add(store, "gamma", 0, receipts[0].command_id)
    commit = add(store, "gamma", 0, "new")
    assert commit.first == len(entries) + 1
    assert commit.recorded_us > receipts[-1].commit.recorded_us


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_an_export_is_loaded_byte_for_byte_from_any_store_into_any(
    source: str, target: str, tmp_path: Path
) -> None:
    """A council outgrows one machine, or leaves PostgreSQL again, and nothing may change."""
    with (
        opened(source, tmp_path / "from", started=True) as old,
        opened(target, tmp_path / "to") as new,
    ):
        load(exported(old), new)
        assert held(new) == held(old)
        assert new.plans() == old.plans()
        assert exported(new) == exported(old)
        check_goes_on(new)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_a_backup_of_any_store_is_restored_byte_for_byte_into_any(
    source: str, target: str, tmp_path: Path
) -> None:
    """Whoever lost the server must be able to go on with whatever machine there is."""
    file = tmp_path / "backup.db"
    with (
        opened(source, tmp_path / "from", started=True) as old,
        opened(target, tmp_path / "to") as new,
    ):
        made = backup(old, file, now)
        with opened_copy(file, now) as copy:
            restored = fill(new, copy)
        assert (restored.sha256, restored.entries) == (made.sha256, made.entries)
        assert held(new) == held(old)
        check_goes_on(new)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_ledger_is_a_ledger(kind: str, tmp_path: Path) -> None:
    """The first nightly backup runs before anybody has recorded anything."""
    with opened(kind, tmp_path / "from") as old, opened(kind, tmp_path / "to") as new:
        made = backup(old, tmp_path / "backup.db", now)
        assert (made.whole, made.entries, made.position) == (True, 0, 0)
        with opened_copy(tmp_path / "backup.db", now) as copy:
            assert fill(new, copy).whole
        load(exported(old), new)
        assert held(new) == ([], [])
        add(new, "alpha", 0, "first")


def test_a_backup_is_itself_a_ledger_for_reading_only(tmp_path: Path) -> None:
    """A question about last month is asked of last month's backup, which must stay as it is."""
    file = tmp_path / "put away" / "backup.db"
    file.parent.mkdir()
    with opened("sqlite", tmp_path / "from", started=True) as old:
        backup(old, file, now)
        before = file.read_bytes()
        with closing(SqliteStore(file, now, create=False)) as copy:
            assert held(copy) == held(old)
            with pytest.raises(Exception, match="read-only"):
                add(copy, "gamma", 0, "new")
    # One file, whole without any other: it can lie on a disk that cannot be written.
    assert [path.name for path in file.parent.iterdir()] == ["backup.db"]
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o400


def test_restore_reads_an_export_too(tmp_path: Path) -> None:
    """In an emergency nobody should have to know which of the two a file is."""
    with opened("sqlite", tmp_path / "from", started=True) as old:
        (tmp_path / "file").write_bytes(exported(old))
        with opened_copy(tmp_path / "file", now) as copy, opened("memory", tmp_path) as new:
            assert isinstance(copy, Export)
            fill(new, copy)
            assert held(new) == held(old)


def test_a_copy_leaves_out_what_is_recorded_while_it_is_made(tmp_path: Path) -> None:
    """A copy is of one moment, and whole, however busy the ledger is."""
    with opened("sqlite", tmp_path, started=True) as store:
        before = held(store)
        entries = len(before[0])

        def record_more(done: int, _of: int) -> None:
            if done == entries:
                add(store, "gamma", 0, "meanwhile", 3)

        made = backup(store, tmp_path / "backup.db", now, record_more)
        assert (made.entries, made.commits) == (entries, len(before[1]))
        assert len(held(store)[0]) == entries + 3
        with closing(SqliteStore(tmp_path / "backup.db", now, create=False)) as copy:
            assert held(copy) == before
