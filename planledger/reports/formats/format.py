"""What a format is."""

from collections.abc import Callable

from msgspec import Struct

from planledger.reports.papers.paper import Paper


class Format(Struct, frozen=True, kw_only=True):
    """A way to write papers down. The same paper gives the same bytes."""

    name: str
    """The ending of its files."""
    media_type: str
    write: Callable[[Paper], bytes]
    is_text: bool = True
    """It can be read in a terminal."""
