"""The shell around the core: carry out a command, answer for a point, follow what is recorded.

`ledger.py` is the face of it. Behind it, `submitting` carries out commands; plans are kept up
with the store by `loading`, from `snapshots` where they say enough; points are resolved by `basis`
and compared by `comparing`. Beside it, `feed` follows the ledger and `caching` looks after the
snapshots.
"""

from planledger.ledger.ledger import (
    LAST_YEAR,
    ConflictError,
    Ledger,
    LedgerAt,
    Preview,
    QuestionError,
    Recorded,
    StoreError,
)

__all__ = [
    "LAST_YEAR",
    "ConflictError",
    "Ledger",
    "LedgerAt",
    "Preview",
    "QuestionError",
    "Recorded",
    "StoreError",
]
