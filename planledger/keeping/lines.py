"""A ledger as lines of JSON, to keep it for long or to move it from store to store.

    header      what follows, and from when to when
    entry       one for each entry, in order; its stored bytes are a text within the line
    receipt     one for each commit, after its last entry
    end         how many there were, and the SHA-256 of every byte before this line

Names here are the file format: add under a new VERSION, never rename. A line is written in one way
only, so the same ledger always gives the same bytes, and the SHA-256 is a digest of the ledger.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version

import msgspec
from msgspec import UNSET, Struct, UnsetType

from planledger.keeping.moment import Moment
from planledger.storage.port import Commit, Receipt, StoredRecord

FORMAT = "planledger-ledger"
VERSION = 1


class _Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="line"):
    pass


class Header(_Line, frozen=True, kw_only=True, tag="header"):
    """The first line."""

    format: str
    version: int
    last_position: int
    """The entries are those of positions 1 to this one; 0 where there are none."""
    first_recorded_us: int | None
    last_recorded_us: int | None


class EntryLine(_Line, frozen=True, kw_only=True, tag="entry"):
    """An entry, with its stored bytes in one of two ways."""

    position: int
    recorded_us: int
    plan: str
    version: int
    name: str
    text: str | UnsetType = UNSET
    """The stored bytes as the UTF-8 that they are."""
    base64: bytes | UnsetType = UNSET
    """The stored bytes where they are no UTF-8: a damaged entry is kept as it is, too."""


class ReceiptLine(_Line, frozen=True, kw_only=True, tag="receipt"):
    """The receipt of a command."""

    command_id: str
    digest: str
    """In hexadecimal."""
    plan: str
    first_position: int
    last_position: int
    recorded_us: int


class End(_Line, frozen=True, kw_only=True, tag="end"):
    """The last line."""

    entries: int
    receipts: int
    sha256: str
    written_by: str
    """The version of planledger; says nothing about the ledger, so the digest leaves it out."""


Line = Header | EntryLine | ReceiptLine | End

_encoder = msgspec.json.Encoder()


def line_bytes(line: Line) -> bytes:
    """Give a line as it is written, with its end."""
    return _encoder.encode(line) + b"\n"


def header_of(moment: Moment) -> Header:
    """Give the first line of a ledger's export."""
    return Header(
        format=FORMAT,
        version=VERSION,
        last_position=moment.last,
        first_recorded_us=moment.first_us,
        last_recorded_us=moment.last_us,
    )


class Lines:
    """The lines of one ledger up to a moment, written and digested while its entries pass."""

    def __init__(
        self, moment: Moment, write: Callable[[bytes], object] = lambda _line: None
    ) -> None:
        """Begin before the first line; `write` is given one after the other."""
        self._moment = moment
        self._write = write
        self._digest = hashlib.sha256()
        self.entries = 0
        """How many entries have passed."""
        self.receipts = 0
        """How many receipts have."""

    @property
    def sha256(self) -> str:
        """The digest of the ledger, once all entries have passed; in hexadecimal."""
        return self._digest.hexdigest()

    def past(self, entries: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
        """Pass on the entries of the moment, and write all lines but the last one meanwhile."""
        self._add(header_of(self._moment))
        waiting = deque(self._moment.receipts)
        for entry in entries:
            self._add(entry_line(entry))
            self.entries += 1
            while waiting and waiting[0].commit.last <= entry.position:
                self._add_receipt(waiting.popleft())
            yield entry
        for receipt in waiting:
            self._add_receipt(receipt)

    def end(self) -> bytes:
        """Give the last line, when all entries have passed."""
        return line_bytes(
            End(
                entries=self.entries,
                receipts=self.receipts,
                sha256=self.sha256,
                written_by=version("planledger"),
            )
        )

    def _add(self, line: Line) -> None:
        written = line_bytes(line)
        self._digest.update(written)
        self._write(written)

    def _add_receipt(self, receipt: Receipt) -> None:
        self.receipts += 1
        self._add(receipt_line(receipt))


def receipt_line(receipt: Receipt) -> ReceiptLine:
    """Give the line of a receipt."""
    return ReceiptLine(
        command_id=receipt.command_id,
        digest=receipt.digest.hex(),
        plan=receipt.plan,
        first_position=receipt.commit.first,
        last_position=receipt.commit.last,
        recorded_us=receipt.commit.recorded_us,
    )


def entry_line(entry: StoredRecord) -> EntryLine:
    """Give the line of an entry."""
    is_text = _is_utf8(entry.data)
    return EntryLine(
        position=entry.position,
        recorded_us=entry.recorded_us,
        plan=entry.plan,
        version=entry.version,
        name=entry.name,
        text=entry.data.decode() if is_text else UNSET,
        base64=UNSET if is_text else entry.data,
    )


def record_of(line: EntryLine) -> StoredRecord:
    """Give the entry of a line. Raises ValueError where it has no stored bytes, or has them twice.

    Stored bytes that are written in the other way than ours are refused too.
    """
    if isinstance(line.text, str) and line.base64 is UNSET:
        data = line.text.encode()
    elif isinstance(line.base64, bytes) and line.text is UNSET:
        data = line.base64
    else:
        raise ValueError("an entry has either text or base64")
    if (line.text is UNSET) is _is_utf8(data):
        raise ValueError("base64 is for what is no UTF-8")
    return StoredRecord(line.position, line.recorded_us, line.plan, line.version, line.name, data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def receipt_of(line: ReceiptLine) -> Receipt:
    """Give the receipt of a line. Raises ValueError for a digest that is not hexadecimal."""
    digest = bytes.fromhex(line.digest)
    if digest.hex() != line.digest:
        raise ValueError("its digest is not written in small letters and digits only")
    return Receipt(
        command_id=line.command_id,
        digest=digest,
        plan=line.plan,
        commit=Commit(
            first=line.first_position, last=line.last_position, recorded_us=line.recorded_us
        ),
    )
