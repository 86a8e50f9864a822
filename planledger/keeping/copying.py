"""Copies of a ledger: made while others record, proved before they count, and put in place.

Every way is the same one: entries and receipts pass from where they are into an empty store, byte
for byte, and the digest of what then lies there is compared with that of what was to be copied.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from planledger.events.codec import decode
from planledger.keeping.checking import Checked, check
from planledger.keeping.files import whole_file
from planledger.keeping.lines import Lines
from planledger.keeping.moment import Moment, Progress, unwatched
from planledger.keeping.reading import DamagedExportError, Export
from planledger.keeping.walking import DIGEST_BYTES
from planledger.storage.keeping import Severity
from planledger.storage.port import Clock, EntryStore, Receipt, StoredRecord
from planledger.storage.sqlite import SqliteStore
from planledger.storage.sqlite.putting_away import put_away

_SQLITE = b"SQLite format 3\0"


class NotWholeError(Exception):
    """What was to be copied, or what came of it, is not whole; `checked` says more, if it can."""

    def __init__(self, message: str, checked: Checked | None = None) -> None:
        """Say it."""
        super().__init__(message)
        self.checked = checked


def export(
    store: EntryStore, write: Callable[[bytes], object], progress: Progress = unwatched
) -> Lines:
    """Write a ledger as lines of JSON; gives what was written. Raises StoreError and OSError.

    What is there is written as it is, whole or not: loading it tells.
    """
    moment = Moment(store)
    lines = Lines(moment, write)
    for _ in lines.past(moment.entries(progress)):
        pass
    write(lines.end())
    return lines


def export_to(store: EntryStore, path: Path, progress: Progress = unwatched) -> Lines:
    """Write a ledger to a new file, made smaller where its name ends in ".gz".

    The file is there whole or not at all. Raises StoreError and OSError.
    """
    with whole_file(path) as made, made.open("wb") as file:
        if path.suffix != ".gz":
            return export(store, file.write, progress)
        # No name and no time: the same ledger gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as zipped:
            return export(store, zipped.write, progress)


def backup(store: EntryStore, path: Path, clock: Clock, progress: Progress = unwatched) -> Checked:
    """Copy a ledger to a new SQLite file, whatever its store, while others record.

    The file is there proved or not at all, and is itself a ledger, for reading only. Raises
    NotWholeError where the ledger is not whole, so that nobody trusts in a copy of it; StoreError
    and OSError.
    """
    none = "No backup was made."
    moment = Moment(store)
    lines = Lines(moment)
    with whole_file(path) as made:
        try:
            with put_away(made, clock) as copy:
                entries = lines.past(moment.entries(_first_third(progress)))
                copy.adopt(entries, moment.receipts)
        except ValueError as error:
            raise NotWholeError(f"The ledger is not whole: {error} {none}") from error
        with closing(SqliteStore(made, clock, create=False, read_only=True)) as copy:
            return _proved(copy, moment.last, lines.sha256, progress, otherwise=none)


@contextmanager
def opened_copy(path: Path, clock: Clock) -> Iterator[Export | EntryStore]:
    """Open a backup or an export, told apart by what is in the file, which is left as it is.

    Raises OSError, StoreError, DamagedExportError, and NotWholeError for a damaged backup.
    """
    with path.open("rb") as file:
        if file.peek(len(_SQLITE))[: len(_SQLITE)] != _SQLITE:
            yield Export(file)
            return
    with closing(SqliteStore(path, clock, create=False, read_only=True)) as kept:
        for flaw in kept.flaws():
            if flaw.severity is Severity.DAMAGED:
                raise NotWholeError(f"{path} is no use. {flaw.problem}")
        yield kept


def fill(store: EntryStore, copy: Export | EntryStore, progress: Progress = unwatched) -> Checked:
    """Fill an empty ledger from a copy, or leave it empty; then check what is there.

    Raises NotEmptyError, and StoreError; DamagedExportError for an export that is no whole
    ledger, UnreadableEntryError for an entry that this program cannot read; and
    NotWholeError for a backup that is not whole, or where the ledger was filled but is not whole.
    """
    watch, bad = _first_third(progress), "It was recorded all the same: do not use this ledger."
    read = _Readable()
    if isinstance(copy, Export):
        try:
            store.adopt(read.entries(copy.entries(watch)), read.receipts(copy.receipts()))
        except DamagedExportError:
            raise
        except ValueError as error:
            raise DamagedExportError(str(error)) from error
        return _proved(store, copy.header.last_position, copy.sha256, progress, otherwise=bad)
    moment = Moment(copy)
    lines = Lines(moment)
    try:
        entries = read.entries(lines.past(moment.entries(watch)))
        store.adopt(entries, read.receipts(moment.receipts))
    except ValueError as error:
        raise NotWholeError(f"The backup is not whole: {error} Nothing was recorded.") from error
    return _proved(store, moment.last, lines.sha256, progress, otherwise=bad)


class _Readable:
    """Entries and then receipts that pass by, each once this program can make sense of it."""

    def __init__(self) -> None:
        self._commands: list[str] = []
        """By which command each entry says it was recorded."""

    def entries(self, entries: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
        """Pass entries on. Raises UnreadableEntryError."""
        for entry in entries:
            envelope = decode(entry.data, name=entry.name, position=entry.position)
            self._commands.append(envelope.command_id)
            yield entry

    def receipts(self, receipts: Iterable[Receipt]) -> Iterator[Receipt]:
        """Pass receipts on. Raises ValueError."""
        for receipt in receipts:
            first, last = receipt.commit.first, receipt.commit.last
            if set(self._commands[first - 1 : last]) != {receipt.command_id}:
                raise ValueError(
                    f"Positions {first} to {last} were not recorded by the command of their "
                    f"receipt, {receipt.command_id}."
                )
            if len(receipt.digest) != DIGEST_BYTES:
                raise ValueError(f"The receipt of {receipt.command_id} has no SHA-256.")
            yield receipt


def _proved(
    copy: EntryStore, last: int, sha256: str, progress: Progress, *, otherwise: str
) -> Checked:
    """Check a copy up to its last position and compare its digest with the one it is to have.

    Raises NotWholeError, which says `otherwise`.
    """
    checked = check(
        copy, until=last, progress=lambda done, of: progress(of // 2 + done, of // 2 * 3)
    )
    if not checked.whole:
        raise NotWholeError(f"The copy is not whole. {otherwise}", checked)
    if checked.sha256 != sha256:
        raise NotWholeError(
            f"The copy is not what was copied: its SHA-256 is {checked.sha256}, not {sha256}. "
            f"{otherwise}"
        )
    return checked


def _first_third(progress: Progress) -> Progress:
    """Tell of copying as a third: the rest is the check, which looks twice at every entry."""
    return lambda done, of: progress(done, 3 * of)
