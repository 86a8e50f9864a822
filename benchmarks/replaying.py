"""How fast a plan is read from a file, decoded and folded, beside the library's own way."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import library, made_up
from benchmarks.measuring import Row, side_by_side
from benchmarks.stores import now, sqlite_ledger
from planledger.ledger import Ledger
from planledger.storage.open import open_store
from planledger.storage.port import EntryStore

SIZES = (1_000, 10_000, 100_000)
LIBRARY_SIZE = 10_000
"""The largest plan that the library is given: it takes minutes beyond."""


def replaying(folder: Path) -> Iterator[Row]:
    """Measure opening a plan from its first entry on."""
    for size in SIZES:
        store = open_store(sqlite_ledger(folder, size), now, create=False)
        contenders: dict[str, Callable[[], int]] = {"ours": partial(_replayed, store)}
        if size <= LIBRARY_SIZE:
            contenders["library"] = library.replaying(folder / f"library-{size}.db", size)
        taken = side_by_side(contenders, size.__eq__)
        store.close()
        beside = ""
        if "library" in taken:
            ratio = taken["library"] / taken["ours"]
            beside = (
                f"library default {size / taken['library']:,.0f} a second: {ratio:.1f}x; "
                "bar 300,000, 7x"
            )
        figure = f"{size / taken['ours']:,.0f} entries a second"
        yield ("Replay: read, decode, fold", f"{size:,}", figure, beside)


def _replayed(store: EntryStore) -> int:
    return Ledger(store, now).history(made_up.PLAN).version
