"""Reading an export: nothing is believed until its last line has proved all before it."""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader
from itertools import count
from typing import TypeVar

import msgspec

from planledger.keeping.lines import (
    FORMAT,
    VERSION,
    End,
    EntryLine,
    Header,
    Line,
    ReceiptLine,
    line_bytes,
    receipt_of,
    record_of,
)
from planledger.keeping.moment import Progress, unwatched
from planledger.ledger.loading import PAGE
from planledger.storage.port import Receipt, StoredRecord

LONGEST_LINE = 100_000_000
"""Bytes. No entry comes near it; what has a longer line is something else, or meant to hurt."""

_GZIP = b"\x1f\x8b"
_NOT_ONE = "This is not an export of a ledger; its first line is not one of an export."
_DAMAGED = (msgspec.MsgspecError, UnicodeDecodeError)
_L = TypeVar("_L")
_M = TypeVar("_M")


class _Mark(msgspec.Struct):
    """A header as far as every version of the format has it."""

    format: str
    version: int


_decoder = msgspec.json.Decoder(Line)


class DamagedExportError(ValueError):
    """The file is not a whole export of a ledger as planledger wrote it."""


class Export:
    """An export that is read once, from its first line to its last."""

    def __init__(self, file: BufferedReader) -> None:
        """Read the first line; what `gzip` made smaller is read too. Raises DamagedExportError."""
        zipped = file.peek(len(_GZIP))[: len(_GZIP)] == _GZIP
        self._file = gzip.GzipFile(fileobj=file) if zipped else file
        self._digest = hashlib.sha256()
        self._numbers = count(1)
        self._receipts: list[Receipt] = []
        self.header = self._header()

    @property
    def sha256(self) -> str:
        """The digest of the ledger, once all entries are read."""
        return self._digest.hexdigest()

    def entries(self, progress: Progress = unwatched) -> Iterator[StoredRecord]:
        """Give the entries in order; read all of them. Raises DamagedExportError.

        Only at the end it is known whether the file is as it was written: keep nothing before.
        """
        read = 0
        first_us = last_us = None
        for number in self._numbers:
            line = self._line(number, self._raw(number))
            match line:
                case EntryLine():
                    read, last_us = read + 1, line.recorded_us
                    first_us = last_us if read == 1 else first_us
                    yield _made(record_of, line, number)
                    if read % PAGE == 0:
                        progress(read, self.header.last_position)
                case ReceiptLine():
                    if line.last_position != read:
                        raise _damaged(number, f"it is a receipt of {line.last_position}")
                    self._receipts.append(_made(receipt_of, line, number))
                case End():
                    self._check_end(line, number, (read, first_us, last_us))
                    return
                case Header():
                    raise DamagedExportError(f"Line {number} is the header of another export.")

    def receipts(self) -> Iterator[Receipt]:
        """Give the receipts in order, when all entries are read."""
        yield from self._receipts

    def _header(self) -> Header:
        number = next(self._numbers)
        raw = self._raw(number)
        try:
            mark = msgspec.json.decode(raw, type=_Mark)
        except _DAMAGED:
            mark = None
        if mark is None or mark.format != FORMAT or mark.version < 1:
            raise DamagedExportError(_NOT_ONE)
        if mark.version > VERSION:
            raise DamagedExportError(
                f"The export was written by a newer planledger (version {mark.version} of the "
                f"format; this one knows versions up to {VERSION}). Update planledger to load it."
            )
        line = self._line(number, raw)
        if not isinstance(line, Header):
            raise DamagedExportError("Line 1 is not the header of an export.")
        return line

    def _line(self, number: int, raw: bytes) -> Line:
        try:
            line: Line = _decoder.decode(raw)
        except _DAMAGED as error:
            raise _damaged(number, str(error)) from error
        if line_bytes(line) != raw:
            raise _damaged(number, "it is not written as planledger writes it")
        if not isinstance(line, End):
            self._digest.update(raw)
        return line

    def _raw(self, number: int) -> bytes:
        raw = self._next(number)
        if not raw.endswith(b"\n"):
            if number == 1:
                raise DamagedExportError(_NOT_ONE)
            what = (
                "is longer than any line of an export" if raw[LONGEST_LINE - 1 :] else "is cut off"
            )
            raise DamagedExportError(f"The export {what} in line {number}.")
        return raw

    def _next(self, number: int) -> bytes:
        try:
            return self._file.readline(LONGEST_LINE)
        except (OSError, EOFError, zlib.error) as error:
            # Not left an OSError: whoever fills a store could take it for the store's own.
            raise DamagedExportError(f"Line {number} cannot be read: {error}.") from error

    def _check_end(self, end: End, number: int, found: tuple[int, int | None, int | None]) -> None:
        header, held = self.header, (found[0], len(self._receipts))
        said = (header.last_position, header.first_recorded_us, header.last_recorded_us)
        if said != found or (end.entries, end.receipts) != held:
            raise DamagedExportError(
                f"The export holds {held[0]} entries and {held[1]} receipts before line {number}, "
                "and its first or last line says otherwise."
            )
        if end.sha256 != self.sha256:
            raise DamagedExportError(
                f"The export was changed since it was written: its SHA-256 up to line {number - 1} "
                f"is {self.sha256}, where {end.sha256} is said."
            )
        if self._next(number + 1):
            raise DamagedExportError(f"The export goes on after its last line, {number}.")


def _made(make: Callable[[_L], _M], line: _L, number: int) -> _M:
    try:
        return make(line)
    except ValueError as error:
        raise _damaged(number, str(error)) from error


def _damaged(number: int, what: str) -> DamagedExportError:
    return DamagedExportError(f"Line {number} of the export is damaged: {what}.")
