"""Plan documents in: readers that turn a file into a draft of a plan."""

from planledger.documents.reading import (
    MAX_BYTES,
    MAX_LINES,
    READER,
    NotAPlanError,
    Problem,
    Reading,
)
from planledger.documents.text_reader import read_document

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "READER",
    "NotAPlanError",
    "Problem",
    "Reading",
    "read_document",
]
