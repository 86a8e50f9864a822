"""Noticing that a ledger's files are no longer the ones that were opened.

A file that is deleted or moved while it is open goes on taking writes without a word from the
system, and they are gone when it is closed. SQLite does not look, so we do: before every write,
and now and then while there are only reads.
"""

import os
import stat
from pathlib import Path
from time import monotonic

from eventsourcing.persistence import PersistenceError

LOOK_SECONDS = 0.1
"""How long a look is good for, for reading: what was acknowledged is not at stake there."""

ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

MOVED = (
    "was moved or deleted while it was open. Put it back, or stop every program that has it open "
    "and start again"
)
REPLACED = "was replaced by another file while it was open. Start again to use the new one"
ALONE = (
    "has lost a file beside it, -wal or -shm, while it was open. Put it back, or stop every "
    "program that has the ledger open, without force, and start again"
)
MARKED = "cannot be written: it is read-only"

_Identity = tuple[int, int]
"""Device and number of a file: its own, whatever name it goes by."""


class NotAsOpenedError(PersistenceError):
    """The files, or the process, are not those with which the ledger was opened."""


class Files:
    """The files of an open ledger: its own, and beside it SQLite's log and index.

    The log (`-wal`) is where commits are first; in the index (`-shm`) every process that has the
    ledger open finds the others' locks. Both stay the same as long as anybody has it open.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Look after the ledger at `path`; where it is `read_only`, only after its own file."""
        self._path = str(path)
        beside = path.resolve()  # SQLite's own lie where links to the file lead
        self._log, self._index = f"{beside}-wal", f"{beside}-shm"
        self._read_only = read_only
        self._opened: _Identity | None = None
        self._beside: tuple[_Identity | None, _Identity | None] = (None, None)
        self._looked = 0.0

    def note(self) -> None:
        """Keep in mind the files as they are, now that the first connection is open."""
        self._opened = self._opened or _identity(self._path)
        self._beside = _identity(self._log), _identity(self._index)

    def glance(self) -> None:
        """Check as below, unless that was done a moment ago. Raises NotAsOpenedError."""
        if monotonic() >= self._looked + LOOK_SECONDS:
            self.check()

    def check(self, *, writing: bool = False) -> None:
        """Hold that the files are those that were opened. Raises NotAsOpenedError."""
        self.check_ledger(writing=writing)
        # What is beside a ledger that is only read is not ours: it comes and goes with writers.
        if not self._read_only and self._beside != (_identity(self._log), _identity(self._index)):
            raise NotAsOpenedError(ALONE)
        self._looked = monotonic()

    def check_ledger(self, *, writing: bool = False) -> None:
        """Hold that the ledger's own file is the one that was opened. Raises NotAsOpenedError."""
        if self._opened is None:
            return
        found = _look(self._path)
        if found is None:
            raise NotAsOpenedError(MOVED)
        if (found.st_dev, found.st_ino) != self._opened:
            raise NotAsOpenedError(REPLACED)
        if writing and not found.st_mode & ANY_WRITE:
            # Also for root, whom no permission stops: it is meant to stay as it is.
            raise NotAsOpenedError(MARKED)

    def others_may_have_written(self) -> bool:
        """Tell whether somebody may have recorded out of our sight.

        Who opens the ledger when the index is gone makes a new one. The new one's locks are not
        ours, so what they added to the log is not in our index; and a log of their own may be
        in the place of ours.
        """
        if self._read_only or self._beside == (_identity(self._log), _identity(self._index)):
            return False
        log = _look(self._log)
        return log is not None and log.st_size > 0


def _look(name: str) -> os.stat_result | None:
    try:
        return os.stat(name)  # noqa: PTH116 - at every use: a Path takes several times as long
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise NotAsOpenedError(f"cannot be looked at: {error.strerror}") from error


def _identity(name: str) -> _Identity | None:
    found = _look(name)
    return found and (found.st_dev, found.st_ino)
