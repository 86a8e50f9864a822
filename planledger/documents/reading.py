"""What reading a document gives, and what it refuses."""

from msgspec import Struct

from planledger.domain.draft import Draft

READER = "text/2"
"""Name and version of the text reader. A new version is a new reading of the same bytes."""

MAX_BYTES = 10_000_000
"""The largest document that is read, in bytes (10 MB). Look at the size before reading a file."""

MAX_LINES = 20_000
"""The most lines that are read; a plan has hundreds, so more is some other kind of file."""


class NotAPlanError(Exception):
    """The file is no improvement plan that can be read. One line: what is wrong, what to do."""


class Problem(Struct, frozen=True):
    """Something that could not be read as it stands, so that nothing is dropped silently."""

    line: int
    """Line in the document, counted from 1."""
    message: str
    """What is on that line and what to do, in plain words."""


class Reading(Struct, frozen=True):
    """A document, read: what it states, and what could not be read."""

    draft: Draft
    problems: tuple[Problem, ...]
    """In the order of their lines."""
